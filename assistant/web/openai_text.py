"""An answer as one text: sentences with the numbers of their sources, choices as a list, sources, label."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant.dialogue import Question, Speaker, Utterance
from assistant.events import (
    Citation,
    Event,
    NextStep,
    QuestionBack,
    Sentence,
    SentencesReplaced,
    SourcesFound,
    TurnFinished,
)
from assistant.web.openai_schemas import ChatMessage, Extension, Usage, WireStep
from assistant.web.schemas import WireChoice, WireCitation
from assistant.web.sse import citation, render
from guardrails import labels
from guardrails.approved import Approved
from guardrails.outbound import notice, quote

SOURCES_ZH, SOURCES_EN = notice("来源："), notice("Sources:")
CORRECTION_ZH = notice("更正：")
MOST_MESSAGES_REMEMBERED = 20

_FOOT = re.compile(r"\n\n(?:来源[:：]|Sources:|——).*\Z", re.DOTALL)
_MARKS = re.compile(r"(?:\[\d+\])+(?=\n|$)", re.MULTILINE)
_LISTED = re.compile(r"^(\d)\. (.+)$", re.MULTILINE)
_HAN = re.compile(r"[\u3400-\u9fff]")
_TOKEN = re.compile(r"[\u3400-\u9fff]|[^\W\u3400-\u9fff]+")


@dataclass(frozen=True, slots=True)
class Wording:
    """The fixed words in the reader's language."""

    sources: Approved
    label: Approved


def wording_for(question: Question) -> Wording:
    """Chinese, unless the client asked for English or the question holds no Chinese sign."""
    language = question.language or ("zh" if _HAN.search(question.text) else "en")
    if language == "en":
        return Wording(SOURCES_EN, notice(labels.VISIBLE_EN))
    return Wording(SOURCES_ZH, notice(labels.VISIBLE_ZH))


class AnswerText:
    """Turns the events of one turn into pieces of text, and remembers what the fields beside the text need."""

    def __init__(self, wording: Wording) -> None:
        self._wording = wording
        self._offered: dict[int, Citation] = {}
        self._used: set[int] = set()
        self._steps: list[NextStep] = []
        self._question: QuestionBack | None = None
        self._finished: TurnFinished | None = None
        self._begun = False

    def piece(self, event: Event) -> str:  # noqa: PLR0911  one line for each event
        """What the event adds to the text; empty for events that are not text."""
        match event:
            case SourcesFound():
                self._offered.update((c.number, c) for c in event.citations)
                return ""
            case Sentence():
                self._used.update(event.citations)
                marks = "".join(f"[{number}]" for number in event.citations)
                return self._line(f"{render(event.text)}{marks}")
            case SentencesReplaced():
                return self._line(f"{render(CORRECTION_ZH)}{render(event.reason)}")
            case QuestionBack():
                self._question = event
                return self._line(_question(event))
            case NextStep():
                self._steps.append(event)
                return ""
            case TurnFinished():
                self._finished = event
                return self._foot()
            case _:
                return ""

    def citations(self) -> list[WireCitation]:
        """The sources that the text points to."""
        return [citation(c) for number, c in sorted(self._offered.items()) if number in self._used]

    def extension(self) -> Extension:
        """Status and ways on. Only after the turn has finished."""
        if self._finished is None:
            raise ValueError("The turn has not finished.")
        choices = self._question.choices if self._question else ()
        return Extension(
            status=self._finished.status,
            why=self._finished.why,
            item=self._finished.item,
            composer=self._finished.composer,
            label=render(self._wording.label),
            choices=[WireChoice(label=render(c.label), send=render(c.send), item=c.item) for c in choices],
            next_steps=[WireStep(kind=s.kind, label=render(s.label), value=s.value) for s in self._steps],
        )

    def _line(self, text: str) -> str:
        begun, self._begun = self._begun, True
        return f"\n{text}" if begun else text

    def _foot(self) -> str:
        lines = [_source_line(c) for number, c in sorted(self._offered.items()) if number in self._used]
        sources = "\n".join(["", "", render(self._wording.sources), *lines]) if lines else ""
        return f"{sources}\n\n——{render(self._wording.label)}"


def _question(event: QuestionBack) -> str:
    listed = [f"{number}. {render(choice.label)}" for number, choice in enumerate(event.choices, 1)]
    return "\n".join([render(event.text), *listed])


def _source_line(found: Citation) -> str:
    clause = f" {render(quote(found.clause, found.source))}" if found.clause else ""
    since = f"({found.effective_from.isoformat()})" if found.effective_from else ""
    return f"[{found.number}] {render(found.title)}{clause}{since}"


def standing(events: Sequence[Event]) -> list[Event]:
    """The events without the sentences that the guard took back, for a reader who gets all at once."""
    gone = {number for event in events if isinstance(event, SentencesReplaced) for number in event.ids}
    return [
        event
        for event in events
        if not isinstance(event, SentencesReplaced) and not (isinstance(event, Sentence) and event.id in gone)
    ]


def history_of(messages: Sequence[ChatMessage]) -> tuple[Utterance, ...]:
    """The dialogue before the last message: what was said, without the sources and labels that we put below."""
    speakers = {"user": Speaker.CITIZEN, "assistant": Speaker.XIAOSHEN}
    said = [Utterance(speakers[m.role], _as_said(m)) for m in messages[:-1] if m.role in speakers and m.text.strip()]
    return tuple(said[-MOST_MESSAGES_REMEMBERED:])


def _as_said(message: ChatMessage) -> str:
    return _MARKS.sub("", _FOOT.sub("", message.text)) if message.role == "assistant" else message.text


def chosen(messages: Sequence[ChatMessage]) -> str:
    """The last message; a bare number picks from the list that the message before it offered."""
    text = messages[-1].text
    if len(messages) > 1 and messages[-2].role == "assistant" and text.strip().isdecimal():
        offered: dict[str, str] = dict(_LISTED.findall(_as_said(messages[-2])))
        return offered.get(str(int(text)), text)
    return text


def usage_of(read: Iterable[str], written: str) -> Usage:
    """An estimate by one simple rule, said in `usage_note`: no model's own count is known here."""
    prompt, completion = sum(len(_TOKEN.findall(text)) for text in read), len(_TOKEN.findall(written))
    return Usage(prompt_tokens=prompt, completion_tokens=completion, total_tokens=prompt + completion)
