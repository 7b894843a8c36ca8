"""How near an API is to AWS's quotas."""

from __future__ import annotations

import json

import pytest
from tests.project.example import changed, project_folder

from apitool.project.load import load
from apitool.project.openapi import document
from apitool.project.quotas import uses

ROUTE = '"GET /orders" = "orders"\n'


@pytest.fixture
def used(tmp_path):
    def of(routes):
        project = load(project_folder(tmp_path, changed(ROUTE, routes))).project
        return {use.what: use for use in uses(project, project.stages["dev"])}

    return of


def test_the_root_and_each_part_of_a_path_are_resources(used):
    assert str(used('"GET /a/b" = "orders"\n"PUT /a/{id}" = "orders"\n')["resources"]) == "resources 4 of 300"


def test_300_resources_are_near_and_the_policy_does_not_grow(used):
    few = used(ROUTE)
    many = used("".join(f'"GET /r{number}" = "orders"\n' for number in range(299)))
    assert (few["resources"].near, many["resources"].near) == (False, True)
    policies = [each["largest permission policy"].used for each in (few, many)]
    assert policies[0] == policies[1] < 1_100
    assert not many["OpenAPI body"].near


def test_the_body_is_counted_in_bytes(tmp_path):
    project = load(
        project_folder(tmp_path, changed("[routes]", '[api]\ndescription = "ü"\n[routes]'))
    ).project
    body = json.dumps(
        document(project, project.stages["dev"], account_id="1" * 12),
        separators=(",", ":"),
        ensure_ascii=False,
    )
    found = next(use for use in uses(project, project.stages["dev"]) if use.what == "OpenAPI body")
    assert found.used == len(body.encode()) == len(body) + 1
