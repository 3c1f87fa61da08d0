"""Checks of scripted dialogues: each kind looks at one thing that must have come, or must not."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from pydantic import JsonValue

from assistant.cases import happenings as h
from assistant.events import Sentence
from evals.scorers.answers import plain
from evals.statistics import Measure, mean, share
from evals.walking import Walk

Check = Mapping[str, JsonValue]


@dataclass(frozen=True, slots=True)
class Checked:
    """One check with its result; `result` is None for a kind that is not known here."""

    kind: str
    result: bool | None
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DialogueRow:
    """A finished run as it is scored."""

    id: str
    checks: tuple[Checked, ...]
    turns: int
    questions: int
    asked_again: int
    prefilled: int
    fields: int
    outcome: str
    state: str

    @property
    def passed(self) -> bool:
        """True where every known check holds, and there is one."""
        known = [c.result for c in self.checks if c.result is not None]
        return bool(known) and all(known)


def check_all(checks: Sequence[JsonValue], walk: Walk) -> tuple[Checked, ...]:
    """Every check of a case; what is unknown or has no shape is reported as such."""
    return tuple(_check(one, walk) for one in checks)


def _check(written: JsonValue, walk: Walk) -> Checked:
    check = _read(written)
    kind = str(check.get("kind", ""))
    looks = KINDS.get(kind)
    if looks is None:
        return Checked(kind or str(written)[:40], None, "unknown kind of check")
    try:
        result, detail = looks(check, walk)
    except (KeyError, TypeError, ValueError) as error:
        return Checked(kind, None, f"cannot be read: {type(error).__name__} {error}")
    return Checked(kind, result, detail)


def _read(written: JsonValue) -> Check:
    """`{"kind": …}`, the short form `{"state": "ready"}`, or `"state:ready"`."""
    if isinstance(written, str):
        kind, _, value = written.partition(":")
        return {"kind": kind.strip(), "value": value.strip()}
    if not isinstance(written, dict):
        return {}
    marked = written.get("kind") or written.get("type") or written.get("check")
    if marked is not None:
        return {**written, "kind": marked}
    if len(written) == 1:
        ((name, inner),) = written.items()
        return {**inner, "kind": name} if isinstance(inner, dict) else {"kind": name, "value": inner}
    return written


def _words(value: JsonValue) -> list[str]:
    if isinstance(value, list):
        return [str(one) for one in value]
    return [str(value)] if value is not None else []


def _named(check: Check, *names: str) -> JsonValue:
    return next((check[name] for name in (*names, "value") if name in check), None)


Looked = tuple[bool, str]


def _opened(check: Check, walk: Walk) -> Looked:
    case = walk.case()
    got = case.item if case else ""
    return got in _words(_named(check, "item")), got


def _parts(check: Check, walk: Walk) -> Looked:
    case = walk.case()
    got = set(case.parts) if case else set()
    return set(_words(_named(check, "items", "parts"))) <= got, "、".join(sorted(got))


def _state(check: Check, walk: Walk) -> Looked:
    place = _turn(check, walk)
    got = walk.said[place].state if walk.said else ""
    return got in _words(_named(check, "state")), got


def _turn(check: Check, walk: Walk) -> int:
    """The place of a turn, counted from 1 as people do; the last one where none is named."""
    number = check.get("turn")
    return int(str(number)) - 1 if number is not None else len(walk.said) - 1


def _value(check: Check, walk: Walk) -> str | None:
    handled = walk.look()
    name = str(check.get("field", ""))
    fields = handled.standing.fields if handled else ()
    return next((f.value for f in fields if name in (f.key, f.field.name)), None)


def _field(check: Check, walk: Walk) -> Looked:
    got = _value(check, walk)
    wanted = _words(check.get("value"))
    return (got in wanted if wanted else got is not None), str(got)


def _no_field(check: Check, walk: Walk) -> Looked:
    if "field" not in check:
        check = {**check, "field": check.get("value")}
        return _value(check, walk) is None, str(_value(check, walk))
    got = _value(check, walk)
    forbidden = _words(check.get("value"))
    return (got not in forbidden if forbidden else got is None), str(got)


def _times_asked(name: str, walk: Walk) -> int:
    return sum(1 for s in walk.said if s.asked in (f"field:{name}", f"form:{name}", name) and s.transcript is not None)


def _asked(check: Check, walk: Walk) -> Looked:
    names = _words(_named(check, "field", "fields", "step"))
    return all(_times_asked(n, walk) > 0 for n in names), "、".join(_sequence(walk))


def _not_asked(check: Check, walk: Walk) -> Looked:
    names = _words(_named(check, "field", "fields", "step"))
    return all(_times_asked(n, walk) == 0 for n in names), "、".join(_sequence(walk))


def _asked_once(check: Check, walk: Walk) -> Looked:
    names = _words(_named(check, "field", "fields", "step"))
    steps = _sequence(walk)
    return all(sum(s == f"field:{n}" for s in steps) <= 1 for n in names), "、".join(steps)


def _sequence(walk: Walk) -> list[str]:
    """The steps in order, without the repeats while something else was talked about."""
    steps = [s.asked for s in walk.said]
    return [step for place, step in enumerate(steps) if place == 0 or steps[place - 1] != step]


def _text(check: Check, walk: Walk) -> str:
    said = [walk.said[_turn(check, walk)]] if "turn" in check else walk.said
    lines = []
    for one in said:
        if one.transcript is not None:
            rows = [r.text.text for c in one.transcript.case_cards for r in c.rows]
            notes = [r.note.text for c in one.transcript.case_cards for r in c.rows if r.note]
            lines += [one.transcript.text, *rows, *notes]
    return plain("\n".join(lines))


def _says(check: Check, walk: Walk) -> Looked:
    text = _text(check, walk)
    return any(plain(w) in text for w in _words(_named(check, "any", "text"))), text[-160:]


def _never_says(check: Check, walk: Walk) -> Looked:
    found = [w for w in _words(_named(check, "any", "text")) if plain(w) in _text(check, walk)]
    return not found, "、".join(found)


def _status(check: Check, walk: Walk) -> Looked:
    transcript = walk.said[_turn(check, walk)].transcript
    got = transcript.finished.status.value if transcript else ""
    return got in _words(_named(check, "status")), got


def _digression(check: Check, walk: Walk) -> Looked:
    """The question was answered with a source or said to be unconfirmed, and the case's own question came again."""
    place = _turn(check, walk)
    here, before = walk.said[place], walk.said[place - 1]
    transcript = here.transcript
    spoke = transcript is not None and any(isinstance(s, Sentence) for s in transcript.sentences)
    back = transcript is not None and transcript.question is not None and here.asked == before.asked
    return spoke and back, f"{before.asked} → {here.asked}"


def _happened(kind: type, walk: Walk) -> list[h.Happening]:
    case = walk.case()
    return [e.happening for e in case.events if isinstance(e.happening, kind)] if case else []


def _consented(check: Check, walk: Walk) -> Looked:
    got = {g.register for g in _happened(h.ConsentGiven, walk) if isinstance(g, h.ConsentGiven)}
    wanted = set(_words(_named(check, "registers", "register")))
    return (wanted <= got if wanted else bool(got)), "、".join(sorted(got))


def _not_consented(check: Check, walk: Walk) -> Looked:
    got = _happened(h.ConsentGiven, walk)
    return not got, f"{len(got)} consents"


def _outcome(check: Check, walk: Walk) -> Looked:
    reviews = [r for r in _happened(h.Reviewed, walk) if isinstance(r, h.Reviewed)]
    got = reviews[-1].outcome if reviews else ""
    return got in _words(_named(check, "outcome")), got


def _codes(check: Check, walk: Walk) -> Looked:
    reviews = [r for r in _happened(h.Reviewed, walk) if isinstance(r, h.Reviewed)]
    got = {f.code for r in reviews for f in r.findings}
    return set(_words(_named(check, "codes", "code"))) <= got, "、".join(sorted(got))


def _ineligible(check: Check, walk: Walk) -> Looked:
    case = walk.case()
    failed = {c for c, holds in case.conditions.items() if holds is False} if case else set()
    wanted = set(_words(_named(check, "conditions", "condition")))
    return (wanted <= failed if wanted else bool(failed)), "、".join(sorted(failed))


def _papers(check: Check, walk: Walk) -> Looked:
    case = walk.case()
    made = walk.handling.papers(case) if case is not None else ()
    return bool(made), "、".join(p.file_name for p in made)


def _most(of: Callable[[Walk], int]) -> Callable[[Check, Walk], Looked]:
    def look(check: Check, walk: Walk) -> Looked:
        return of(walk) <= int(str(_named(check, "most"))), str(of(walk))

    return look


def questions_asked(walk: Walk) -> int:
    """Steps that wanted something from the citizen, each counted once in a row."""
    return sum(step not in {"", "wait", "over"} for step in _sequence(walk))


KINDS: Mapping[str, Callable[[Check, Walk], Looked]] = {
    "opened": _opened,
    "item": _opened,
    "parts": _parts,
    "state": _state,
    "field": _field,
    "no_field": _no_field,
    "asked": _asked,
    "not_asked": _not_asked,
    "asked_once": _asked_once,
    "says": _says,
    "never_says": _never_says,
    "status": _status,
    "digression": _digression,
    "consented": _consented,
    "not_consented": _not_consented,
    "outcome": _outcome,
    "codes": _codes,
    "ineligible": _ineligible,
    "papers": _papers,
    "max_turns": _most(lambda walk: len(walk.said)),
    "max_questions": _most(questions_asked),
}


def dialogue_metrics(rows: Sequence[DialogueRow]) -> dict[str, Measure]:
    """Shares of cases and checks that hold; how long it took the citizen."""
    known = [c.result for r in rows for c in r.checks if c.result is not None]
    metrics = {
        "cases_passed": share([r.passed for r in rows if any(c.result is not None for c in r.checks)]),
        "checks_passed": share(known),
        "unknown_checks": share([c.result is None for r in rows for c in r.checks]),
        "turns": mean([float(r.turns) for r in rows]),
        "questions": mean([float(r.questions) for r in rows]),
        "asked_again": mean([float(r.asked_again) for r in rows]),
        "prefill_ratio": mean([r.prefilled / r.fields for r in rows if r.fields]),
    }
    for kind in sorted({c.kind for r in rows for c in r.checks if c.result is not None}):
        results = [c.result for r in rows for c in r.checks if c.kind == kind and c.result is not None]
        metrics[f"checks[{kind}]"] = share(results)
    return metrics
