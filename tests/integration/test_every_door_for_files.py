"""Each address that takes files: programs are refused with what to do, and what is kept is shown as what it is."""

import re
from collections.abc import Iterator

import pytest

from tests.fakes.asking_routes import ask, routes_of
from tests.fakes.whole_product import Who, WholeProduct, whole_product

DOORS = {
    "POST /api/cases/files": Who.OWNER,
    "POST /api/handoff/files": Who.OWNER,
    "POST /api/desk/files": Who.HANDED,
    "POST /api/console/uploads": Who.OFFICE,
}
TAKES_DATASETS = "POST /api/console/runs/{task}"
PROGRAMS = (b"MZ\x90\0" + bytes(40), b"\x7fELF\x02\x01" + bytes(40), b"#!/bin/sh\nid\n", b"<?php id();")
POLYGLOT = b"\x89PNG\r\n\x1a\n<html><script>alert(1)</script></html>"
CHINESE = re.compile(r"[\u4e00-\u9fff].*请")


@pytest.fixture(scope="module")
def product(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WholeProduct]:
    with whole_product(tmp_path_factory.mktemp("home")) as product:
        yield product


def test_these_are_all_doors(product: WholeProduct) -> None:
    document = product.client.get("/api/openapi.json").json()
    taking = {r.label for r in routes_of(document) if re.search(r"(?:files|uploads)$", r.path) and r.method == "POST"}
    assert taking == set(DOORS)


@pytest.mark.parametrize("content", PROGRAMS, ids=["windows", "linux", "script", "php"])
def test_a_program_is_refused_at_every_door_and_it_is_said_what_to_do(product: WholeProduct, content: bytes) -> None:
    document, objects = product.client.get("/api/openapi.json").json(), product.objects()
    routes = {route.label: route for route in routes_of(document)}
    for door, who in DOORS.items():
        sends = {"name": "照片.png", "part": product.item, "material": "m1", "bytes": content.hex()}
        answer = ask(product, document, routes[door], who, objects, sends)
        assert 400 <= answer.status_code < 500, (door, answer.text)
        assert CHINESE.search(answer.json()["error"]["message"]), (door, answer.text)
    product.over(objects)


def test_a_picture_that_is_a_page_as_well_is_handed_out_as_a_file_that_nothing_runs(product: WholeProduct) -> None:
    objects = product.objects()
    headers = product.headers[Who.OWNER]
    asked = {"conversation": objects["conversation_id"], "name": "a.html"}
    kept = product.client.post("/api/handoff/files", params=asked, content=POLYGLOT, headers=headers)
    if kept.status_code == 201:
        taken = product.client.get(kept.json()["url"], headers=headers)
        assert taken.headers["content-type"] == "image/png"
        assert taken.headers["content-disposition"].startswith("attachment")
        assert taken.headers["x-content-type-options"] == "nosniff"
        assert "default-src 'none'" in taken.headers["content-security-policy"]
    else:
        assert kept.status_code == 409
    product.over(objects)
