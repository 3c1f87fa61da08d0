"""What a walk came to, as data: checks look at this record and not at the walk, so they can be computed anew."""

from dataclasses import dataclass

from pydantic import JsonValue, TypeAdapter

from assistant.cases import happenings as h
from assistant.cases.case import Case
from assistant.events import Sentence
from assistant.transcript import Transcript
from evals.walking import Said, Walk

_BY_THEMSELVES = frozenset({"register", "e-licence", "document", "earlier_case", "derived"})


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordedTurn:
    """One thing the citizen did, what came back, and the step that the case then was at.

    `shown` holds the text and the rows of its cards; `spoke` is true where a sentence with a source came.
    """

    citizen: str
    xiaoshen: str
    shown: str
    status: str
    spoke: bool
    asks: bool
    asked: str
    state: str
    milliseconds: float

    @property
    def was_said(self) -> bool:
        """True where the citizen spoke; false where they filled a form or handed in a file."""
        return bool(self.status)


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordedReview:
    """One pre-review of the case."""

    outcome: str
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WalkRecord:
    """A finished walk. `fields` are under their key and under their name; empty where no case was opened."""

    turns: tuple[RecordedTurn, ...] = ()
    item: str = ""
    parts: tuple[str, ...] = ()
    state: str = ""
    fields: dict[str, str | None]
    filled: int = 0
    filled_by_themselves: int = 0
    consents: tuple[str, ...] = ()
    reviews: tuple[RecordedReview, ...] = ()
    failed_conditions: tuple[str, ...] = ()
    papers: tuple[str, ...] = ()

    @property
    def outcome(self) -> str:
        """Of the last pre-review; empty where there was none."""
        return self.reviews[-1].outcome if self.reviews else ""

    @property
    def steps(self) -> tuple[str, ...]:
        """The step after each turn."""
        return tuple(turn.asked for turn in self.turns)


_JSON = TypeAdapter(WalkRecord)


def as_json(record: WalkRecord) -> JsonValue:
    """For a row."""
    written: JsonValue = _JSON.dump_python(record, mode="json")
    return written


def from_json(written: JsonValue) -> WalkRecord:
    """From a row; an empty record where the case failed."""
    return _JSON.validate_python(written, strict=False) if written else WalkRecord(fields={})


def recorded(walk: Walk, *, with_papers: bool = True) -> WalkRecord:
    """What the walk shows. Papers are printed to be recorded: leave them out where nobody asks for them."""
    turns = tuple(_turn(one) for one in walk.said)
    handled, case = walk.look(), walk.case()
    if handled is None or case is None:
        return WalkRecord(turns=turns, fields={})
    standing = handled.standing.fields
    filled = [f.filled for f in standing if f.filled is not None]
    return WalkRecord(
        turns=turns,
        item=case.item,
        parts=tuple(case.parts),
        state=case.state.value,
        fields={f.field.name: f.value for f in standing} | {f.key: f.value for f in standing},
        filled=len(filled),
        filled_by_themselves=sum(f.provenance.kind in _BY_THEMSELVES for f in filled),
        consents=tuple(e.happening.register for e in case.events if isinstance(e.happening, h.ConsentGiven)),
        reviews=_reviews(case),
        failed_conditions=tuple(c for c, holds in case.conditions.items() if holds is False),
        papers=tuple(p.file_name for p in walk.handling.papers(case)) if with_papers else (),
    )


def _reviews(case: Case) -> tuple[RecordedReview, ...]:
    found = [e.happening for e in case.events if isinstance(e.happening, h.Reviewed)]
    return tuple(RecordedReview(outcome=r.outcome, codes=tuple(f.code for f in r.findings)) for r in found)


def _turn(said: Said) -> RecordedTurn:
    heard = said.transcript
    return RecordedTurn(
        citizen=said.citizen,
        xiaoshen=heard.text if heard else "",
        shown=_shown(heard) if heard else "",
        status=heard.finished.status.value if heard else "",
        spoke=heard is not None and any(isinstance(s, Sentence) for s in heard.sentences),
        asks=heard is not None and heard.question is not None,
        asked=said.asked,
        state=said.state,
        milliseconds=round(said.milliseconds, 2),
    )


def _shown(heard: Transcript) -> str:
    rows = [row for card in heard.case_cards for row in card.rows]
    return "\n".join([heard.text, *(r.text.text for r in rows), *(r.note.text for r in rows if r.note)])
