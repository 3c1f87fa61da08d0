"""Finds names that are not built of a Chinese surname: with a dot, spelled by sound, or in Latin letters."""

import re
from collections.abc import Iterator

from guardrails.personal.span import Span

# Characters that spell sounds in names of Uyghurs, Kazakhs, Tibetans, Mongols and foreigners.
_SOUND = (
    "阿艾爱安巴白贝本比别布达大丹德迪丁都顿多尔恩法菲弗戈格古哈海赫亨胡吉加贾江杰金卡坎克肯库奎拉莱兰朗勒雷"
    "丽力历利里莉梨莲列琳卢鲁路罗洛玛马麦曼梅蒙米密敏明莫姆木穆纳娜乃南内尼妮努诺欧帕潘佩皮普齐奇恰乔切琼曲"
    "热日荣茹瑞若萨赛桑瑟沙莎山珊什史丝斯苏孙索塔泰坦汤唐特提图土吐托瓦万威维韦温文翁沃乌武吾西希夏肖谢辛休"
    "雅亚延扬央耶叶伊依因英尤于玉约扎泽占珍芝孜卓珠祖佐仁次旺才嘎格措央巴图娅卉孟娃热再吾买尕迈迦"
)
# Beside a dot further ones do.
_SOUND_BY_DOT = _SOUND + (
    "逊甫甸波博豪惠基捷科柯孔蕾涅妥旭雍蒂黛昂奥拜宾伯查察茨登冯盖根瓜汉洪怀季凯腊蓝劳林伦毛门孟摩墨牧聂宁浦森舍圣施汀"
    "卫冈汉廷雪宗左合坚江吐翰塞堡邦本丘切瑙玻佳杜多埃朱朵彭宝拜纪兹格佛夫芙费贺瓜"
)
_DOT = "·•・‧∙⋅."
_DOTTED = re.compile(f"[{_SOUND_BY_DOT}]{{2,8}}(?:[{_DOT}][{_SOUND_BY_DOT}]{{2,8}}){{1,3}}")
_BY_SOUND = re.compile(f"[{_SOUND}]{{3,8}}(?=$|[^\u4e00-\u9fff{_DOT}]|身份证|护照|电话|手机|的|要|想|来|申请)")

_WORD = r"(?:[A-Z][a-z'’-]{1,20}|[A-Z]{2,20})"
_LATIN = re.compile(rf"{_WORD}(?:,? (?:[A-Z]\. ?)?{_WORD}){{1,3}}(?![A-Za-z0-9])")
_SAYS_LATIN = re.compile(
    r"(?i:\bmy (?:full )?name(?: is|'s)|\bname ?(?:is|:|：)|\bnamed|\b(?:call|contact|applicant|passenger|tenant|owner|"
    r"landlord|husband|wife|spouse|employee|patient)(?: is| ?[:：])?|\b(?:mr|mrs|ms|miss)\.?)[ \t]{0,2}"
    r"|(?:姓名|我叫|名叫|叫做|英文名|外文名|拼音|申请人|联系人|持证人|房东|租客|承租人|配偶|丈夫|妻子|老公|老婆|外教|员工)"
    r"[ \t]{0,2}(?:是|为|叫)?[ \t]{0,2}[:：]?[ \t]{0,2}"
)
_NO_PERSON = frozenset(
    [
        "shanghai",
        "china",
        "chinese",
        "beijing",
        "pudong",
        "government",
        "office",
        "center",
        "centre",
        "service",
        "services",
        "hotline",
        "bureau",
        "hall",
        "police",
        "station",
        "bank",
        "hospital",
        "university",
        "school",
        "company",
        "limited",
        "ltd",
        "inc",
        "passport",
        "visa",
        "permit",
        "card",
        "department",
        "ministry",
        "people",
        "republic",
        "residence",
        "work",
        "public",
        "security",
        "social",
        "insurance",
        "the",
    ]
)


def find_foreign(folded: str) -> Iterator[Span]:
    """Yield names with a dot, and Latin names after words that announce a person."""
    if any(dot in folded for dot in _DOT):
        yield from (Span(m.start(), m.end(), "name") for m in _DOTTED.finditer(folded))
    for announced in _SAYS_LATIN.finditer(folded):
        found = _LATIN.match(folded, announced.end())
        if found and _NO_PERSON.isdisjoint(re.split(r"[^a-z]+", found.group().lower())):
            yield Span(found.start(), found.end(), "name")


def name_by_sound(text: str, start: int) -> Span | None:
    """Return the name spelled by sound that begins here, where the text announces a person."""
    found = _DOTTED.match(text, start) or _BY_SOUND.match(text, start)
    return Span(found.start(), found.end(), "name") if found else None
