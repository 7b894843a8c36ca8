"""Routes behind authorizers, keys and signatures, as a handler's author tests them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from apitool.errors import UsageError
from apitool.project.load import load
from apitool.project.stages import stage_named
from apitool.stage.event import event_of
from apitool.stage.request_options import RequestOptions
from apitool.testing.client import Api
from apitool.testing.handlers import Handlers

if TYPE_CHECKING:
    from pathlib import Path

TOML = """\
name = "shop"
region = "eu-central-1"
[functions.items]
source = "src"
handler = "app.handler"
[functions.who]
source = "src"
handler = "who.handler"
[authorizers.staff]
type = "token"
function = "who"
[authorizers.people]
type = "cognito"
user_pools = ["arn:aws:cognito-idp:eu-central-1:123456789012:userpool/eu-central-1_AbCdEfGhI"]
[authorizers.signed]
type = "iam"
[routes]
"GET /open" = "items"
"GET /staff" = { function = "items", authorizer = "staff" }
"GET /people" = { function = "items", authorizer = "people" }
"GET /signed" = { function = "items", authorizer = "signed" }
[stages.dev]
local = true
variables = { tier = "silver" }
"""
ITEMS = """\
import json
def handler(event, context):
    return {"statusCode": 200, "body": json.dumps(event["requestContext"])}
"""
WHO = """\
def handler(event, context):
    name = event["authorizationToken"]
    if name == "nobody":
        raise Exception("Unauthorized")
    effect = "Deny" if name == "banned" else "Allow"
    statement = {"Effect": effect, "Action": "execute-api:Invoke", "Resource": event["methodArn"]}
    policy = {"Version": "2012-10-17", "Statement": [statement]}
    return {"principalId": name, "policyDocument": policy, "context": {"level": 3}}
"""


@pytest.fixture
def shop(tmp_path: Path) -> Api:
    (tmp_path / "src").mkdir()
    for name, text in {"apitool.toml": TOML, "src/app.py": ITEMS, "src/who.py": WHO}.items():
        (tmp_path / name).write_text(text)
    project = load(tmp_path).project
    return Api(project, stage_named(project, None), Handlers(), lambda _name: None)


def test_the_projects_own_authorizer_runs_in_the_test_too(shop: Api) -> None:
    known = shop.get("/staff", headers={"Authorization": "ann"}).json()["authorizer"]
    assert (known["principalId"], known["level"]) == ("ann", "3")
    assert isinstance(known["integrationLatency"], int)


@pytest.mark.parametrize(("token", "status"), [("nobody", 401), ("banned", 403)])
def test_what_it_refuses_never_reaches_the_handler(shop: Api, token: str, status: int) -> None:
    answer = shop.get("/staff", headers={"Authorization": token})
    assert (answer.status, answer.event) == (status, None)
    assert not answer.verdict.accepted


def test_its_context_can_be_given_instead(shop: Api) -> None:
    known = shop.get("/staff", authorizer={"principalId": "bob", "level": 4, "admin": True}).json()
    assert known["authorizer"] == {
        "level": "4",
        "admin": "true",
        "principalId": "bob",
        "integrationLatency": 0,
    }


def test_a_context_no_authorizer_could_give_is_refused(shop: Api) -> None:
    with pytest.raises(UsageError, match="AWS answers 500"):
        shop.get("/staff", authorizer={"roles": ["a", "b"]})


def test_claims_reach_the_handler_as_text(shop: Api) -> None:
    known = shop.get("/people", authorizer={"claims": {"sub": "u1", "exp": 1790284571, "n": 7}}).json()
    assert known["authorizer"]["claims"] == {"sub": "u1", "exp": "Thu Sep 24 21:16:11 UTC 2026", "n": "7"}


def test_without_a_token_the_gateway_says_no(shop: Api) -> None:
    assert shop.get("/people").json() == {"message": "Unauthorized"}
    assert shop.get("/staff").status == 401
    assert shop.get("/signed").json() == {"message": "Missing Authentication Token"}


def test_a_signed_request_has_an_identity_and_no_authorizer(shop: Api) -> None:
    context = shop.get("/signed", identity={"userArn": "arn:aws:iam::123456789012:user/eve"}).json()
    assert "authorizer" not in context
    assert context["identity"]["userArn"] == "arn:aws:iam::123456789012:user/eve"
    assert context["identity"]["accountId"] == "123456789012"


@pytest.mark.parametrize("given", [{"authorizer": {"principalId": "x"}}, {"identity": {}}])
def test_nobody_is_given_where_nobody_is_asked(shop: Api, given: dict[str, dict[str, str]]) -> None:
    with pytest.raises(UsageError, match="/open"):
        shop.get("/open", **given)


def test_a_canary_says_so(shop: Api) -> None:
    assert shop.get("/open", canary=True).json()["isCanaryRequest"] is True
    assert "isCanaryRequest" not in shop.get("/open").json()


def test_the_event_alone_has_the_authorizer_too(shop: Api) -> None:
    event = shop.event("GET", "/staff", authorizer={"principalId": "bob"})
    assert event["requestContext"]["authorizer"]["principalId"] == "bob"
    assert event["stageVariables"] == {"tier": "silver"}


@pytest.mark.parametrize(
    ("path", "given", "known"),
    [
        ("/staff", None, {"principalId": "user", "integrationLatency": 0}),
        ("/staff", {"tenant": 1}, {"tenant": "1", "principalId": "user", "integrationLatency": 0}),
        ("/people", None, {"claims": {"sub": "user"}}),
        ("/open", None, None),
    ],
)
def test_the_command_event_lets_the_request_in(
    tmp_path: Path, shop: Api, path: str, given: dict[str, object] | None, known: dict[str, object] | None
) -> None:
    project = load(tmp_path).project
    made = event_of(project, stage_named(project, None), RequestOptions("GET", path), authorizer=given)
    assert made["requestContext"].get("authorizer") == known
    assert shop.stage.name == made["requestContext"]["stage"]


def test_the_command_event_signs_where_that_is_asked(tmp_path: Path, shop: Api) -> None:
    project = load(tmp_path).project
    made = event_of(project, stage_named(project, None), RequestOptions("GET", "/signed"), canary=True)
    assert made["requestContext"]["identity"]["accountId"] == shop.stage.account_id
    assert made["requestContext"]["isCanaryRequest"] is True
