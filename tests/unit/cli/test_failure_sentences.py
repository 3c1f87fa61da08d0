"""What an operator reads when something is wrong: a sentence that says what to do, and the right exit status."""

import errno
import socket
from pathlib import Path

import pytest
from pydantic import ValidationError
from sqlalchemy import create_engine
from sqlalchemy.exc import ArgumentError

from assistant.settings import Settings
from cli.failures import sentence_for, unforeseen
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


def test_an_error_nobody_foresaw_is_one_line_with_its_kind_and_place() -> None:
    with pytest.raises(ValueError, match="x") as caught:
        int("x\ny")
    assert sentence_for(caught.value) is None
    said = unforeseen(caught.value)
    assert "ValueError: invalid literal" in said
    assert f"{Path(__file__).name}:" in said
    assert len(said.splitlines()) == 1


def test_a_database_url_that_is_none_is_named_by_its_setting() -> None:
    with pytest.raises(ArgumentError) as caught:
        create_engine("nonsense")
    said = sentence_for(caught.value)
    assert said is not None
    assert "XIAOSHEN_DATABASE_URL" in said


def test_a_setting_that_cannot_be_used_is_named_as_it_is_set() -> None:
    with pytest.raises(ValidationError) as caught:
        Settings(port=99999)
    said = sentence_for(caught.value)
    assert said is not None
    assert "XIAOSHEN_PORT" in said
    assert "99999" not in said
    assert len(said.splitlines()) == 1


def test_a_home_that_is_a_file_asks_for_another(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").touch()
    assert run(["ask", "身份证", "--home", str(tmp_path / "file")]) == 1
    assert "file where a folder should be" in capsys.readouterr().err


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
