"""What an operator reads when something is wrong: a sentence that says what to do, and the right exit status."""

import errno
import socket
from pathlib import Path

import pytest

from cli.failures import sentence_for
from cli.main import run
from cli.serve import bind
from knowledge.errors import ModelFilesMissing


def test_a_full_disk_says_that_nothing_acknowledged_is_lost() -> None:
    said = sentence_for(OSError(errno.ENOSPC, "No space left on device", "var/x"))
    assert said is not None
    assert "disk is full" in said
    assert "var/x" in said


def test_our_own_errors_speak_for_themselves() -> None:
    assert sentence_for(ModelFilesMissing("Run `make setup`.")) == "Run `make setup`."


def test_an_error_nobody_foresaw_is_not_hidden() -> None:
    assert sentence_for(ZeroDivisionError()) is None


def test_a_taken_port_is_named_before_anything_slow_happens() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        with pytest.raises(OSError, match="in use") as caught:
            bind("127.0.0.1", other.getsockname()[1])
    said = sentence_for(caught.value)
    assert said is not None
    assert "--port" in said


@pytest.mark.parametrize(
    "arguments",
    [["frobnicate"], ["ask"], ["ask", "x", "--as-of", "tomorrow"], ["eval", "recognition", "nowhere.jsonl"]],
)
def test_wrong_usage_exits_with_two(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(arguments) == 2
    assert "Traceback" not in capsys.readouterr().err


def test_every_command_has_help(capsys: pytest.CaptureFixture[str]) -> None:
    for command in (["serve"], ["ask"], ["ingest"], ["knowledge"], ["knowledge", "status"], ["eval"], ["doctor"]):
        assert run([*command, "--help"]) == 0
        assert "Usage" in capsys.readouterr().out


def test_comparing_folders_without_results_exits_with_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["eval", "compare", str(tmp_path), str(tmp_path)]) == 1
    assert "xiaoshen eval" in capsys.readouterr().err
