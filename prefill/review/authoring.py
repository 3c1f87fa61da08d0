"""The rule files as people write them: compact YAML becomes facts, decision tables and comparisons."""

import re
from collections.abc import Iterable, Mapping
from datetime import date

from prefill.review.evidence import FORM
from prefill.review.measures import MEASURES
from prefill.review.result import Code, PointResult
from prefill.review.rules import (
    Agreement,
    FactRule,
    ItemRules,
    MaterialRule,
    Place,
    PointRule,
    Row,
    RuleStatus,
    Standing,
    Try,
)
from prefill.review.tables import DOUBT, negated
from prefill.review.vocabulary import Vocabulary

_LIKE_A_PLACE = re.compile(r"^(?:form|any|m\d+)(?:\+\w+)*\.")
_PLACE = re.compile(r"^(form|any|m\d+(?:\+(?:m\d+|form))*)\.(.+)$")
_FACT = re.compile(r"^(\w+)\((.*)\)$", re.DOTALL)


class RuleFileInvalid(ValueError):
    """A rule file says something that cannot be meant; the message names the place and what to write."""


def read_vocabulary(values: Mapping[str, object]) -> Vocabulary:
    """The words of `vocabulary.yaml`."""
    agreements = as_mapping(values.get("agreements"))
    return Vocabulary(
        keys={name: as_words(words) for name, words in as_mapping(values.get("keys")).items()},
        documents={name: as_words(words) for name, words in as_mapping(values.get("documents")).items()},
        accepted_instead={name: as_words(words) for name, words in as_mapping(values.get("accepted_instead")).items()},
        unsure=as_words(values.get("unsure")),
        yes=frozenset(as_words(values.get("says_yes"))),
        no=frozenset(as_words(values.get("says_no"))),
        illegible=as_words(values.get("illegible")),
        remarks=frozenset(as_words(values.get("remarks"))),
        harmless=frozenset(as_words(values.get("harmless"))),
        agreements={
            kind: {
                key: tuple(tuple(part.strip() for part in choice.split(" > ")) for choice in as_words(choices))
                for key, choices in as_mapping(pairs).items()
            }
            for kind, pairs in agreements.items()
        },
    )


def read_rules(values: Mapping[str, object]) -> ItemRules:
    """The rules of one item's file."""
    points: dict[str, PointRule] = {}
    for identifier, point in as_mapping(values.get("points")).items():
        points[identifier] = _point(identifier, point, points)
    agreements, dropped = _agreements(as_mapping(values.get("agree")))
    return ItemRules(
        item=str(values["item"]),
        owner=str(values.get("owner", "")),
        status=RuleStatus(str(values.get("status", "draft"))),
        approved_by=str(values.get("approved_by", "")),
        approved_on=_day(values.get("approved_on")),
        effective_from=_day(values.get("effective_from")),
        effective_to=_day(values.get("effective_to")),
        facts=read_facts_section(values.get("facts")),
        points=tuple(points.values()),
        materials={name: _material(name, part) for name, part in as_mapping(values.get("materials")).items()},
        agreements=agreements,
        dropped_agreements=dropped,
        no_luhn=bool(values.get("no_luhn")),
    )


def read_facts_section(written: object) -> tuple[FactRule, ...]:
    """The facts of a file, in the order in which they are read; a calculation may use those before it."""
    facts = tuple(_fact(name, text) for name, text in as_mapping(written).items())
    names = [fact.name for fact in facts]
    return tuple(_with_needs(fact, names[:position]) for position, fact in enumerate(facts))


def _fact(name: str, text: object) -> FactRule:
    found = _FACT.match(str(text).strip())
    if not found or found.group(1) not in MEASURES:
        message = f"facts.{name}: write measure(place, …) with one of {', '.join(sorted(MEASURES))}, not {text}"
        raise RuleFileInvalid(message)
    measure, inside = found.groups()
    if measure == "calc":
        return FactRule(name=name, measure=measure, expression=inside)
    places: list[Place] = []
    words: list[str] = []
    for part in (piece.strip() for piece in inside.split(", ")):
        place = _PLACE.match(part)
        if place:
            places.append(Place(place.group(1), tuple(place.group(2).split("|"))))
        elif part == "today":
            places.append(Place("today", ()))
        elif _LIKE_A_PLACE.match(part):
            message = f"facts.{name}: {part.split('.')[0]} is no place: write form, any, m1 or m1+m2+form"
            raise RuleFileInvalid(message)
        elif part:
            words.extend(part.split("|"))
    return FactRule(name=name, measure=measure, places=tuple(places), words=tuple(words))


def _with_needs(fact: FactRule, names: list[str]) -> FactRule:
    """A calculation needs the facts that its expression names."""
    if fact.measure != "calc":
        return fact
    used = set(re.findall(r"[A-Za-z_]\w*", re.sub(r"'[^']*'", "", fact.expression)))
    needs = tuple(name for name in names if name in used)
    return FactRule(name=fact.name, measure="calc", words=needs, expression=fact.expression)


def _point(identifier: str, written: object, earlier: Mapping[str, PointRule]) -> PointRule:
    if written == "info":
        return PointRule(id=identifier, standing=Standing.INFO, rows=())
    values = as_mapping(written)
    like = earlier.get(str(values.get("like", "")))
    rows = tuple(_row(row) for row in _sequence(values.get("rows")))
    if "all" in values:
        rows = (*rows, *_rows_of_all(values))
    return PointRule(
        id=identifier,
        standing=Standing(str(values.get("at", like.standing if like else "check"))),
        rows=rows or (like.rows if like else ()),
        code=Code(str(values.get("code", like.code if like else Code.CONDITION_NOT_MET))),
        rests_on=as_words(values.get("rests_on")) or (like.rests_on if like else ()),
        basis=str(values.get("basis", "")),
        effective_from=_day(values.get("effective_from")),
        effective_to=_day(values.get("effective_to")),
        tries=tuple(_tries(values)) or (like.tries if like else ()),
    )


def _rows_of_all(values: Mapping[str, object]) -> Iterable[Row]:
    """`all`: passes when every cell holds, fails when any is known not to hold.

    `also`: cells of facts that need not be there, but fail the point where they are and do not hold, and leave it open
    where they are doubtful. `if`: cells without which nothing is decided.
    """
    must, may, given = as_cells(values["all"]), as_cells(values.get("also")), as_cells(values.get("if"))
    say, remedy = str(values.get("say", "")), str(values.get("do", ""))
    says, codes = as_mapping(values.get("says")), as_mapping(values.get("codes"))
    for name, cell in {**must, **may}.items():
        code = codes.get(name, values.get("code"))
        yield Row(
            cells={**given, name: negated(cell)},
            then=PointResult.FAIL,
            say=str(says.get(name, say)),
            remedy=remedy,
            code=None if code is None else Code(str(code)),
        )
    for name in may:
        yield Row(cells={**given, name + DOUBT: "true"}, then=PointResult.UNKNOWN)
    yield Row(cells={**given, **must}, then=PointResult.PASS)


def _row(written: object) -> Row:
    values = dict(as_mapping(written))
    then = PointResult(str(values.pop("then")))
    say, remedy = str(values.pop("say", "")), str(values.pop("do", ""))
    code = values.pop("code", None)
    return Row(
        cells=as_cells(values), then=then, say=say, remedy=remedy, code=Code(str(code)) if code is not None else None
    )


def _tries(values: Mapping[str, object]) -> Iterable[Try]:
    for key, result in (("ok", PointResult.PASS), ("bad", PointResult.FAIL), ("open", PointResult.UNKNOWN)):
        written = values.get(key)
        for one in written if isinstance(written, list) else [written] if written is not None else []:
            yield Try({name: _known(value) for name, value in as_mapping(one).items()}, result)


def _known(value: object) -> bool | float | str:
    return value if isinstance(value, bool | float | str) else float(str(value))


def _material(identifier: str, written: object) -> MaterialRule:
    values = as_mapping(written)
    when = values.get("needed")
    unless = values.get("unless")
    return MaterialRule(
        id=identifier,
        needed_when=None
        if when is None
        else tuple(as_cells(row) for row in (when if isinstance(when, list) else [when])),
        not_needed_when=tuple(
            as_cells(row) for row in (unless if isinstance(unless, list) else [unless] if unless else [])
        ),
        also_accepts=as_words(values.get("accepts")),
        kinds=as_words(values.get("kinds")),
        keeps_date=bool(values.get("keeps_date", True)),
        date_fields_ignored=as_words(values.get("ignore_dates")),
        sign_fields_ignored=as_words(values.get("ignore_signs")),
        fresh_months=int(str(values["fresh_months"])) if "fresh_months" in values else None,
        dated=as_words(values.get("dated")),
        doubts=as_words(values.get("doubts")),
    )


def _agreements(written: Mapping[str, object]) -> tuple[tuple[Agreement, ...], frozenset[tuple[str, str]]]:
    found: list[Agreement] = []
    dropped: set[tuple[str, str]] = set()
    for material, pairs in written.items():
        for key, target in as_mapping(pairs).items():
            for name in key.split("|"):
                dropped.add((material, name))
            if target is not None:
                rights = tuple(_target(choice) for choice in str(target).split("|"))
                found.append(Agreement(Place(material, tuple(key.split("|"))), rights))
    return tuple(found), frozenset(dropped)


def _target(choice: str) -> Place:
    place = _PLACE.match(choice.strip())
    if place:
        return Place(place.group(1), (place.group(2),))
    return Place(FORM, tuple(part.strip() for part in choice.split(" > ")))


def as_cells(written: object) -> dict[str, str]:
    """Cells of a decision table by fact."""
    return {name: _cell(value) for name, value in as_mapping(written).items()}


def _cell(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def as_mapping(value: object) -> Mapping[str, object]:
    """Keys and values; nothing is an empty mapping."""
    if value is None:
        return {}
    if not isinstance(value, Mapping):
        message = f"a mapping is expected, not {value}: write key: value"
        raise RuleFileInvalid(message)
    return value


def _sequence(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def as_words(value: object) -> tuple[str, ...]:
    """A list of words, or one word."""
    if value is None:
        return ()
    return tuple(_cell(part) for part in value) if isinstance(value, list) else (_cell(value),)


def _day(value: object) -> date | None:
    return date.fromisoformat(str(value)) if value else None
