"""Item sheets to forms and back. What the form does not show stays in the sheet as it was."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from assistant.web.console_item_schemas import (
    FactForm,
    FactSource,
    FieldShape,
    GroupShape,
    ItemEdit,
    SheetProblem,
    SourceOption,
)
from knowledge.corpus.problem import Flaw
from knowledge.corpus.sense import sense_flaws
from knowledge.corpus.shape import SheetKind, shape_flaws
from knowledge.corpus.sheet import PLACEHOLDER
from knowledge.items import FactStatus

Values = dict[str, object]


@dataclass(frozen=True, slots=True)
class Key:
    """A text of a fact; `lines`: the sheet holds a list, the form one entry a line."""

    key: str
    label: str
    long: bool = False
    lines: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """A group of facts; `prefix` begins the ids of new entries, where entries have ids."""

    name: str
    label: str
    many: bool
    keys: tuple[Key, ...]
    prefix: str | None = None


_VALUE = Key("value", "内容", long=True)
GROUPS = (
    Group("conditions", "受理条件", many=True, keys=(Key("text", "条件", long=True),), prefix="c"),
    Group(
        "materials",
        "申请材料",
        many=True,
        keys=(
            Key("name", "材料名称"),
            Key("required_when", "什么情况下要"),
            Key("form", "原件或复印件"),
            Key("origin", "谁出具"),
        ),
        prefix="m",
    ),
    Group("process", "办理流程", many=True, keys=(Key("steps", "步骤（一行一步）", long=True, lines=True),)),
    Group("statutory_days", "法定办结时限", many=False, keys=(_VALUE,)),
    Group("promised_days", "承诺办结时限", many=False, keys=(_VALUE,)),
    Group("fee", "收费", many=False, keys=(_VALUE,)),
    Group("channels", "办理渠道", many=False, keys=(Key("value", "渠道（一行一个）", long=True, lines=True),)),
    Group("visits_on_site", "到现场次数", many=False, keys=(_VALUE,)),
    Group("handle_type", "办件类型", many=False, keys=(_VALUE,)),
    Group("result", "办理结果", many=False, keys=(_VALUE,)),
    Group(
        "legal_basis",
        "设定依据",
        many=True,
        keys=(Key("law", "法规名称"), Key("articles", "条款（一行一条）", long=True, lines=True)),
    ),
    Group("review_points", "审查要点", many=True, keys=(Key("text", "要点", long=True),), prefix="r"),
    Group("faq", "常见问题", many=True, keys=(Key("q", "问题"), Key("a", "答案", long=True))),
)


def shapes() -> list[GroupShape]:
    """What the page has to know to draw a form."""
    return [
        GroupShape(
            group=g.name,
            label=g.label,
            many=g.many,
            fields=[FieldShape(key=k.key, label=k.label, long=k.long) for k in g.keys],
        )
        for g in GROUPS
    ]


def facts_of(sheet: Mapping[str, object]) -> list[FactForm]:
    """The facts of a sheet, group by group."""
    return [_form(group, index, entry) for group in GROUPS for index, entry in _entries(sheet, group)]


def sources_of(sheet: Mapping[str, object]) -> list[SourceOption]:
    """The sources that the sheet's facts may point to."""
    return [
        SourceOption(
            id=str(s.get("id", "")),
            title=str(s.get("title", "")),
            url=str(s.get("url", "")),
            date=None if s.get("date") is None else str(s.get("date")),
        )
        for s in _mappings(sheet.get("sources"))
    ]


def edited(sheet: Mapping[str, object], edit: ItemEdit) -> Values:
    """The sheet with what the form says; new entries of lists with ids get the next free one."""
    told: Values = {**sheet, "name": edit.name, "aliases": list(edit.aliases), "department": edit.department}
    told["sources"] = _sources(sheet, edit.sources)
    for group in GROUPS:
        facts = [fact for fact in edit.facts if fact.group == group.name]
        if not group.many:
            if facts:
                told[group.name] = _entry(group, facts[0], dict(_mapping(sheet.get(group.name))))
            continue
        before = _mappings(sheet.get(group.name))
        entries = [_entry(group, fact, _like(before, fact)) for fact in facts]
        if group.prefix is not None:
            _number(entries, [str(e.get("id")) for e in before], group.prefix)
        if entries or group.name in sheet:
            told[group.name] = entries
    return told


def problems_of(sheet: Mapping[str, object]) -> list[SheetProblem]:
    """What the validator says, in Chinese, at the fact it is about. Flaws that the form cannot mend are left out."""
    found = (*shape_flaws(sheet, SheetKind.ITEM), *sense_flaws(sheet, SheetKind.ITEM))
    return [_problem(flaw) for flaw in found if flaw.blocks or _group_of(flaw) is not None]


def words_of(fact: FactForm) -> str:
    """A fact as one line, for comparing and showing."""
    said = " · ".join(value.replace("\n", "、") for value in fact.values.values() if value)
    refs = "；".join(f"{s.ref} {s.locator or ''}".strip() for s in fact.sources)
    return f"{said}（{_STATUS[fact.status]}{f'：{refs}' if refs else ''}）"


_STATUS = {FactStatus.SOURCED: "有来源", FactStatus.DERIVED: "推导", FactStatus.UNVERIFIED: "未核实"}


def label_of(group: str) -> str:
    """What people call a group."""
    return next((g.label for g in GROUPS if g.name == group), group)


def _entries(sheet: Mapping[str, object], group: Group) -> Iterator[tuple[int | None, Mapping[str, object]]]:
    if not group.many:
        yield None, _mapping(sheet.get(group.name))
        return
    yield from enumerate(_mappings(sheet.get(group.name)))


def _form(group: Group, index: int | None, entry: Mapping[str, object]) -> FactForm:
    written = entry.get("status")
    return FactForm(
        group=group.name,
        index=index,
        values={key.key: _text(entry.get(key.key)) for key in group.keys},
        status=next((status for status in FactStatus if status == written), FactStatus.UNVERIFIED),
        sources=[
            FactSource(ref=str(s.get("ref", "")), locator=None if s.get("locator") is None else str(s.get("locator")))
            for s in _mappings(entry.get("source"))
        ],
    )


def _text(value: object) -> str:
    if value is None or value == PLACEHOLDER:
        return ""
    return "\n".join(str(part) for part in value) if isinstance(value, list) else str(value)


def _entry(group: Group, fact: FactForm, before: Values) -> Values:
    """Texts that were not touched keep the type the sheet wrote them in."""
    told = dict(before)
    for key in group.keys:
        text = fact.values.get(key.key, "").strip()
        if text == _text(before.get(key.key)).strip() and key.key in before:
            continue
        if key.lines:
            told[key.key] = [line.strip() for line in text.splitlines() if line.strip()]
        else:
            told[key.key] = text or (PLACEHOLDER if key.key == "value" else None)
    told["status"] = fact.status.value
    if fact.sources or "source" in before:
        told["source"] = [_ref(s) for s in fact.sources]
    return told


def _ref(source: FactSource) -> Values:
    return {"ref": source.ref, "locator": source.locator} if source.locator else {"ref": source.ref}


def _like(before: Sequence[Mapping[str, object]], fact: FactForm) -> Values:
    known = fact.index is not None and 0 <= fact.index < len(before)
    return dict(before[fact.index]) if known and fact.index is not None else {}


def _number(entries: list[Values], used: Sequence[str], prefix: str) -> None:
    """Ids are stable names: one that was used before is not given to something else."""
    taken = [int(m.group()) for name in used if (m := re.search(r"\d+$", name))]
    following = max(taken, default=0) + 1
    for entry in entries:
        if "id" not in entry:
            entry["id"] = f"{prefix}{following}"
            following += 1


def _sources(sheet: Mapping[str, object], wanted: Sequence[SourceOption]) -> list[Values]:
    before = {str(s.get("id")): s for s in _mappings(sheet.get("sources"))}
    return [
        {**before.get(s.id, {"kind": "other"}), "id": s.id, "title": s.title, "url": s.url, "date": s.date or None}
        for s in wanted
    ]


def _mapping(value: object) -> Mapping[str, object]:
    return value if isinstance(value, dict) else {}


def _mappings(value: object) -> list[Mapping[str, object]]:
    return [part for part in value if isinstance(part, dict)] if isinstance(value, list) else []


def _group_of(flaw: Flaw) -> str | None:
    first = flaw.path[0] if flaw.path else None
    return first if isinstance(first, str) and any(g.name == first for g in GROUPS) else None


def _problem(flaw: Flaw) -> SheetProblem:
    place = next((part for part in flaw.path if isinstance(part, int)), None)
    return SheetProblem(group=_group_of(flaw) or "", index=place, message=_in_chinese(flaw.message), blocks=flaw.blocks)


_SAID = (
    (r"status is sourced but no source is named", "标了「有来源」，却没有选来源。请选一个来源，或改成「未核实」"),
    (r"status is sourced but the value is", "标了「有来源」，却没有内容。请填写内容，或改成「未核实」"),
    (r"no source has the id (\S+?):", "来源「{0}」不在本表的来源里。请重新选择"),
    (r"(\S+) stands twice", "编号「{0}」用了两次。请各用各的编号"),
    (r"is empty", "这里是空的。请填写，或删除这一条"),
    (r"the key (\w+) is missing", "缺少「{0}」这一项。请补上"),
    (r"no such day", "日期不对。请写成 2026-01-31 这样"),
    (r"no item (\S+) in", "目录里没有「{0}」这个事项。请更正或删除"),
)


def _in_chinese(message: str) -> str:
    """The validator speaks to whoever writes sheets by hand; editors read Chinese."""
    for pattern, said in _SAID:
        match = re.search(pattern, message)
        if match:
            return said.format(*match.groups())
    return f"这里的写法不对（{message}）"
