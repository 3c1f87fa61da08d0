"""From the YAML of one service item to `ServiceItem`."""

from collections.abc import Mapping

from knowledge.corpus.citing import Sources
from knowledge.corpus.fingerprint import fingerprint
from knowledge.corpus.sheet import PLACEHOLDER, Node, audiences, day_of
from knowledge.items import (
    Condition,
    Fact,
    FactStatus,
    FormField,
    ItemLink,
    LegalBasis,
    Material,
    Process,
    QuestionAnswer,
    ReviewPoint,
    ServiceItem,
)

_UNKNOWN = Fact(value=PLACEHOLDER, status=FactStatus.UNVERIFIED)


def read_item(values: Mapping[str, object]) -> ServiceItem:
    """The item a sheet describes. Raises SheetInvalid where a key has the wrong type."""
    sheet = Node(values)
    sources = Sources(sheet)
    code = sheet.node("item_code")
    readiness = sheet.node("readiness")
    begins = sheet.node("effective_from")
    return ServiceItem(
        slug=sheet.text("slug"),
        code=_code(code),
        name=sheet.text("name"),
        aliases=sheet.texts("aliases"),
        item_type=sheet.optional("item_type") or "",
        audience=audiences(sheet.texts("audience")),
        department=sheet.text("department"),
        exercise_level=sheet.optional("exercise_level") or "",
        theme=sheet.optional("theme") or "",
        region=sheet.text("region"),
        is_bundle=sheet.flag("is_bundle"),
        members=_links(sheet, "member_items"),
        legal_basis=_legal_basis(sheet, sources),
        conditions=_conditions(sheet, sources),
        materials=_materials(sheet, sources),
        form_fields=_form_fields(sheet),
        process=_process(sheet, sources),
        statutory_days=_fact(sheet, "statutory_days", sources),
        promised_days=_fact(sheet, "promised_days", sources),
        fee=_fact(sheet, "fee", sources),
        channels=_fact(sheet, "channels", sources),
        result=_fact(sheet, "result", sources),
        visits_on_site=_fact(sheet, "visits_on_site", sources),
        handle_type=_fact(sheet, "handle_type", sources),
        review_points=_review_points(sheet, sources),
        faq=_faq(sheet, sources),
        related_items=_links(sheet, "related_items"),
        effective_from=day_of(begins.optional("value")) if begins else None,
        readiness=(readiness.optional("level") if readiness else None) or "",
        notes=sheet.texts("notes"),
        origins=sources.origins,
        version=fingerprint(values),
        clerk_only=sheet.flag("clerk_only"),
    )


def _code(code: Node | None) -> str:
    if code is None:
        return ""
    return code.optional("implementation_code") or code.optional("basic_code") or ""


def _links(sheet: Node, key: str) -> tuple[ItemLink, ...]:
    return tuple(ItemLink(slug=n.text("slug"), name=n.text("name")) for n in sheet.nodes(key))


def _fact(sheet: Node, key: str, sources: Sources) -> Fact:
    node = sheet.node(key)
    if node is None:
        return _UNKNOWN
    raw = node.value("value")
    value = "、".join(node.texts("value")) if isinstance(raw, list) else node.optional("value")
    if not value or value == PLACEHOLDER:
        return _UNKNOWN
    status, refs = sources.weigh(node)
    return Fact(value=value, status=status, sources=refs)


def _legal_basis(sheet: Node, sources: Sources) -> tuple[LegalBasis, ...]:
    found: list[LegalBasis] = []
    for node in sheet.nodes("legal_basis"):
        if node.text("law") == PLACEHOLDER:
            continue
        status, refs = sources.weigh(node)
        found.append(LegalBasis(law=node.text("law"), articles=node.texts("articles"), status=status, sources=refs))
    return tuple(found)


def _conditions(sheet: Node, sources: Sources) -> tuple[Condition, ...]:
    found: list[Condition] = []
    for node in sheet.nodes("conditions"):
        status, refs = sources.weigh(node)
        found.append(
            Condition(
                id=node.text("id"), text=node.text("text"), status=status, check=node.optional("check"), sources=refs
            )
        )
    return tuple(found)


def _materials(sheet: Node, sources: Sources) -> tuple[Material, ...]:
    found: list[Material] = []
    for node in sheet.nodes("materials"):
        status, refs = sources.weigh(node)
        found.append(
            Material(
                id=node.text("id"),
                name=node.text("name"),
                status=status,
                required_when=node.optional("required_when"),
                form=node.optional("form"),
                origin=node.optional("origin"),
                exempt=node.optional("exempt_by_e_license") or "no",
                exempt_status=node.status("exempt_status"),
                sources=refs,
            )
        )
    return tuple(found)


def _form_fields(sheet: Node) -> tuple[FormField, ...]:
    return tuple(
        FormField(
            name=node.text("name"),
            type=node.text("type"),
            required=node.text("required"),
            prefill=node.optional("prefill"),
            validation=node.optional("validation"),
            status=node.status(),
        )
        for node in sheet.nodes("form_fields")
    )


def _process(sheet: Node, sources: Sources) -> tuple[Process, ...]:
    found: list[Process] = []
    for node in sheet.nodes("process"):
        status, refs = sources.weigh(node)
        found.append(Process(steps=node.texts("steps"), status=status, sources=refs))
    return tuple(found)


def _review_points(sheet: Node, sources: Sources) -> tuple[ReviewPoint, ...]:
    found: list[ReviewPoint] = []
    for node in sheet.nodes("review_points"):
        status, refs = sources.weigh(node)
        found.append(
            ReviewPoint(
                id=node.text("id"), text=node.text("text"), check=node.optional("check"), status=status, sources=refs
            )
        )
    return tuple(found)


def _faq(sheet: Node, sources: Sources) -> tuple[QuestionAnswer, ...]:
    found: list[QuestionAnswer] = []
    for node in sheet.nodes("faq"):
        status, refs = sources.weigh(node)
        found.append(QuestionAnswer(question=node.text("q"), answer=node.text("a"), status=status, sources=refs))
    return tuple(found)
