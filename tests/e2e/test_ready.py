"""Whoever watches the process hears whether it answers, and whether it answers worse than it should."""

from dataclasses import replace

from starlette.testclient import TestClient

from app import create_app
from tests.fakes.scripted_product import scripted_services


def test_a_degraded_index_is_told_and_does_not_take_the_product_out_of_service() -> None:
    services = replace(scripted_services(), degraded=lambda: "The index has lost a file.")
    with TestClient(create_app(services)) as client:
        answer = client.get("/api/ready")
    assert (answer.status_code, answer.json()["status"]) == (200, "degraded")
    assert "lost a file" in answer.json()["problem"]


def test_a_product_that_cannot_answer_is_not_ready_whatever_else_is_degraded() -> None:
    services = replace(scripted_services(), not_ready=lambda: "No database.", degraded=lambda: "No index.")
    with TestClient(create_app(services)) as client:
        answer = client.get("/api/ready")
    assert (answer.status_code, answer.json()["problem"]) == (503, "No database.")
