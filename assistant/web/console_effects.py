"""What a step would do, in numbers, before anybody does it: clauses added and replaced, items whose answers change."""

from collections import Counter
from functools import lru_cache

from assistant.identity.people import Action, Person
from assistant.web.console_parts import Console
from assistant.web.console_schemas import ChangedClause, Effect, Run, TouchedItem, VersionDifference
from assistant.web.errors import UnknownSource
from knowledge.life.differences import ChangeKind, ClauseChange, Difference, clauses_of_passages
from knowledge.life.differences import difference_of as compared
from knowledge.life.impact import ImpactView
from knowledge.life.map import KnowledgeMap, edges_of_item, edges_of_policy
from knowledge.passages import DocumentVersion, VersionState
from knowledge.storage.documents import LifeEvent
from knowledge.storage.four_eyes import is_same_person

_WRITING = ("saved", "corrected", "restored")
_WAITING = (VersionState.DRAFT, VersionState.REVIEWED)


def difference_of(console: Console, version: DocumentVersion, before_id: str | None) -> VersionDifference:
    """The version by clause beside another; by default the published one that it would replace."""
    before = _published_before(console, version) if before_id is None else console.knowledge.version(before_id)
    if before_id is not None and (before is None or before.name != version.name):
        raise UnknownSource
    found = _compared(console, before, version)
    return VersionDifference(
        before=before.id if before else None,
        after=version.id,
        changes=[_changed(change) for change in found.changes],
        same=found.unchanged,
    )


def effect_of(console: Console, version: DocumentVersion, person: Person) -> Effect:
    """What publishing a draft, or taking back what is published, would do."""
    touched = _touched(console, version)
    if version.state in _WAITING:
        found = _compared(console, _published_before(console, version), version)
        counts = Counter(change.kind for change in found.changes)
        why_not = _why_not_publish(console, version, person)
        when, same = "发布后", found.unchanged
    else:
        counts = Counter({ChangeKind.REMOVED: len(console.knowledge.passages(version.id))})
        why_not = None if _may(console, person, Action.WITHDRAW_KNOWLEDGE) else "您的岗位不能撤回"
        when, same = "撤回后", 0
    return Effect(
        added=counts[ChangeKind.ADDED],
        changed=counts[ChangeKind.CHANGED] + counts[ChangeKind.MOVED],
        removed=counts[ChangeKind.REMOVED],
        same=same,
        items=touched,
        sentence=_sentence(when, counts, len(touched), version),
        may=why_not is None,
        why_not=why_not,
    )


def _compared(console: Console, before: DocumentVersion | None, after: DocumentVersion) -> Difference:
    old = console.knowledge.passages(before.id) if before else ()
    new = console.knowledge.passages(after.id)
    return compared(clauses_of_passages(after.source, old), clauses_of_passages(after.source, new))


def _changed(change: ClauseChange) -> ChangedClause:
    shown = change.after or change.before
    return ChangedClause(
        kind=change.kind,
        label=change.label,
        heading=shown.heading if shown else "",
        anchor=shown.anchor if shown else "",
        words=[Run(kind=run.kind, text=run.text) for run in change.words],
    )


def _published_before(console: Console, version: DocumentVersion) -> DocumentVersion | None:
    published = [
        v for v in console.documents.versions(version.name) if v.state is VersionState.PUBLISHED and v.id != version.id
    ]
    return published[-1] if published else None


def _why_not_publish(console: Console, version: DocumentVersion, person: Person) -> str | None:
    if not _may(console, person, Action.PUBLISH_KNOWLEDGE):
        return "您的岗位不能发布，请交给审核人"
    own = [e for e in _since_published(console, version) if is_same_person(e.actor, person.id)]
    others = [e for e in _since_published(console, version) if not is_same_person(e.actor, person.id)]
    wrote = any(e.action in _WRITING for e in own)
    reviewed = any(e.action == "reviewed" and e.version_id == version.id for e in others)
    return "这一版是您上传或修改的，要由另一位同事审核发布" if wrote and not reviewed else None


def _since_published(console: Console, version: DocumentVersion) -> list[LifeEvent]:
    """What was done to the text since it was published last: the storage decides by the same."""
    events = console.documents.history(version.source)
    last = max((n for n, e in enumerate(events) if e.action == "published"), default=-1)
    return list(events[last + 1 :])


def _may(console: Console, person: Person, action: Action) -> bool:
    return console.staff.permissions.allows(person, action)


def _touched(console: Console, version: DocumentVersion) -> list[TouchedItem]:
    view = _view(console, console.knowledge.revision())
    found: dict[str, TouchedItem] = {}
    for one in view.of_document(version).affected:
        if one.source.startswith("items/") and one.source not in found:
            found[one.source] = TouchedItem(source=one.source, name=one.title, why=one.text)
    return list(found.values())


@lru_cache(maxsize=2)
def _view(console: Console, revision: int) -> ImpactView:
    """What rests on what, drawn once a revision: reading all sheets takes a while."""
    day = console.clock().date()
    items, policies = console.knowledge.items(day), console.knowledge.policies(day)
    edges = [e for item in items for e in edges_of_item(item)]
    edges += [e for policy in policies for e in edges_of_policy(policy)]
    titles = {item.source: item.name for item in items} | {policy.source: policy.name for policy in policies}
    return ImpactView(KnowledgeMap(edges), items, titles)


def _sentence(when: str, counts: Counter[ChangeKind], touched: int, version: DocumentVersion) -> str:
    replaced = counts[ChangeKind.CHANGED] + counts[ChangeKind.MOVED]
    told = (("新增", counts[ChangeKind.ADDED]), ("替换", replaced), ("停用", counts[ChangeKind.REMOVED]))
    parts = [f"{word}{count}段" for word, count in told if count]
    effect = f"将{'、'.join(parts)}" if parts else "文字没有变化"
    items = f"影响{touched}个事项的回答" if touched else "没有事项引用这份文件"
    day = version.effective_from if version.state in _WAITING else None
    from_day = f"，{day.year}年{day.month}月{day.day}日起生效" if day else ""
    return f"{when}{effect}，{items}{from_day}"
