"""From the YAML of one policy to `Policy`."""

from collections.abc import Mapping

from knowledge.corpus.citing import Sources
from knowledge.corpus.fingerprint import fingerprint
from knowledge.corpus.sheet import PLACEHOLDER, Node, audiences, day_of
from knowledge.errors import SheetInvalid
from knowledge.policies import Benefit, Period, PlainText, Policy, PolicyCondition, Scalar

_OPEN_AND_CONFIRMED = "有效"  # the sheets' word for a policy in force without a last day


def read_policy(values: Mapping[str, object]) -> Policy:
    """The policy a sheet describes. Raises SheetInvalid where a key has the wrong type."""
    sheet = Node(values)
    sources = Sources(sheet)
    conditions = _required(sheet, "conditions")
    return Policy(
        id=sheet.text("policy_id"),
        name=sheet.text("name"),
        audience=audiences(tuple(sheet.text("audience").split(","))),
        category=sheet.text("category"),
        department=sheet.text("department"),
        region=sheet.text("region"),
        who=sheet.text("who"),
        logic=conditions.text("logic"),
        conditions=tuple(_condition(node, sources) for node in conditions.nodes("items")),
        benefit=_benefit(_required(sheet, "benefit"), sources),
        period=_period(_required(sheet, "period")),
        delivery_mode=sheet.optional("delivery_mode"),
        how_to_get=sheet.optional("how_to_get"),
        mutually_exclusive_with=sheet.texts("mutually_exclusive_with"),
        formula_py=sheet.optional("formula_py"),
        notes=sheet.texts("notes"),
        origins=sources.origins,
        version=fingerprint(values),
    )


def _required(sheet: Node, key: str) -> Node:
    found = sheet.node(key)
    if found is None:
        raise SheetInvalid(f"{key} is missing: write its keys and values")
    return found


def _condition(node: Node, sources: Sources) -> PolicyCondition:
    status, refs = sources.weigh(node)
    return PolicyCondition(
        id=node.text("id"),
        text=node.text("text"),
        variable=node.text("variable"),
        op=node.text("op"),
        value=_value(node.value("value")),
        unit=node.optional("unit"),
        status=status,
        sources=refs,
        plain=node.optional("plain"),
    )


def _value(written: object) -> Scalar | tuple[Scalar, ...] | None:
    match written:
        case None | str() | int() | float() | bool():
            return written
        case list():
            return tuple(part for part in written if isinstance(part, (str, int, float, bool)))
        case _:
            raise SheetInvalid("value: write a text, a number, true, false or a list of them")


def _benefit(node: Node, sources: Sources) -> Benefit:
    refs = sources.refs(node)
    return Benefit(
        type=node.text("type"),
        formula=node.optional("formula"),
        cap=node.number("cap"),
        unit=node.optional("unit"),
        note=node.optional("note"),
        sources=refs,
        plain=tuple(_plain(part, sources) for part in node.nodes("plain")),
    )


def _plain(node: Node, sources: Sources) -> PlainText:
    status, refs = sources.weigh(node)
    return PlainText(text=node.text("text"), status=status, sources=refs)


def _period(node: Node) -> Period:
    begins, ends, note = node.optional("from"), node.optional("to"), node.text("status")
    last_day = day_of(ends)
    return Period(
        begins=day_of(begins),
        ends=last_day,
        note=None if note == PLACEHOLDER or note.startswith(_OPEN_AND_CONFIRMED) else note,
        verified=last_day is not None or (ends is None and note == _OPEN_AND_CONFIRMED),
        begins_text=begins,
    )
