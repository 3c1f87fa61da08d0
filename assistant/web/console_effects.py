"""What a step would do, in numbers, before anybody does it: passages added and replaced, items whose answers change."""

from collections.abc import Sequence
from typing import Literal

from assistant.identity.people import Action, Person
from assistant.web.console_parts import Console
from assistant.web.console_schemas import ClauseChange, Effect, TouchedItem, VersionDifference
from assistant.web.errors import UnknownSource
from knowledge.passages import DocumentVersion, Passage, VersionState
from knowledge.storage.four_eyes import is_same_person

_SAYING = ("saved", "corrected", "restored")


def difference_of(console: Console, version: DocumentVersion, before_id: str | None) -> VersionDifference:
    """The version by clause beside another; by default the published one that it would replace."""
    before = _published_before(console, version) if before_id is None else console.knowledge.version(before_id)
    if before_id is not None and (before is None or before.name != version.name):
        raise UnknownSource
    changes = changes_between(
        console.knowledge.passages(before.id) if before else (), console.knowledge.passages(version.id)
    )
    return VersionDifference(
        before=before.id if before else None,
        after=version.id,
        changes=[change for change in changes if change.kind != "same"],
        same=sum(change.kind == "same" for change in changes),
    )


def effect_of(console: Console, version: DocumentVersion, person: Person) -> Effect:
    """What publishing a draft, or taking back what is published, would do."""
    touched = _touched(console, version)
    if version.state in (VersionState.DRAFT, VersionState.REVIEWED):
        difference = difference_of(console, version, None)
        counts = [sum(c.kind == kind for c in difference.changes) for kind in ("added", "changed", "removed")]
        why_not = _why_not_publish(console, version, person)
        said = _sentence("发布后", *counts, touched=len(touched), begins=version)
        added, changed, removed, same = *counts, difference.same
    else:
        why_not = None if _may(console, person, Action.WITHDRAW_KNOWLEDGE) else "您的岗位不能撤回"
        added, changed, removed, same = 0, 0, len(console.knowledge.passages(version.id)), 0
        said = _sentence("撤回后", 0, 0, removed, touched=len(touched), begins=None)
    return Effect(
        added=added,
        changed=changed,
        removed=removed,
        same=same,
        items=touched,
        sentence=said,
        may=why_not is None,
        why_not=why_not,
    )


def changes_between(before: Sequence[Passage], after: Sequence[Passage]) -> list[ClauseChange]:
    """Both versions by clause, in the order of the newer one; what was taken out stands at the end."""
    old = _by_place(before)
    found: list[ClauseChange] = []
    for place, text in _by_place(after).items():
        was = old.pop(place, None)
        kind: Literal["added", "changed", "same"] = "added" if was is None else "same" if was == text else "changed"
        found.append(ClauseChange(kind=kind, place=place, before=was, after=text))
    return found + [ClauseChange(kind="removed", place=p, before=text, after=None) for p, text in old.items()]


def _by_place(passages: Sequence[Passage]) -> dict[str, str]:
    found: dict[str, str] = {}
    for passage in passages:
        heading = passage.heading.rpartition(" / ")[2]
        place = passage.clause or heading or f"第{passage.ordinal}段"
        found[place] = f"{found[place]}\n{passage.text}" if place in found else passage.text
    return found


def _published_before(console: Console, version: DocumentVersion) -> DocumentVersion | None:
    published = [
        v for v in console.documents.versions(version.name) if v.state is VersionState.PUBLISHED and v.id != version.id
    ]
    return published[-1] if published else None


def _why_not_publish(console: Console, version: DocumentVersion, person: Person) -> str | None:
    if not _may(console, person, Action.PUBLISH_KNOWLEDGE):
        return "您的岗位不能发布，请交给审核人"
    events = [e for e in console.documents.history(version.source) if e.version_id == version.id]
    wrote = any(is_same_person(e.actor, person.id) for e in events if e.action in _SAYING)
    reviewed = any(e.action == "reviewed" and not is_same_person(e.actor, person.id) for e in events)
    return "这一版是您上传或修改的，要由另一位同事审核发布" if wrote and not reviewed else None


def _may(console: Console, person: Person, action: Action) -> bool:
    return console.staff.permissions.allows(person, action)


def _touched(console: Console, version: DocumentVersion) -> list[TouchedItem]:
    return [
        TouchedItem(source=item.source, name=item.name, why=origin.title)
        for item in console.knowledge.items(console.clock().date())
        for origin in item.origins
        if origin.title == version.title
        or version.name in origin.url
        or (version.number is not None and version.number in origin.title)
    ]


def _sentence(
    when: str, added: int, changed: int, removed: int, *, touched: int, begins: DocumentVersion | None
) -> str:
    parts = [
        f"{word}{count}段" for word, count in (("新增", added), ("替换", changed), ("停用", removed)) if count
    ] or ["文字没有变化"]
    items = f"影响{touched}个事项的回答" if touched else "没有事项引用这份文件"
    day = begins.effective_from if begins else None
    from_day = f"；{day.year}年{day.month}月{day.day}日起生效" if day else ""
    return f"{when}将{'、'.join(parts)}，{items}{from_day}"
