"""Where a document speaks of an item by its name, and says another fee, time or material than the item's sheet."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.upkeep.claims import numbers_in, sentences_of
from guardrails.quantities import Quantity
from knowledge.items import FactStatus, Material, ServiceItem
from knowledge.life.layers import holds_in
from knowledge.life.naming_laws import law_key
from knowledge.life.work import Finding, Place, Severity, WorkKind, finding_id
from knowledge.passages import DocumentVersion, Passage
from knowledge.statements import Facet, Statement
from knowledge.statements_of import item_statements

_SHORTEST_NAME, _SHORTEST_MATERIAL = 4, 4
_BRACKETS = re.compile(r"[（(][^（）()]*[)）]|“|”|\"")
# Words by which one item differs from its neighbor: a sentence with one that the sheet lacks is about the neighbor.
_KINDS = re.compile(
    r"首次|初次|补领|补办|补发|换领|换发|换证|遗失|丢失|损坏|到期|延续|延期|延长|变更|注销|转移|迁入|迁出|临时|异地|加急|"
    r"复议|诉讼|公示|公告|整改|补正|听证|鉴定|检验|评审|试点|减半|优惠|减征|罚"
)
_FEE = re.compile(r"收费|费用|工本费|手续费|每证|每本|收取|缴纳")
_FREE = re.compile(r"免费|不收|免收|免征|停征|免[^，。；]{0,4}费")
_LISTED = "、和及或等"  # beside these a name is one of several things, not what the sentence is about
_TIME = re.compile(r"办结|办理完毕|作出.{0,6}决定|审批时限|办理时限|发证|核发|颁发|发放|审核完毕|完成审核|予以登记")
_FROM = re.compile(r"受理|收到|申请之日|提出申请")
_NOT_NEEDED = re.compile(
    r"(?:不再|无需|无须|不需要?|免于|免予|免|取消|不得要求)[^，。；]{0,12}?(?:提交|提供|出具|递交|交验|携带)?"
)
_NEEDED_AGAIN = re.compile(r"除外|但是|但")


@dataclass(frozen=True, slots=True)
class _Facts:
    """What a sheet states of one kind: the statements, and how a sentence of a document speaks of the same."""

    facet: Facet
    unit: frozenset[str]
    speaks_of: re.Pattern[str]
    and_of: re.Pattern[str] | None


_COMPARED = (
    _Facts(Facet.FEE, frozenset({"元"}), _FEE, None),
    _Facts(Facet.TIME_LIMIT, frozenset({"工作日", "小时", "月"}), _TIME, _FROM),
)


def number_conflicts(
    items: Sequence[ServiceItem], passages: Iterable[tuple[DocumentVersion, Passage]]
) -> Iterator[Finding]:
    """Fees and times of a sheet, and sentences about the same item that have none of its numbers."""
    sheets = [(item, item_statements(item)) for item in items]
    for spoken in spoken_of(sheets, passages):
        for facts in _COMPARED:
            for statement in spoken.statements:
                of_this = statement.facet is facts.facet and statement.may_be_stated and statement.question is None
                if of_this and _disagree(statement, spoken.sentence, spoken.item, facts):
                    yield item_finding("number_differs", statement, spoken, "数字和文件里的不同")


def material_conflicts(
    items: Sequence[ServiceItem], passages: Iterable[tuple[DocumentVersion, Passage]]
) -> Iterator[Finding]:
    """Materials that a sheet asks for without exception, and a document says are not needed for the item."""
    sheets = [(item, item_statements(item)) for item in items]
    for spoken in spoken_of(sheets, passages):
        if not _NOT_NEEDED.search(spoken.sentence) or _NEEDED_AGAIN.search(spoken.sentence):
            continue
        for material in spoken.item.materials:
            statement = next((s for s in spoken.statements if s.id.endswith(f"#materials.{material.id}")), None)
            if statement is not None and _is_asked_for(material) and _is_waived(material.name, spoken.sentence):
                yield item_finding("material_differs", statement, spoken, "要求的材料，文件里说不再需要")


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoken:
    """A sentence of a document that speaks of an item."""

    version: DocumentVersion
    passage: Passage
    sentence: str
    item: ServiceItem
    statements: tuple[Statement, ...]


def spoken_of(
    sheets: Sequence[tuple[ServiceItem, tuple[Statement, ...]]], passages: Iterable[tuple[DocumentVersion, Passage]]
) -> Iterator[Spoken]:
    """Sentences of documents with the item that they, or the heading above them, call by its name."""
    names = {name: (item, statements) for item, statements in sheets for name in names_of(item)}
    if not names:
        return
    called = re.compile("|".join(re.escape(name) for name in sorted(names, key=len, reverse=True)))
    laws = {item.slug: {law_key(origin.title) for origin in item.origins} for item, _ in sheets}
    for version, passage in passages:
        if passage.garbled:
            continue
        above = {m.group() for m in called.finditer(f"{version.title} {passage.heading}")}
        for sentence in sentences_of(passage.text):
            within = {m.group() for m in called.finditer(sentence) if not _is_listed(sentence, m)}
            # a heading speaks for its sentences only where they name no other item
            for name in within or above:
                item, statements = names[name]
                by_name = name in (item.name, _BRACKETS.sub("", item.name))
                is_meant = name in above or by_name or law_key(version.title) in laws[item.slug]
                meet = holds_in(version.region, item.region) or holds_in(item.region, version.region)
                if is_meant and meet:
                    yield Spoken(version=version, passage=passage, sentence=sentence, item=item, statements=statements)


def _is_listed(sentence: str, match: re.Match[str]) -> bool:
    before, after = sentence[: match.start()][-1:], sentence[match.end() :][:1]
    return before == "、" or bool(after and after in _LISTED)


def names_of(item: ServiceItem) -> set[str]:
    """What a document may call it: its name with and without brackets, and its aliases."""
    bare = _BRACKETS.sub("", item.name)
    return {name for name in (item.name, bare, *item.aliases) if len(name) >= _SHORTEST_NAME}


def _disagree(statement: Statement, sentence: str, item: ServiceItem, facts: _Facts) -> bool:
    if not facts.speaks_of.search(sentence) or (facts.and_of is not None and not facts.and_of.search(sentence)):
        return False
    known = f"{item.name} {' '.join(item.aliases)} {statement.text}"
    if set(_KINDS.findall(sentence)) - set(_KINDS.findall(known)):
        return False
    here = _of_unit(numbers_in(statement.text), facts.unit)
    there = _of_unit(numbers_in(sentence), facts.unit)
    if facts.facet is Facet.FEE:
        free = bool(_FREE.search(statement.text)), bool(_FREE.search(sentence))
        if free[0] != free[1] and (here or free[0]) and (there or free[1]):
            return not (here and there and _values(here) & _values(there))
    if statement.id.endswith("#promised_days"):  # a promise may be shorter than what the law allows, never longer
        return any(a.unit == b.unit and a.value > b.value for a in here for b in there)
    return bool(here and there) and not _values(here) & _values(there)


def _of_unit(found: Iterable[Quantity], units: frozenset[str]) -> tuple[Quantity, ...]:
    return tuple(quantity for quantity in found if quantity.unit in units)


def _values(found: Iterable[Quantity]) -> set[tuple[str, str]]:
    return {(quantity.unit, str(quantity.value)) for quantity in found}


def _is_asked_for(material: Material) -> bool:
    return (
        material.status is FactStatus.SOURCED
        and material.required_when in (None, "必要")
        and (material.exempt == "no" or material.exempt_status is not FactStatus.SOURCED)
    )


def _is_waived(material: str, sentence: str) -> bool:
    """True where the name stands right behind 不再提交, with nothing between but other names."""
    name = _BRACKETS.sub("", material)
    if len(name) < _SHORTEST_MATERIAL or name not in sentence:
        return False
    before = sentence[: sentence.index(name)].rsplit("，", 1)[-1]
    return _NOT_NEEDED.search(before) is not None


def item_finding(code: str, statement: Statement, spoken: Spoken, about: str) -> Finding:
    """A conflict of a sheet with a sentence of a document. `about` says in office words how they differ."""
    item, version, passage, sentence = spoken.item, spoken.version, spoken.passage, spoken.sentence
    said = Place(
        source=statement.source,
        title=item.name,
        text=statement.text,
        anchor=statement.id,
        version=statement.version,
        clause=statement.clause,
        spans=tuple((q.start, q.end) for q in numbers_in(statement.text)),
    )
    written = replace(
        said,
        source=version.source,
        title=version.title,
        text=sentence,
        anchor=f"{version.source}#p{passage.ordinal}",
        version=version.id,
        clause=passage.clause,
        spans=tuple((q.start, q.end) for q in numbers_in(sentence)),
    )
    return Finding(
        id=finding_id(WorkKind.CONFLICT, code, statement.id, version.source, sentence),
        kind=WorkKind.CONFLICT,
        code=code,
        severity=Severity.HIGH,
        title=item.name,
        what=f"事项「{item.name}」的卡片{about}：「{statement.text}」与「{version.title}」{passage.clause or ''}",
        mend="核对文件原文，改正事项卡片；文件已经过时的，撤回它或补上失效日期",
        places=(said, written),
    )
