"""Finds names by their own looks, where names stand: beside other data, after a role or a relative."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from guardrails.personal.foreign import announced_by_sound, free_by_sound, free_latin
from guardrails.personal.health import health_after
from guardrails.personal.likeness import A_WORD, LIKELY, POSSIBLE, SURE, likeness
from guardrails.personal.openings import Opening, opening_before, openings
from guardrails.personal.public import KNOWN
from guardrails.personal.span import Span
from guardrails.personal.surnames import PUBLIC

_HAN = "\u4e00-\u9fff"
_OWNED = (
    "(?:身份证|居住证|护照|通行证|驾驶证|驾照|房产证|残疾证|证件|证号|银行卡|工资卡|社保卡|医保卡|卡号?|账户|账号|户口|户籍|档案|社保|医保|公积金|"
    "养老金|电话|手机|号码|微信|邮箱|地址|住址|病历|车牌?|快递|房子|房产|申请|办件|案子|名下)"
)
_OWNS = re.compile(
    rf"的?{_OWNED}|的(?=$|[^{_HAN}])|先生|女士|小姐|老师|同志|警官|医生|师傅|住|家住|出生|生于|男|女|患|得了|确诊|诊断|因病|收(?![入到费])|代办|代领|家(?=[太里的楼总在漏])"
)
_SAYS = re.compile("[问说称讲](?=[:,。没他她要是不有一我]|$)|来电|来问|反映|投诉|举报|报修|咨询|申请|预约|登记|表示")
_GOES_ON = re.compile("想|要|是|在|来|去|不|没|被|把|已|怀孕|欠|报名|从|也|昨|今|明|刚|和|与|跟")
_ENDS_OF_SENTENCES = "。!?\n"
_END_OF_SENTENCE = re.compile(r"[。!?\n]")
# 雷锋同学您好: whoever is greeted so is no hero of history
_GREETED = re.compile(rf"(?<![{_HAN}])([{_HAN}]{{2,4}})(?:同学|先生|女士|小姐|同志)[,]?[您你]好")
_SPACED = re.compile(
    rf"(?:姓\s?名|申\s?请\s?人|联\s?系\s?人|签\s?名)\s?[:=]?\s?([{_HAN}](?:\s[{_HAN}]){{1,3}})(?![{_HAN}])"
)
_HARD = re.compile(rf"$|[^{_HAN}·]")
_PROPERTY = re.compile(
    "方[式法便案向面]|单[位身亲独]|高[龄中]|成[年员]|关系|[时年]|籍|项目|程度|管理|权[利力益]|房[屋产子间]|户|车[辆牌]|公[司章]|应|尚|何|安[全置]|康复|"
    "国|司|相|双|同|金额|简|信|身|证|包|全|都|能|有|无|于|后|从|和|及|宣|计|查|谈|解|付|成|来|去|左右"
)

_ETHNIC = re.compile("[族疆藏]|外籍|国籍|清真|先生|女士|同学")


class _Ending(StrEnum):
    HARD = "hard"
    SAYS = "says"
    OWNS = "owns"
    GOES_ON = "goes_on"


_NEXT = 6  # characters, enough for a comma and what the number is
_NEVER_ENOUGH = 99
# How much something must look like a name: with other personal data in the sentence, and without.
_ENOUGH = {
    (Opening.CALLED, _Ending.HARD): (A_WORD, POSSIBLE - 1),
    (Opening.CALLED, _Ending.SAYS): (POSSIBLE, LIKELY),
    (Opening.CALLED, _Ending.OWNS): (POSSIBLE - 1, POSSIBLE),
    (Opening.CALLED, _Ending.GOES_ON): (POSSIBLE, LIKELY),
    (Opening.ROLE, _Ending.SAYS): (POSSIBLE, LIKELY),
    (Opening.ASKED, _Ending.SAYS): (POSSIBLE, LIKELY),
    (Opening.RUN, _Ending.SAYS): (POSSIBLE, _NEVER_ENOUGH),
    (Opening.ROLE, _Ending.HARD): (POSSIBLE - 1, POSSIBLE),
    (Opening.ROLE, _Ending.OWNS): (POSSIBLE, LIKELY),
    (Opening.ROLE, _Ending.GOES_ON): (LIKELY, SURE),
    (Opening.ASKED, _Ending.HARD): (POSSIBLE, SURE),
    (Opening.ASKED, _Ending.OWNS): (POSSIBLE, LIKELY),
    (Opening.ASKED, _Ending.GOES_ON): (LIKELY, _NEVER_ENOUGH),
    (Opening.RUN, _Ending.HARD): (POSSIBLE, _NEVER_ENOUGH),
    (Opening.RUN, _Ending.OWNS): (POSSIBLE, LIKELY),
    (Opening.RUN, _Ending.GOES_ON): (LIKELY, _NEVER_ENOUGH),
}


@dataclass(frozen=True, slots=True)
class _Sentence:
    text: str
    start: int
    end: int
    data: Sequence[Span]

    def is_next_to_data(self, start: int, end: int) -> bool:
        """Return whether a number or an address follows or precedes directly."""
        return any(0 <= one.start - end <= _NEXT or 0 <= start - one.end <= 2 for one in self.data)  # noqa: PLR2004


def find_standing(text: str, data: Sequence[Span]) -> Iterator[Span]:
    """Yield names by their place and looks; `data` are the numbers, addresses and illnesses found in the text."""
    yield from _spelled_otherwise(text, data)
    sentence = _Sentence(text, 0, 0, ())
    for opening, start in openings(text):
        if start >= sentence.end:
            sentence = _sentence_at(text, start, data)
        name = _name_at(sentence, opening, start)
        if name is not None:
            yield name


def _spelled_otherwise(text: str, data: Sequence[Span]) -> Iterator[Span]:
    """Yield names in Latin letters, by sound, and with spaces between their characters."""
    for start, end in sorted(_sentences_of(text, data)):
        yield from free_latin(text, start, end)
    if data or _ETHNIC.search(text):
        yield from free_by_sound(text, 0, len(text))
    yield from announced_by_sound(text, opening_before)
    for found in _GREETED.finditer(text):
        if found[1] in PUBLIC or found[1] in KNOWN or likeness(found[1]) >= POSSIBLE - 1:
            yield Span(found.start(1), found.end(1), "name")
    for spaced in _SPACED.finditer(text):
        if likeness(re.sub(r"\s", "", spaced[1])) >= POSSIBLE - 1:
            yield Span(spaced.start(1), spaced.end(1), "name")


def _sentence_at(text: str, start: int, data: Sequence[Span]) -> _Sentence:
    begin = max(text.rfind(mark, 0, start) for mark in _ENDS_OF_SENTENCES) + 1
    end = _end_of_sentence(text, start)
    return _Sentence(text, begin, end, [one for one in data if begin <= one.start < end])


def _end_of_sentence(text: str, start: int) -> int:
    found = _END_OF_SENTENCE.search(text, start)
    return found.start() if found else len(text)


def _sentences_of(text: str, data: Sequence[Span]) -> set[tuple[int, int]]:
    found = (_sentence_at(text, one.start, ()) for one in data)
    return {(sentence.start, sentence.end) for sentence in found}


def _name_at(sentence: _Sentence, opening: Opening, start: int) -> Span | None:
    text = sentence.text
    for length in (4, 3, 2):
        end = start + length
        if end > sentence.end or (length > 2 and _GOES_ON.match(text, end - 1) and _HARD.match(text, end)):  # noqa: PLR2004
            continue
        ending = _ending(text, end)
        if ending is None:
            continue
        looks = likeness(text[start:end]) + sentence.is_next_to_data(start, end)
        beside_data, alone = _ENOUGH[opening, ending]
        if opening is Opening.ROLE and ending in (_Ending.HARD, _Ending.OWNS) and not _PROPERTY.match(text, start):
            beside_data = A_WORD + (ending is _Ending.HARD)  # beside data even a word is believed: 业主温暖，138…
        if looks == A_WORD and opening is Opening.CALLED and _PROPERTY.match(text, start):
            continue
        if looks >= alone or (looks >= beside_data and _has_evidence(sentence, end)):
            return Span(start, end, "name")
    return None


def _ending(text: str, end: int) -> _Ending | None:
    if _HARD.match(text, end):
        return _Ending.HARD
    if _OWNS.match(text, end):
        return _Ending.OWNS
    if _SAYS.match(text, end):
        return _Ending.SAYS
    return _Ending.GOES_ON if _GOES_ON.match(text, end) else None


def _has_evidence(sentence: _Sentence, end: int) -> bool:
    return bool(sentence.data) or next(health_after(sentence.text, end), None) is not None
