"""Judges how much a few characters look like a Chinese name: surname, given name, or a word instead."""

import re
from functools import lru_cache

import rjieba

from guardrails.personal.name_signs import COMMON, GIVEN, RARE
from guardrails.personal.public import KNOWN
from guardrails.personal.surnames import DOUBLE, NOT_LAST, PUBLIC, SINGLE, UNLIKELY

FIRST_OF_NAMES = SINGLE | RARE | {double[0] for double in DOUBLE}
# These stand in sentences, not in given names.
_NEVER = frozenset(
    "的了吗呢吧啊呀么们这那哪谁什怎您她他它我你咱和与或及并且而但把被将就也还都很太最更再又没不别请让给跟往从于用能会该须每各某"
    "几个只张件份次号证费办收付交领退查缴填拿找打换补签借买卖租住死病是有到着过要没吃说讲问做号码元岁块期类第"
    "卡表款转记还"
) - frozenset("和能都用于将张从更每期类第")
_PLACES = frozenset("浦泾滩墩庙路街园桥镇村浜湾弄巷庄站寺区县坊埭厍渡宅屯店厂局厅所院馆库局港岛苑楼场")
# Words that begin with a likely surname.
WORDS = re.compile(
    "后|或|应|时|居[民住家]|公[民司安证布示]|单[位独亲身方]|应[当该于在]|成[员]|有[效无关]|"
    "户[口籍主]|向[社区]|国[家籍]|家[属庭长]|相[关应]|从[事业]|常[住驻]|管[理辖]|于[是]|"
    "和[其申]|全[部家日]|高[中龄考校等新品工级]|明[确年天]|任[职]|金额|康复|农[村民业]|付款|余额|"
    "劳动|华[侨人]|水平|江[苏西]|黄[牌标]|马上|钱款|项目|童[工]|孙[子辈女]|双方|养老|敬老|毛毛|车[辆祸位]|费用|"
    "温馨|陆[续地]|许[可多]|安[徽微]|石[库]|龙华|徐汇|黄浦|杨浦|金山|"
    "张[贴开大家三]|白[领天]|尤其|顾[客问虑]|沈阳|陶瓷|成[年为立功]|方[便面案式]|雷[锋雨]|童年|"
    "杜绝|谢谢|习惯|曾经|郑[重州]|梅[毒花]|乐[器园]|齐全|施[工行]|牛[奶]|江[宁湾]|苏[州]|宋体|"
    "彭[浦]|须|第[一二三四五六七八九十]|关[系于爱]|寿星|毛孩|丁克|冷[静加]|任[何一意]|周[围边末]|充[分满]|高[于分]|明厨|齐备|程序|付[月年清]|张许可|张[减办]|周[岁期]|高[效风速]|范围|毕业|任[命务]|劳务|费率|宿舍|浦东|冷[食藏]|勾选"
)
# 王先生, 第五条, 陈家浜
OTHERWISE = re.compile(
    ".(?:先生|女士|小姐|太太|老师|阿姨|同志|警官|师傅|医生|主任|经理|律师|法官|书记|校长|某某?|总)$|第五[一二三四五六七八九十条款项批次届章节期]|.家"
    "[桥浜宅渡角嘴湾汇园巷弄]$|.*[问说称讲]$"
)
_VERBS = ("v", "d", "p", "c", "r", "u", "y", "t", "m", "q", "f")

IMPOSSIBLE, A_WORD = -9, -2
_FOR_A_PLACE = 5
POSSIBLE, LIKELY, SURE = 1, 2, 3


def family_length(text: str, start: int = 0) -> int:
    """Return how many characters of a surname begin here: 2, 1 or 0."""
    if text[start : start + 2] in DOUBLE:
        return 2
    one = text[start : start + 1]
    return 1 if one and (one in SINGLE or one in RARE) else 0


@lru_cache(maxsize=4096)
def likeness(token: str) -> int:
    """Return how well this would do as a name, wherever it stands: from IMPOSSIBLE over A_WORD to SURE and above."""
    family = family_length(token)
    given = token[family:]
    if len(given) == 3 and _is_double_barrelled(token):  # noqa: PLR2004 - a married woman's two surnames
        family, given = 2, given[1:]
    if token[:2] in DOUBLE and token[2:] in DOUBLE:
        return SURE
    if not family or not 1 <= len(given) <= 2 or not all("\u4e00" <= c <= "\u9fff" for c in token):  # noqa: PLR2004
        return IMPOSSIBLE
    if token in PUBLIC or token in KNOWN or token[-1] in NOT_LAST or not _NEVER.isdisjoint(given):
        return IMPOSSIBLE
    if OTHERWISE.match(token):
        return IMPOSSIBLE
    tag = word_tag(token)
    if tag:
        return _of_whole_word(token, family, tag)
    return _of_surname(token, family) + _of_given_name(given) + _of_words(token, family, given)


def _of_whole_word(token: str, family: int, tag: str) -> int:
    """Judge what stands in the dictionary, which also holds names."""
    pair = len(token) == 2  # noqa: PLR2004
    if not tag.startswith("nr") or WORDS.match(token):
        return A_WORD
    if pair and token[0] in UNLIKELY:
        return A_WORD + 1
    return POSSIBLE + (not pair or token[0] in COMMON)


def is_like_a_place(token: str) -> bool:
    """Return whether it ends as places do."""
    return token[-1] in _PLACES


def _is_double_barrelled(token: str) -> bool:
    """Return whether two common surnames stand before two characters that fit into a given name."""
    return (
        token[0] in COMMON
        and token[1] in COMMON
        and GIVEN.issuperset(token[2:])
        and not (word_tag(token[:2]) or word_tag(token[2:]) or word_tag(token[1:3]))
    )


def _of_surname(token: str, family: int) -> int:
    if family > 1:
        return 2
    if token[0] in UNLIKELY and token[0] not in COMMON:
        return -1
    return 1 if token[0] in SINGLE else 0


def _of_given_name(given: str) -> int:
    if len(given) > 1 and given[0] == given[1]:  # 圆圆, 婷婷
        return 2
    fitting = sum(c in GIVEN for c in given)
    if len(given) == 1:
        return 1 if fitting else -1
    return fitting


def _of_words(token: str, family: int, given: str) -> int:
    found = 0
    if family == 1 and len(token) > 2:  # noqa: PLR2004 - a word may begin with the surname
        opening = word_tag(token[:2])
        if (opening and not opening.startswith("nr")) or WORDS.match(token):
            found -= 2
    if len(given) > 1 and given[0] != given[1]:
        tag = word_tag(given)
        found -= 2 if tag.startswith(_VERBS) or (token[0] in UNLIKELY and tag[:2] not in ("", "nr")) else 0
    return found - (_FOR_A_PLACE if given[-1] in _PLACES else 0)


def word_tag(characters: str) -> str:
    """Return the dictionary's tag where it has these characters as one word, otherwise nothing."""
    if not rjieba.has_word(characters):
        return ""
    tagged = rjieba.tag(characters, False)
    return tagged[0][1] if len(tagged) == 1 else ""
