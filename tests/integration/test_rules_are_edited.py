"""Review rules over HTTP: edited as a table, tried, published by a second person, followed by another process."""

import asyncio
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import lru_cache
from itertools import count
from pathlib import Path

import httpx
import pytest
from argon2 import PasswordHasher
from sqlalchemy import Engine

from app import create_app
from assistant.audit.acts import MemoryAudit
from assistant.cases import happenings as h
from assistant.cases.happenings import CITIZEN, Channel, FactsKept, KeptFact
from assistant.cases.rules_in_force import RulesInForce
from assistant.identity.accounts import SqlAccounts
from assistant.identity.passwords import Passwords
from assistant.identity.permissions import Permissions
from assistant.identity.sign_in import EXAMPLE_PASSWORD, SignIn, keep_examples
from assistant.storage.cases import SqlCases
from assistant.storage.migrating import upgrade_to_head
from assistant.storage.rule_versions import RuleVersions
from assistant.web.staff import CSRF_HEADER, Staff
from knowledge.corpus.item_sheets import read_item
from knowledge.corpus.shape import SHIPPED
from knowledge.corpus.yaml_reading import read_yaml
from knowledge.items import ServiceItem
from knowledge.storage.engine import open_engine, sqlite_url
from prefill.review.application import Application
from prefill.review.reviewing import review
from prefill.review.rulebook import shipped_rules
from tests.fakes.databases import postgresql
from tests.fakes.scripted_console import scripted_console
from tests.fakes.scripted_product import scripted_services
from tests.fakes.small_knowledge import SmallKnowledge

ROOT = Path(__file__).resolve().parents[2]
NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
CHEAP = Passwords(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
ITEM = "gjj_rent"
RULES = f"/api/console/rules/{ITEM}"
ANOTHER_PROCESS = """
import sys
from datetime import date
from assistant.cases.rules_in_force import RulesInForce
from assistant.storage.rule_versions import RuleVersions
from knowledge.storage.engine import open_engine
from prefill.review.rulebook import shipped_rules
rules = RulesInForce(RuleVersions(open_engine(sys.argv[1]), shipped_rules))
print(rules().rules_for("gjj_rent", date(2026, 11, 23)).point("c1").rows[0].cells)
"""
SHOWN_ONLY = ("text", "kind", "is_unverified", "bases")
Json = dict[str, object]


@lru_cache(maxsize=1)
def the_item() -> ServiceItem:
    values = read_yaml((SHIPPED / "items" / f"{ITEM}.yaml").read_bytes())
    assert isinstance(values, dict)
    return read_item(values)


class OneItem(SmallKnowledge):
    """The shipped sheet of one item."""

    def items(self, as_of: date) -> tuple[ServiceItem, ...]:
        return (the_item(),)

    def item(self, slug: str, as_of: date) -> ServiceItem | None:
        return the_item() if slug == ITEM else None


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    if request.param == "sqlite":
        yield sqlite_url(tmp_path / "home")
    else:
        with postgresql(tmp_path / "server") as served:
            yield served


@dataclass
class Visit:
    """A browser with three colleagues, and the database behind."""

    browser: httpx.AsyncClient
    engine: Engine
    audit: MemoryAudit
    headers: dict[str, dict[str, str]]

    async def send(self, who: str, method: str, path: str, body: object = None, tag: str = "") -> httpx.Response:
        """One request of a colleague."""
        session = await self.browser.post("/api/staff/session", json={"account": who, "password": EXAMPLE_PASSWORD})
        headers = {CSRF_HEADER: str(session.json()["csrf_token"]), "If-Match": tag}
        return await self.browser.request(method, path, json=body, headers=headers)


@asynccontextmanager
async def a_visit(url: str) -> AsyncIterator[Visit]:
    engine = open_engine(url)
    upgrade_to_head(engine)
    accounts, secrets, audit = SqlAccounts(engine), count(), MemoryAudit()
    keep_examples(accounts, CHEAP, NOW)
    sign_in = SignIn(accounts, CHEAP, lambda: f"secret-{next(secrets)}")
    staff = Staff(sign_in=sign_in, permissions=Permissions(), clock=lambda: NOW, examples=True, audit=audit)
    services = replace(scripted_services(), knowledge=OneItem())
    console = replace(scripted_console(services, staff, engine), clock=lambda: NOW)
    transport = httpx.ASGITransport(create_app(services, staff, console), client=("127.0.0.1", 1))
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as browser:
        yield Visit(browser, engine, audit, {})
    engine.dispose()


def as_edit(sheet: Json, **changes: object) -> Json:
    keys = ("owner", "effective_from", "effective_to")
    facts, points = sheet["facts"], sheet["points"]
    assert isinstance(facts, list)
    assert isinstance(points, list)
    edited = {
        "facts": [{"name": fact["name"], "text": fact["text"]} for fact in facts],
        "points": [{key: value for key, value in point.items() if key not in SHOWN_ONLY} for point in points],
    }
    return {key: sheet[key] for key in keys} | edited | changes


def points_of(sheet: Json) -> dict[str, Json]:
    points = sheet["points"]
    assert isinstance(points, list)
    return {point["id"]: point for point in points}


def stricter(sheet: Json) -> Json:
    """Six months of contributions instead of three."""
    point = points_of(sheet)["c1"]
    point["rows"] = [
        {
            "cells": {"months": {"test": "less", "values": ["6"]}},
            "then": "fail",
            "say": "缴存{months}个月，不满6个月。",
        },
        {"cells": {"months": {"test": "at_least", "values": ["6"]}}, "then": "pass"},
    ]
    point["examples"] = [
        {"facts": {"months": 6}, "result": "pass"},
        {"facts": {"months": 5}, "result": "fail"},
    ]
    return as_edit(sheet)


def a_case(engine: Engine, months: int) -> str:
    """A stored case whose register told so many months."""
    cases = SqlCases(engine)
    opened = h.Opened(item=ITEM, parts=(ITEM,), region="上海市", channel=Channel.PAGE, code=f"T{months}AB2CD3")
    case = cases.open(f"case-{months}", "holder", opened, actor=CITIZEN, at=NOW)
    file = h.FileAdded(
        file="f1",
        part=ITEM,
        material="m1",
        name="身份证.jpg",
        media_type="image/jpeg",
        size=1,
        kind="居民身份证",
        readable=True,
        fields={"公积金连续缴存月数": str(months)},
    )
    kept = FactsKept((KeptFact(key="field:姓名", value="测试人", kind="entered", source="您填写的", confidence=1.0),))
    cases.add(case.id, [kept, file], on=case.version, actor=CITIZEN, at=NOW, contents={"f1": b"x"})
    return case.code


async def test_a_table_is_edited_tried_published_by_a_second_person_followed_elsewhere_and_taken_back(
    url: str,
) -> None:
    async with a_visit(url) as visit:
        code, _ = a_case(visit.engine, 4), a_case(visit.engine, 9)
        sheet = (await visit.send("editor", "GET", RULES)).json()
        assert (sheet["status"], sheet["draft"], sheet["problems"]) == ("draft", None, [])
        assert points_of(sheet)["c1"]["bases"]
        edit = stricter(sheet)
        tried = await visit.send("editor", "POST", f"{RULES}/try", {"edit": edit, "facts": {"months": 4}})
        point = next(one for one in tried.json()["points"] if one["id"] == "c1")
        assert (point["result"], point["row"], point["before"]) == ("fail", 1, "pass")
        past = (await visit.send("editor", "POST", f"{RULES}/past", edit)).json()
        assert past["looked_at"] == 2
        assert [(one["code"], one["points"]) for one in past["changed"]] == [(code, ["c1：通过 → 退回"])]
        saved = await visit.send("editor", "PUT", RULES, edit | {"why": "按新规定"}, tag=sheet["tag"])
        assert saved.status_code == 200, saved.text
        tag = saved.json()["tag"]
        assert saved.json()["changes"] == ["c1：新增或修改2行，去掉或改掉2行"]
        assert (await visit.send("editor", "POST", f"{RULES}/publish", {"why": "发布"}, tag=tag)).status_code == 403
        done = await visit.send("reviewer", "POST", f"{RULES}/publish", {"why": "核对过了"}, tag=tag)
        assert done.status_code == 200, done.text
        assert (done.json()["status"], done.json()["approved_by"]["id"]) == ("approved", "reviewer")
        assert "knowledge.publish" in {act.action for act in visit.audit.acts}
        command = [sys.executable, "-c", ANOTHER_PROCESS, url]
        told = await asyncio.to_thread(subprocess.check_output, command, cwd=ROOT, text=True)
        assert told.strip() == "{'months': '< 6'}"
        version = done.json()["versions"][0]["id"]
        back = await visit.send("reviewer", "POST", f"{RULES}/versions/{version}/withdraw", {"why": "写错了"})
        assert back.json()["status"] == "draft"
        assert [entry["action"] for entry in back.json()["history"]] == ["saved", "published", "withdrawn"]


async def test_two_editors_at_once_lose_nothing_and_an_earlier_version_comes_back(tmp_path: Path) -> None:
    async with a_visit(sqlite_url(tmp_path)) as visit:
        sheet = (await visit.send("editor", "GET", RULES)).json()
        edit = stricter(sheet) | {"why": "第一位"}
        first = await visit.send("editor", "PUT", RULES, edit, tag=sheet["tag"])
        second = await visit.send("editor", "PUT", RULES, edit | {"owner": "另一位写的"}, tag=sheet["tag"])
        assert (first.status_code, second.status_code) == (200, 409)
        assert "别人已经改过" in second.json()["error"]["message"]
        assert (await visit.send("editor", "GET", RULES)).json()["owner"] == sheet["owner"]
        tag = first.json()["tag"]
        await visit.send("reviewer", "POST", f"{RULES}/publish", {"why": "核对过了"}, tag=tag)
        held = (await visit.send("editor", "GET", RULES)).json()
        order = {"why": "恢复", "version": "shipped"}
        restored = await visit.send("editor", "POST", f"{RULES}/restore", order, tag=held["tag"])
        assert restored.json()["draft"] == "draft"
        assert "['3']" in str(points_of(restored.json())["c1"]["rows"])


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"cells": {}, "then": "fail"}, "没有任何条件，会让所有人都退回"),
        ({"cells": {"months": {"test": "at_least", "values": ["三"]}}, "then": "pass"}, "“三”不是数字"),
        ({"cells": {"months": {"test": "within", "values": ["9", "3"]}}, "then": "pass"}, "范围写反了"),
        ({"cells": {"nothing": {"test": "yes"}}, "then": "pass"}, "没有这个事实"),
        ({"cells": {"months": {"test": "yes"}}, "then": "pass"}, "不能这样比"),
        ({"cells": {"months": {"test": "written", "values": ["> ("]}}, "then": "pass"}, "表达式读不懂"),
    ],
)
async def test_an_odd_row_is_told_in_plain_words_and_never_saved(change: Json, sentence: str, tmp_path: Path) -> None:
    async with a_visit(sqlite_url(tmp_path)) as visit:
        sheet = (await visit.send("editor", "GET", RULES)).json()
        edit = as_edit(sheet)
        rows = points_of(edit)["c1"]["rows"]
        assert isinstance(rows, list)
        rows.append({"say": "不行", **change})
        problems = (await visit.send("editor", "POST", f"{RULES}/check", edit)).json()["problems"]
        assert any(sentence in problem["sentence"] and problem["blocks"] for problem in problems), problems
        saved = await visit.send("editor", "PUT", RULES, edit | {"why": "试试"}, tag=sheet["tag"])
        assert saved.status_code == 422


async def test_rules_of_a_later_day_wait_for_it(tmp_path: Path) -> None:
    async with a_visit(sqlite_url(tmp_path)) as visit:
        sheet = (await visit.send("editor", "GET", RULES)).json()
        edit = stricter(sheet) | {"why": "明年起"}
        tag = (await visit.send("editor", "PUT", RULES, edit, tag=sheet["tag"])).json()["tag"]
        order = {"why": "核对过了", "holds_from": "2027-01-01"}
        await visit.send("reviewer", "POST", f"{RULES}/publish", order, tag=tag)
        book = RulesInForce(RuleVersions(visit.engine, shipped_rules))()
        results = []
        for day in (date(2026, 12, 31), date(2027, 1, 1)):
            application = Application(item=ITEM, today=day, form={"公积金连续缴存月数": 4})
            results.append(review(application, the_item(), book).points["c1"].rule)
        office, basis = "市公积金管理中心：", "；要求有法规或官方指南的出处"
        assert results == [f"{office}草稿，部门还没有审核{basis}", f"{office}2026年11月23日审核发布{basis}"]


async def test_fields_that_no_rule_needs_are_a_list_and_a_file(tmp_path: Path) -> None:
    async with a_visit(sqlite_url(tmp_path)) as visit:
        report = (await visit.send("editor", "GET", "/api/console/fewer")).json()
        file = await visit.send("editor", "GET", "/api/console/fewer.csv")
        assert report["rows"]
        assert len(file.text.strip().splitlines()) == len(report["rows"]) + 1


async def test_rules_that_came_with_the_product_are_approved_together_by_somebody_who_looked(tmp_path: Path) -> None:
    async with a_visit(sqlite_url(tmp_path)) as visit:
        listed = (await visit.send("reviewer", "GET", "/api/console/rules", None)).json()
        assert (listed["approved"], listed["rows"][0]["status"]) == (0, "draft")
        order = {"why": "逐条看过", "change": listed["change"], "items": [ITEM]}
        approve = "/api/console/rules/approve"
        assert (await visit.send("editor", "POST", approve, order)).status_code == 403
        done = await visit.send("reviewer", "POST", approve, order)
        assert done.status_code == 204, done.text
        listed = (await visit.send("reviewer", "GET", "/api/console/rules")).json()
        assert (listed["approved"], listed["rows"][0]["status"]) == (1, "approved")
        sheet = (await visit.send("reviewer", "GET", RULES)).json()
        assert (sheet["approved_by"]["id"], sheet["history"][-1]["why"]) == ("reviewer", "逐条看过")
        assert sheet["versions"][0]["authors"][0]["name"] == "随产品"
        again = await visit.send("reviewer", "POST", approve, order)
        assert again.status_code == 409
        version = sheet["versions"][0]["id"]
        back = await visit.send("reviewer", "POST", f"{RULES}/versions/{version}/withdraw", {"why": "还要看"})
        assert back.json()["status"] == "draft"


async def test_a_draft_is_never_approved_in_passing(tmp_path: Path) -> None:
    async with a_visit(sqlite_url(tmp_path)) as visit:
        sheet = (await visit.send("editor", "GET", RULES)).json()
        await visit.send("editor", "PUT", RULES, stricter(sheet) | {"why": "改一改"}, tag=sheet["tag"])
        order = {"why": "逐条看过", "change": 0, "items": [ITEM]}
        assert (await visit.send("reviewer", "POST", "/api/console/rules/approve", order)).status_code == 409
        assert (await visit.send("reviewer", "GET", RULES)).json()["status"] == "draft"
