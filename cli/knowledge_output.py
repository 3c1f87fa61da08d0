"""How the life of knowledge is shown: tables for people, JSON for machines."""

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from assistant.upkeep.life import VersionLine
from knowledge.life.differences import Clause, ClauseChange, Difference, WordKind
from knowledge.life.due import Due
from knowledge.life.impact import Impact
from knowledge.life.work import Place, Work

_STYLE = {WordKind.SAME: "", WordKind.ADDED: "green underline", WordKind.REMOVED: "red strike"}
_MARK = {WordKind.SAME: ("", ""), WordKind.ADDED: ("{+", "+}"), WordKind.REMOVED: ("[-", "-]")}


def show_work(work: Sequence[Work], console: Console) -> None:
    """A work list."""
    table = Table("id", "severity", "state", "owner", "due", "times", "what")
    for one in work:
        finding = one.finding
        due = one.due.isoformat() if one.due else ""
        table.add_row(
            finding.id,
            finding.severity.value,
            one.state.value,
            one.owner or "",
            due,
            str(finding.volume),
            Text(f"{finding.title}\n{finding.what}\n→ {finding.mend}"),
        )
    console.print(table)
    console.print(f"{len(work)} waiting." if work else "Nothing is waiting.")


def work_as_json(work: Sequence[Work]) -> list[dict[str, object]]:
    """The work list for machines."""
    return [
        {
            "id": one.finding.id,
            "kind": one.finding.kind.value,
            "code": one.finding.code,
            "severity": one.finding.severity.value,
            "state": one.state.value,
            "owner": one.owner,
            "due": one.due.isoformat() if one.due else None,
            "reason": one.reason,
            "draft": one.draft,
            "title": one.finding.title,
            "what": one.finding.what,
            "mend": one.finding.mend,
            "volume": one.finding.volume,
            "found_at": one.found_at.isoformat(timespec="seconds"),
            "places": [_place(place) for place in one.finding.places],
        }
        for one in work
    ]


def _place(place: Place) -> dict[str, object]:
    return {
        "source": place.source,
        "anchor": place.anchor,
        "version": place.version,
        "clause": place.clause,
        "title": place.title,
        "text": place.text,
    }


def show_due(due: Sequence[Due], console: Console) -> None:
    """What has to be answerable by when."""
    table = Table("state", "answerable by", "takes effect", "what", "missing")
    for one in due:
        table.add_row(
            one.state.value,
            one.deadline.isoformat(),
            one.effective_from.isoformat(),
            Text(f"{one.title}\n{one.source} {one.version}"),
            Text("；".join(filter(None, (one.missing, one.doubt)))),
        )
    console.print(table)


def due_as_json(due: Sequence[Due]) -> list[dict[str, object]]:
    """The same for machines."""
    return [
        {
            "source": one.source,
            "title": one.title,
            "version": one.version,
            "effective_from": one.effective_from.isoformat(),
            "deadline": one.deadline.isoformat(),
            "state": one.state.value,
            "alarming": one.is_alarming,
            "missing": one.missing or None,
            "doubt": one.doubt,
        }
        for one in due
    ]


def show_versions(lines: Sequence[VersionLine], console: Console) -> None:
    """The life of a source, newest version first."""
    table = Table("version", "state", "from", "to", "saved by", "approved by", "published", "why")
    for line in lines:
        published = f"{line.published_at:%Y-%m-%d %H:%M} {line.published_by or ''}" if line.published_at else ""
        table.add_row(
            line.version_id,
            line.state.value,
            str(line.begins or ""),
            str(line.ends or ""),
            line.saved_by or "",
            "、".join(line.approved_by),
            published,
            Text(line.why),
        )
    console.print(table)


def versions_as_json(lines: Sequence[VersionLine]) -> list[dict[str, object]]:
    """The same for machines."""
    return [
        {
            "version": line.version_id,
            "ordinal": line.ordinal,
            "state": line.state.value,
            "effective_from": line.begins.isoformat() if line.begins else None,
            "effective_to": line.ends.isoformat() if line.ends else None,
            "saved_by": line.saved_by,
            "approved_by": list(line.approved_by),
            "published_at": line.published_at.isoformat(timespec="seconds") if line.published_at else None,
            "published_by": line.published_by,
            "why": line.why,
        }
        for line in lines
    ]


def show_difference(difference: Difference, console: Console) -> None:
    """Clause by clause; what went is struck through, what came is underlined, and both are marked by signs too."""
    for change in difference.changes:
        console.print(f"{change.kind.value}  {change.label}  {_moved(change)}".rstrip(), style="bold", markup=False)
        text = Text()
        for words in change.words:
            opening, closing = _MARK[words.kind]
            text.append(f"{opening}{words.text}{closing}", style=_STYLE[words.kind])
        console.print(text)
    console.print(f"{len(difference.changes)} clauses changed, {difference.unchanged} unchanged.")


def _moved(change: ClauseChange) -> str:
    if change.before is None or change.after is None or change.before.label == change.after.label:
        return ""
    return f"({change.before.label} → {change.after.label})"


def difference_as_json(difference: Difference) -> dict[str, object]:
    """The same for machines."""
    return {
        "unchanged": difference.unchanged,
        "changes": [
            {
                "kind": change.kind.value,
                "before": _clause(change.before),
                "after": _clause(change.after),
                "words": [{"kind": words.kind.value, "text": words.text} for words in change.words],
            }
            for change in difference.changes
        ],
    }


def _clause(clause: Clause | None) -> dict[str, str] | None:
    if clause is None:
        return None
    return {"label": clause.label, "heading": clause.heading, "text": clause.text, "anchor": clause.anchor}


def show_impact(impact: Impact, console: Console) -> None:
    """What to look at again."""
    table = Table("what", "where", "certain", "text")
    for one in impact.affected:
        sure = "yes" if one.certain else "the law as a whole is named"
        table.add_row(one.kind.value, Text(f"{one.title}\n{one.anchor}"), sure, Text(one.text[:120]))
    console.print(table)
    console.print(
        f"{len(impact.affected)} places in {len(impact.sources)} sources; "
        f"{impact.answers_given} kept answers cited them."
    )


def impact_as_json(impact: Impact) -> dict[str, object]:
    """The same for machines."""
    return {
        "target": impact.target,
        "title": impact.title,
        "articles": list(impact.articles),
        "answers_given": impact.answers_given,
        "affected": [
            {
                "kind": one.kind.value,
                "source": one.source,
                "title": one.title,
                "anchor": one.anchor,
                "text": one.text,
                "certain": one.certain,
            }
            for one in impact.affected
        ],
    }
