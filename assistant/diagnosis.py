"""What `xiaoshen doctor` looks at: each part by itself, so that one that is broken does not hide the next."""

import shutil
import sqlite3
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from assistant.bootstrap import build_embedder, shipped_corpus
from assistant.product import OFFICE_TIME
from assistant.settings import Settings
from assistant.storage.migrating import differences, upgrade_to_head
from knowledge.corpus.catalogue import load_catalogue
from knowledge.errors import KnowledgeError
from knowledge.roles import Embedder
from knowledge.search.checking import Finding, Level
from knowledge.search.opening import open_index
from knowledge.storage.engine import open_engine, sqlite_url
from knowledge.storage.store import KnowledgeStore
from prefill.documents.self_check import read_back
from prefill.papers.fonts import chinese_font

LEAST_FREE_BYTES = 2 * 2**30
"""Below this a rebuild of the indexes beside the old ones may not fit."""

_PROBE = "预审读图自检"
PAGES = Path(__file__).resolve().parent.parent / "web" / "dist" / "index.html"


@dataclass(frozen=True, slots=True)
class _Examination:
    """One look at one part."""

    part: str
    look: Callable[[], Iterator[Finding]]


def examine(settings: Settings, *, repair: bool) -> tuple[Finding, ...]:
    """Look at everything; with `repair` also rebuild what can be rebuilt from the truth."""
    looks = (
        _Examination("disk", lambda: _disk(settings.home)),
        _Examination("database", lambda: _database(settings)),
        _Examination("sheets", lambda: _sheets(settings)),
        _Examination("model files", lambda: _embedder(settings)),
        _Examination("index", lambda: _index(settings, repair=repair)),
        _Examination("page", _page),
        _Examination("fonts", _fonts),
        _Examination("pictures", _pictures),
        _Examination("language model", lambda: _language_model(settings)),
    )
    return tuple(finding for look in looks for finding in _safely(look))


def _safely(examination: _Examination) -> Iterator[Finding]:
    try:
        yield from examination.look()
    except (KnowledgeError, OSError, SQLAlchemyError, sqlite3.Error) as error:
        said = error.orig if isinstance(error, DBAPIError) else error  # without the library's links
        yield Finding(Level.BROKEN, examination.part, str(said))


def _disk(home: Path) -> Iterator[Finding]:
    home.mkdir(parents=True, exist_ok=True)
    free = shutil.disk_usage(home).free
    said = f"{free / 2**30:.1f} GiB free at {home.resolve()}"
    if free < LEAST_FREE_BYTES:
        yield Finding(Level.BROKEN, "disk", said, "Free at least 2 GiB, or set XIAOSHEN_HOME to another disk.")
    else:
        yield Finding(Level.OK, "disk", said)


def _database(settings: Settings) -> Iterator[Finding]:
    url = settings.database_url or sqlite_url(settings.home)
    engine = open_engine(url)
    with closing(_Disposing(engine.dispose)):
        upgrade_to_head(engine)
        with engine.connect() as connection:
            if engine.dialect.name == "sqlite":
                verdict = str(connection.execute(text("PRAGMA quick_check")).scalar())
                if verdict != "ok":
                    yield Finding(
                        Level.BROKEN, "database", f"SQLite says: {verdict}", "Restore the home from a backup."
                    )
                    return
        unlike = differences(engine)
    if unlike:
        yield Finding(Level.BROKEN, "database", f"The schema differs: {unlike[0]}", "Restore the home from a backup.")
    else:
        yield Finding(Level.OK, "database", f"{engine.dialect.name}, schema up to date, readable")


@dataclass(frozen=True, slots=True)
class _Disposing:
    """Lets `closing` dispose of an engine."""

    close: Callable[[], None]


def _sheets(settings: Settings) -> Iterator[Finding]:
    catalogue = load_catalogue(settings.corpus or shipped_corpus())
    for problem in catalogue.problems:
        yield Finding(Level.BROKEN, "sheets", str(problem), "Mend the sheet: `xiaoshen knowledge check` lists them.")
    yield Finding(
        Level.OK, "sheets", f"{len(catalogue.items)} items and {len(catalogue.policies)} policies can be read"
    )


def _embedder(settings: Settings) -> Iterator[Finding]:
    embedder = build_embedder(settings, say=lambda _: None)
    embedder.embed_queries(["身份证丢了怎么办"])
    yield Finding(Level.OK, "model files", f"{embedder.name}, {embedder.dimensions} dimensions, answers")


def _index(settings: Settings, *, repair: bool) -> Iterator[Finding]:
    embedder: Embedder = build_embedder(settings, say=lambda _: None)
    engine = open_engine(settings.database_url or sqlite_url(settings.home))
    with closing(_Disposing(engine.dispose)):
        index = open_index(
            KnowledgeStore(engine),
            embedder,
            home=settings.home,
            clock=lambda: datetime.now(OFFICE_TIME),
            chroma_url=settings.chroma_url,
        )
        with closing(index):
            if repair:
                index.rebuild()
            yield from index.check()


def _page() -> Iterator[Finding]:
    if PAGES.is_file():
        yield Finding(Level.OK, "page", "built")
    else:
        yield Finding(Level.BROKEN, "page", "The citizen's page is not built.", "make setup")


def _fonts() -> Iterator[Finding]:
    """Papers are made as PDF with a Chinese font inside."""
    font = chinese_font()
    if font is not None:
        yield Finding(Level.OK, "fonts", f"papers are set in {font.family} ({font.path.name})")
    else:
        mend = "pip install -r requirements/lock.txt, or install fonts-noto-cjk"
        yield Finding(Level.BROKEN, "fonts", "No Chinese font: application documents cannot be made as PDF.", mend)


def _pictures() -> Iterator[Finding]:
    """Photos and scans are read where a line that is drawn here comes back."""
    seen = read_back(_PROBE)
    if seen is not None and _PROBE in seen:
        yield Finding(Level.OK, "pictures", "photos and scans are read")
    elif seen is None:
        yield Finding(Level.NOTE, "pictures", "Without a Chinese font nothing can be drawn to try reading.")
    else:
        mend = "pip install -r requirements/lock.txt"
        yield Finding(Level.BROKEN, "pictures", "A picture with clear text is not read: photos go to a person.", mend)


def _language_model(settings: Settings) -> Iterator[Finding]:
    if settings.llm_base_url is None:
        yield Finding(Level.NOTE, "language model", "None is configured; the grounded composer answers.")
        return
    address = settings.llm_base_url.rstrip("/") + "/models"
    if not address.startswith(("http://", "https://")):
        yield Finding(Level.BROKEN, "language model", "XIAOSHEN_LLM_BASE_URL is no http address.", "See docs/model.md.")
        return
    key = settings.llm_api_key.get_secret_value() if settings.llm_api_key else "none"
    request = urllib.request.Request(address, headers={"Authorization": f"Bearer {key}"})  # noqa: S310  checked above
    try:
        with urllib.request.urlopen(request, timeout=5) as response:  # noqa: S310  checked above
            yield Finding(
                Level.OK, "language model", f"{settings.llm_model} at {settings.llm_base_url}: {response.status}"
            )
    except urllib.error.HTTPError as error:
        hint = "Check XIAOSHEN_LLM_API_KEY." if error.code in (401, 403) else "See docs/model.md."
        yield Finding(Level.BROKEN, "language model", f"{address} answers {error.code}.", hint)
    except OSError as error:
        yield Finding(
            Level.BROKEN,
            "language model",
            f"{address} does not answer: {error}. Answers come from the grounded composer meanwhile.",
            "Start the server, or unset XIAOSHEN_LLM_BASE_URL.",
        )
