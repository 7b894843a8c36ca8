"""An API of explicit resources: applied, changed in place in every argument that can be, and destroyed.

What the embedded AWS answers 200 to and does not keep shows as a plan that is not empty.
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from tests.local.terraform_root import Root, client_of

from apitool.local import service

if TYPE_CHECKING:
    from collections.abc import Iterator

    from apitool.local.endpoint import Endpoint

pytestmark = [pytest.mark.embedded, pytest.mark.terraform]

CONFIGURATIONS = Path(__file__).parent / "configuration"
BEFORE = {"word": "before", "number": "1", "flag": "false"}
AFTER = {"word": "after", "number": "2", "flag": "true"}


@pytest.fixture
def endpoint(tmp_path: Path) -> Iterator[Endpoint]:
    """One of its own, in which nothing may be left."""
    yield service.ensure(tmp_path / "project", region="eu-central-1")
    service.stop(tmp_path / "project")


def variables(values: dict[str, str]) -> list[str]:
    return [f"-var={name}={value}" for name, value in values.items()]


def test_every_argument_is_changed_in_place_and_kept(tmp_path: Path, endpoint: Endpoint) -> None:
    clients = client_of(endpoint)
    root = Root(tmp_path / "root", endpoint, CONFIGURATIONS / "explicit")
    root.run("init", "-lockfile=readonly")
    root.run("apply", "-auto-approve", *variables(BEFORE))
    changed = root.run("apply", "-auto-approve", *variables(AFTER))
    assert "Resources: 0 added, 29 changed, 0 destroyed." in changed  # all but a plan's key and `/parent`
    assert "No changes." in root.run("plan", "-detailed-exitcode", *variables(AFTER))
    assert_works_as_changed(clients("apigateway"))
    root.run("destroy", "-auto-approve", *variables(AFTER))
    assert left(clients("apigateway")) == []


@pytest.mark.slow
def test_every_argument_that_can_be_left_out_is_taken_back(tmp_path: Path, endpoint: Endpoint) -> None:
    root = Root(tmp_path / "root", endpoint, CONFIGURATIONS / "explicit")
    root.run("init", "-lockfile=readonly")
    root.run("apply", "-auto-approve", *variables(AFTER))
    shutil.copy(CONFIGURATIONS / "bare" / "main.tf", root.folder)
    changed = root.run("apply", "-auto-approve")
    assert "Resources: 0 added, 25 changed, 2 destroyed." in changed  # the private API, the method settings
    assert "No changes." in root.run("plan", "-detailed-exitcode")
    root.run("destroy", "-auto-approve")
    assert left(client_of(endpoint)("apigateway")) == []


def assert_works_as_changed(gateway: Any) -> None:
    """Validator, model, parameters, both templates and a mapped header: all as they were changed."""
    api = next(each["id"] for each in gateway.get_rest_apis()["items"] if each["name"] != "private")
    resources = {each["path"]: each["id"] for each in gateway.get_resources(restApiId=api)["items"]}
    at = {"restApiId": api, "resourceId": resources["/parent/after"], "httpMethod": "POST"}
    request = {
        "pathWithQueryString": "/parent/after?both=1&after=1",
        "headers": {"Content-Type": "application/json"},
    }
    answer = gateway.test_invoke_method(**at, **request, body='{"after": 1}')
    assert (answer["status"], json.loads(answer["body"])) == (200, {"word": "after"})
    assert (answer["headers"]["both"], answer["headers"]["after"]) == ("after", "own")
    refused = gateway.test_invoke_method(**at, **request, body='{"before": 1}')
    assert (refused["status"], json.loads(refused["body"])) == (400, {"message": "Invalid request body"})


def left(gateway: Any) -> list[dict[str, Any]]:
    listings = (
        gateway.get_rest_apis,
        gateway.get_api_keys,
        gateway.get_usage_plans,
        gateway.get_domain_names,
        gateway.get_vpc_links,
        gateway.get_client_certificates,
    )
    return [each for listing in listings for each in listing()["items"]]
