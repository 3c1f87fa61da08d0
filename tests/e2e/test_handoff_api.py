"""A person over HTTP, as a citizen's page and a clerk's desk meet it: sockets, events, and lines that break."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Engine
from starlette.testclient import WebSocketTestSession
from starlette.websockets import WebSocketDisconnect

from assistant.storage.migrating import upgrade_to_head
from knowledge.storage.engine import open_engine, sqlite_url
from tests.fakes.handoff_product import PASSWORD, handoff_app

Json = dict[str, Any]
PNG = b"\x89PNG\r\n\x1a\n" + bytes(40)


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    engine = open_engine(sqlite_url(tmp_path_factory.mktemp("home")))
    upgrade_to_head(engine)
    yield engine
    engine.dispose()


@pytest.fixture(scope="module")
def client(engine: Engine) -> Iterator[TestClient]:
    app, _ = handoff_app(engine, "wang", "li")
    with TestClient(app, raise_server_exceptions=False) as one:
        yield one


class Desk:
    """A clerk at their desk."""

    def __init__(self, client: TestClient, name: str) -> None:
        self.client = client
        client.cookies.clear()
        session = client.post("/api/staff/session", json={"account": name, "password": PASSWORD})
        assert session.status_code == 201, session.text
        self.headers = {
            "x-csrf-token": session.json()["csrf_token"],
            "cookie": f"xiaoshen_staff={session.cookies['xiaoshen_staff']}",
        }
        client.cookies.clear()

    def get(self, path: str) -> Any:
        answer = self.client.get(f"/api/desk{path}", headers=self.headers)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def post(self, path: str, body: Json | None = None, *, status: int = 200, method: str = "POST") -> Any:
        answer = self.client.request(method, f"/api/desk{path}", json=body, headers=self.headers)
        assert answer.status_code == status, answer.text
        return answer.json() if answer.content else None

    def duty(self, duty: str) -> None:
        self.post("/duty", {"duty": duty}, method="PUT")


@pytest.fixture
def wang(client: TestClient) -> Iterator[Desk]:
    desk = Desk(client, "wang")
    desk.duty("on")
    yield desk
    for ticket in desk.get("/queue")["mine"]:
        desk.post(f"/tickets/{ticket['ticket']}/end", {"outcome": "solved"})
    desk.duty("off")


def begun(client: TestClient) -> str:
    """A conversation's address."""
    return f"/api/conversations/{client.post('/api/conversations').json()['id']}/handoff"


def asked(client: TestClient) -> tuple[str, str]:
    """A citizen who asked for a person: address and ticket."""
    path = begun(client)
    answer = client.post(path, json={})
    assert answer.status_code == 201, answer.text
    return path, answer.json()["ticket"]


def until(socket: WebSocketTestSession, frame_type: str, **wanted: object) -> Json:
    """The next frame of a kind with these values."""
    while True:
        frame: Json = json.loads(socket.receive_text())
        line = frame.get("line", frame)
        if frame["type"] == frame_type and all(line.get(key) == value for key, value in wanted.items()):
            return frame


def test_a_citizen_and_a_clerk_talk_over_sockets(client: TestClient, wang: Desk) -> None:
    path, ticket = asked(client)
    with (
        client.websocket_connect(f"{path}/live") as page,
        client.websocket_connect("/api/desk/live", headers=wang.headers) as desk,
    ):
        assert until(page, "state")["xiaoshen_is_silent"] is False
        wang.post(f"/tickets/{ticket}/accept")
        assert until(page, "state", state="accepted")["xiaoshen_is_silent"] is True
        desk.send_text(json.dumps({"type": "watch", "ticket": ticket}))
        desk.send_text(json.dumps({"type": "say", "ticket": ticket, "client_id": "c1", "text": "您好"}))
        heard = until(page, "line", kind="message")
        assert (heard["text"], heard["from_person"], heard["clerk_name"]) == ("您好", True, "WANG")
        page.send_text(json.dumps({"type": "typing"}))
        assert until(desk, "typing")["side"] == "citizen"
        page.send_text(json.dumps({"type": "say", "client_id": "m1", "text": "我的手机13812345678"}))
        read = until(desk, "ticket_line", kind="message", side="citizen")
        assert "13812345678" not in read["line"]["text"]
        page.send_text(json.dumps({"type": "read", "seq": heard["seq"]}))


def test_after_a_broken_line_each_line_is_shown_once(client: TestClient, wang: Desk) -> None:
    path, ticket = asked(client)
    wang.post(f"/tickets/{ticket}/accept")
    wang.post(f"/tickets/{ticket}/messages", {"client_id": "1", "text": "第一句"})
    with client.websocket_connect(f"{path}/live") as page:
        seen = until(page, "line", text="第一句")["seq"]
    wang.post(f"/tickets/{ticket}/messages", {"client_id": "2", "text": "断线时说的"})
    wang.post(f"/tickets/{ticket}/messages", {"client_id": "2", "text": "断线时说的"})
    with client.websocket_connect(f"{path}/live?after={seen}") as page:
        first = json.loads(page.receive_text())
        assert (first["type"], first["text"], first["seq"]) == ("line", "断线时说的", seen + 1)
        assert json.loads(page.receive_text())["type"] == "state"


def test_while_a_person_is_there_xiaoshen_is_silent(client: TestClient, wang: Desk) -> None:
    path, ticket = asked(client)
    wang.post(f"/tickets/{ticket}/accept")
    conversation = path.split("/")[3]
    answer = client.post(f"/api/conversations/{conversation}/messages", json={"text": "在吗", "client_id": "x"})
    assert answer.status_code == 409
    assert answer.json()["error"]["code"] == "person_is_here"


def test_who_asks_in_words_is_in_line_when_the_turn_ends(client: TestClient) -> None:
    path = begun(client)
    conversation = path.split("/")[3]
    told = client.post(f"/api/conversations/{conversation}/messages", json={"text": "转人工", "client_id": "x"})
    assert "person_wanted" in told.text
    assert client.get(path).json()["state"] == "waiting"
    client.post(f"{path}/end")


def test_the_clerk_is_handed_the_whole_story(client: TestClient, wang: Desk) -> None:
    path = begun(client)
    conversation = path.split("/")[3]
    client.post(f"/api/conversations/{conversation}/messages", json={"text": "身份证丢了怎么办？", "client_id": "1"})
    ticket = client.post(path, json={}).json()["ticket"]
    wang.post(f"/tickets/{ticket}/accept")
    story = wang.get(f"/tickets/{ticket}")
    assert story["ticket"]["item"]["slug"]
    assert story["story"]["turns"][0]["text"] == "身份证丢了怎么办？"
    assert story["story"]["sources"]
    assert story["lines"][0]["kind"] == "requested"


def test_nobody_passes_the_line_by_claiming_a_danger_they_did_not_tell_of(client: TestClient, wang: Desk) -> None:
    path = begun(client)
    ticket = client.post(path, json={"reason": "crisis"}).json()["ticket"]
    wang.post(f"/tickets/{ticket}/accept")
    assert wang.get(f"/tickets/{ticket}")["ticket"]["reason"] == "asked"


def test_what_was_not_handed_to_a_clerk_is_not_shown_to_them(client: TestClient, wang: Desk) -> None:
    _, ticket = asked(client)
    li = Desk(client, "li")
    wang.post(f"/tickets/{ticket}/accept")
    li.post(f"/tickets/{ticket}/messages", {"client_id": "1", "text": "我也来"}, status=409)
    answer = client.get(f"/api/desk/tickets/{ticket}", headers=li.headers)
    assert answer.status_code == 409
    li.post(f"/tickets/{ticket}/accept", status=409)


def test_without_a_clerk_the_choice_is_there_at_once_and_a_call_can_be_booked(client: TestClient) -> None:
    path, _ = asked(client)
    offered: dict[str, Json] = {}
    while not offered:  # whoever has just gone counts as there for another second
        offered = {choice["choice"]: choice for choice in client.get(path).json()["choices"]}
    assert set(offered) == {"keep_waiting", "call_back", "leave_contact", "window"}
    body = {"choice": "call_back", "at": offered["call_back"]["times"][0]}
    assert client.post(f"{path}/choice", json=body).json()["error"]["code"] == "phone_invalid"
    booked = client.post(f"{path}/choice", json={**body, "phone": "021-12345678"}).json()
    assert booked["state"] == "owed_call"


def test_a_file_is_shown_to_both_and_other_kinds_are_refused(client: TestClient, wang: Desk) -> None:
    path, ticket = asked(client)
    wang.post(f"/tickets/{ticket}/accept")
    conversation = path.split("/")[3]
    address = f"/api/handoff/files?conversation={conversation}&name=照片.png"
    assert client.post(address, content=b"<script>").status_code == 415
    kept = client.post(address, content=PNG).json()
    assert client.post(address, content=PNG).json() == kept  # the line broke, and the page sent it again
    client.post(f"{path}/messages", json={"client_id": "f", "text": "", "file": kept["id"]})
    shown = wang.get(f"/tickets/{ticket}")["lines"][-1]["file"]
    assert client.get(shown["url"], headers=wang.headers).content == PNG
    assert client.get(kept["url"]).headers["content-type"] == "image/png"
    assert client.get(kept["url"]).headers["content-disposition"].startswith("attachment")
    assert client.get(shown["url"]).status_code == 401


def test_a_number_in_a_files_name_is_masked_and_a_program_is_no_picture(client: TestClient, wang: Desk) -> None:
    path, ticket = asked(client)
    wang.post(f"/tickets/{ticket}/accept")
    address = f"/api/handoff/files?conversation={path.split('/')[3]}&name=身份证310101199003072316.png"
    kept = client.post(address, content=PNG).json()
    assert "310101199003072316" not in kept["name"]
    assert client.post(address, content=b"MZ" + PNG).json()["error"]["code"] == "file_refused"
    assert client.post(address, content=b"").json()["error"]["code"] == "file_refused"


def test_help_that_ended_is_rated_and_can_be_opened_again(client: TestClient, wang: Desk) -> None:
    path, ticket = asked(client)
    wang.post(f"/tickets/{ticket}/accept")
    assert client.post(f"{path}/rating", json={"stars": 5}).status_code == 409
    wang.post(f"/tickets/{ticket}/messages", {"client_id": "1", "text": "办好了"})
    wang.post(f"/tickets/{ticket}/end", {"outcome": "solved", "note": "同事可见"})
    assert client.post(f"{path}/rating", json={"stars": 1, "reasons": ["问题没解决"]}).json()["stars"] == 1
    assert client.post(f"{path}/reopen").json()["state"] in {"waiting", "offered"}
    lines = client.get(path).json()
    assert lines["ticket"] == ticket


def test_a_socket_opened_by_another_page_is_refused(client: TestClient, wang: Desk) -> None:
    path, _ = asked(client)
    for address, headers in ((f"{path}/live", {}), ("/api/desk/live", wang.headers)):
        with (
            pytest.raises(WebSocketDisconnect),
            client.websocket_connect(address, headers={**headers, "origin": "https://elsewhere.example"}),
        ):
            pass
    with pytest.raises(WebSocketDisconnect), client.websocket_connect("/api/desk/live"):
        pass


def test_broken_frames_are_answered_calmly(client: TestClient, wang: Desk) -> None:
    path, _ = asked(client)
    with client.websocket_connect(f"{path}/live") as page:
        page.send_text("no json at all")
        assert until(page, "refused")["code"] == "wrong_shape"
        page.send_text(json.dumps({"type": "say", "client_id": "k", "text": "还在"}))
        assert until(page, "said")["client_id"] == "k"
    wang.post("/next")
