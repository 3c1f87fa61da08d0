"""Evaluation runs over HTTP: the quality role starts them, others look at most, and a report can load nothing."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

import httpx
from argon2 import PasswordHasher

from app import create_app
from assistant.identity.accounts import SqlAccounts
from assistant.identity.passwords import Passwords
from assistant.identity.permissions import Permissions
from assistant.identity.sign_in import EXAMPLE_PASSWORD, SignIn, keep_examples
from assistant.operation.runs import EvaluationRuns
from assistant.storage.migrating import upgrade_to_head
from assistant.web.staff import CSRF_HEADER, Staff
from knowledge.storage.engine import open_engine, sqlite_url
from tests.fakes.scripted_console import scripted_console
from tests.fakes.scripted_product import scripted_services

NOW = datetime(2026, 11, 22, 1, 0, tzinfo=UTC)
CHEAP = Passwords(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
NAME = "20261122-010000-answers"


@asynccontextmanager
async def a_console(home: Path) -> AsyncIterator[httpx.AsyncClient]:
    engine = open_engine(sqlite_url(home))
    upgrade_to_head(engine)
    accounts, secrets = SqlAccounts(engine), count()
    keep_examples(accounts, CHEAP, NOW)
    sign_in = SignIn(accounts, CHEAP, lambda: f"secret-{next(secrets)}")
    staff = Staff(sign_in=sign_in, permissions=Permissions(), clock=lambda: NOW, examples=True)
    services = scripted_services()
    console = replace(
        scripted_console(services, staff, engine), runs=EvaluationRuns(home, command=("true",)), clock=lambda: NOW
    )
    transport = httpx.ASGITransport(create_app(services, staff, console), client=("127.0.0.1", 1))
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as browser:
        yield browser
    engine.dispose()


async def sign_in(browser: httpx.AsyncClient, account: str) -> dict[str, str]:
    answer = await browser.post("/api/staff/session", json={"account": account, "password": EXAMPLE_PASSWORD})
    assert answer.status_code == 201, answer.text
    return {CSRF_HEADER: str(answer.json()["csrf_token"])}


def finished(home: Path) -> None:
    """What a run leaves."""
    folder = home / "runs" / NAME
    folder.mkdir(parents=True)
    about = {"task": "answers", "title": "t", "started_at": NOW.isoformat(), "started_by": "li", "total": 1}
    (folder / "run.json").write_text(json.dumps(about), encoding="utf-8")
    (folder / "result.json").write_text("{}", encoding="utf-8")
    measured = {"fact_recall": {"value": 1.0, "ci95": [0.2, 1.0], "n": 1}}
    broken = {"n": 7, "first": [{"line": 2, "reason": "question: Field required"}]}
    told = {"config": {}, "metrics": measured, "broken_lines": broken}
    (folder / "history.jsonl").write_text(json.dumps(told) + "\n", encoding="utf-8")
    (folder / "report.html").write_text("<script>1</script>", encoding="utf-8")


async def test_only_the_quality_role_starts_a_run_and_a_large_dataset_is_taken(tmp_path: Path) -> None:
    dataset = json.dumps({"id": "a", "question": "居住证" * 40_000}, ensure_ascii=False)
    async with a_console(tmp_path) as browser:
        assert (await browser.post("/api/console/runs/answers", content=dataset)).status_code == 401
        editor = await sign_in(browser, "editor")
        assert (await browser.post("/api/console/runs/answers", content=dataset, headers=editor)).status_code == 403
        quality = await sign_in(browser, "quality")
        answer = await browser.post("/api/console/runs/answers", content=dataset, headers=quality)
        assert answer.status_code == 202, answer.text
        assert (answer.json()["total"], answer.json()["title"]) == (1, "上传的数据集")


async def test_only_a_line_feed_ends_a_case_and_a_mark_of_byte_order_is_no_part_of_it(tmp_path: Path) -> None:
    lines = ["居住证\u2028怎么办", "落户\u0085怎么办"]
    cases = (json.dumps({"id": one, "question": one}, ensure_ascii=False) for one in lines)
    async with a_console(tmp_path) as browser:
        quality = await sign_in(browser, "quality")
        dataset = "\r\n".join(cases).encode("utf-8-sig")
        answer = await browser.post("/api/console/runs/answers", content=dataset, headers=quality)
        assert answer.json()["total"] == len(lines)
    (kept,) = (tmp_path / "runs").glob("*/data.jsonl")
    assert [json.loads(line)["id"] for line in kept.read_text(encoding="utf-8").split("\n") if line] == lines


async def test_what_holds_no_case_is_refused_with_a_word_on_what_is_wanted(tmp_path: Path) -> None:
    async with a_console(tmp_path) as browser:
        quality = await sign_in(browser, "quality")
        for task, dataset, code in (
            ("answers", b"PK\x03\x04 no dataset", "no_dataset"),
            ("retrieval", b"{}", "no_retrieval_archive"),
        ):
            answer = await browser.post(f"/api/console/runs/{task}", content=dataset, headers=quality)
            assert (answer.status_code, answer.json()["error"]["code"]) == (409, code)
        assert (await browser.get("/api/console/runs")).json() == []


async def test_without_saved_cases_there_is_nothing_to_run(tmp_path: Path) -> None:
    async with a_console(tmp_path) as browser:
        quality = await sign_in(browser, "quality")
        assert (await browser.post("/api/console/runs/answers", headers=quality)).status_code == 409


async def test_a_report_opens_alone_and_can_load_nothing(tmp_path: Path) -> None:
    finished(tmp_path)
    async with a_console(tmp_path) as browser:
        assert (await browser.get(f"/api/console/runs/{NAME}/report")).status_code == 401
        await sign_in(browser, "editor")
        (run,) = (await browser.get("/api/console/runs")).json()
        assert (run["state"], run["metrics"][0]["value"]) == ("done", 1.0)
        assert (run["broken"], run["broken_lines"][0]["reason"]) == (7, "question: Field required")
        report = await browser.get(f"/api/console/runs/{NAME}/report")
        policy = report.headers["content-security-policy"]
        assert policy.startswith("sandbox allow-scripts; default-src 'none'")
        assert "allow-same-origin" not in policy


async def test_only_files_of_a_run_are_handed_out(tmp_path: Path) -> None:
    finished(tmp_path)
    async with a_console(tmp_path) as browser:
        await sign_in(browser, "editor")
        assert (await browser.get(f"/api/console/runs/{NAME}/files/result")).status_code == 200
        assert (await browser.get(f"/api/console/runs/{NAME}/files/run.json")).status_code == 404
        assert (await browser.get("/api/console/runs/20200101-000000-answers/report")).status_code == 404
