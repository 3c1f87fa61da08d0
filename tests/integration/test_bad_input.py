"""Bad input on the real product, over HTTP and the command line: a clear message in the reader's language, always."""

import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from app import create_app
from assistant.bootstrap import build_product, shipped_corpus
from assistant.product import Product
from assistant.settings import Settings
from cli.main import run
from knowledge.errors import SheetInvalid

ZH = {"Accept-Language": "zh-CN,zh;q=0.9"}
EN = {"Accept-Language": "en-GB,en;q=0.9"}
LOST = "身份证丢了怎么办"
STRANGE = {
    "empty": "",
    "blank": " \n\t\u3000",
    "only emoji": "😀😭🆘👩‍👩‍👧",
    "control and zero-width": "\x00\x01\x02\u200b\u200d\u202e\ufeff",
    "only punctuation": "？？？",
    "one ligature repeated": "ﷺ" * 2000,
    "brackets": "(" * 2000,
}


@dataclass(frozen=True, slots=True)
class Told:
    """What came back for one message."""

    status: int
    body: str
    events: list[dict[str, object]]

    @property
    def end(self) -> dict[str, object]:
        """The one end of the turn."""
        assert [e["type"] for e in self.events].count("turn_finished") == 1
        assert self.events[-1]["type"] == "turn_finished"
        return self.events[-1]

    @property
    def text(self) -> str:
        """All that is said."""
        return "\n".join(str(e.get("text", "")) for e in self.events)


@pytest.fixture(name="product", scope="module")
def _product(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    with build_product(Settings(home=tmp_path_factory.mktemp("home")), say=lambda _: None) as product:
        yield product


@pytest.fixture(name="client", scope="module")
def _client(product: Product) -> Iterator[TestClient]:
    with TestClient(create_app(product.services())) as client:
        yield client


def begin(client: TestClient) -> str:
    return str(client.post("/api/conversations").json()["id"])


def send(
    client: TestClient, text: str, *, headers: dict[str, str] = ZH, conversation: str = "", client_id: str = "1"
) -> Told:
    body = {"text": text, "client_id": client_id}
    answer = client.post(f"/api/conversations/{conversation or begin(client)}/messages", json=body, headers=headers)
    assert "Traceback" not in answer.text
    lines = answer.text.splitlines() if answer.headers["content-type"].startswith("text/event-stream") else []
    events = [json.loads(line.removeprefix("data: ")) for line in lines if line.startswith("data: ")]
    return Told(answer.status_code, answer.text, events)


def is_chinese(text: str) -> bool:
    return any("\u4e00" <= c <= "\u9fff" for c in text)


@pytest.mark.parametrize("text", STRANGE.values(), ids=STRANGE)
def test_a_message_without_words_gets_a_friendly_request_for_words(client: TestClient, text: str) -> None:
    told = send(client, text)
    assert told.status == 200
    assert (told.end["status"], told.end["why"]) == ("cannot_answer", "unreadable")
    assert is_chinese(told.text)


@pytest.mark.parametrize("text", STRANGE.values(), ids=STRANGE)
def test_a_reader_of_english_who_sends_no_words_is_answered_in_english(client: TestClient, text: str) -> None:
    told = send(client, text, headers=EN)
    assert told.end["why"] == "unreadable"
    assert told.text.strip()
    assert not is_chinese(told.text)


@pytest.mark.parametrize(("headers", "chinese"), [(ZH, True), (EN, False)], ids=["zh", "en"])
def test_ten_thousand_characters_are_asked_to_be_shortened(
    client: TestClient, headers: dict[str, str], chinese: bool
) -> None:
    told = send(client, "身份证丢了" * 2000, headers=headers)
    assert told.status == 422
    assert json.loads(told.body)["error"]["code"] == "message_too_long"
    assert is_chinese(told.body) is chinese


def test_hidden_characters_inside_a_question_do_not_hide_it(client: TestClient) -> None:
    told = send(client, "身\u200b份\u200d证\x00丢\u202e了怎么办")
    assert (told.end["status"], told.end["item"]) == ("answered", "id_loss")


def test_a_message_with_a_nul_in_it_can_be_sent_again(client: TestClient) -> None:
    conversation = begin(client)
    first = send(client, "身份证\x00丢了怎么办", conversation=conversation)
    assert first.status == 200
    assert send(client, "身份证\x00丢了怎么办", conversation=conversation) == first


@pytest.mark.parametrize("field", ["text", "client_id", "region"])
@pytest.mark.parametrize(("headers", "chinese"), [(ZH, True), (EN, False)], ids=["zh", "en"])
def test_half_a_character_in_json_is_named_as_such(
    client: TestClient, field: str, headers: dict[str, str], chinese: bool
) -> None:
    spelled = {"text": '"hi"', "client_id": '"1"', field: '"\\ud800"'}
    raw = "{" + ",".join(f'"{name}":{value}' for name, value in spelled.items()) + "}"
    answer = client.post(
        f"/api/conversations/{begin(client)}/messages",
        content=raw.encode(),
        headers={**headers, "Content-Type": "application/json"},
    )
    assert answer.status_code == 400
    assert answer.json()["error"]["code"] == "broken_text"
    assert is_chinese(answer.text) is chinese


@pytest.mark.parametrize(
    ("raw", "status"),
    [
        (b'{"text":', 400),
        (b'{"text":"\xff\xfe","client_id":"1"}', 400),
        (b"[" * 100_000, 400),
        (b"[]", 422),
        (b"null", 422),
        (b'{"text":1,"client_id":"1"}', 422),
        (b'{"text":NaN,"client_id":"1"}', 422),
        (b'{"text":"' + b"a" * 300_000 + b'"}', 413),
    ],
    ids=["cut off", "not UTF-8", "deep", "a list", "null", "a number", "NaN", "300 kB"],
)
@pytest.mark.parametrize(("headers", "chinese"), [(ZH, True), (EN, False)], ids=["zh", "en"])
def test_a_body_that_is_no_message_is_refused_with_a_sentence(
    client: TestClient, raw: bytes, status: int, headers: dict[str, str], chinese: bool
) -> None:
    answer = client.post(
        f"/api/conversations/{begin(client)}/messages",
        content=raw,
        headers={**headers, "Content-Type": "application/json"},
    )
    assert answer.status_code == status
    assert is_chinese(answer.json()["error"]["message"]) is chinese
    assert "Traceback" not in answer.text


@pytest.mark.parametrize(
    "text",
    [
        "'; DROP TABLE messages; DROP TABLE conversations; -- 身份证丢了怎么办",
        "<script>alert(1)</script><img src=x onerror=alert(1)> 身份证丢了怎么办",
        "{{7*7}} ${jndi:ldap://x} {0.__class__} %s%n",
        "!!python/object/apply:os.system ['id']",
    ],
    ids=["SQL", "HTML", "templates", "YAML"],
)
def test_code_in_a_message_is_kept_as_text_and_never_run(client: TestClient, text: str) -> None:
    conversation = begin(client)
    told = send(client, text, conversation=conversation)
    assert told.status == 200
    assert told.end["status"] in {"answered", "clarify", "refused", "cannot_answer"}
    assert "<script" not in told.text
    assert "49" not in told.text
    shown = client.get(f"/api/conversations/{conversation}")
    assert shown.json()["turns"][0]["text"] == text
    assert shown.headers["content-type"].startswith("application/json")
    assert shown.headers["x-content-type-options"] == "nosniff"
    assert shown.headers["content-security-policy"].startswith("default-src 'none'")
    assert send(client, LOST).end["item"] == "id_loss"


@pytest.mark.parametrize(
    "path",
    [
        "/api/items/%00",
        "/api/items/..%2f..%2fetc",
        "/api/sources/%ED%A0%80",
        "/api/sources/items/'%20OR%201=1",
        "/api/sources/documents/..%2f..%2fetc%2fpasswd",
        "/api/documents/..%2f..%2fetc%2fpasswd/original",
        "/api/conversations/%00",
        "/api/conversations/" + "x" * 5000,
        "/v1/models/<b>",
    ],
)
def test_a_strange_address_is_not_found_and_says_so(client: TestClient, path: str) -> None:
    answer = client.get(path, headers=EN)
    assert answer.status_code == 404
    assert answer.json()["error"]["message"]
    assert not is_chinese(answer.text)


def test_existing_clients_get_their_own_form_of_the_same_calm(client: TestClient) -> None:
    for text in STRANGE.values():
        body = {"model": "xiaoshen", "messages": [{"role": "user", "content": text}]}
        answer = client.post("/v1/chat/completions", json=body)
        assert answer.status_code in {200, 400}
        assert "choices" in answer.json() or answer.json()["error"]["message"]
    raw = b'{"model":"xiaoshen","messages":[{"role":"user","content":"\\ud800"}]}'
    answer = client.post("/v1/chat/completions", content=raw, headers={"Content-Type": "application/json"})
    assert answer.status_code == 400
    assert "half of a character" in answer.json()["error"]["message"]
    answer = client.post(
        "/v1/chat/completions", json={"model": "xiaoshen", "messages": [{"role": "user", "content": 1}]}
    )
    assert answer.status_code == 400
    assert "readable()" not in answer.text


@pytest.mark.parametrize("text", ["", "\x01\u200b😀", "\udcff\udcfe[bold]<b>[/nope]", "身份证丢了" * 2000])
def test_the_command_line_answers_anything_with_a_sentence(
    product: Product, capsys: pytest.CaptureFixture[str], text: str
) -> None:
    assert run(["ask", text, "--home", str(product.home)]) == 0
    said = capsys.readouterr()
    assert is_chinese(said.out)
    assert "Traceback" not in said.out + said.err


@pytest.fixture(name="broken_corpus")
def _broken_corpus(tmp_path: Path) -> Path:
    corpus = tmp_path / "corpus"
    shutil.copytree(shipped_corpus(), corpus)
    sheet = corpus / "items" / "dog_reg.yaml"
    lines = sheet.read_text(encoding="utf-8").splitlines()
    lines.insert(3, "fee: [500")
    sheet.write_text("\n".join(lines), encoding="utf-8")
    return corpus


def test_a_broken_sheet_is_named_with_file_and_line_and_the_others_serve(
    tmp_path: Path, broken_corpus: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said: list[str] = []
    with build_product(Settings(home=tmp_path / "home", corpus=broken_corpus), say=said.append) as product:
        assert any("dog_reg.yaml:" in line for line in said)
        assert any("dog_reg.yaml:" in problem for problem in product.problems)
        with TestClient(create_app(product.services())) as client:
            assert send(client, LOST).end["item"] == "id_loss"
    assert run(["knowledge", "check", str(broken_corpus)]) == 1
    out = capsys.readouterr().out
    assert "dog_reg.yaml:" in out
    assert "Traceback" not in out


def test_a_sheet_that_breaks_later_leaves_its_published_version_in_service(tmp_path: Path, broken_corpus: Path) -> None:
    home = tmp_path / "home"
    with build_product(Settings(home=home), say=lambda _: None):
        pass
    with build_product(Settings(home=home, corpus=broken_corpus), say=lambda _: None) as product:
        assert product.knowledge.item("dog_reg", product.today()) is not None


def test_a_mistyped_corpus_folder_withdraws_nothing(tmp_path: Path, product: Product) -> None:
    before = len(product.knowledge.items(product.today()))
    with (
        pytest.raises(SheetInvalid, match="XIAOSHEN_CORPUS"),
        build_product(Settings(home=product.home, corpus=tmp_path / "nowhere"), say=lambda _: None),
    ):
        pass
    product.knowledge.refresh()
    assert len(product.knowledge.items(product.today())) == before > 100
