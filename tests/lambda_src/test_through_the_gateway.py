"""The sample handler behind the gateway's own rules: routes, exact events, the response contract."""

from __future__ import annotations

from pathlib import Path

import pytest

from apitool.project.load import load
from apitool.project.stages import stage_named
from apitool.testing.client import Api
from apitool.testing.handlers import Handlers

ROOT = Path(__file__).parents[2]


@pytest.fixture
def gateway(api, environment, monkeypatch):  # noqa: ARG001 - it brings the table
    """The sample API; `api` is the conftest's, not the plugin's."""

    def prepare(_name: str) -> None:
        for name, value in environment.items():
            monkeypatch.setenv(name, value)

    project = load(ROOT).project
    return Api(project, stage_named(project, "dev"), Handlers(), prepare)


def test_an_order_is_created_read_and_deleted(gateway):
    created = gateway.post("/orders", json={"item": "tea", "quantity": 2})
    assert created.status == 201
    order_id = created.json()["orderId"]
    assert created.header("Location") == f"/dev/orders/{order_id}"
    assert gateway.get(f"/orders/{order_id}").json()["item"] == "tea"
    assert gateway.delete(f"/orders/{order_id}").status == 204


def test_what_is_wrong_with_a_request_is_said_with_cors_headers(gateway):
    answer = gateway.post("/orders", body="{", headers={"Content-Type": "application/json"})
    assert answer.status == 400
    assert answer.header("Access-Control-Allow-Origin") == "*"


def test_verbs_without_a_route_never_reach_the_handler(gateway):
    answer = gateway.patch("/orders")
    assert (answer.status, answer.event) == (403, None)
    assert gateway.options("/orders").status == 204
