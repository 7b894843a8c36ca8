"""Who is let in, and what is called instead of a function, as `apitool.toml` declares it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from tests.local.upstream import upstream
from tests.serve.conftest import Running, eventually

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

TOML = """\
name = "shop"
region = "eu-central-1"
[functions.echo]
source = "src"
handler = "app.handler"
[functions.gate]
source = "src"
handler = "app.gate"
[routes]
"GET /open" = "echo"
"GET /keyed" = {{ function = "echo", api_key = true }}
"GET /guarded" = {{ function = "echo", authorizer = "people" }}
"POST /checked" = {{ function = "echo", validator = "all", model = "Order" }}
[routes."ANY /beyond/{{proxy+}}"]
integration = "HTTP_PROXY"
uri = "{endpoint}/base/{{proxy}}"
timeout_ms = 500
[authorizers.people]
type = "token"
function = "gate"
[api_keys.mobile]
[api_keys.stranger]
[usage_plans.partners]
api_keys = ["mobile"]
quota = {{ limit = 3, period = "DAY" }}
[models]
Order = "order.json"
[stages.dev]
local = true
"""
HANDLERS = """\
import json
asked = 0
def handler(event, context):
    return {"statusCode": 200, "body": json.dumps(event["requestContext"].get("authorizer"))}
def gate(event, context):
    global asked
    asked += 1
    effect = "Allow" if event["authorizationToken"] == "friend" else "Deny"
    statement = {"Effect": effect, "Action": "execute-api:Invoke", "Resource": event["methodArn"]}
    policy = {"Version": "2012-10-17", "Statement": [statement]}
    return {"principalId": "someone", "policyDocument": policy, "context": {"asked": asked}}
"""
MODEL = '{"type": "object", "required": ["what"]}'


@pytest.fixture(scope="module")
def guarded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    folder: Path = tmp_path_factory.mktemp("guarded")
    (folder / "src").mkdir()
    (folder / "src/app.py").write_text(HANDLERS)
    (folder / "order.json").write_text(MODEL)
    with upstream() as endpoint:
        (folder / "apitool.toml").write_text(TOML.format(endpoint=endpoint))
        with Running(folder).going(watch=True) as running:
            yield running


def test_an_authorizer_lets_in_and_its_answer_is_kept(guarded: Running) -> None:
    answers = [guarded.get("/dev/guarded", headers="Authorization: friend\r\n") for _ in range(2)]
    assert [status for status, _, _ in answers] == [200, 200]
    first, second = (json.loads(body) for _, _, body in answers)
    assert first["principalId"] == "someone"
    assert first["asked"] == second["asked"]


def test_an_authorizer_turns_away(guarded: Running) -> None:
    assert guarded.get("/dev/guarded", headers="Authorization: stranger\r\n")[0] == 403
    assert guarded.get("/dev/guarded")[0] == 401


def test_a_keys_name_is_its_value_and_its_plan_counts(guarded: Running) -> None:
    assert guarded.get("/dev/keyed")[0] == 403
    assert guarded.get("/dev/keyed", headers="x-api-key: nobody\r\n")[0] == 403
    assert guarded.get("/dev/keyed", headers="x-api-key: stranger\r\n")[0] == 403, "it is in no plan"
    statuses = [guarded.get("/dev/keyed", headers="x-api-key: mobile\r\n")[0] for _ in range(4)]
    assert statuses == [200, 200, 200, 429]


def test_a_model_refuses_a_body(guarded: Running) -> None:
    kind = "Content-Type: application/json\r\n"
    assert guarded.get("/dev/checked", method="POST", body=b"{}", headers=kind)[0] == 400
    assert guarded.get("/dev/checked", method="POST", body=b'{"what": 1}', headers=kind)[0] == 200


def test_an_endpoint_is_asked_with_the_clients_header_casing(guarded: Running) -> None:
    status, head, body = guarded.get("/dev/beyond/a%20b?x=1", headers="X-CamelCase: One\r\n")
    seen = json.loads(body)
    assert status == 201
    assert "X-CamelCase: Upstream\r\n" in head
    assert seen["target"] == "/base/a%20b?x=1"
    assert ["X-CamelCase", "One"] in seen["headers"]


def test_the_live_page_knows_what_an_endpoint_came_to(guarded: Running) -> None:
    guarded.get("/dev/beyond/slow")
    _, _, body = guarded.get("/_apitool/requests")
    last = json.loads(body)[-1]
    assert (last["answer"]["status"], last["outcome"]["kind"]) == (504, "timeout")
    guarded.get("/dev/beyond/there")
    last = json.loads(guarded.get("/_apitool/requests")[2])[-1]
    assert (last["outcome"]["kind"], last["outcome"]["status"]) == ("answered", 201)


def test_a_saved_authorizer_is_asked_again(guarded: Running) -> None:
    headers = "Authorization: friend\r\n"
    assert guarded.get("/dev/guarded", headers=headers)[0] == 200
    file = guarded.folder / "src/app.py"
    file.write_text(HANDLERS.replace('"friend"', '"somebody else"'))
    eventually(lambda: guarded.get("/dev/guarded", headers=headers)[0] == 403)
