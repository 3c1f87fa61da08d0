"""Puts `KnowledgeLife` together on a knowledge base; `assistant.bootstrap` says on which."""

from collections.abc import Callable
from datetime import datetime, timedelta

from assistant.operation.reports import AnswerReports
from assistant.storage.asked import AskedQuestions
from assistant.upkeep.conflicts import conflicts_in
from assistant.upkeep.gaps import gaps_among
from assistant.upkeep.life import Detector, KnowledgeLife, Parts
from assistant.upkeep.signals import signals_in
from assistant.upkeep.staleness import stale_in
from knowledge.life.work import WorkKind
from knowledge.roles import Embedder, PassageSearch
from knowledge.storage.sheet_versions import SheetVersions
from knowledge.storage.sql_work import SqlWorkList
from knowledge.storage.store import KnowledgeStore

_LOOKS_BACK = timedelta(days=90)  # how long ago an unanswered question still counts as a gap


def build_life(
    store: KnowledgeStore, search: PassageSearch, embedder: Embedder, clock: Callable[[], datetime]
) -> KnowledgeLife:
    """On the database of the store."""
    asked = AskedQuestions(store.engine)
    return KnowledgeLife(
        Parts(
            knowledge=store,
            drafts=store.documents,
            sheets=SheetVersions(store.engine),
            work=SqlWorkList(store.engine),
            search=search,
            detectors=_detectors(store, asked, embedder, clock),
            answers_citing=asked.answers_citing,
        )
    )


def _detectors(
    store: KnowledgeStore, asked: AskedQuestions, embedder: Embedder, clock: Callable[[], datetime]
) -> dict[WorkKind, Detector]:
    return {
        WorkKind.CONFLICT: lambda today: conflicts_in(store, today),
        WorkKind.STALE: lambda today: stale_in(store, today),
        WorkKind.REPORTED: lambda _: AnswerReports(store.engine).findings(clock() - _LOOKS_BACK),
        WorkKind.SIGNAL: lambda _: signals_in(store.engine, clock() - _LOOKS_BACK),
        WorkKind.GAP: lambda _: gaps_among(asked.unanswered(clock() - _LOOKS_BACK), embedder),
    }
