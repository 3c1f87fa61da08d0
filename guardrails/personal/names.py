"""Decides where a name of somebody stands: announced, by its place and looks, or by the learnt judge."""

import re
from collections.abc import Iterator, Sequence

import rjieba

from guardrails.normalizing import simplified
from guardrails.personal.beside import find_beside
from guardrails.personal.foreign import find_foreign, may_be_latin, name_by_sound
from guardrails.personal.judged import odds_of_names
from guardrails.personal.likeness import OTHERWISE, WORDS, is_like_a_place
from guardrails.personal.openings import Opening, opening_before
from guardrails.personal.public import KNOWN
from guardrails.personal.span import Span
from guardrails.personal.standing import find_standing
from guardrails.personal.surnames import DOUBLE, NOT_LAST, PUBLIC, SINGLE, UNLIKELY

_HAN = "\u4e00-\u9fff"
_LINK = r"[ \t]{0,2}(?:是|为|叫|叫做|名叫)?[ \t]{0,2}[:=\"'“「]{0,4}[ \t]{0,2}[\"'“「]?"
# After these a name is expected: whatever follows with a surname is one.
_STRONG = re.compile(
    "(?:我叫|名叫|叫做|姓名|名字(?=是|叫|为|:)|户名|签名|联系人|收件人|寄件人|办件人|经办人|"
    "代办人|受托人|委托人|投诉人|报案人|举报人|法定代表人|法人代表|"
    "户主|产权人|承租人|出租人|监护人|开户人|持卡人|持证人|报料人|当事人|申请人|被继承人|继承人|"
    f"name){_LINK}(?=[{_HAN}])",
    re.IGNORECASE,
)
_ENDS = re.compile(
    r"(?:$|[^\u4e00-\u9fff]|身份|电话|手机|号码|证件|护照|住址|地址|住在|的(?:身份证|护照|电话|"
    "手机|号码|住址|地址|户口|社保|档案|病历|银行卡|驾驶证|居住证|房产)|出生|生于|户籍|邮箱|微信|"
    "银行卡|卡号|先生|女士|同志|老师|收)"
)
_HARD_END = re.compile(r"$|[^\u4e00-\u9fff]")
_OPENS = re.compile(r"(?:$|[^\u4e00-\u9fff]|[的在想要可能去来举因和与及是有没已现向从把被])")
# 我叫张杰: whoever says so shares the name of somebody famous.
_OF_ONESELF = re.compile(
    r"(?:我叫|我是|我名叫|我的名字[是叫]|本人|姓名|户主|车主|房东|"
    r"(?:申请|联系|持证|收件|受托|委托|代办|监护|投保|承租|出租)人)[:= ]?\Z"
)
_NEAR = 8  # characters
# Somebody in office, named in a notice, is no secret.
_IN_OFFICE = re.compile(
    r"(?:书记|[省市区县州镇]长|部长|局长|厅长|处长|(?<!班)主任|总理|主席|院长|署长|委员|发言人|组长|教授|专家|院士)\Z"
)
_CLASSIFIER = re.compile(r"[一二两三几这那每领签开办换拿要交有凭填]\Z")  # 领张居住证: here 张 counts sheets
_HAS_HAN = re.compile(f"[{_HAN}]")
_A_PLACE = re.compile(  # 陈家渡菜场, 王家码头路
    r"\w家(?:渡|浜|宅|桥|湾|镇|村|园|嘴|角|弄|巷|汇|沟|塘|港|埭|码|阁|花|汇)|\w{1,3}(?:路|街道|镇|村|菜场|市场|公园|大桥|地铁站)"
)
_CERTAIN = 99.0
# Log odds from which the judge is believed: alone, alone about a word of the dictionary, with one sign that somebody is
# told of, with two, where it is called so and ends there. Below the last nobody else is believed either.
SEEN = 1.5
_A_WORD_SEEN = 2.0
_EXPECTED = -1.0
_ANNOUNCED = -2.0
_CALLED_SO = -4.0
_DENIED = -6.0
_JUDGED_AT_MOST = 8000  # characters; nobody writes longer messages


def find_names(folded: str, data: Sequence[Span] = ()) -> list[Span]:
    """Return the names in a text, none overlapping another. `data`: what else was found in it.

    Here it is decided that a name stands somewhere: where the text announces one, where place and looks together say so
    and the judge does not deny it, or where the judge alone is sure enough.
    """
    text = simplified(folded)
    sure = [*find_announced_names(text), *find_foreign(text)]
    if not _HAS_HAN.search(text):
        return _clearest([(_CERTAIN, one) for one in (*sure, *find_standing(text, data))])
    odds = odds_of_names(text[:_JUDGED_AT_MOST], [one for one in data if one.end <= _JUDGED_AT_MOST])
    found = [(_CERTAIN, one) for one in sure]
    for one in (*find_beside(text), *find_standing(text, data)):
        likely = odds.get((one.start, one.end), 0.0)
        if likely > _DENIED or text[one.start].isascii():
            found.append((max(likely, SEEN), one))
    for (start, end), likely in odds.items():
        if likely >= _ANNOUNCED and _may_be_somebody(text, start, end) and likely >= _enough(text, start, end, data):
            found.append((likely, Span(start, end, "name")))
    return _clearest(found)


def _enough(text: str, start: int, end: int, data: Sequence[Span]) -> float:
    """Return how sure the judge must be: less where somebody is called so, a role stands before or numbers are told."""
    opening = opening_before(text, start)
    signs = (opening is Opening.ROLE) + bool(data)
    if opening is Opening.CALLED and _HARD_END.match(text, end):
        return _CALLED_SO
    if opening is Opening.CALLED or signs > 1:
        return _ANNOUNCED
    name = text[start:end]
    if WORDS.match(name):
        return _CERTAIN
    if signs:
        return _EXPECTED
    return _A_WORD_SEEN if rjieba.has_word(name) or is_like_a_place(name) else SEEN


def _clearest(found: Sequence[tuple[float, Span]]) -> list[Span]:
    """Return the likeliest of those that overlap, of two as likely the longer."""
    kept: list[Span] = []
    taken: set[int] = set()
    for _, one in sorted(found, key=lambda each: (-each[0], each[1].start - each[1].end)):
        if taken.isdisjoint(range(one.start, one.end)):
            kept.append(one)
            taken.update(range(one.start, one.end))
    return kept


def _may_be_somebody(text: str, start: int, end: int) -> bool:
    """Return whether a stretch that only the judge sees may be a name: not 王先生, nobody famous, no sheets."""
    name = text[start:end]
    before = text[max(0, start - 4) : start]
    return not (
        (name.isascii() and not may_be_latin(name))
        or OTHERWISE.match(name)
        or _is_somebody_famous(text, start, name)
        or _IN_OFFICE.search(before)
        or (name[0] == "张" and _CLASSIFIER.search(before))
    )


def find_announced_names(folded: str) -> Iterator[Span]:
    """Yield only names after words that expect one."""
    for announced in _STRONG.finditer(folded):
        by_sound = name_by_sound(folded, announced.end())
        if by_sound is not None:
            yield by_sound
        yield from _name_at(folded, announced.end())


def _name_at(text: str, start: int) -> Iterator[Span]:
    family = 2 if text[start : start + 2] in DOUBLE else 1
    if family == 1 and text[start] not in SINGLE:
        return
    for given in (2, 1):
        end = start + family + given
        name = text[start:end]
        if len(name) < family + given or not all("\u4e00" <= c <= "\u9fff" for c in name):
            continue
        ends = _ENDS.match(text, end) or _OPENS.match(text, end)
        if not ends or not _is_name(text, start, name):
            continue
        if family > 1 or name[0] not in UNLIKELY or _HARD_END.match(text, end):
            yield Span(start, end, "name")
            return


def _is_name(text: str, start: int, name: str) -> bool:
    before = text[max(0, start - 4) : start]
    return not (
        _is_somebody_famous(text, start, name)
        or name[-1] in NOT_LAST
        or OTHERWISE.match(name)
        or (WORDS.match(name) and not _says_so_of_oneself(text, start, name))
        or _A_PLACE.match(text, start)
        or _IN_OFFICE.search(before)
        or (name[0] == "张" and _CLASSIFIER.search(before))
    )


def _is_somebody_famous(text: str, start: int, name: str) -> bool:
    """Return whether a name is that of history or the news, and nobody says it of themselves."""
    if name not in PUBLIC and name not in KNOWN:
        return False
    return not _says_so_of_oneself(text, start, name)


def _says_so_of_oneself(text: str, start: int, name: str) -> bool:
    """Return whether somebody says that they are called so, whatever else the name may be."""
    before = text[max(0, start - _NEAR) : start]
    return bool(_OF_ONESELF.search(before) and _HARD_END.match(text, start + len(name)))
