"""What a schema cannot say about one sheet: ids that repeat, pointers to nothing, claims without a source."""

from collections.abc import Iterator, Mapping

from knowledge.corpus.problem import Flaw, KeyPath
from knowledge.corpus.shape import SheetKind, dotted
from knowledge.corpus.sheet import PLACEHOLDER, day_of

_LISTS_WITH_IDS = ("conditions", "materials", "review_points", "sources")
_OPS_WITH_LIST = ("in", "between")
_BETWEEN = 2  # from and to


def sense_flaws(sheet: Mapping[str, object], kind: SheetKind) -> Iterator[Flaw]:
    """Everything that is wrong inside one sheet although its shape is right."""
    yield from _repeated_ids(sheet, kind)
    yield from _facts(sheet, ())
    if kind is SheetKind.ITEM:
        yield from _dates_of_item(sheet)
    else:
        yield from _period(sheet)
        yield from _policy_values(sheet)


def _repeated_ids(sheet: Mapping[str, object], kind: SheetKind) -> Iterator[Flaw]:
    lists: list[tuple[KeyPath, object, str]] = [((name,), sheet.get(name), "id") for name in _LISTS_WITH_IDS]
    lists.append((("form_fields",), sheet.get("form_fields"), "name"))
    if kind is SheetKind.POLICY:
        conditions = sheet.get("conditions")
        lists = [(("sources",), sheet.get("sources"), "id")]
        if isinstance(conditions, dict):
            lists.append((("conditions", "items"), conditions.get("items"), "id"))
    for path, entries, key in lists:
        seen: set[object] = set()
        for n, entry in enumerate(entries if isinstance(entries, list) else []):
            name = entry.get(key) if isinstance(entry, dict) else None
            if name in seen:
                yield Flaw(
                    path=(*path, n, key),
                    message=f"{dotted((*path, n, key))}: {name} stands twice: give each its own {key}",
                )
            seen.add(name)


def _facts(sheet: Mapping[str, object], path: KeyPath) -> Iterator[Flaw]:
    """Walk the sheet: every pointer must lead to a source, every sourced fact must have one and say something."""
    sources = sheet.get("sources")
    known = [str(s.get("id")) for s in sources if isinstance(s, dict)] if isinstance(sources, list) else []
    waiting: list[tuple[KeyPath, object]] = [(path, dict(sheet))]
    while waiting:
        here, value = waiting.pop()
        if isinstance(value, list):
            waiting.extend(((*here, n), part) for n, part in enumerate(value))
        if isinstance(value, dict):
            waiting.extend(((*here, str(key)), part) for key, part in value.items())
            yield from _fact(here, value, known)


def _fact(here: KeyPath, fact: Mapping[str, object], known: list[str]) -> Iterator[Flaw]:
    ref = fact.get("ref")
    if here[-2:-1] == ("source",) and isinstance(ref, str) and ref not in known:
        yield Flaw(
            path=(*here, "ref"),
            message=f"{dotted(here)}.ref: no source has the id {ref}: add it under sources, or write one of "
            f"{', '.join(known)}",
            blocks=False,
        )
    if fact.get("status") != "sourced":
        return
    if not fact.get("source") and ("source" in fact or len(known) != 1):
        yield Flaw(
            path=(*here, "status"),
            message=f"{dotted(here)}.status is sourced but no source is named: add source: [{{ref: …}}], or write "
            "unverified; until then it is treated as unverified",
            blocks=False,
        )
    if fact.get("value") == PLACEHOLDER:
        yield Flaw(
            path=(*here, "status"),
            message=f"{dotted(here)}.status is sourced but the value is {PLACEHOLDER}: write the value, or status "
            "unverified",
            blocks=False,
        )


def _dates_of_item(sheet: Mapping[str, object]) -> Iterator[Flaw]:
    begins = sheet.get("effective_from")
    if not isinstance(begins, dict):
        return
    value = begins.get("value")
    if isinstance(value, str) and value != PLACEHOLDER and day_of(value) is None:
        yield Flaw(
            path=("effective_from", "value"),
            message=f"effective_from.value is {value}: no such day; write YYYY-MM-DD, or {PLACEHOLDER}",
        )


def _period(sheet: Mapping[str, object]) -> Iterator[Flaw]:
    period = sheet.get("period")
    if not isinstance(period, dict):
        return
    days = {key: day_of(str(period.get(key))) for key in ("from", "to")}
    for key, day in days.items():
        written = period.get(key)
        if isinstance(written, str) and len(written) == len("2026-01-01") and written != PLACEHOLDER and day is None:
            yield Flaw(path=("period", key), message=f"period.{key} is {written}: no such day; write YYYY-MM-DD")
    begins, ends = days["from"], days["to"]
    if begins and ends and ends < begins:
        yield Flaw(
            path=("period", "to"),
            message=f"period.to {ends} lies before period.from {begins}: write the last day in force",
        )


def _policy_values(sheet: Mapping[str, object]) -> Iterator[Flaw]:
    conditions = sheet.get("conditions")
    entries = conditions.get("items") if isinstance(conditions, dict) else None
    for n, entry in enumerate(entries if isinstance(entries, list) else []):
        if not isinstance(entry, dict):
            continue
        path: KeyPath = ("conditions", "items", n, "value")
        op, value = entry.get("op"), entry.get("value")
        if (op in _OPS_WITH_LIST) != isinstance(value, list):
            wanted = "a list" if op in _OPS_WITH_LIST else "one value"
            yield Flaw(path=path, message=f"{dotted(path)}: the op {op} compares with {wanted}: write {wanted}")
        elif op == "between" and isinstance(value, list) and len(value) != _BETWEEN:
            yield Flaw(path=path, message=f"{dotted(path)}: between needs two values, from and to")
