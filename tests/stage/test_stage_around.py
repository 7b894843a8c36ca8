"""What `endpoint`, `domain` and `production` of a stage mean to the commands."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from tests.project.example import EXAMPLE, project_folder

from apitool.commands.logs.chosen import need_consent
from apitool.errors import UsageError
from apitool.project.load import load
from apitool.project.model import Endpoint, Stage
from apitool.project.openapi import document
from apitool.stage import address

EXECUTE_API, CUSTOM = "https://a1b2c3.execute-api.eu-central-1.amazonaws.com/prod", "https://api.example.com"


def target(*, embedded=False, **settings):
    """A stage up at EXECUTE_API, or on this machine."""
    return SimpleNamespace(
        stage=Stage(name="prod", **settings),
        embedded=embedded,
        title="orders/prod",
        url=lambda invoke_url: "http://127.0.0.1:1/prod" if embedded else invoke_url,
    )


@pytest.mark.parametrize(
    ("at", "custom_url", "url"),
    [
        (target(), None, EXECUTE_API),
        (target(), CUSTOM, EXECUTE_API),
        (target(endpoint=Endpoint(disabled=True)), CUSTOM, CUSTOM),
        (target(endpoint=Endpoint(disabled=True)), None, EXECUTE_API),
        (target(embedded=True, endpoint=Endpoint(disabled=True)), CUSTOM, "http://127.0.0.1:1/prod"),
    ],
    ids=["plain", "domain beside", "domain alone", "closed", "embedded"],
)
def test_a_stage_is_asked_where_it_answers(at, custom_url, url):
    assert address.of(at, {"url": EXECUTE_API, "custom_url": custom_url}) == url


def test_a_private_endpoint_is_not_asked_from_here():
    private = Endpoint(type="private", vpc_endpoint_ids=("vpce-1",))
    assert not address.reachable(target(endpoint=private))
    assert address.reachable(target(embedded=True, endpoint=private))
    assert address.reachable(target())


def test_the_printed_document_has_the_stages_policy(tmp_path):
    (tmp_path / "policy.json").write_text('{"Statement": []}')
    content = EXAMPLE + 'resource_policy = "policy.json"\n'
    project = load(project_folder(tmp_path, content)).project
    made = document(project, project.stages["dev"], account_id="123456789012")
    assert made["x-amazon-apigateway-policy"] == {"Statement": []}


@pytest.mark.parametrize("at", [target(), target(production=True), target(embedded=True, production=True)])
def test_bodies_of_real_callers_are_logged_only_when_it_is_said_twice(at):
    with pytest.raises(UsageError, match="bodies"):
        need_consent(at, "full", given=False)
    need_consent(at, "full", given=True)
    need_consent(at, "info", given=False)


def test_bodies_of_a_local_stage_are_logged_without_asking():
    need_consent(target(embedded=True), "full", given=False)
