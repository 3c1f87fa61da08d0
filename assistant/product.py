"""The whole product, wired: what the command line, the HTTP edge and the evaluations are handed."""

import secrets
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from threading import Thread
from zoneinfo import ZoneInfo

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from assistant.audit.acts import Act
from assistant.audit.forgetting import forget
from assistant.audit.reading import AuditTrail
from assistant.cases.handling import Handling
from assistant.cases.reminding import Reminders
from assistant.clerk.building import build_desk
from assistant.identity.accounts import SqlAccounts
from assistant.identity.building import citizens_of
from assistant.identity.citizens import SqlCitizens
from assistant.identity.oidc import OidcProvider, OidcSettings
from assistant.identity.passwords import Passwords
from assistant.identity.permissions import Permissions
from assistant.identity.sign_in import SignIn, keep_examples
from assistant.llm.chat import ChatModel
from assistant.operation.forgetting_words import forget_words_of
from assistant.operation.operating import Operation
from assistant.operation.rate_counts import SqlRateStorage
from assistant.operation.reports import AnswerReports, Report
from assistant.operation.risks import RiskKind
from assistant.operation.switches import Capability, SwitchedOff
from assistant.settings import Settings
from assistant.storage.cases import SqlCases
from assistant.storage.conversations import SqlConversations
from assistant.storage.originals import OriginalFiles
from assistant.storage.page_pictures import PagePictures
from assistant.turn import Assistant
from assistant.upkeep.building import build_life
from assistant.upkeep.life import KnowledgeLife
from assistant.web.case_routes import CaseParts
from assistant.web.citizen import Citizens
from assistant.web.clerk_parts import ClerkParts
from assistant.web.console_building import build_console
from assistant.web.console_parts import Console
from assistant.web.handoff_building import build_handoff_parts, hours_of
from assistant.web.handoff_parts import HandoffParts
from assistant.web.operation_parts import Operating
from assistant.web.rates import Rates, quotas_of
from assistant.web.services import Services
from assistant.web.staff import Staff
from ingest.jobs import Job
from ingest.pipeline import Ingestion
from ingest.report import IngestReport
from knowledge.items import ServiceItem
from knowledge.life.work import WorkKind
from knowledge.policies import Policy
from knowledge.roles import Embedder
from knowledge.search.keeping import IndexKeeper
from knowledge.search.opening import DocumentIndex
from knowledge.statements import Statement
from knowledge.statements_of import item_statements, policy_statements
from knowledge.storage.engine import writing
from knowledge.storage.four_eyes import OPERATOR
from knowledge.storage.store import KnowledgeStore

OFFICE_TIME = ZoneInfo("Asia/Shanghai")
ACTOR = "xiaoshen"

Told = Callable[[Job, int, int], None]


def unheard(_job: Job, _done: int, _total: int) -> None:
    """Progress that nobody watches."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Product:
    """The whole product, wired. Close it by leaving the `with` of `build_product`."""

    settings: Settings
    engine: Engine
    knowledge: KnowledgeStore
    embedder: Embedder
    index: DocumentIndex
    assistant: Assistant
    keeper: IndexKeeper
    ingestion: Ingestion
    problems: tuple[str, ...]
    home: Path
    operation: Operation
    handling: Handling
    model: ChatModel | None = None

    def now(self) -> datetime:
        """The time of the office."""
        return datetime.now(OFFICE_TIME)

    def today(self) -> date:
        """The day of the office: answers are for it unless another is asked for."""
        return self.now().date()

    def services(self) -> Services:
        """What the HTTP edge needs."""
        originals = OriginalFiles(self.engine, self.home / "originals")
        return Services(
            assistant=self.operation.overseen(self.assistant, Capability.CHAT_PAGE),
            switches=self.operation.switches,
            forget=self._forget_conversation,
            report=self._report,
            over_api=self.operation.overseen(self.assistant, Capability.CHAT_API),
            knowledge=self.knowledge,
            conversations=SqlConversations(self.engine),
            clock=self.now,
            new_id=lambda: uuid.uuid4().hex,
            settings=self.settings,
            statements_of=statements_of_sheet,
            originals=originals,
            pages_of_originals=PagePictures(originals, self.home / "pages"),
            not_ready=self._not_ready,
            degraded=self.keeper.problem,
        )

    def _not_ready(self) -> str | None:
        try:
            return None if self.knowledge.refresh() else "No knowledge is published yet."
        except SQLAlchemyError as error:
            return f"The database does not answer: {type(error).__name__}. Run: xiaoshen doctor"

    @contextmanager
    def tended(self) -> Iterator[None]:
        """While it serves: the index follows the truth, and files that were handed in are read, earlier ones too."""
        self.keeper.start()
        jobs = Thread(target=self.ingestion.start, name="ingest-start", daemon=True)
        jobs.start()
        try:
            with self.operation.tended(daily=(self._forget_ended, Reminders(self.handling).sweep, self._renew_seals)):
                yield
        finally:
            jobs.join()

    def staff(self) -> Staff:
        """The sign-in of those who work here. A home without accounts gets the examples."""
        accounts, passwords = SqlAccounts(self.engine), Passwords()
        return Staff(
            sign_in=SignIn(accounts, passwords, lambda: secrets.token_urlsafe(32)),
            permissions=Permissions(),
            clock=self.now,
            examples=keep_examples(accounts, passwords, self.now()),
            audit=self.operation.audit,
        )

    def life(self) -> KnowledgeLife:
        """Versions, work lists and impact."""
        return build_life(self.knowledge, self.index.search, self.embedder, self.now)

    def citizens(self) -> Citizens:
        """Citizens' sessions, and their sign-in where a provider is configured."""
        return Citizens(
            sessions=self._citizens(),
            provider=self._provider(),
            audit=self.operation.audit,
            clock=self.now,
            secure=(self.settings.public_url or "").startswith("https://"),
        )

    def cases(self, citizens: Citizens) -> CaseParts:
        """Cases over HTTP. The example registers are known by not asking for a token."""
        examples = self.settings.registers_url is not None and self.settings.registers_token is None
        return CaseParts(handling=self.handling, citizens=citizens, examples=examples)

    def rates(self) -> Rates:
        """Quotas: counted in memory by the one process of SQLite, in the database by the many of PostgreSQL."""
        shared = self.engine.dialect.name == "postgresql"
        return Rates(quotas_of(self.settings), SqlRateStorage(self.engine) if shared else None)

    def _citizens(self) -> SqlCitizens:
        return citizens_of(self.engine, self.settings, self.operation.audit)

    def _provider(self) -> OidcProvider | None:
        settings = self.settings
        if settings.oidc_issuer is None:
            return None
        home = settings.public_url or f"http://{settings.host}:{settings.port}"
        return OidcProvider(
            OidcSettings(
                issuer=settings.oidc_issuer,
                client_id=settings.oidc_client_id or "xiaoshen",
                client_secret=settings.oidc_client_secret,
                redirect_uri=f"{home.rstrip('/')}/api/citizen/sign-in/return",
                number_claim=settings.oidc_number_claim,
            )
        )

    def _report(self, report: Report) -> bool:
        """Keep it, and put it on the work list at once."""
        now = self.now()
        work = AnswerReports(self.engine).keep(report, now)
        if work is None:
            return False
        who = "citizen" if report.by == "citizen" else "clerk"
        self.operation.risks.note(RiskKind.REPORT, who, now)
        self.operation.metrics.reports.labels(who).inc()
        self.operation.audit.record(
            Act(actor=report.by, action="answer.reported", subject=f"work/{work}", details={"reason": report.reason}),
            at=now,
        )
        self.life().look(now, (WorkKind.REPORTED,))
        return True

    def _forget_conversation(self, conversation_id: str) -> None:
        audit, subject = self.operation.audit, f"conversation/{conversation_id}"
        audit.record(Act(actor="citizen", action="conversation.deleted", subject=subject), at=self.now())
        with writing(self.engine) as session:
            forget_words_of(session, conversation_id)
        forget(audit, subject, actor="citizen", why="the citizen deleted the conversation", now=self.now())

    def _record_publication(self, paths: Sequence[Path]) -> None:
        """Publishing from the command line has the same switch and record as from the console. Raises SwitchedOff."""
        if not self.operation.switches.is_on(Capability.PUBLISHING):
            raise SwitchedOff(Capability.PUBLISHING)
        details = {"files": str(len(paths))}
        act = Act(actor=OPERATOR, action="knowledge.publish", subject="ingest/command-line", details=details)
        self.operation.audit.record(act, at=self.now())

    def _renew_seals(self) -> None:
        """After a change of keys, or for what was kept before there were some."""
        cases = self.handling.desk.cases
        if isinstance(cases, SqlCases):
            cases.renew()

    def _forget_ended(self) -> None:
        self._citizens().forget_ended(self.now())
        SqlRateStorage(self.engine).forget_ended()

    def handoff(self) -> HandoffParts:
        """People who help, for one process."""
        return build_handoff_parts(
            self.engine,
            self.now,
            lambda: uuid.uuid4().hex,
            knowledge=self.knowledge,
            hours=hours_of(self.settings),
        )

    def clerk(self, services: Services, staff: Staff, handoff: HandoffParts) -> ClerkParts:
        """The desk's side panel. Its suggestions are turns of the same assistant, not counted as citizens' turns."""
        model, embedder = self.model, self.embedder
        desk = build_desk(self.engine, self.knowledge, self.assistant, self.handling, model=model, embedder=embedder)
        return ClerkParts(desk=desk, handoff=handoff, services=services, staff=staff)

    def operating(self, staff: Staff) -> Operating:
        """The operators' and auditors' part."""
        return Operating(staff=staff, operation=self.operation, trail=AuditTrail(self.engine))

    def console(self, services: Services, staff: Staff) -> Console:
        """The knowledge console."""
        return build_console(
            store=self.knowledge,
            index=self.index,
            jobs=self.ingestion,
            life=self.life(),
            recognize=self.assistant.recognize,
            services=services,
            staff=staff,
            home=self.home,
            cases_of=self.handling.desk.cases.of_items,
        )

    def ingest(self, paths: Sequence[Path], *, publish: bool, told: Told = unheard) -> IngestReport:
        """Take documents in and bring the index up to date; `told` hears of each file that came to its end."""
        if publish:
            self._record_publication(paths)
        batch = self.ingestion.submit_paths(
            paths, actor=ACTOR, publish=publish, approved_by=OPERATOR if publish else None
        )
        done = 0

        def tell(job: Job) -> None:
            nonlocal done
            done += 1
            told(job, done, batch.total)

        report = self.ingestion.wait(batch.id, told=tell)
        self.knowledge.refresh()
        if publish:
            self.index.refresh()
        return report


@dataclass(frozen=True, slots=True, kw_only=True)
class Keeping:
    """The knowledge base for who looks after it, without what answers citizens: that takes longer to build."""

    knowledge: KnowledgeStore
    index: DocumentIndex
    life: KnowledgeLife

    def now(self) -> datetime:
        """The time of the office."""
        return datetime.now(OFFICE_TIME)

    def today(self) -> date:
        """The day of the office."""
        return self.now().date()


def statements_of_sheet(sheet: ServiceItem | Policy) -> tuple[Statement, ...]:
    """What a sheet says."""
    return item_statements(sheet) if isinstance(sheet, ServiceItem) else policy_statements(sheet)
