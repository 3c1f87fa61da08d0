"""`KnowledgeLife`: the one thing that the console and the command line call for versions, work lists and impact."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Protocol

from assistant.upkeep.drafting import EntryDraft, document_of, entry_name
from knowledge.errors import TransitionRefused, UnknownVersion
from knowledge.items import ServiceItem
from knowledge.life.differences import Clause, Difference, clauses_of_passages, clauses_of_statements, difference_of
from knowledge.life.due import Beginning, Due, beginning_of, due_of, finding_of
from knowledge.life.impact import Impact, ImpactView
from knowledge.life.map import KnowledgeMap, edges_of_document, edges_of_item, edges_of_policy
from knowledge.life.work import Finding, Step, Work, WorkKind, WorkList, WorkState
from knowledge.passages import DocumentVersion, VersionState
from knowledge.policies import Policy
from knowledge.roles import KnowledgeBase, PassageSearch
from knowledge.statements_of import item_statements, policy_statements
from knowledge.storage.documents import DocumentDrafts, SavedVersion
from knowledge.storage.lives import day_of
from knowledge.storage.sheet_versions import SheetVersion

Detector = Callable[[date], Sequence[Finding]]
"""Looks at what is in force on a day."""

_HITS_TO_FIND_ONE = 30


class Sheets(Protocol):
    """Versions of items and policies."""

    def of(self, source: str) -> tuple[SheetVersion, ...]:
        """All versions of a source, oldest first."""
        ...

    def sheet(self, version_id: str) -> ServiceItem | Policy:
        """What a version says. Raises UnknownVersion."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionLine:
    """One version of a document, an item or a policy. `begins` and `ends` are the days on which readers see it."""

    source: str
    version_id: str
    ordinal: int
    state: VersionState
    begins: date | None
    ends: date | None
    saved_at: datetime | None
    saved_by: str | None
    published_at: datetime | None
    published_by: str | None
    approved_by: tuple[str, ...] = ()
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """What `KnowledgeLife` works on. `answers_citing` counts the kept answers that cited one of the sources."""

    knowledge: KnowledgeBase
    drafts: DocumentDrafts
    sheets: Sheets
    work: WorkList
    search: PassageSearch
    detectors: dict[WorkKind, Detector]
    answers_citing: Callable[[Collection[str]], int]


class KnowledgeLife:
    """The life of knowledge. Safe to share between threads; whoever publishes refreshes the index as before."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self.work = parts.work

    def versions(self, source: str) -> tuple[VersionLine, ...]:
        """The versions of `documents/<name>`, `items/<slug>` or `policies/<id>`, newest first."""
        if not source.startswith("documents/"):
            return tuple(_sheet_line(source, version) for version in reversed(self._parts.sheets.of(source)))
        events = self._parts.drafts.history(source)
        lines = []
        for ordinal, version in enumerate(self._parts.drafts.versions(source.removeprefix("documents/")), 1):
            own = [e for e in events if e.version_id == version.id]
            saved = next((e for e in own if e.action in ("saved", "corrected", "restored")), None)
            published = next((e for e in own if e.action == "published"), None)
            last = own[-1] if own else None
            lines.append(
                VersionLine(
                    source=source,
                    version_id=version.id,
                    ordinal=ordinal,
                    state=version.state,
                    begins=version.effective_from,
                    ends=version.effective_to,
                    saved_at=saved.at if saved else None,
                    saved_by=saved.actor if saved else None,
                    published_at=published.at if published else None,
                    published_by=published.actor if published else None,
                    approved_by=tuple(e.actor for e in own if e.action in ("reviewed", "approved")),
                    why=last.why if last else "",
                )
            )
        return tuple(reversed(lines))

    def difference(self, before: str, after: str) -> Difference:
        """What changed between two versions, by id, both of documents or both of sheets. Raises UnknownVersion."""
        return difference_of(self._clauses(before), self._clauses(after))

    def due(self, now: datetime) -> tuple[Due, ...]:
        """What takes effect soon or already has, with the last working day before; most urgent first."""
        today = day_of(now)
        found = [*self._documents_beginning(today), *self._policies_beginning(today)]
        return due_of(found, today)

    def look(self, now: datetime, kinds: Collection[WorkKind] = tuple(WorkKind)) -> dict[WorkKind, int]:
        """Look at the knowledge base again and bring the work lists up to date; how many of each kind were found."""
        today = day_of(now)
        self.settle_drafted(now)
        counted: dict[WorkKind, int] = {}
        for kind in kinds:
            if kind is WorkKind.DUE:
                findings: Sequence[Finding] = [finding_of(d) for d in self.due(now) if d.missing]
            elif kind in self._parts.detectors:
                findings = self._parts.detectors[kind](today)
            else:
                continue
            self._parts.work.report((kind,), findings, now=now)
            counted[kind] = len(findings)
        return counted

    def impact(self, target: str, as_of: date) -> Impact:
        """What has to be looked at again when the target changes.

        The target is a document (`documents/x.txt`, with `#p12` or `第十条` behind it for one clause), an item, a
        policy, or words: a law with or without an article, a 文号, a material, a department.
        """
        knowledge = self._parts.knowledge
        items, policies = knowledge.items(as_of), knowledge.policies(as_of)
        documents = [v for v in knowledge.published_documents() if v.is_in_force(as_of)]
        edges = [e for item in items for e in edges_of_item(item)]
        edges += [e for policy in policies for e in edges_of_policy(policy)]
        edges += [e for v in documents for e in edges_of_document(v, knowledge.passages(v.id))]
        titles = {item.source: item.name for item in items} | {policy.source: policy.name for policy in policies}
        titles |= {version.source: version.title for version in documents}
        impact = self._seen(ImpactView(KnowledgeMap(edges), items, titles), target, as_of)
        return replace(impact, answers_given=self._parts.answers_citing(impact.sources))

    def draft_entry(self, work_id: str, entry: EntryDraft, step: Step) -> SavedVersion:
        """Write the answer that a gap lacks, as a draft that another person reviews; the gap becomes the writer's.

        Raises UnknownWork, and TransitionRefused where an answer, its question or its basis is missing.
        """
        work = self._parts.work.one(work_id)
        if not (entry.question.strip() and entry.answer.strip() and entry.basis.strip()):
            raise TransitionRefused("An entry needs a question, an answer, and what the answer rests on.")
        saved = self._parts.drafts.save(document_of(entry, entry_name(work)), now=step.at, actor=step.actor)
        self._parts.work.drafted(work_id, saved.version_id, step)
        return saved

    def settle_drafted(self, now: datetime) -> tuple[Work, ...]:
        """Finish the work whose draft has been published meanwhile; which ones."""
        settled = []
        for work in self._parts.work.list(states=(WorkState.OPEN, WorkState.TAKEN)):
            version = self._parts.knowledge.version(work.draft) if work.draft else None
            if version is not None and version.state is VersionState.PUBLISHED:
                step = Step(at=now, actor=work.owner or "xiaoshen", reason=f"已发布：{version.title}")
                settled.append(self._parts.work.finish(work.finding.id, step))
        return tuple(settled)

    def _seen(self, view: ImpactView, target: str, as_of: date) -> Impact:
        if target.startswith(("items/", "policies/")):
            return view.of_sheet(target)
        if not target.startswith("documents/"):
            return view.of_text(target)
        name, clause = _split(target.removeprefix("documents/"))
        version = self._parts.knowledge.document(name, as_of) or next(iter(self._parts.drafts.versions(name)), None)
        if version is None:
            raise UnknownVersion(f"No document {name}: give its file name, as xiaoshen ingest reported it.")
        if clause.startswith("#p"):
            passages = self._parts.knowledge.passages(version.id)
            clause = next((p.clause or "" for p in passages if f"#p{p.ordinal}" == clause), "")
        return view.of_document(version, clause)

    def _clauses(self, version_id: str) -> tuple[Clause, ...]:
        if version_id.startswith(("items/", "policies/")):
            sheet = self._parts.sheets.sheet(version_id)
            said = item_statements(sheet) if isinstance(sheet, ServiceItem) else policy_statements(sheet)
            return clauses_of_statements(said)
        version = self._parts.knowledge.version(version_id)
        if version is None:
            raise UnknownVersion(f"No version {version_id}: xiaoshen knowledge versions lists what there is.")
        return clauses_of_passages(version.source, self._parts.knowledge.passages(version_id))

    def _documents_beginning(self, today: date) -> list[Beginning]:
        waiting = [v for v in self._parts.drafts.waiting() if v.effective_from is not None]
        ahead = [
            v for v in self._parts.knowledge.published_documents() if v.effective_from and v.effective_from > today
        ]
        return [beginning_of(v, self._came_in(v, today), self._is_found) for v in (*waiting, *ahead)]

    def _came_in(self, version: DocumentVersion, today: date) -> date:
        events = self._parts.drafts.history(version.source)
        return next((day_of(e.at) for e in events if e.version_id == version.id), today)

    def _is_found(self, version: DocumentVersion) -> bool:
        found = self._parts.search.search(
            version.title, as_of=version.effective_from or date.max, limit=_HITS_TO_FIND_ONE
        )
        return any(hit.document.id == version.id for hit in found.hits)

    def _policies_beginning(self, today: date) -> list[Beginning]:
        found = []
        for policy in self._parts.knowledge.policies(today):
            begins = policy.period.begins
            if begins is not None and begins > today:
                stated = any(s.may_be_stated for s in policy_statements(policy))
                found.append(
                    Beginning(
                        source=policy.source,
                        title=policy.name,
                        version=policy.version,
                        begins=begins,
                        came_in=today,
                        missing="" if stated else "政策卡片上没有一条有来源的内容可以回答",
                    )
                )
        return found


def _split(target: str) -> tuple[str, str]:
    """The file name, and what names a clause behind it."""
    for mark in ("#p", "第"):
        name, found, clause = target.rpartition(mark)
        if found and "." in name:
            return name.strip(), found + clause
    return target, ""


def _sheet_line(source: str, version: SheetVersion) -> VersionLine:
    return VersionLine(
        source=source,
        version_id=version.version_id,
        ordinal=version.ordinal,
        state=version.state,
        begins=version.in_force_from,
        ends=version.in_force_to,
        saved_at=None,
        saved_by=None,
        published_at=version.published_at,
        published_by=None,
    )
