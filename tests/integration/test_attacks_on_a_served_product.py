"""What was tried by hand against a served product and must not work: other hosts, endless heads, bad paths."""

import socket
from collections.abc import Iterator
from threading import Thread
from time import sleep

import httpx
import pytest
import uvicorn

from app import create_app
from assistant.identity.sign_in import ExamplesBeyondLoopback, refuse_beyond_loopback
from assistant.settings import Settings
from assistant.web.bounded_http import LONGEST_HEAD, BoundedHttp
from assistant.web.hosts import host_in, names_of
from tests.fakes.scripted_product import scripted_services

HERE = frozenset({"localhost", "127.0.0.1", "::1"})


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    app = create_app(scripted_services(), names=HERE)
    config = uvicorn.Config(app, host="127.0.0.1", port=0, http=BoundedHttp, log_level="warning")
    server = uvicorn.Server(config)
    thread = Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        sleep(0.01)
    yield server.servers[0].sockets[0].getsockname()[1]
    server.should_exit = True
    thread.join(timeout=5)


def status_of(port: int, *parts: bytes) -> bytes:
    """The first line of the answer to raw bytes; empty where the server hung up."""
    with socket.create_connection(("127.0.0.1", port), timeout=10) as line:
        try:
            for part in parts:
                line.sendall(part)
            return line.recv(200).split(b"\r\n")[0]
        except (ConnectionResetError, BrokenPipeError):
            return b""


def asked(port: int, path: str, **headers: str) -> int:
    return httpx.get(f"http://127.0.0.1:{port}{path}", headers=headers).status_code


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:8000", "127.0.0.1.evil.example", "", "[::1", "localhost@evil"]
)
def test_a_page_that_points_its_own_name_at_this_machine_gets_nothing(port: int, host: str) -> None:
    assert asked(port, "/api/suggestions", host=host) == 421
    assert asked(port, "/", host=host) == 421


@pytest.mark.parametrize("host", ["localhost:8000", "127.0.0.1", "[::1]:8000", "LOCALHOST"])
def test_our_own_names_are_answered(port: int, host: str) -> None:
    assert asked(port, "/api/suggestions", host=host) == 200


def test_probes_ask_by_number_and_are_answered(port: int) -> None:
    assert asked(port, "/api/health", host="10.0.0.7:8000") == 200


def test_the_names_follow_the_settings() -> None:
    assert names_of(Settings(host="127.0.0.1")) == HERE
    assert names_of(Settings(host="0.0.0.0", public_url="https://xs.example.gov.cn")) == HERE | {  # noqa: S104
        "0.0.0.0",  # noqa: S104
        "xs.example.gov.cn",
    }
    assert names_of(Settings(host="10.1.2.3")) is None
    assert host_in("XS.example:80") == "xs.example"


def test_a_head_that_goes_on_and_on_is_cut_off(port: int) -> None:
    begun = b"GET /api/health HTTP/1.1\r\nHost: localhost\r\n"
    many = [b"X-A: " + b"a" * 1000 + b"\r\n"] * 1000
    assert status_of(port, begun, *many, b"\r\n") in {b"", b"HTTP/1.1 431 Request Header Fields Too Large"}
    one = b"X-A: " + b"a" * (LONGEST_HEAD * 8)
    assert status_of(port, begun, one, b"\r\n\r\n") in {b"", b"HTTP/1.1 431 Request Header Fields Too Large"}
    assert status_of(port, begun, b"Connection: close\r\n\r\n") == b"HTTP/1.1 200 OK"


def test_a_large_body_after_a_short_head_is_no_long_head(port: int) -> None:
    body = b"x" * (LONGEST_HEAD * 3)
    answer = httpx.post(f"http://127.0.0.1:{port}/api/conversations", content=body)
    assert answer.status_code == 201


@pytest.mark.parametrize(
    "path",
    [
        "/..%2f..%2faudit.key",
        "/assets/..%2f..%2f..%2fapp.py",
        "/assets/%2e%2e/%2e%2e/%2e%2e/etc/passwd",
        "/api/documents/..%2f..%2faudit.key/original",
        "/api/sources/..%2f..%2fetc%2fpasswd",
    ],
)
def test_no_path_leads_out_of_what_is_served(port: int, path: str) -> None:
    first = status_of(port, f"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".encode())
    assert first == b"HTTP/1.1 404 Not Found"


@pytest.mark.parametrize(
    ("host", "public_url"),
    [("0.0.0.0", None), ("192.168.1.5", None), ("::", None), ("127.0.0.1", "https://xs.example.gov.cn")],  # noqa: S104
)
def test_default_secrets_are_never_served_to_other_machines(host: str, public_url: str | None) -> None:
    with pytest.raises(ExamplesBeyondLoopback, match="people add"):
        refuse_beyond_loopback(host, examples=True, public_url=public_url)
    refuse_beyond_loopback(host, examples=False, public_url=public_url)
