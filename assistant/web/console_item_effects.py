"""What a draft of an item's sheet changes, and what publishing it would do, in numbers."""

from collections.abc import Mapping

from assistant.identity.people import Action, Person
from assistant.web.console_item_schemas import ChangedFact, FactForm
from assistant.web.console_parts import Console
from assistant.web.console_schemas import Effect, TouchedItem
from assistant.web.console_sheet_forms import facts_of, label_of, words_of
from knowledge.life.impact import AffectedKind
from knowledge.storage.four_eyes import is_same_person
from knowledge.storage.sheet_drafts import SheetDraft

_NAMES = {"name": "事项名称", "aliases": "别名", "department": "办理部门"}


def changes_of(published: Mapping[str, object], sheet: Mapping[str, object]) -> list[ChangedFact]:
    """Facts of the sheet that the published one has otherwise, and the other way round."""
    found = [
        ChangedFact(label=label, before=_plain(published.get(key)), after=_plain(sheet.get(key)))
        for key, label in _NAMES.items()
        if published.get(key) != sheet.get(key)
    ]
    before, after = _keyed(published), _keyed(sheet)
    for key in dict.fromkeys((*before, *after)):
        was, now = before.get(key), after.get(key)
        if was != now:
            found.append(ChangedFact(label=label_of(key[0]), before=was, after=now))
    return found


def effect_of_sheet(console: Console, draft: SheetDraft, changes: list[ChangedFact], person: Person) -> Effect:
    """What publishing the draft would do."""
    added = sum(change.before is None for change in changes)
    removed = sum(change.after is None for change in changes)
    changed = len(changes) - added - removed
    bundles = _bundles(console, draft.slug)
    why_not = _why_not(console, draft, person)
    parts = [f"{word}{n}条" for word, n in (("新增", added), ("修改", changed), ("删去", removed)) if n]
    also = f"，还有{len(bundles)}个「一件事」会用到" if bundles else ""
    said = f"发布后将{'、'.join(parts)}事实{also}" if parts else "和现行的内容一样"
    return Effect(
        added=added,
        changed=changed,
        removed=removed,
        same=0,
        items=bundles,
        sentence=said,
        may=why_not is None,
        why_not=why_not,
    )


def _why_not(console: Console, draft: SheetDraft, person: Person) -> str | None:
    if not console.staff.permissions.allows(person, Action.PUBLISH_KNOWLEDGE):
        return "您的岗位不能发布，请交给审核人"
    wrote = any(is_same_person(author, person.id) for author in draft.authors)
    reviewed = any(
        not any(is_same_person(reviewer, author) for author in draft.authors) for reviewer in draft.reviewers
    )
    return "这份草稿是您写的，要由另一位同事审核发布" if wrote and not reviewed else None


def _bundles(console: Console, slug: str) -> list[TouchedItem]:
    found = console.life.impact(f"items/{slug}", console.clock().date())
    return [
        TouchedItem(source=a.source, name=a.title, why=a.text)
        for a in found.affected
        if a.kind is AffectedKind.BUNDLE and a.source != f"items/{slug}"
    ]


def _keyed(sheet: Mapping[str, object]) -> dict[tuple[str, str], str]:
    """Facts by group and stable name: the id of the sheet, or the place in the group."""
    found: dict[tuple[str, str], str] = {}
    for fact in facts_of(sheet):
        found[fact.group, _name_of(sheet, fact)] = words_of(fact)
    return found


def _name_of(sheet: Mapping[str, object], fact: FactForm) -> str:
    entries = sheet.get(fact.group)
    if fact.index is None or not isinstance(entries, list):
        return ""
    entry = entries[fact.index]
    own = entry.get("id") if isinstance(entry, dict) else None
    return str(own or fact.values.get("law") or fact.values.get("q") or fact.index)


def _plain(value: object) -> str | None:
    return "、".join(str(part) for part in value) if isinstance(value, list) else None if value is None else str(value)
