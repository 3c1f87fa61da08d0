"""The console around an empty database, for the OpenAPI document: its routes are described, nothing is ingested."""

import tempfile
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from sqlalchemy import Engine

from assistant.cases.rules_in_force import RulesInForce
from assistant.dialogue import Question
from assistant.identity.accounts import SqlAccounts
from assistant.identity.passwords import Passwords
from assistant.identity.permissions import Permissions
from assistant.identity.sign_in import SignIn
from assistant.operation.runs import EvaluationRuns
from assistant.storage.cases import SqlCases
from assistant.storage.evaluation_cases import EvaluationCases
from assistant.storage.original_texts import OriginalTexts
from assistant.storage.rule_versions import RuleVersions
from assistant.upkeep.life import KnowledgeLife, Parts
from assistant.web.console_parts import Console
from assistant.web.services import Services
from assistant.web.staff import Staff
from ingest.errors import UnknownJob
from ingest.jobs import Batch, Job, JobState, Upload
from ingest.report import IngestReport
from ingest.worker import DirectReader
from knowledge.life.keeping import MemoryWorkList
from knowledge.recognition.decision import Decision, Recognition
from knowledge.roles import Found
from knowledge.storage.document_lists import DocumentLists
from knowledge.storage.passage_edits import PassageEdits
from knowledge.storage.sheet_drafts import SheetDrafts
from knowledge.storage.sheet_versions import SheetVersions
from knowledge.storage.sql_documents import SqlDocumentDrafts
from prefill.review.rulebook import shipped_rules


class NoIngestion:
    """Takes nothing in."""

    def submit(
        self, uploads: Iterable[Upload], *, actor: str, publish: bool = False, approved_by: str | None = None
    ) -> Batch:
        """See `IngestJobs`."""
        raise UnknownJob

    def submit_paths(
        self, paths: Sequence[Path], *, actor: str, publish: bool = False, approved_by: str | None = None
    ) -> Batch:
        """See `IngestJobs`."""
        raise UnknownJob

    def batches(self, *, limit: int = 50) -> tuple[Batch, ...]:
        """See `IngestJobs`."""
        return ()

    def batch(self, batch_id: str) -> Batch:
        """See `IngestJobs`."""
        raise UnknownJob

    def jobs(
        self, batch_id: str | None = None, *, states: Iterable[JobState] = (), limit: int = 500, offset: int = 0
    ) -> tuple[Job, ...]:
        """See `IngestJobs`."""
        return ()

    def job(self, job_id: str) -> Job:
        """See `IngestJobs`."""
        raise UnknownJob

    def retry(self, job_id: str, *, actor: str) -> Job:
        """See `IngestJobs`."""
        raise UnknownJob

    def cancel(self, job_id: str, *, actor: str) -> Job:
        """See `IngestJobs`."""
        raise UnknownJob

    def cancel_batch(self, batch_id: str, *, actor: str) -> Batch:
        """See `IngestJobs`."""
        raise UnknownJob

    def report(self, batch_id: str) -> IngestReport:
        """See `IngestJobs`."""
        raise UnknownJob

    def wait(self, batch_id: str, *, told: Callable[[Job], None] | None = None) -> IngestReport:
        """See `IngestJobs`."""
        raise UnknownJob


class NothingFound:
    """Finds nothing."""

    def search(self, query: str, *, as_of: object, limit: int = 8) -> Found:
        """See `PassageSearch`."""
        return Found(hits=(), evidence=0.0)


def nothing_recognized(_: Question) -> Recognition:
    """Recognizes nothing."""
    return Recognition(decision=Decision.NONE, accepted=(), choices=(), candidates=())


def scripted_staff(services: Services, engine: Engine) -> Staff:
    """The sign-in on a database."""
    accounts = SqlAccounts(engine)
    sign_in = SignIn(accounts, Passwords(), services.new_id)
    return Staff(sign_in=sign_in, permissions=Permissions(), clock=services.clock, examples=False)


def scripted_console(services: Services, staff: Staff, engine: Engine) -> Console:
    """The console on the same database."""
    documents = SqlDocumentDrafts(engine)
    parts = Parts(
        knowledge=services.knowledge,
        drafts=documents,
        sheets=SheetVersions(engine),
        work=MemoryWorkList(),
        search=NothingFound(),
        detectors={},
        answers_citing=len,
    )
    rules = RuleVersions(engine, shipped_rules)
    return Console(
        services=services,
        staff=staff,
        knowledge=services.knowledge,
        documents=documents,
        lists=DocumentLists(engine),
        edits=PassageEdits(engine),
        texts=OriginalTexts(Path("texts"), DirectReader().read, services.settings.region),
        jobs=NoIngestion(),
        search=NothingFound(),
        recognize=nothing_recognized,
        cases=EvaluationCases(engine),
        rule_versions=rules,
        rules=RulesInForce(rules),
        cases_of=SqlCases(engine).of_items,
        sheets=SheetDrafts(engine),
        life=KnowledgeLife(parts),
        runs=EvaluationRuns(Path(tempfile.mkdtemp(prefix="xiaoshen-runs-")), command=("true",)),
        refresh=lambda: True,
        people=dict,
        clock=services.clock,
    )
