"""Finds names that are not built of a Chinese surname: with a dot, spelled by sound, or in Latin letters."""

import re
from collections.abc import Callable, Iterator

import rjieba

from guardrails.personal.name_signs import SOUND, SOUND_BY_DOT, SOUND_FREE
from guardrails.personal.span import Span

_DOT = "·•・‧∙⋅."
_DOTTED = re.compile(
    f"(?<![委拜])[{SOUND_BY_DOT}]{{2,8}}(?:(?:[{_DOT}][{SOUND_BY_DOT}]{{2,8}}){{1,3}}|"
    "(?:[·•・][\u4e00-\u9fff]{1,7}?){1,3}(?=$|[^\u4e00-\u9fff·•・]|[来代要想的在是和与]|身份|电话|手机|护照|先生|女士))"
)
_BY_SOUND = re.compile(f"[{SOUND}]{{3,8}}(?=$|[^\u4e00-\u9fff{_DOT}]|身份证|护照|电话|手机|的|要|想|来|申请)")
_PEOPLE = (
    "[汉满回蒙藏壮苗彝瑶白傣侗]族|维吾尔族|哈萨克族|柯尔克孜族|蒙古族|我叫?|"
    "我是|人|的|[是找让和跟替帮]|老[婆公]|孩子|学生|同学"
)
_TIBETAN = (
    "扎西|次仁|卓玛|央金|格桑|索朗|旺堆|巴桑|达娃|尼玛|多吉|丹增|平措|罗布|顿珠|拉姆|白玛|措姆|曲珍|德吉|仁青|洛桑|边巴|普布|米玛|桑杰|才让|"
    "次旦|贡布|旺姆|强巴|格列|加措|群培|益西|巴图|苏和|娜仁|萨仁|其其格|乌云|托娅|高娃|图雅|巴特尔|巴根|哈斯|朝鲁|木其尔|斯琴|阿木|那顿"
)
_FOLLOWS = (
    r"(?=$|[^\u4e00-\u9fff·•・]|身份证|护照|电话|手机|的|要|想|来|申请|是|问|说|先生|女士|同学|老师|住|在|办|"
    r"确诊|诊断|患|得了|因|怀孕|反映|来电|没|不|被|把|从|代|和|与)"
)
_OPENS = rf"(?:(?<![\u4e00-\u9fff·•・])(?:{_PEOPLE})?|(?<=[族人员工客主]))"
_FREE_BY_SOUND = re.compile(rf"{_OPENS}((?:{_TIBETAN}|[{SOUND_FREE}]){{1,8}}){_FOLLOWS}")
_AT_BY_SOUND = re.compile(rf"((?:{_TIBETAN}|[{SOUND_FREE}]){{1,8}}{_FOLLOWS}|[{SOUND_FREE}]{{4,8}}(?![{SOUND_FREE}]))")
_SOUNDS = re.compile(f"[{SOUND_FREE}白益丹达罗平次多措才德拉群强格边顿]{{3,}}|{_TIBETAN}")
_ALL_TIBETAN = re.compile(f"(?:{_TIBETAN})+")

_WORD = r"(?:[A-Z]['’][A-Z][a-z]{1,20}|(?:Ma?c)?[A-Z][a-z'’]{1,20}(?:-[A-Za-z][a-z]{1,20})?|[A-Z]{2,20})"
_LATIN = re.compile(rf"{_WORD}(?:,? (?:[A-Z]\. ?)?{_WORD}){{1,3}}(?![A-Za-z0-9])")
_SAYS_LATIN = re.compile(
    r"(?i:\bmy (?:full )?name(?: is|'s)|\bname[\"']? ?(?:is|:|：|=) ?[\"']?|\bnamed|"
    r"\b(?:call|contact|applicant|passenger|tenant|owner|"
    r"landlord|husband|wife|spouse|employee|patient)(?: is| ?[:：])?|\b(?:mr|mrs|ms|miss)\.?)[ \t]{0,2}"
    r"|(?:姓名|我叫|我是|本人|名叫|叫做|英文名|外文名|拼音|人|客|员|方|主|者|外籍|先生|女士|房东|配偶|丈夫|妻子|老公|老婆|外教|员工|"
    r"学生|同学|老师|同事|朋友|客户|医生)"
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
# Words of messages, firms and goods that stand where a name might.
_OTHER_WORDS = """
dear hello please thank thanks my name phone mobile tel email mail address id card no number passport apple google
microsoft office pay play wechat alipay road street avenue lane building room floor tower hotel airport park plaza mall
district city province and for from with at in on of to is co corp group technology trading international global world
bank visa master union vip app wifi qq pdf word excel python java american british united states kingdom new york los
angeles hong kong taiwan macau tesla model huawei iphone ipad samsung sim
"""
_NO_NAME = frozenset(_OTHER_WORDS.split())


def find_foreign(folded: str) -> Iterator[Span]:
    """Yield names with a dot, and Latin names after words that announce a person."""
    if any(dot in folded for dot in _DOT):
        yield from (Span(m.start(), m.end(), "name") for m in _DOTTED.finditer(folded))
    for announced in _SAYS_LATIN.finditer(folded):
        found = _LATIN.match(folded, announced.end())
        if found and _NO_PERSON.isdisjoint(re.split(r"[^a-z]+", found.group().lower())):
            yield Span(found.start(), found.end(), "name")


def free_latin(folded: str, start: int, end: int) -> Iterator[Span]:
    """Yield Latin names that stand free, for sentences that hold other personal data."""
    for found in _LATIN.finditer(folded, start, end):
        before = folded[found.start() - 1 : found.start()]
        if (not before.isascii() or not before.isalnum()) and may_be_latin(found.group()):
            yield Span(found.start(), found.end(), "name")


def may_be_latin(name: str) -> bool:
    """Return whether no word of it is one of offices, goods or letters."""
    words = re.split(r"[^a-z]+", name.lower())
    return _NO_PERSON.isdisjoint(words) and _NO_NAME.isdisjoint(words)


def free_by_sound(folded: str, start: int, end: int) -> Iterator[Span]:
    """Yield names spelled by sound that stand free, for texts with other personal data or about a people."""
    for found in _FREE_BY_SOUND.finditer(folded, start, end):
        if _spells_a_name(found[1]):
            yield Span(found.start(1), found.end(1), "name")


def announced_by_sound(text: str, before: Callable[[str, int], object]) -> Iterator[Span]:
    """Yield names spelled by sound after a role, a relative or a request; `before` tells whether one stands there."""
    for run in _SOUNDS.finditer(text):
        for start in range(run.start(), run.end() - 1):
            found = _AT_BY_SOUND.match(text, start)
            if found and before(text, start) not in (None, "run") and _spells_a_name(found[1]):
                yield Span(found.start(1), found.end(1), "name")
                break


def _spells_a_name(characters: str) -> bool:
    enough = len(characters) > 2 or _ALL_TIBETAN.fullmatch(characters)  # noqa: PLR2004 - two may be a common word
    return bool(enough) and (_ALL_TIBETAN.fullmatch(characters) is not None or not _is_word(characters))


def _is_word(characters: str) -> bool:
    if not rjieba.has_word(characters):
        return False
    tagged = rjieba.tag(characters, False)
    return len(tagged) == 1 and not tagged[0][1].startswith("nr")


def name_by_sound(text: str, start: int) -> Span | None:
    """Return the name spelled by sound that begins here, where the text announces a person."""
    found = _DOTTED.match(text, start) or _BY_SOUND.match(text, start)
    return Span(found.start(), found.end(), "name") if found else None
