"""The gate on the way in: normalize a message, mask personal data, and say whether it may go on."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import partial
from typing import Final

from guardrails import pii
from guardrails.harm import HARMLESS, UNREAD, HarmJudgement, HarmReader
from guardrails.normalizing import decoded_parts, hidden_message, normalize, simplified
from guardrails.phrases import crisis
from guardrails.phrases.asking import asks_for_a_value, asks_for_nothing
from guardrails.phrases.happened import asks_an_office, tells_what_happened
from guardrails.phrases.hiding import destroys_traces, hides
from guardrails.phrases.injection import INJECTION
from guardrails.phrases.lettered import IN_LETTERS, in_letters
from guardrails.phrases.notices import NOTICES
from guardrails.phrases.signal import View, Views, weigh
from guardrails.phrases.unsafe import CONTEMPT, asks_for_harm
from guardrails.phrases.untrusted import UNTRUSTED

MAX_CHARACTERS: Final = 2000  # a question, not a document; also bounds the work for one message


CODE: Final = frozenset({"markup", "formula", "code"})
"""Signs of program text. Alone they accuse nobody: the message is told to be unreadable."""
BEYOND: Final = "beyond_role"
ASKED_RELIEF: Final = 1.5  # log odds: who is asked something for an errand speaks of the errand
TOLD_RELIEF: Final = 3.0


class InboundAction(StrEnum):
    """What to do with a message."""

    GO_ON = "go_on"
    REFUSE = "refuse"
    SIGNPOST = "signpost"  # someone may be in danger: show the notice first, then answer what was asked, if anything
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing a check noticed, for the audit and the safety evaluation; never the citizen's words."""

    check: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Screened:
    """A message after the gate.

    `text` is normalized and still holds personal data: use it to understand, never to log. `masked` is what may be
    logged, embedded or sent to a model. `notice` is what to tell the citizen where the action is not GO_ON; `reason`
    is `ok` where it is. A message that goes on and is `doubtful` is refused, with `beyond_role`, where nothing shows
    that it is about something an office does.
    """

    text: str
    original: str
    masked: str
    action: InboundAction
    reason: str
    notice: str | None = None
    notice_en: str | None = None
    findings: tuple[Finding, ...] = ()
    doubtful: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class _Judged:
    action: InboundAction
    reason: str
    findings: tuple[Finding, ...] = ()
    doubtful: bool = False


class InboundGuard:
    """The gate with its learned judge. Without one, or where it breaks, the signs alone decide."""

    def __init__(self, harm: HarmReader | None = None) -> None:
        self._harm = harm

    def screen(self, text: str, *, as_reply: bool = False, relief: float = 0.0) -> Screened:
        """Look at one message of a citizen. Never raises, whatever the text; reads only the first MAX_CHARACTERS.

        `as_reply`: a case of theirs has asked for something. A value that is told there (a name, a purpose, a sum) asks
        for nothing, so that it is not judged as a request; injection and crisis are heard as ever. `relief`: what is
        taken from the judge's odds where the dialogue says what the message is about (`relief_of`).
        """
        if as_reply and asks_for_nothing(text):
            return _screen(text, _nothing_asked)
        return _screen(text, partial(self._read_harm, relief=relief) if relief else self._read_harm)

    def _read_harm(self, plain: str, relief: float = 0.0) -> tuple[HarmJudgement, tuple[Finding, ...]]:
        if self._harm is None:
            return UNREAD, ()
        try:
            heard = self._harm.judge(plain)
            return replace(heard, odds=heard.odds - relief), ()
        except Exception as error:  # noqa: BLE001 - the embedder is not ours: the signs still stand, the audit hears of it
            return UNREAD, (Finding("guard_degraded", type(error).__name__),)


def relief_of(asked: str, text: str) -> float:
    """What the judge's odds are lowered by for an answer to what we asked: more where it asks for nothing itself."""
    if not asks_for_a_value(asked):
        return 0.0
    return TOLD_RELIEF if asks_for_nothing(text) else ASKED_RELIEF


def _nothing_asked(plain: str) -> tuple[HarmJudgement, tuple[Finding, ...]]:
    """The judgement of what asks for nothing."""
    return HARMLESS, ()


def screen(text: str) -> Screened:
    """Look at one message by signs alone, without the learned judge. Never raises, whatever the text."""
    return InboundGuard().screen(text)


_Read = tuple[HarmJudgement, tuple[Finding, ...]]
ReadsHarm = Callable[[str], _Read]


def _screen(text: str, read_harm: ReadsHarm) -> Screened:
    beginning = text[:MAX_CHARACTERS]
    plain = normalize(beginning)
    too_long = len(text) > MAX_CHARACTERS or len(plain) > MAX_CHARACTERS
    plain = plain[:MAX_CHARACTERS]
    spans = pii.find(plain)
    private = tuple(Finding("personal_data", kind) for kind in sorted({span.type for span in spans}))
    unreadable = _why_unreadable(plain, too_long=too_long)
    if unreadable is None:
        judged = _judge(beginning, plain, partial(read_harm, pii.mask_spans(plain, spans)))
    else:
        judged = _Judged(
            action=InboundAction.UNREADABLE, reason=unreadable, findings=(Finding("readable", unreadable),)
        )
    said = NOTICES.get(judged.reason if judged.action is not InboundAction.GO_ON or not judged.doubtful else BEYOND)
    return Screened(
        text=plain,
        original=text,
        masked=pii.mask_spans(plain, spans),
        action=judged.action,
        reason=judged.reason,
        notice=said.zh if said else None,
        notice_en=said.en if said else None,
        findings=judged.findings + private,
        doubtful=judged.doubtful,
    )


def scan_untrusted(text: str) -> tuple[Finding, ...]:
    """Return signs of instructions hidden in a document, a picture, a form field or a note. Reads all of the text.

    Such text is never obeyed whatever this finds; the findings are for the reviewer who publishes or decides.
    """
    plain = normalize(text)
    views = _views(plain)
    further = tuple(Finding("prompt_injection", signal.reason) for signal in weigh(UNTRUSTED, views))
    return tuple(dict.fromkeys((*_steering(text, plain, views), *further)))


_LONG_RUN, _FEW_LETTERS = 40, 2
"""One or two characters forty times over are a stuck key, not a question."""


def _why_unreadable(plain: str, *, too_long: bool) -> str | None:
    if too_long:
        return "too_long"
    if not plain.strip():
        return "empty"
    letters = [c for c in plain if c.isalnum()]
    repeats = len(letters) >= _LONG_RUN and len(set(letters)) <= _FEW_LETTERS
    return None if letters and not repeats else "only_signs"


def _judge(original: str, plain: str, read_harm: Callable[[], _Read]) -> _Judged:
    views = _views(plain)
    squeezed = views.squeezed
    steering = _steering(original, plain, views)
    despair = crisis.hurts_themselves(squeezed)
    if steering and {finding.reason for finding in steering} <= CODE:
        return _Judged(action=InboundAction.UNREADABLE, reason="code", findings=steering)
    if steering:
        return _Judged(action=InboundAction.REFUSE, reason="prompt_injection", findings=steering)
    learned, broken = read_harm()
    if tells_what_happened(squeezed) and CONTEMPT.search(squeezed) is None:
        learned = HARMLESS  # the judge hears the words of harm in it, which are somebody else's
    sign = asks_for_harm(squeezed) if learned.is_near else None  # a word is a sign among others, and never enough
    # an honest question about it has such words too
    harm = (sign if learned.is_doubtful and not asks_an_office(squeezed) else None) or (
        "learned" if learned.is_sure else None
    )
    if harm is None and _wants_it_hidden(squeezed, learned):
        harm = "hiding"
    if crisis.drives_others(squeezed):
        harm, despair = "drives_others", False
    if despair:  # whoever asks how to die is told the line, and not how
        action = InboundAction.REFUSE if harm and crisis.asks_how(squeezed) else InboundAction.SIGNPOST
        reason = "crisis_self_harm"
        return _Judged(action=action, reason=reason, findings=(Finding("crisis", reason), *broken))
    told = crisis.VICTIM.search(squeezed) is not None and not crisis.asks_how(squeezed)
    if harm is not None and not told:
        found = (Finding("unsafe_request", harm), *broken)
        return _Judged(action=InboundAction.REFUSE, reason="unsafe_request", findings=found)
    for reason, pattern in (("crisis_child", crisis.CHILD), ("crisis_violence", crisis.VIOLENCE)):
        if pattern.search(squeezed) or (told and pattern is crisis.VIOLENCE):
            found = (Finding("crisis", reason), *broken)
            return _Judged(action=InboundAction.SIGNPOST, reason=reason, findings=found)
    unsure = learned.is_doubtful or sign is not None
    doubtful = learned is not UNREAD and unsure and not asks_an_office(squeezed)
    return _Judged(action=InboundAction.GO_ON, reason="ok", findings=broken, doubtful=doubtful)


def _wants_it_hidden(squeezed: str, learned: HarmJudgement) -> bool:
    if destroys_traces(squeezed):
        return True
    return learned is not UNREAD and learned.may_be_hidden and hides(squeezed)


def _views(plain: str) -> Views:
    low = simplified(plain).lower()
    return Views(plain=low, squeezed="".join(c for c in low if c.isalnum()))


def _steering(original: str, plain: str, views: Views) -> tuple[Finding, ...]:
    """Return the signs of injection in the text itself, in what it hides, encodes, or spells backwards."""
    found = [Finding("prompt_injection", signal.reason) for signal in weigh(INJECTION, views)]
    hidden = hidden_message(original)
    for part in (*decoded_parts(plain), *((hidden,) if hidden else ())):
        if weigh(INJECTION, _views(part)) or asks_for_harm(_views(part).squeezed):
            found.append(Finding("prompt_injection", "hidden_or_encoded"))
    if any(s.stands_in(Views(plain="", squeezed=in_letters(plain))) for s in IN_LETTERS):
        found.append(Finding("prompt_injection", "spelled_in_letters"))
    backwards = Views(plain="", squeezed=views.squeezed[::-1])
    if any(
        s.reason in {"override", "prompt_leak"} and s.view is View.SQUEEZED and s.stands_in(backwards)
        for s in INJECTION
    ):
        found.append(Finding("prompt_injection", "spelled_backwards"))
    return tuple(dict.fromkeys(found))
