"""Pulled plugs on the real product: a lost index, a full disk, a taken port, a dead model, a killed server."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
from pydantic import SecretStr
from starlette.testclient import TestClient

from app import create_app
from assistant.bootstrap import build_product
from assistant.dialogue import Question
from assistant.events import Status
from assistant.product import Product
from assistant.settings import Settings
from assistant.transcript import Transcript, transcript_of
from cli.main import run
from tests.fakes.model_server import HangUp, ModelServer, Refuse, Say, Script, Stall

ROOT = Path(__file__).resolve().parents[2]
LOST = "身份证丢了怎么办"
OF_THE_DOCUMENT, IN_THE_DOCUMENT = "灯塔开放日由谁负责讲解", "航标处"
DOCUMENT = (
    "上海市灯塔开放日管理细则\n\n第一条 为了规范灯塔开放日，制定本细则。\n"
    "第二条 灯塔开放日每场参观人数不得超过七百三十一人。\n第三条 灯塔开放日由航标处负责讲解。\n"
    "第四条 本细则自2020年1月1日起施行。\n"
)


def quiet(_line: str) -> None:
    """Nobody listens."""


@pytest.fixture(name="grown", scope="module")
def _grown(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with the shipped sheets and one published document; tests take copies."""
    home = tmp_path_factory.mktemp("grown") / "home"
    inbox = tmp_path_factory.mktemp("inbox")
    (inbox / "lighthouse.txt").write_text(DOCUMENT, encoding="utf-8")
    with build_product(Settings(home=home), say=quiet) as product:
        assert not product.ingest([inbox], publish=True).failed
    return home


@pytest.fixture(name="home")
def _home(grown: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(grown, tmp_path / "home"))


def ask(
    client: TestClient | httpx.Client, text: str, conversation: str = "", client_id: str = "1"
) -> list[dict[str, object]]:
    conversation = conversation or str(client.post("/api/conversations").json()["id"])
    body = {"text": text, "client_id": client_id}
    answer = client.post(f"/api/conversations/{conversation}/messages", json=body)
    assert answer.status_code == 200, answer.text
    assert "Traceback" not in answer.text
    return [json.loads(line[6:]) for line in answer.text.splitlines() if line.startswith("data: ")]


def end_of(events: list[dict[str, object]]) -> dict[str, object]:
    assert events[-1]["type"] == "turn_finished", events[-1]
    return events[-1]


def findings(home: Path, capsys: pytest.CaptureFixture[str], *options: str) -> dict[str, list[dict[str, str]]]:
    """What the doctor says, by part. The page may be unbuilt where tests run, so the exit status is not looked at."""
    capsys.readouterr()
    assert run(["doctor", "--home", str(home), "--json", "-", *options]) in {0, 1}
    said = capsys.readouterr()
    assert "Traceback" not in said.out + said.err
    by_part: dict[str, list[dict[str, str]]] = {}
    for finding in json.loads(said.out):
        by_part.setdefault(finding["part"], []).append(finding)
    return by_part


def _folder_gone(home: Path) -> None:
    shutil.rmtree(home / "indexes")


def _pointer_is_junk(home: Path) -> None:
    (home / "indexes" / "CURRENT").write_bytes(b"\xff\x00junk")


def _generation_cut_off(home: Path) -> None:
    for leg in ("lexical", "dense"):
        for file in (home / "indexes").glob(f"g*/{leg}/**/*"):
            if file.is_file():
                os.truncate(file, 7)


DAMAGES: dict[str, Callable[[Path], None]] = {
    "the folder is deleted": _folder_gone,
    "CURRENT is junk": _pointer_is_junk,
    "the files are cut off": _generation_cut_off,
}


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_an_index_damaged_while_serving_costs_no_answer_and_the_doctor_mends_it(
    home: Path, capsys: pytest.CaptureFixture[str], damage: Callable[[Path], None]
) -> None:
    with build_product(Settings(home=home), say=quiet) as product, TestClient(create_app(product.services())) as client:
        assert IN_THE_DOCUMENT in str(ask(client, OF_THE_DOCUMENT))
        damage(home)
        assert end_of(ask(client, LOST))["item"] == "id_loss"
        during = ask(client, OF_THE_DOCUMENT)
        assert IN_THE_DOCUMENT in str(during) or end_of(during)["degraded"]
        assert any(f["level"] == "broken" and "--repair" in f["mend"] for f in findings(home, capsys)["index"])
        assert [f["level"] for f in findings(home, capsys, "--repair")["index"]] == ["ok"]
        time.sleep(2.1)  # a broken index is tried again every two seconds
        assert IN_THE_DOCUMENT in str(mended := ask(client, OF_THE_DOCUMENT))
        assert not end_of(mended)["degraded"]


def test_a_damaged_index_is_mended_by_the_next_start_itself(home: Path) -> None:
    _generation_cut_off(home)
    with build_product(Settings(home=home), say=quiet) as product, TestClient(create_app(product.services())) as client:
        assert product.problems == ()
        assert IN_THE_DOCUMENT in str(ask(client, OF_THE_DOCUMENT))


def test_a_vector_server_that_is_down_does_not_stop_the_start(home: Path) -> None:
    said: list[str] = []
    settings = Settings(home=home, chroma_url="http://127.0.0.1:9")
    with build_product(settings, say=said.append) as product, TestClient(create_app(product.services())) as client:
        assert any("Chroma server" in line for line in said)
        assert end_of(ask(client, LOST))["item"] == "id_loss"


def test_a_file_that_is_no_database_is_said_in_one_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "xiaoshen.db").write_text("this is no database, this is no database")
    assert run(["ask", LOST, "--home", str(tmp_path)]) == 1
    err = capsys.readouterr().err
    assert "not a database" in err
    assert "backup" in err
    assert len(err.splitlines()) == 1


@contextmanager
def a_small_disk(folder: Path, megabytes: int) -> Iterator[Path]:
    """A real file system of its own; skipped where it may not be mounted."""
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", str(folder)]
    try:
        mounted = subprocess.run(mount, capture_output=True, check=False).returncode == 0  # noqa: S603
    except OSError:
        mounted = False
    if not mounted:
        pytest.skip("a small file system cannot be mounted here: needs root")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)  # noqa: S603, S607


def _fill(disk: Path) -> Path:
    filler = disk / "filler"
    with filler.open("wb", buffering=0) as file:
        for size in (65536, 512, 1):
            try:
                while True:
                    file.write(b"x" * size)
            except OSError:
                continue
    return filler


def test_a_full_disk_is_said_and_nothing_acknowledged_is_lost(grown: Path, tmp_path: Path) -> None:
    with a_small_disk(tmp_path / "disk", 48) as disk:
        home = Path(shutil.copytree(grown, disk / "home"))
        with (
            build_product(Settings(home=home), say=quiet) as product,
            TestClient(create_app(product.services())) as client,
        ):
            conversation = str(client.post("/api/conversations").json()["id"])
            assert end_of(ask(client, LOST, conversation, "before"))["status"] == "answered"
            filler = _fill(disk)
            outcomes = [ask(client, LOST, conversation, f"full-{n}")[-1] for n in range(12)]
            kept = [f"full-{n}" for n, last in enumerate(outcomes) if last["type"] == "turn_finished"]
            failed = [last for last in outcomes if last["type"] == "failed"]
            assert failed, "the disk was not full"
            assert all("存储满了" in str(last["message"]) for last in failed)
            refused = [client.post("/api/conversations", headers={"Accept-Language": "en"}) for _ in range(3)]
            assert {r.status_code for r in refused} <= {201, 507}
            assert "storage is full" in refused[-1].text
            assert client.get("/api/health").status_code == 200
            told = client.get(f"/api/conversations/{conversation}").json()
            assert [t["client_id"] for t in told["turns"]] == ["before", *kept]
            filler.unlink()
            assert end_of(ask(client, LOST, conversation, "full-11"))["status"] == "answered"
            told = client.get(f"/api/conversations/{conversation}").json()
            assert [t["client_id"] for t in told["turns"]] == ["before", *dict.fromkeys([*kept, "full-11"])]


def test_a_command_on_a_full_disk_ends_with_one_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with a_small_disk(tmp_path / "disk", 1) as disk:
        _fill(disk)
        assert run(["ask", LOST, "--home", str(disk / "home")]) == 1
        err = capsys.readouterr().err
        assert "full" in err
        assert len(err.splitlines()) == 1


def serve(home: Path, port: int) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", "from cli.main import main; main()", "serve"]
    return subprocess.Popen(  # noqa: S603
        [*command, "--home", str(home), "--port", str(port)],
        cwd=ROOT,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        env={"PATH": "/usr/bin:/bin", "OMP_NUM_THREADS": "2"},
    )


def test_a_port_in_use_is_one_sentence_and_exit_one(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        server = serve(tmp_path, other.getsockname()[1])
        said, _ = server.communicate(timeout=60)
    assert server.returncode == 1
    assert said.splitlines() == [said.strip()]
    assert "The port is in use" in said
    assert not (tmp_path / "xiaoshen.db").exists()  # nothing slow was begun


async def _one_turn(product: Product, text: str) -> Transcript:
    asked = Question(text=text, as_of=product.today())
    return transcript_of([event async for event in product.assistant.answer(asked)])


@pytest.mark.parametrize(
    "script",
    [[Refuse(401)], [Say("居民身份证"), HangUp()], [Stall(30)]],
    ids=["wrong key", "hangs up", "stalls"],
)
async def test_a_model_server_in_trouble_costs_no_answer(home: Path, script: Script) -> None:
    async with ModelServer(script) as server:
        settings = Settings(
            home=home,
            llm_base_url=server.base_url,
            llm_model="m",
            llm_api_key=SecretStr("sk-wrong-key"),
            llm_timeout=3,
            llm_first_token_timeout=1,
        )
        with build_product(settings, say=quiet) as product:
            told = await _one_turn(product, LOST)
        assert server.heard, "the model was never asked"
    assert (told.finished.status, told.finished.composer) == (Status.ANSWERED, "grounded")
    assert "sk-wrong-key" not in told.text


async def test_a_model_server_that_is_down_costs_no_answer(home: Path) -> None:
    with build_product(Settings(home=home, llm_base_url="http://127.0.0.1:9/v1"), say=quiet) as product:
        told = await _one_turn(product, LOST)
    assert (told.finished.status, told.finished.composer) == (Status.ANSWERED, "grounded")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def a_server(home: Path, port: int) -> Iterator[tuple[subprocess.Popen[str], httpx.Client]]:
    server = serve(home, port)
    try:
        with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=30, trust_env=False) as client:
            until = time.monotonic() + 90
            while True:
                assert server.poll() is None, server.communicate()[0]
                assert time.monotonic() < until, "the server did not start"
                try:
                    client.get("/api/health", timeout=2)
                    break
                except httpx.TransportError:
                    time.sleep(0.2)
            yield server, client
    finally:
        server.kill()
        said, _ = server.communicate()
        assert "Traceback" not in said


def test_after_kill_9_in_mid_answer_every_acknowledged_turn_is_there_and_a_resend_gives_one_answer(home: Path) -> None:
    port = _free_port()
    acknowledged: list[str] = []
    with a_server(home, port) as (server, client):
        conversation = str(client.post("/api/conversations").json()["id"])
        ask(client, LOST, conversation, "first")
        acknowledged.append("first")
        session = client.cookies  # the browser's: the conversation is theirs, whatever becomes of the server

        def go_on_asking() -> None:
            address = f"http://127.0.0.1:{port}"
            with httpx.Client(base_url=address, timeout=30, trust_env=False, cookies=session) as own:
                for n in range(1000):
                    try:
                        events = ask(own, LOST, conversation, f"next-{n}")
                    except httpx.TransportError:
                        return
                    if events and events[-1]["type"] == "turn_finished":
                        acknowledged.append(f"next-{n}")
                    time.sleep(0.05)  # a quick machine would ask more often than one person may

        asking = threading.Thread(target=go_on_asking)
        asking.start()
        time.sleep(0.7)
        server.send_signal(signal.SIGKILL)
        asking.join(timeout=40)
        assert not asking.is_alive()
    with a_server(home, port) as (_, client):
        client.cookies = session
        url = f"/api/conversations/{conversation}"
        kept = [t["client_id"] for t in client.get(url).json()["turns"]]
        assert kept[: len(acknowledged)] == acknowledged
        assert len(kept) <= len(acknowledged) + 1  # the last one may have been kept before its end was sent
        broken_off = f"next-{len(acknowledged) - 1}"
        first, again = (ask(client, LOST, conversation, broken_off) for _ in range(2))
        assert first == again
        assert end_of(first)["status"] == "answered"
        assert [t["client_id"] for t in client.get(url).json()["turns"]] == [*acknowledged, broken_off]
