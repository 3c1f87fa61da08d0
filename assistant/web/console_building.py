"""Puts the console together on what `assistant.bootstrap` chose."""

import logging
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as NotYet
from pathlib import Path
from threading import Lock

from assistant.cases.case import Case
from assistant.cases.rules_in_force import RulesInForce
from assistant.dialogue import Question
from assistant.identity.accounts import SqlAccounts
from assistant.operation.runs import EvaluationRuns
from assistant.storage.evaluation_cases import EvaluationCases
from assistant.storage.original_texts import OriginalTexts
from assistant.storage.rule_versions import RuleVersions
from assistant.upkeep.life import KnowledgeLife
from assistant.web.console_parts import Console
from assistant.web.services import Services
from assistant.web.staff import Staff
from ingest.jobs import IngestJobs
from ingest.limits import Limits
from ingest.reading import Reading
from ingest.worker import WorkerReader
from knowledge.errors import KnowledgeError
from knowledge.recognition.decision import Recognition
from knowledge.search.opening import DocumentIndex
from knowledge.storage.document_lists import DocumentLists
from knowledge.storage.passage_edits import PassageEdits
from knowledge.storage.sheet_drafts import SheetDrafts
from knowledge.storage.store import KnowledgeStore
from prefill.review.rulebook import shipped_rules

_log = logging.getLogger(__name__)

_WAITED_FOR = 1.5  # seconds that a publication waits for the index; search sees it in the truth meanwhile


def build_console(
    *,
    store: KnowledgeStore,
    index: DocumentIndex,
    jobs: IngestJobs,
    life: KnowledgeLife,
    recognize: Callable[[Question], Recognition],
    services: Services,
    staff: Staff,
    home: Path,
    cases_of: Callable[[frozenset[str], int], Iterable[Case]],
) -> Console:
    """The console of a home."""
    accounts, rules = SqlAccounts(store.engine), RuleVersions(store.engine, shipped_rules)

    def people() -> Mapping[str, str]:
        return {account.person.id: account.person.name for account in accounts.all()} | {"xiaoshen": "小申（随产品）"}

    return Console(
        services=services,
        staff=staff,
        knowledge=store,
        documents=store.documents,
        lists=DocumentLists(store.engine),
        edits=PassageEdits(store.engine),
        texts=OriginalTexts(home / "texts", _read, services.settings.region),
        jobs=jobs,
        search=index.search,
        recognize=recognize,
        cases=EvaluationCases(store.engine),
        rule_versions=rules,
        rules=RulesInForce(rules, drafts_decide=services.settings.review_drafts_decide),
        cases_of=cases_of,
        sheets=SheetDrafts(store.engine),
        life=life,
        runs=EvaluationRuns(home),
        refresh=_Refreshing(store, index),
        people=people,
        clock=services.clock,
    )


def _read(content: bytes, name: str, region: str) -> Reading:
    reader = WorkerReader(Limits())
    try:
        return reader.read(content, name, region)
    finally:
        reader.close()


class _Refreshing:
    """Makes what was just written count: at once in the truth, and in the index as soon as one is built."""

    def __init__(self, store: KnowledgeStore, index: DocumentIndex) -> None:
        self._store, self._index = store, index
        self._lock = Lock()
        self._worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="index")
        self._waiting: Future[None] | None = None

    def __call__(self) -> bool:
        """True where the index is up to date already; otherwise it follows."""
        self._store.refresh()
        with self._lock:
            if self._waiting is None or self._waiting.running() or self._waiting.done():
                self._waiting = self._worker.submit(self._build)
            waiting = self._waiting
        try:
            waiting.result(timeout=_WAITED_FOR)
        except NotYet:
            return False
        return True

    def _build(self) -> None:
        try:
            self._index.refresh()
        except (KnowledgeError, OSError) as error:
            _log.warning("the index was not brought up to date: %s", error)
