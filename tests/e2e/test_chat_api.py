"""The HTTP API as a client meets it: streams that may be asked for twice, sources, and calm answers to bad requests."""

import json
import logging
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from app import create_app
from assistant.web.middleware import MAX_BODY_BYTES
from assistant.web.services import Services
from knowledge.passages import DocumentVersion, VersionState
from tests.fakes.api_document import TARGET, api_document
from tests.fakes.scripted_assistant import ANSWER, ScriptedAssistant
from tests.fakes.scripted_product import scripted_services
from tests.fakes.small_knowledge import NOTICE, SmallKnowledge

ASKED = "身份证丢了怎么办？"


@pytest.fixture
def services() -> Services:
    return scripted_services()


@pytest.fixture
def client(services: Services) -> Iterator[TestClient]:
    with TestClient(create_app(services), raise_server_exceptions=False) as one:
        yield one


@pytest.fixture
def conversation(client: TestClient) -> str:
    answer = client.post("/api/conversations")
    assert answer.status_code == 201
    return str(answer.json()["id"])


def ask(client: TestClient, conversation: str, text: str, client_id: str = "m1", **headers: str) -> str:
    """Send a message and read the stream to its end."""
    answer = client.post(
        f"/api/conversations/{conversation}/messages", json={"text": text, "client_id": client_id}, headers=headers
    )
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"].startswith("text/event-stream")
    return answer.text


def names(stream: str) -> list[str]:
    return re.findall(r"^event: (\w+)$", stream, flags=re.M)


def test_a_turn_arrives_as_events_that_end_with_turn_finished(client: TestClient, conversation: str) -> None:
    stream = ask(client, conversation, ASKED)
    assert names(stream)[:3] == ["item_recognized", "sources_found", "sentence"]
    assert names(stream)[-1] == "turn_finished"
    assert re.findall(r"^id: (\d+)$", stream, flags=re.M) == [str(n) for n in range(1, len(names(stream)) + 1)]


def test_sending_the_same_message_again_replays_it_without_asking_again(
    client: TestClient, conversation: str, services: Services
) -> None:
    first = ask(client, conversation, ASKED)
    assert ask(client, conversation, ASKED) == first
    assert isinstance(services.assistant, ScriptedAssistant)
    assert len(services.assistant.asked) == 1


def test_after_a_broken_line_only_the_missing_events_come(client: TestClient, conversation: str) -> None:
    whole = ask(client, conversation, ASKED)
    rest = ask(client, conversation, ASKED, **{"Last-Event-ID": "3"})
    assert whole.endswith(rest)
    assert len(names(rest)) == len(ANSWER) - 3


def test_the_next_question_knows_the_dialogue_and_the_item(
    client: TestClient, conversation: str, services: Services
) -> None:
    ask(client, conversation, ASKED)
    ask(client, conversation, "多久能办好？", "m2")
    assert isinstance(services.assistant, ScriptedAssistant)
    question = services.assistant.asked[-1]
    assert question.current == "id_loss"
    assert question.history[0].text == ASKED
    assert "60日" in question.history[1].text


def test_a_conversation_can_be_resumed_with_all_its_events(client: TestClient, conversation: str) -> None:
    stream = ask(client, conversation, ASKED)
    kept = client.get(f"/api/conversations/{conversation}").json()
    assert kept["running"] is None
    assert [turn["text"] for turn in kept["turns"]] == [ASKED]
    assert [event["type"] for event in kept["turns"][0]["events"]] == names(stream)


def test_a_turn_that_broke_off_says_so_and_can_be_tried_again(
    client: TestClient, conversation: str, services: Services, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.ERROR):
        stream = ask(client, conversation, "坏掉")
    assert names(stream)[-1] == "failed"
    assert "您的问题没有丢" in stream
    incident = json.loads(stream.rsplit("data: ", 1)[1].split("\n")[0])["incident"]
    assert incident in caplog.text
    assert "a citizen's words" not in caplog.text
    assert client.get(f"/api/conversations/{conversation}").json()["turns"] == []
    ask(client, conversation, "坏掉")
    assert isinstance(services.assistant, ScriptedAssistant)
    assert len(services.assistant.asked) == 2


def test_the_guards_findings_and_the_reason_of_a_degraded_search_stay_inside(
    client: TestClient, conversation: str
) -> None:
    stream = ask(client, conversation, ASKED)
    assert "flags" not in stream
    assert '"degraded":false' in stream


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        (b"{", 400, "broken_json"),
        (b"", 422, "wrong_shape"),
        (b"[]", 422, "wrong_shape"),
        (b"null", 422, "wrong_shape"),
        (b'{"text":1,"client_id":"a"}', 422, "wrong_shape"),
        (b'{"text":"x"}', 422, "wrong_shape"),
        (b'{"text":"x","client_id":""}', 422, "wrong_shape"),
        (b'{"text":"x","client_id":"a","audience":"\xe8\xb0\x81"}', 422, "wrong_shape"),
        (b'{"text":"\\ud800","client_id":"a"}', 400, "broken_text"),
        (b'{"text":"x","client_id":"\\udfff"}', 400, "broken_text"),
        (b'{"text":"\xff","client_id":"a"}', 400, "broken_json"),
        (json.dumps({"text": "办" * 2001, "client_id": "a"}).encode(), 422, "message_too_long"),
        (b'{"text":"' + b"x" * MAX_BODY_BYTES + b'"}', 413, "body_too_large"),
        (b"[" * 100_000, 400, "broken_json"),
    ],
)
def test_a_bad_request_is_told_what_to_do(
    client: TestClient, conversation: str, body: bytes, status: int, code: str
) -> None:
    answer = client.post(
        f"/api/conversations/{conversation}/messages", content=body, headers={"Content-Type": "application/json"}
    )
    assert (answer.status_code, answer.json()["error"]["code"]) == (status, code)
    assert re.search(r"[\u4e00-\u9fff]", answer.json()["error"]["message"])
    assert "xxx" not in answer.text


def test_a_body_without_a_length_is_cut_off_too(client: TestClient, conversation: str) -> None:
    chunks = (b"x" * 10_000 for _ in range(100))
    answer = client.post(
        f"/api/conversations/{conversation}/messages", content=chunks, headers={"Content-Type": "application/json"}
    )
    assert answer.status_code == 413


@pytest.mark.parametrize("text", ["", " ", "😀😀", "\u200b\u200d", "ﷺ" * 300, "\x00\x07", "'; DROP TABLE items;--"])
def test_strange_messages_are_answered_by_the_turn_not_by_the_edge(
    client: TestClient, conversation: str, text: str
) -> None:
    assert names(ask(client, conversation, text))[-1] == "turn_finished"


def test_errors_speak_english_to_english_browsers(client: TestClient) -> None:
    answer = client.get("/api/conversations/nobody", headers={"Accept-Language": "en-GB,en;q=0.9"})
    assert answer.status_code == 404
    assert "start a new one" in answer.json()["error"]["message"]


def test_the_same_id_with_another_text_is_refused(client: TestClient, conversation: str) -> None:
    ask(client, conversation, ASKED)
    answer = client.post(f"/api/conversations/{conversation}/messages", json={"text": "别的", "client_id": "m1"})
    assert (answer.status_code, answer.json()["error"]["code"]) == (409, "client_id_reused")


def test_an_unexpected_error_is_calm_and_carries_headers_and_an_incident(services: Services) -> None:
    def broken() -> str | None:
        raise ValueError("a citizen's words")

    with TestClient(create_app(replace(services, not_ready=broken)), raise_server_exceptions=False) as client:
        answer = client.get("/api/ready")
    assert answer.status_code == 500
    assert answer.json()["error"]["incident"].startswith("id-")
    assert "citizen" not in answer.text
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_not_ready_says_why(services: Services) -> None:
    with TestClient(create_app(replace(services, not_ready=lambda: "The index is being built."))) as client:
        assert client.get("/api/health").json()["status"] == "ok"
        answer = client.get("/api/ready")
    assert (answer.status_code, answer.json()["problem"]) == (503, "The index is being built.")


def test_a_source_opens_at_its_clause_with_dates_and_origins(client: TestClient) -> None:
    sheet = client.get("/api/sources/items/id_loss", params={"anchor": "items/id_loss#c1"}).json()
    assert (sheet["in_force"], sheet["effective_from"], sheet["is_current_version"]) == (True, "2011-10-29", True)
    cited = next(s for s in sheet["statements"] if s["anchor"] == sheet["anchor"])
    assert cited["clause"] == "第十一条"
    assert (sheet["unconfirmed"], all(s["confirmed"] for s in sheet["statements"])) == (1, True)
    assert [origin["number"] for origin in sheet["origins"]] == sorted(
        {n for s in sheet["statements"] for n in s["origins"]}
    )
    assert all(origin["url"] is None or origin["url"].startswith("https://") for origin in sheet["origins"])


def test_an_older_version_of_a_sheet_is_marked(client: TestClient) -> None:
    sheet = client.get("/api/sources/items/id_loss", params={"version": "older"}).json()
    assert sheet["is_current_version"] is False


def test_a_document_opens_at_its_passage(client: TestClient) -> None:
    sheet = client.get(f"/api/sources/{NOTICE.source}", params={"anchor": f"{NOTICE.source}#p2"}).json()
    assert sheet["number"] == "沪府办发〔2026〕6号"
    assert [s["clause"] for s in sheet["statements"] if s["anchor"] == sheet["anchor"]] == ["第二条"]


@pytest.mark.parametrize(
    "source",
    ["items/none", "policies/none", "documents/none.txt", "elsewhere/x", "items", "documents/../../etc/passwd"],
)
def test_an_unknown_source_says_so(client: TestClient, source: str) -> None:
    answer = client.get(f"/api/sources/{source}")
    assert answer.status_code == 404
    assert answer.json()["error"]["message"]


@pytest.mark.parametrize("state", [VersionState.DRAFT, VersionState.REVIEWED, VersionState.WITHDRAWN])
def test_a_version_that_is_not_public_is_never_shown(services: Services, state: VersionState) -> None:
    class Hidden(SmallKnowledge):
        def version(self, version_id: str) -> DocumentVersion | None:
            return replace(NOTICE, state=state)

    with TestClient(create_app(replace(services, knowledge=Hidden()))) as client:
        assert client.get(f"/api/sources/{NOTICE.source}?version=v1").status_code == 404
        assert client.get(f"/api/documents/{NOTICE.name}/original?version=v1").status_code == 404


def test_an_original_is_a_download_and_never_a_page(services: Services, tmp_path: Path) -> None:
    file = tmp_path / "original"
    file.write_bytes(b"<script>alert(1)</script>")

    class Kept:
        def original(self, sha256: str) -> Path | None:
            return file

    with TestClient(create_app(replace(services, originals=Kept()))) as client:
        answer = client.get(f"/api/documents/{NOTICE.name}/original")
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["content-disposition"].startswith("attachment")
    assert answer.headers["content-security-policy"].startswith("default-src 'none'")


def test_a_page_of_an_original_is_a_picture_and_a_missing_one_is_not_found(services: Services, tmp_path: Path) -> None:
    picture = tmp_path / "1.png"
    picture.write_bytes(b"png")

    class Drawn:
        def page(self, sha256: str, page: int) -> Path | None:
            return picture if (sha256, page) == (NOTICE.sha256, 1) else None

    address = f"/api/documents/{NOTICE.name}/versions/{NOTICE.id}/pages"
    with TestClient(create_app(replace(services, pages_of_originals=Drawn()))) as client:
        assert client.get(f"{address}/1").headers["content-type"] == "image/png"
        assert client.get(f"{address}/2").status_code == 404
        assert client.get(f"{address}/0").status_code == 422


def test_an_item_shows_what_is_confirmed_and_says_what_is_not(client: TestClient) -> None:
    item = client.get("/api/items/id_loss").json()
    confirmed = {section["facet"]: section["confirmed"] for section in item["sections"]}
    assert (confirmed["conditions"], confirmed["fee"]) == (True, False)
    assert client.get("/api/items/nothing").status_code == 404


def test_suggestions_name_only_items_that_exist(services: Services) -> None:
    few = SmallKnowledge(names=(("id_loss", "居民身份证挂失补领"),))
    with TestClient(create_app(replace(services, knowledge=few))) as client:
        told = client.get("/api/suggestions").json()
        english = client.get("/api/suggestions?language=en").json()
    assert [s["id"] for s in told["situations"]] == ["papers"]
    assert told["questions"] == [ASKED]
    assert english["situations"][0]["title"] == "Identity papers"


def test_the_page_has_a_strict_policy_with_a_new_nonce_each_time(services: Services, tmp_path: Path) -> None:
    (tmp_path / "citizen").mkdir()
    (tmp_path / "citizen" / "index.html").write_text('<script nonce="__CSP_NONCE__">', encoding="utf-8")
    with TestClient(create_app(replace(services, pages=tmp_path))) as client:
        first, second = client.get("/"), client.get("/")
    policy = first.headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; script-src 'self';")
    assert "unsafe" not in policy
    nonce = re.search(r"'nonce-([\w-]+)'", policy)
    assert nonce is not None
    assert nonce.group(1) in first.text
    assert nonce.group(1) not in second.text


def test_assets_are_kept_for_ever_and_come_compressed(services: Services, tmp_path: Path) -> None:
    (tmp_path / "assets").mkdir()
    (tmp_path / "assets" / "a-1.js").write_text("plain", encoding="utf-8")
    (tmp_path / "assets" / "a-1.js.br").write_bytes(b"small")
    (tmp_path / "secret.txt.key").write_text("no", encoding="utf-8")
    with TestClient(create_app(replace(services, pages=tmp_path))) as client:
        plain = client.get("/assets/a-1.js", headers={"Accept-Encoding": "identity"})
        with client.stream("GET", "/assets/a-1.js", headers={"Accept-Encoding": "br"}) as small:
            assert small.headers["content-encoding"] == "br"
        assert client.get("/assets/..%2Fsecret.txt.key").status_code == 404
        assert client.get("/secret.txt.key").status_code == 404
    assert plain.text == "plain"
    assert "immutable" in plain.headers["cache-control"]


def test_a_missing_build_says_how_to_build(services: Services, tmp_path: Path) -> None:
    with TestClient(create_app(replace(services, pages=tmp_path))) as client:
        answer = client.get("/")
    assert answer.status_code == 503
    assert "make setup" in answer.text


def test_the_committed_openapi_document_is_what_the_server_says() -> None:
    assert TARGET.read_text(encoding="utf-8") == api_document(), "Run `npm run api` in web/ and commit both files."
