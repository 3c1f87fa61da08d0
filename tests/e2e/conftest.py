"""A browser and the scripted product for the tests of the page; skipped, visibly, where there is no browser."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from app import create_app
from assistant.bootstrap import build_product
from assistant.settings import Settings
from tests.fakes.browser import Visit, a_browser, missing
from tests.fakes.scripted_product import scripted_services, serving

Visiting = Callable[..., Visit]


# Not for the session: while it lives, Playwright's event loop runs in this thread, and no async test can.
@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One headless Chromium."""
    if (why := missing()) is not None:
        pytest.skip(why)
    with a_browser() as running:
        yield running


@pytest.fixture(scope="session")
def scripted_address() -> Iterator[str]:
    """The product around the scripted assistant."""
    with serving(create_app(scripted_services())) as address:
        yield address


@pytest.fixture
def visiting(browser: Browser, scripted_address: str) -> Iterator[Visiting]:
    """Makes visits to the scripted product; afterwards, nothing may have been asked of any other server."""
    visits: list[Visit] = []

    def visit(base: str = scripted_address, **context: Any) -> Visit:
        visits.append(Visit(browser, base, **context))
        return visits[-1]

    yield visit
    for done in visits:
        done.close()
    assert [url for done in visits for url in done.outside] == []


@pytest.fixture(scope="module")
def own_address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The product with its console on a home of its own."""
    if (why := missing()) is not None:
        pytest.skip(why)
    home: Path = tmp_path_factory.mktemp("home")
    with build_product(Settings(home=home), say=lambda _: None) as product:
        services, staff = product.services(), product.staff()
        with serving(create_app(services, staff, product.console(services, staff))) as served:
            yield served
