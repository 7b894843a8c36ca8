"""A plan that lets more callers, or more requests, through than before is found out."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
import tomlkit
from tests.review.golden import report_of

from apitool.project.load import load
from apitool.project.openapi import document

GUARDED = Path(__file__).parents[1] / "e2e" / "guarded"
ADDRESS = "module.rest_api.aws_api_gateway_rest_api.this"


@pytest.fixture
def body(tmp_path):
    """`body(change)`: the OpenAPI body of the guarded project after `change` of its file."""
    shutil.copytree(GUARDED, tmp_path, dirs_exist_ok=True)
    written = (GUARDED / "apitool.toml").read_text()

    def of(change=lambda _: None):
        data = tomlkit.parse(written).unwrap()
        change(data)
        (tmp_path / "apitool.toml").write_text(tomlkit.dumps(data))
        project = load(tmp_path).project
        return json.dumps(document(project, project.stages["dev"], account_id="1" * 12))

    return of


def planned(before, after):
    return {
        "format_version": "1.2",
        "resource_changes": [
            {
                "address": ADDRESS,
                "mode": "managed",
                "type": "aws_api_gateway_rest_api",
                "name": "this",
                "change": {
                    "actions": ["update"],
                    "before": before,
                    "after": after,
                    "after_unknown": {},
                    "before_sensitive": {},
                    "after_sensitive": {},
                },
            }
        ],
    }


def found(before, after):
    sides = ({"name": "guarded-dev", "body": side} for side in (before, after))
    return {(each.rule, each.subject) for each in report_of(planned(*sides)).findings}


def of_route(key, **settings):
    def change(data):
        route = data["routes"][key]
        data["routes"][key] = {**({"function": route} if isinstance(route, str) else route), **settings}

    return change


def of_authorizer(name, **settings):
    return lambda data: data["authorizers"][name].update(settings)


CASES = {
    "no authorizer": (of_route("GET /staff", authorizer="none"), {("authorization-lowered", "GET /staff")}),
    "no key": (of_route("GET /metered", api_key=False), {("authorization-lowered", "GET /metered")}),
    "no scopes": (of_route("GET /people", scopes=[]), {("authorization-lowered", "GET /people")}),
    "one scope more": (
        of_route("GET /people", scopes=["orders/read", "orders/any"]),
        {("scopes-widened", "GET /people")},
    ),
    "no validator": (
        lambda data: [data["routes"]["POST /orders"].pop(key) for key in ("validator", "model")],
        {("validation-removed", "POST /orders")},
    ),
    "half a validator": (
        of_route("POST /orders", validator="body"),
        {("validation-removed", "POST /orders")},
    ),
    "another function that decides": (
        of_authorizer("staff", function="orders"),
        {("authorizer-changed", "authorizer staff")},
    ),
    "another token": (
        of_authorizer("staff", identity_validation=".*"),
        {("authorizer-changed", "authorizer staff")},
    ),
    "answers kept for longer": (of_authorizer("staff", ttl=5), set()),
    "nothing": (lambda _: None, set()),
}


@pytest.mark.parametrize(("change", "findings"), CASES.values(), ids=CASES)
def test_what_lets_more_through_is_found(body, change, findings):
    assert found(body(), body(change)) == findings


def test_the_other_way_round_nothing_is_found(body):
    for change, _ in (CASES[name] for name in ("no authorizer", "no key", "half a validator")):
        assert found(body(change), body()) == set()
