"""All routes and sockets, asked by everybody: whose thing it is decides, and what is done or seen goes on record.

What each may is data, `routes.yaml`. A route without an entry there fails.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from starlette.routing import WebSocketRoute
from starlette.testclient import WebSocketDenialResponse, WebSocketTestSession
from starlette.websockets import WebSocketDisconnect

from tests.fakes.api_document import TARGET
from tests.fakes.asking_routes import ask, routes_of
from tests.fakes.whole_product import Who, WholeProduct, whole_product

Json = Any
TABLE = Path(__file__).with_name("routes.yaml")
IDS = {"conversation_id", "conversation", "ticket", "case_id", "case"}
BY_CODE = ("/resume", "/counter")
# Those who may come last: before them nothing may have changed.
TURNS = (Who.NOBODY, Who.OTHER, Who.STRANGER, Who.AUDITOR, Who.OFFICE, Who.HANDED, Who.OWNER)
NOT_TRIED = {"open", "ends"}
OPEN, REFUSED = 101, 403


@cache
def table() -> Mapping[str, Mapping[str, Json]]:
    entries: Mapping[str, Mapping[str, Json]] = yaml.safe_load(TABLE.read_text(encoding="utf-8"))
    return entries


def expected(label: str) -> dict[Who, Json]:
    return dict(zip(Who, table()[label]["as"], strict=True))


@pytest.fixture(scope="module")
def product(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WholeProduct]:
    with whole_product(tmp_path_factory.mktemp("home")) as product:
        yield product


@pytest.fixture(scope="module")
def document(product: WholeProduct) -> Json:
    return product.client.get("/api/openapi.json").json()


@pytest.fixture(scope="module")
def shared(product: WholeProduct) -> dict[str, str]:
    return product.objects()


def sockets(routes: Iterable[object]) -> set[str]:
    """FastAPI keeps an included router as it is: its routes are inside."""
    found = set()
    for route in routes:
        inside = getattr(route, "original_router", None)
        found |= sockets(inside.routes) if inside is not None else set()
        found |= {f"WS {route.path}"} if isinstance(route, WebSocketRoute) else set()
    return found


def test_every_route_and_socket_stands_in_the_table(product: WholeProduct, document: Json) -> None:
    there = {route.label for route in routes_of(document)} | sockets(product.app.routes)
    assert there == set(table()), f"Say in {TABLE.name} who may what, and what is recorded."


def test_the_table_is_about_the_document_that_ships(document: Json) -> None:
    shipped = {route.label for route in routes_of(json.loads(TARGET.read_text(encoding="utf-8")))}
    assert {route.label for route in routes_of(document)} == shipped


@pytest.mark.parametrize("label", [label for label in table() if not label.startswith("WS ")])
def test_only_those_get_in_whose_it_is(
    product: WholeProduct, document: Json, shared: dict[str, str], label: str
) -> None:
    route = next(route for route in routes_of(document) if route.label == label)
    entry, wanted = table()[label], expected(label)
    changes = route.method != "GET"
    fresh = (changes and bool(route.names & IDS)) or route.path.endswith(BY_CODE)
    objects = product.objects() if fresh else shared
    began = product.newest()
    tried = [who for who in TURNS if wanted[who] not in NOT_TRIED]
    found = {who: ask(product, document, route, who, objects, entry.get("send", {})).status_code for who in tried}
    if fresh:
        product.over(objects)
    assert found == {who: wanted[who] for who in tried}
    recorded = {action for _, action in product.recorded_after(began)}
    act = entry.get("record", "none")
    assert act == "none" or act in recorded
    assert not changes or act != "none" or entry.get("why"), "A change without a record needs a reason."


@pytest.mark.parametrize("label", [label for label in table() if label.startswith("WS ")])
def test_a_socket_opens_for_those_only_whose_it_is(product: WholeProduct, shared: dict[str, str], label: str) -> None:
    path = label.removeprefix("WS ").format_map(shared)
    wanted = expected(label)
    assert {who: opened(product, path, who) for who in Who} == wanted


def opened(product: WholeProduct, path: str, who: Who) -> int:
    product.client.cookies.clear()
    try:
        with product.client.websocket_connect(path, headers=dict(product.headers[who])):
            return OPEN
    except (WebSocketDisconnect, WebSocketDenialResponse):
        return REFUSED


def test_a_socket_from_another_site_is_refused_whoever_s_cookie_it_brings(
    product: WholeProduct, shared: dict[str, str]
) -> None:
    for path, who in (
        ("/api/desk/live", Who.HANDED),
        (f"/api/conversations/{shared['conversation_id']}/handoff/live", Who.OWNER),
    ):
        headers = {**product.headers[who], "origin": "https://elsewhere.example"}
        with pytest.raises((WebSocketDisconnect, WebSocketDenialResponse)):
            product.client.websocket_connect(path, headers=headers).__enter__()


def test_what_a_clerk_watches_over_the_socket_is_recorded(product: WholeProduct, shared: dict[str, str]) -> None:
    began = product.newest()
    with ExitStack() as stack:
        line: WebSocketTestSession = stack.enter_context(
            product.client.websocket_connect("/api/desk/live", headers=dict(product.headers[Who.HANDED]))
        )
        line.send_json({"type": "watch", "ticket": shared["ticket"], "after": 0, "on": True})
        line.send_json({"type": "say", "ticket": shared["ticket"], "client_id": "w1", "text": "您好"})
        while line.receive_json()["type"] != "said":
            pass
    assert {("handed", "handoff.watched"), ("handed", "handoff.said")} <= set(product.recorded_after(began))


def test_a_change_without_the_token_of_the_page_is_refused_everywhere(
    product: WholeProduct, document: Json, shared: dict[str, str]
) -> None:
    """Conversations have no token: their cookie is not sent from other sites, and their id is needed."""
    for route in routes_of(document):
        if route.method == "GET" or not route.path.startswith(("/api/cases", "/api/desk", "/api/console")):
            continue
        who = next((w for w in (Who.OWNER, Who.HANDED, Who.OFFICE) if expected(route.label)[w] not in {401, 403}), None)
        assert who is not None, route.label
        cookie = {"cookie": product.headers[who]["cookie"]}
        bare = replace(product, headers={**product.headers, who: cookie})
        answer = ask(bare, document, route, who, shared, table()[route.label].get("send", {}))
        assert (answer.status_code, answer.json()["error"]["code"]) == (403, "forged_request"), route.label


def test_a_conversation_goes_on_after_signing_in_and_is_closed_to_the_next_at_the_same_browser(
    product: WholeProduct,
) -> None:
    sessions, clock = product.citizens.sessions, product.citizens.clock
    first = sessions.begin(clock())
    cookie = {"cookie": f"xiaoshen_citizen={first.token}"}
    conversation = product.client.post("/api/conversations", headers=cookie).json()["id"]
    signed_in = sessions.sign_in(first.token, "3101-subject", "张＊", clock())
    path = f"/api/conversations/{conversation}"
    assert product.client.get(path, headers=cookie).status_code == 404
    named = {"cookie": f"xiaoshen_citizen={signed_in.token}"}
    assert product.client.get(path, headers=named).status_code == 200
    sessions.end(signed_in.token)
    assert product.client.get(path, headers=named).status_code == 404


def test_a_program_without_cookies_comes_back_with_the_id_alone(product: WholeProduct) -> None:
    product.client.cookies.clear()
    conversation = product.client.post("/api/conversations").json()["id"]
    product.client.cookies.clear()
    assert product.client.get(f"/api/conversations/{conversation}").status_code == 200


def test_nobody_can_have_a_clerk_look_into_somebody_else_s_case(product: WholeProduct, shared: dict[str, str]) -> None:
    headers = product.headers[Who.OTHER]
    conversation = product.client.post("/api/conversations", headers=headers).json()["id"]
    asked = product.client.post(
        f"/api/conversations/{conversation}/handoff", json={"case": shared["case_id"]}, headers=headers
    )
    assert asked.status_code == 201
    ticket = product.ticket(asked.json()["ticket"])
    assert ticket.subject.case is None
