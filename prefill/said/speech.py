"""Messages made readable for machines: full-width forms folded, spoken digits written, split into clauses."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from guardrails.numerals import DIGITS
from prefill.check_digits import is_bank_card, is_identity_number

_SPOKEN: Final = "".join(DIGITS)
_DIGIT = rf"[\d{_SPOKEN}]"
_REPEATED = re.compile(rf"([二两三四五六七八])个({_DIGIT})(?![{_SPOKEN}]?[月年天岁])")
# Groups of digits with at most one sign between them: 139 0000 5208, 幺三九,零零零零,五二零八.
_GROUPS = re.compile(rf"{_DIGIT}+(?:[\s,,、\-—·]{{1,2}}{_DIGIT}+)*[Xx]?")
_GROUP = re.compile(rf"{_DIGIT}+[Xx]?")
_MOBILE: Final = 11
# 15万8 is 158,000: a last digit alone is a tenth of the unit before it.
_LAST_DIGIT = re.compile(r"(?<![\d.])(\d+)万([1-9])(?![\d.千百十万亿一二三四五六七八九]|,\d|个(?!人)|[年月日号天])")
_SQUARE = re.compile(r"(?<=\d)\s?[mM]2(?![A-Za-z0-9])")  # ㎡, as NFKC writes it
# 3w, 8.5k as people type them; 9千5 is 9,500
_SHORT = re.compile(r"(?<![A-Za-z0-9.])(\d+(?:\.\d+)?)([wWkK])(?![A-Za-z0-9])")
_TENTHS = re.compile(r"(?<![\d.])(\d+)([千百])([1-9])(?![\d.百十千万个月号日年天人])")
_A_MONTH = re.compile("(?<=[百千万两二三四五六七八九块元])一(?=个月|平|年的?租)")
# 三十万两年: no number goes on from 万 with a single digit before a unit that counts years or things
_A_COUNT = re.compile("(?<=[万亿])(?=[一两二三四五六七八九十][年个人台辆套间岁])")
_WHOLE: Final = {_MOBILE, 15, 16, 17, 18, 19}
_SPLIT = re.compile(
    r"(?<!\d),(?!\s?(?:Ltd|LTD|Inc|INC|LLC)\b)|(?<=\d),(?!\d{3}(?!\d))|[。;!?~\n]+|\.{2,}|(?<=[\u4e00-\u9fff])\s+(?=[\u4e00-\u9fff])|、(?=我|他|她|电话|手机|身份证)"
)
_QUESTION = re.compile(
    r"[??]|(?:行不行|好不好|可不可以|成不成|能不能行|行吧\?)$|吗$|呢$|么$|(?:怎么|什么|哪个|哪种|多少|几)(?:填|选|写|办|算)?$"
)


@dataclass(frozen=True, slots=True)
class Clause:
    """A piece of a message between signs. `number` counts through the whole conversation, from 0."""

    message: int
    number: int
    text: str
    is_question: bool = False


def clauses_of(messages: Sequence[str]) -> tuple[Clause, ...]:
    """All clauses of a conversation, in order, folded and with spoken digit strings as digits."""
    found: list[Clause] = []
    for index, message in enumerate(messages):
        folded = fold(message)
        begin = 0
        for end, mark in [*((m.start(), m.group()) for m in _SPLIT.finditer(folded)), (len(folded), "")]:
            text = folded[begin:end].strip()
            begin = end + len(mark)
            if text:
                asked = "?" in mark or _QUESTION.search(text) is not None
                found.append(Clause(index, len(found), text, asked))
    return tuple(found)


_MIXED = re.compile(r"(?<![\d.])(\d{1,4})万([1-9一二两三四五六七八九])([千百])(?![\d一二三四五六七八九])")
_MINUTES = re.compile(r"(?<=[点时])零(?=[\d一二三四五六七八九]分)")


def fold(message: str) -> str:
    """NFKC with Chinese stops kept, and every number that is spoken digit by digit written in digits."""
    text = unicodedata.normalize("NFKC", message).replace("“", "").replace("”", "").replace("\u200b", "")
    text = _REPEATED.sub(lambda m: m[2] * DIGITS.get(m[1], 1), text)
    text = _SQUARE.sub("平方米", text)
    text = _SHORT.sub(lambda m: m[1] + ("万" if m[2] in "wW" else "千"), text)
    text = _TENTHS.sub(r"\1.\3\2", text)
    text = _LAST_DIGIT.sub(r"\1.\2万", text)
    text = _MIXED.sub(_in_one, text)
    text = _MINUTES.sub("", text)
    text = text.replace("大年三十", "\u2060大年三十\u2060")
    text = _A_COUNT.sub("\u2060", text)
    text = _A_MONTH.sub("\u2060一", text)
    return _GROUPS.sub(_joined, text)


def _in_one(match: re.Match[str]) -> str:
    """18万3千 as 18.3万, the way it is meant."""
    whole, digit, unit = match[1], match[2], match[3]
    digit = str(DIGITS.get(digit, digit))
    return f"{whole}.{digit if unit != '百' else '0' + digit}万"


def _joined(match: re.Match[str]) -> str:
    """Groups joined where together they are a number of a known length; everything else stays as it was."""
    written = match.group()
    groups = [(m.group(), m.start(), m.end()) for m in _GROUP.finditer(written)]
    out: list[str] = []
    position = index = 0
    while index < len(groups):
        taken = _whole_number(groups, index)
        if not taken:
            index += 1
            continue
        out.append(written[position : groups[index][1]])
        out.append("".join(_digits(g) for g, _, _ in groups[index : index + taken]))
        index += taken
        position = groups[index - 1][2]
    out.append(written[position:])
    return "".join(out)


def _whole_number(groups: Sequence[tuple[str, int, int]], index: int) -> int:
    """How many groups from `index` on make one telephone, identity or account number; 0 where none do."""
    length = 0
    for count, (group, _, _) in enumerate(groups[index:], 1):
        length += len(group)
        if length > max(_WHOLE):
            return 0
        joined = "".join(_digits(g) for g, _, _ in groups[index : index + count])
        if length == _MOBILE and re.fullmatch(r"1[3-9]\d{9}", joined):
            return count
        if length in _WHOLE and length > _MOBILE and joined[:-1].isdigit():
            proven = is_identity_number(joined) or is_bank_card(joined)
            if proven or not _goes_on(groups, index + count):
                return count
    return 0


def _goes_on(groups: Sequence[tuple[str, int, int]], after: int) -> bool:
    """Whether the next group is too short to be a number of its own, so that it belongs to this one."""
    return after < len(groups) and len(groups[after][0]) < len("6214")


def _digits(written: str) -> str:
    return "".join(str(DIGITS[c]) if c in DIGITS else c.upper() for c in written)
