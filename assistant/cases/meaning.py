"""What a message wants, first by fixed words, then by what a learnt reader makes of it where the step allows that."""

import re
from collections.abc import Mapping
from typing import Final

from assistant.cases.beginning import delegates, needs_done, refuses_to_begin, wants_this_begun, wants_to_begin
from assistant.cases.guiding import StepKind
from assistant.cases.intents import Intent, Reading, ReadsIntents
from assistant.cases.naming import says_unmet
from assistant.cases.wishes import CLAUSES, Wish, asks_something, button_wish, corrects, meets_conditions, wish_of
from assistant.phrases.handling import HandlingPhrases

_BEGINS: Final = 0.5
_SURE: Final = 0.75
_LIKELY: Final = 0.55
_PERSON: Final = 0.7
_LONGEST: Final = 40  # characters; a longer message tells something besides
_SHORT: Final = 24
_DOUBTS: Final = re.compile("除了|以外|但|不过|可惜|只有|只是|才|还差|就差")
_WISHES: Final = re.compile("想|要办|帮我|给我|申请一")
_HINDERS: Final = re.compile("除了|以外|但|不过|可惜|还差|就差|只有[^,，]{0,6}(?:不|没)|[^,，]*不行")
_ASSENT_FIRST: Final = re.compile(
    r"^(?:嗯+|哦|好|是|对|那)*[,，]?(?:都|全|全部)?(?:符合|满足)(?:的|了)?(?![条件]*[不没])|"
    r"^(?:yes|yeah|yep|sure)\b[,. ](?!.*\b(?:but|except|not|only)\b|.*n't)|"
    r"^(?:all|everything)\b.{0,12}\b(?:fine|good|ok|true|appl\w+|met)\b",
    re.I,
)
_LACKS: Final = re.compile(
    r"没|不|未|无|才|刚|差|少|低|超|过了|除了|只|缺|别|还在|欠|\d|\b(?:not|no|only|except|but|never)\b|n't", re.I
)
_FIGURE: Final = re.compile(r"\d|[一二三四五六七八九十百千万]{2,}")
_WORDS: Final = re.compile(r"[A-Za-z]+")
_ALWAYS: Final = frozenset(
    {
        Intent.LATER,
        Intent.WITHDRAW,
        Intent.GO_ON,
        Intent.AS_FORM,
        Intent.ONE_BY_ONE,
        Intent.CODE,
        Intent.REVOKE,
        Intent.PROGRESS,
    }
)
# What a step has just asked for: a message that may be that is taken for it sooner.
_EXPECTED: Final[Mapping[StepKind, frozenset[Intent]]] = {
    StepKind.SITUATION: frozenset({Intent.NOT_KNOWN}),
    StepKind.CONDITIONS: frozenset({Intent.YES, Intent.NO, Intent.NOT_KNOWN, Intent.UNMET}),
    StepKind.CONSENT: frozenset({Intent.YES, Intent.NO}),
    StepKind.FIELD: frozenset({Intent.NOT_KNOWN}),
    StepKind.FORM: frozenset({Intent.NOT_KNOWN}),
    StepKind.MATERIAL: frozenset({Intent.BRING, Intent.LICENCE, Intent.UPLOADED, Intent.NOT_KNOWN, Intent.NO}),
    StepKind.CONFIRM: frozenset({Intent.YES, Intent.REVIEW, Intent.SUBMIT}),
    StepKind.REVIEW: frozenset({Intent.YES, Intent.REVIEW, Intent.SUBMIT}),
    StepKind.SUBMIT: frozenset({Intent.SUBMIT, Intent.YES, Intent.PAPERS}),
}
# What deletes or takes back is read only where a word of it stands in the message.
_SAYS_SO: Final[Mapping[Intent, re.Pattern[str]]] = {
    Intent.WITHDRAW: re.compile(
        r"撤|取消|放弃|作废|终止|停办|反悔|后悔|算了|覅|[不别勿]再?(?:办|弄|搞|申请|要|想|用|需要|打算|继续|给|交)|不了|找到|找回|办好|办过|"
        r"改主意|删|\b(?:cancel|withdraw|drop|forget|don'?t|stop|changed)\b",
        re.I,
    ),
    Intent.AS_FORM: re.compile(r"[\u4e00-\u9fff]|\b(?:form|together|at once|table)\b", re.I),
    Intent.LATER: re.compile(
        r"[\u4e00-\u9fff]|\b(?:later|tomorrow|stop|pause|save|back|wait|hold|minute|busy|tonight|another|enough|leave)\b",
        re.I,
    ),
    Intent.REVOKE: re.compile(r"授权|同意|查|调|数据|信息|资料|\b(?:data|consent|records?)\b", re.I),
}
_OTHERWISE: Final = frozenset({Intent.TELL, Intent.QUESTION, Intent.BEGIN, Intent.PERSON, Intent.UNMET})
_EXPECTED_MORE: Final = 3.0


class Meaning:
    """Understands messages. Fixed words win; the reader is asked where they say nothing."""

    def __init__(self, reader: ReadsIntents) -> None:
        self._reader = reader

    def begins(self, text: str) -> bool:
        """True where the message wants something done, not something explained."""
        if wants_to_begin(text) or delegates(text) or needs_done(text):
            return True
        return not refuses_to_begin(text) and self._reader.read(text).of(Intent.BEGIN) >= _BEGINS

    def wish(self, text: str, phrases: HandlingPhrases, step: StepKind | None, *, answers: bool = False) -> Wish | None:
        """The wish of the whole message at this step; None where it may be a value, a question or a new topic.

        `answers`: it is one of the answers to what was asked, so only fixed words can make it anything else.
        """
        fixed = button_wish(text, phrases) or wish_of(text)
        if fixed is not None or step is None or answers or _tells_a_value(text) or asks_something(text):
            return fixed
        if self.begins_this(text):  # 「就办这个」 while it is being done
            return None
        intent, share = self._at(step, self._reader.read(text))
        if intent in _OTHERWISE:
            return None
        sure = _LIKELY if intent in _EXPECTED.get(step, frozenset()) else _SURE
        said = _SAYS_SO.get(intent)
        return intent.wish if share >= sure and (said is None or said.search(text)) else None

    def assents(self, text: str) -> bool:
        """True where a message says that the conditions hold and tells why beside it: 「符合,一直在交」."""
        clauses = [clause for clause in CLAUSES.split(text) if clause]
        if asks_something(text) or says_unmet(text) or _HINDERS.search(text):
            return False
        if _ASSENT_FIRST.match(text) or any(meets_conditions(clause, None) for clause in clauses):
            return True
        if not any(wish_of(clause) in (Wish.YES, Wish.ALL) for clause in clauses):
            return False
        rest = [clause for clause in clauses if wish_of(clause) not in (Wish.YES, Wish.ALL)]
        return not any(
            _DOUBTS.search(clause) or says_unmet(clause) or _WISHES.search(clause) or self.begins_this(clause)
            for clause in rest
        )

    def begins_this(self, text: str) -> bool:
        """True for 「可以,现在就开始办」: what was just talked about is to be done."""
        if wants_this_begun(text):
            return True
        return len(text) <= _SHORT and any(wants_this_begun(clause) for clause in CLAUSES.split(text) if clause)

    def takes_up(self, text: str) -> bool:
        """True for 「都符合」 after an answer: the citizen has what it asks for, so it can begin."""
        wish = wish_of(text)
        if len(text) > _SHORT or _DOUBTS.search(text) or says_unmet(text):
            return False
        return wish in (Wish.YES, Wish.ALL) or (wish is None and meets_conditions(text, None))

    def falls_short(self, text: str) -> bool:
        """True where the message says, to the conditions that were just told, that one of them is not met."""
        if says_unmet(text):
            return True
        if not _LACKS.search(text):
            return False
        intent, share = self._at(StepKind.CONDITIONS, self._reader.read(text))
        return intent is Intent.UNMET and share >= _LIKELY

    def wants_a_person(self, text: str) -> bool:
        """True where the message asks for somebody to talk to."""
        return not _tells_a_value(text) and self._reader.read(text).of(Intent.PERSON) >= _PERSON

    def _at(self, step: StepKind, reading: Reading) -> tuple[Intent, float]:
        """The likeliest intent among those that can be meant at a step, and how likely it is there."""
        expected = _EXPECTED.get(step, frozenset())
        possible = {
            intent: share * (_EXPECTED_MORE if intent in expected else 1.0)
            for intent, share in reading.shares.items()
            if intent in _ALWAYS | _OTHERWISE | expected
        }
        total = sum(possible.values())
        best = max(possible, key=lambda intent: possible[intent], default=Intent.TELL)
        return best, possible[best] / total if total else 0.0


def _tells_a_value(text: str) -> bool:
    """True where a message has a figure in it, takes back a value, or is too long to be nothing but a wish."""
    return corrects(text) or _FIGURE.search(text) is not None or len(_WORDS.sub("##", text)) > _LONGEST
