"""Checks of scripted dialogues: each kind looks at one thing that must have come, or must not."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from pydantic import JsonValue

from evals.scorers.plain_text import plain
from evals.statistics import Measure, mean, share
from evals.walk_record import WalkRecord

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


def check_all(checks: Sequence[JsonValue], walk: WalkRecord) -> tuple[Checked, ...]:
    """Every check of a case; what is unknown or has no shape is reported as such."""
    return tuple(_check(one, walk) for one in checks)


def _check(written: JsonValue, walk: WalkRecord) -> Checked:
    check = _read(written)
    kind = str(check.get("kind", ""))
    looks = KINDS.get(kind)
    if looks is None:
        return Checked(kind or str(written)[:40], None, "unknown kind of check")
    try:
        result, detail = looks(check, walk)
    except IndexError:
        return Checked(kind, False, "the dialogue has no such turn")
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


def _opened(check: Check, walk: WalkRecord) -> Looked:
    return walk.item in _words(_named(check, "item")), walk.item


def _parts(check: Check, walk: WalkRecord) -> Looked:
    return set(_words(_named(check, "items", "parts"))) <= set(walk.parts), "、".join(sorted(walk.parts))


def _state(check: Check, walk: WalkRecord) -> Looked:
    got = walk.turns[_turn(check, walk)].state if walk.turns else ""
    return got in _words(_named(check, "state")), got


def _turn(check: Check, walk: WalkRecord) -> int:
    """The place of a turn, counted from 1 as people do; the last one where none is named."""
    number = check.get("turn")
    return int(str(number)) - 1 if number is not None else len(walk.turns) - 1


def _value(check: Check, walk: WalkRecord) -> str | None:
    return walk.fields.get(str(check.get("field", "")))


def _field(check: Check, walk: WalkRecord) -> Looked:
    got = _value(check, walk)
    wanted = _words(check.get("value"))
    return (got in wanted if wanted else got is not None), str(got)


def _no_field(check: Check, walk: WalkRecord) -> Looked:
    if "field" not in check:
        check = {**check, "field": check.get("value")}
        return _value(check, walk) is None, str(_value(check, walk))
    got = _value(check, walk)
    forbidden = _words(check.get("value"))
    return (got not in forbidden if forbidden else got is None), str(got)


def _times_asked(name: str, walk: WalkRecord) -> int:
    return sum(1 for s in walk.turns if s.asked in (f"field:{name}", f"form:{name}", name) and s.was_said)


def _asked(check: Check, walk: WalkRecord) -> Looked:
    names = _words(_named(check, "field", "fields", "step"))
    return all(_times_asked(n, walk) > 0 for n in names), "、".join(_sequence(walk.steps))


def _not_asked(check: Check, walk: WalkRecord) -> Looked:
    names = _words(_named(check, "field", "fields", "step"))
    return all(_times_asked(n, walk) == 0 for n in names), "、".join(_sequence(walk.steps))


def _asked_once(check: Check, walk: WalkRecord) -> Looked:
    names = _words(_named(check, "field", "fields", "step"))
    steps = _sequence(walk.steps)
    return all(sum(s == f"field:{n}" for s in steps) <= 1 for n in names), "、".join(steps)


def _sequence(steps: Sequence[str]) -> list[str]:
    """The steps in order, without the repeats while something else was talked about."""
    return [step for place, step in enumerate(steps) if place == 0 or steps[place - 1] != step]


def _text(check: Check, walk: WalkRecord) -> str:
    said = [walk.turns[_turn(check, walk)]] if "turn" in check else walk.turns
    return plain("\n".join(turn.shown for turn in said))


def _says(check: Check, walk: WalkRecord) -> Looked:
    text = _text(check, walk)
    return any(plain(w) in text for w in _words(_named(check, "any", "text"))), text[-160:]


def _never_says(check: Check, walk: WalkRecord) -> Looked:
    found = [w for w in _words(_named(check, "any", "text")) if plain(w) in _text(check, walk)]
    return not found, "、".join(found)


def _status(check: Check, walk: WalkRecord) -> Looked:
    got = walk.turns[_turn(check, walk)].status
    return got in _words(_named(check, "status")), got


def _digression(check: Check, walk: WalkRecord) -> Looked:
    """The question was answered with a source or said to be unconfirmed, and the case's own question came again."""
    place = _turn(check, walk)
    here, before = walk.turns[place], walk.turns[place - 1]
    return here.spoke and here.asks and here.asked == before.asked, f"{before.asked} → {here.asked}"


def _consented(check: Check, walk: WalkRecord) -> Looked:
    got = set(walk.consents)
    wanted = set(_words(_named(check, "registers", "register")))
    return (wanted <= got if wanted else bool(got)), "、".join(sorted(got))


def _not_consented(check: Check, walk: WalkRecord) -> Looked:
    return not walk.consents, f"{len(walk.consents)} consents"


def _outcome(check: Check, walk: WalkRecord) -> Looked:
    return walk.outcome in _words(_named(check, "outcome")), walk.outcome


def _codes(check: Check, walk: WalkRecord) -> Looked:
    got = {code for review in walk.reviews for code in review.codes}
    return set(_words(_named(check, "codes", "code"))) <= got, "、".join(sorted(got))


def _ineligible(check: Check, walk: WalkRecord) -> Looked:
    failed = set(walk.failed_conditions)
    wanted = set(_words(_named(check, "conditions", "condition")))
    return (wanted <= failed if wanted else bool(failed)), "、".join(sorted(failed))


def _papers(check: Check, walk: WalkRecord) -> Looked:
    return bool(walk.papers), "、".join(walk.papers)


def _most(of: Callable[[WalkRecord], int]) -> Callable[[Check, WalkRecord], Looked]:
    def look(check: Check, walk: WalkRecord) -> Looked:
        return of(walk) <= int(str(_named(check, "most"))), str(of(walk))

    return look


def questions_asked(steps: Sequence[str]) -> int:
    """Steps that wanted something from the citizen, each counted once in a row."""
    return sum(step not in {"", "wait", "over"} for step in _sequence(steps))


KINDS: Mapping[str, Callable[[Check, WalkRecord], Looked]] = {
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
    "max_turns": _most(lambda walk: len(walk.turns)),
    "max_questions": _most(lambda walk: questions_asked(walk.steps)),
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
