"""`xiaoshen knowledge` on a real home: what an operator sees, and the exit statuses that alarms rely on."""

import json
from datetime import date
from pathlib import Path

import pytest

from assistant.bootstrap import open_keeping
from assistant.settings import Settings
from cli.main import run
from knowledge.storage.four_eyes import OPERATOR
from tests.fakes.sheets import a_document

RULE = "灯塔开放日每场参观人数不得超过{}人。"


def quiet(_line: str) -> None:
    """Nobody listens."""


@pytest.fixture(name="home", scope="module")
def _home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with one published rule, and a draft of it that should answer from today on."""
    home = tmp_path_factory.mktemp("home")
    with open_keeping(Settings(home=home), say=quiet) as keeping:
        old, new = (
            a_document(name="lighthouse.txt", body=RULE.format(count), effective_from=begins)
            for count, begins in ((731, date(2020, 1, 1)), (900, keeping.today()))
        )
        drafts, now = keeping.knowledge.documents, keeping.now()
        drafts.save_all((old,), now=now, actor="xiaoshen", publish_why="ordered", approved_by=OPERATOR)
        drafts.save(new, now=now, actor="王")
    return home


def said(home: Path, tmp_path: Path, *arguments: str, status: int = 0) -> list[dict[str, object]]:
    """Run a command and read its JSON."""
    file = tmp_path / "out.json"
    assert run(["knowledge", *arguments, "--home", str(home), "--json", str(file)]) == status
    found: list[dict[str, object]] = json.loads(file.read_text(encoding="utf-8"))
    return found


def test_a_draft_that_should_answer_already_is_late_until_somebody_publishes_it(home: Path, tmp_path: Path) -> None:
    (due,) = said(home, tmp_path, "due", status=1)
    assert (due["source"], due["alarming"]) == ("documents/lighthouse.txt", True)
    draft, published = said(home, tmp_path, "versions", "lighthouse.txt")
    assert (draft["state"], published["state"]) == ("draft", "published")
    assert published["approved_by"] == ["operator console"]
    changes = json.loads(
        json.dumps(said(home, tmp_path, "difference", str(published["version"]), str(draft["version"])))
    )
    assert [change["kind"] for change in changes["changes"]] == ["changed"]
    by = ["--by", "李", "--why", "compared with the original", "--home", str(home)]
    assert run(["knowledge", "publish", str(draft["version"]), *by]) == 0
    assert said(home, tmp_path, "due") == []
    assert [v["state"] for v in said(home, tmp_path, "versions", "lighthouse.txt")] == ["published", "superseded"]


def test_the_work_lists_are_empty_where_nothing_is_wrong(home: Path, tmp_path: Path) -> None:
    assert said(home, tmp_path, "conflicts") == []


def test_an_unknown_version_is_one_sentence_and_status_one(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["knowledge", "publish", "nothing", "--by", "李", "--why", "x", "--home", str(home)]
    assert run(arguments) == 1
    assert "No version nothing" in capsys.readouterr().err
