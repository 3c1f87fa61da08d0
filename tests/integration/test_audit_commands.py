"""`xiaoshen audit` on a home: whole, then tampered with."""

import json
import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from assistant.audit.acts import Act
from assistant.bootstrap import open_audit
from assistant.settings import Settings
from assistant.storage.conversations import SqlConversations
from cli.main import run

NOW = datetime(2026, 11, 22, 1, 0, tzinfo=UTC)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    with open_audit(Settings(home=tmp_path)) as audit:
        for number in range(3):
            act = Act(actor="li", action="knowledge.publish", subject=f"version/{number}", details={"why": "核对过"})
            audit.record(act, at=NOW)
    return tmp_path


def test_a_whole_chain_is_told_with_its_head(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["audit", "verify", "--json", "-", "--home", str(home)]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["entries"], found["broken"], found["forgotten"]) == (3, None, 0)
    assert run(["audit", "verify", "--head", f"3:{found['head']}", "--home", str(home)]) == 0
    assert run(["audit", "verify", "--head", f"9:{found['head']}", "--home", str(home)]) == 1
    assert "entry 4" in capsys.readouterr().err


def test_an_edited_entry_is_named_and_the_exit_status_is_one(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    database = sqlite3.connect(home / "xiaoshen.db")
    database.execute("DROP TRIGGER audit_entries_no_UPDATE")
    database.execute("UPDATE audit_entries SET actor = 'wang' WHERE number = 2")
    database.commit()
    database.close()
    assert run(["audit", "verify", "--home", str(home)]) == 1
    assert "entry 2" in capsys.readouterr().err


def test_entries_are_shown_and_exported_and_the_export_is_recorded(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "out.jsonl"
    assert run(["audit", "export", str(file), "--home", str(home)]) == 0
    lines = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    assert [line["number"] for line in lines] == [1, 2, 3, 4]
    assert lines[0]["details"] == {"why": "核对过"}
    assert lines[3]["action"] == "audit.exported"
    assert run(["audit", "show", "--action", "audit", "--json", "-", "--home", str(home)]) == 0
    assert [line["number"] for line in json.loads(capsys.readouterr().out)] == [4]


def test_what_was_kept_long_enough_is_swept_and_the_chain_stays_whole(home: Path) -> None:
    with open_audit(Settings(home=home)) as audit:
        old = datetime.now(UTC) - timedelta(days=500)
        SqlConversations(audit.engine).create("old", old)
        SqlConversations(audit.engine).create("new", datetime.now(UTC))
        audit.record(Act(actor="li", action="case.opened", subject="case/1", details={"a": "b"}, about="x"), at=old)
    assert run(["audit", "sweep", "--home", str(home)]) == 0
    assert run(["audit", "forget", "nobody", "--why", "本人申请", "--home", str(home)]) == 0
    assert run(["audit", "verify", "--home", str(home)]) == 0
    with open_audit(Settings(home=home)) as audit:
        kept = SqlConversations(audit.engine)
        assert kept.turns("old") is None
        assert kept.turns("new") == ()
