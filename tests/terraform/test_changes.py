"""Plans in API words, from what a real Terraform and provider wrote."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from apitool.terraform import changes
from apitool.terraform.change import Kind, Verb
from apitool.terraform.events import PlannedChange, Resource
from apitool.terraform.listener import Silent
from apitool.terraform.plan import Plan
from apitool.terraform.record import Record

RECORDED = Path(__file__).parent / "recorded"


def plan_of(*planned: PlannedChange, outputs: dict[str, str] | None = None) -> Plan:
    return Plan(Path("p"), "", has_changes=bool(planned), changes=planned, outputs=outputs or {})


@pytest.fixture
def plan(recorded):
    def read(name: str) -> Plan:
        record = Record(Silent())
        for line in recorded(name):
            record.line(line)
        return plan_of(*record.changes, outputs=dict(record.outputs.actions))

    return read


def details(name: str) -> dict:
    return json.loads((RECORDED / f"{name}.show.json").read_text())


def planned(address: str, action: str, reason: str | None = None) -> PlannedChange:
    kind, _, name = re.sub(r'\["[^]]*"\]', "", address).rpartition(".")
    return PlannedChange(Resource(address, kind.rpartition(".")[2], name), action, reason)


def test_everything_at_once_exactly(plan):
    told = changes.of(plan("many_changes"), details=details("many_changes"))
    assert told.sentences() == [
        "+ ANY /admin → orders-dev-items",
        "- POST /orders → orders-dev-orders",
        "~ GET /orders/{orderId}: timeout",
        "+ GET /orders/{orderId}/items → orders-dev-items",
        "+ function items",
        "- function old",
        "~ function orders: code, environment TOKEN, memory",
        "~ stage dev: variables colour",
        "- table carts",
        "± table orders: made anew because of hash key",
    ]
    assert [change.sentence for change in told.destructive] == [
        "- function old",
        "- table carts",
        "± table orders: made anew because of hash key",
    ]
    assert not told.empty


def test_everything_at_once_from_the_events_alone(plan):
    assert changes.of(plan("many_changes")).sentences() == [
        "~ api: routes",
        "+ function items",
        "- function old",
        "~ function orders",
        "~ stage",
        "- table carts",
        "± table orders: made anew",
    ]


def test_no_value_of_an_environment_is_told(plan):
    document = details("many_changes")
    assert "hunter2hunter2" in json.dumps(document)
    assert "changed-secret" in json.dumps(document)
    told = repr(changes.of(plan("many_changes"), details=document))
    assert "hunter2" not in told
    assert "changed-secret" not in told


def test_a_removed_route_on_the_shipped_root_module(plan):
    """The preflight's list of methods, deployment, stage and alias change with it, and are not told."""
    assert changes.details_needed(plan("route_removed"))
    told = changes.of(plan("route_removed"), details=details("route_removed"))
    assert told.sentences() == ["- GET /orders → orders", "~ function orders: code"]
    assert told.destructive == ()
    assert told.folded > 0


VARIABLES = {
    "api": {"name": "orders-dev"},
    "stage": "dev",
    "routes": {"GET /orders": {"function": "orders"}, "ANY /{proxy+}": {"function": "old"}},
    "functions": {"orders": {"name": "orders-dev-orders"}},
}


def test_a_first_plan_needs_only_the_variables(plan):
    first = plan("first_plan")
    assert not changes.details_needed(first)
    assert changes.of(first, VARIABLES).sentences() == [
        "+ api orders-dev",
        "+ GET /orders → orders",
        "+ ANY /{proxy+} → old",
        "+ function old",
        "+ function orders",
        "+ stage dev",
        "+ table carts",
        "+ table orders",
    ]


def test_function_keys_come_from_the_variables(plan):
    told = changes.of(plan("many_changes"), VARIABLES, details("many_changes"))
    assert "- POST /orders → orders" in told.sentences()
    assert "+ ANY /admin → items" in told.sentences()


def test_a_destruction_takes_everything_and_says_so(plan):
    told = changes.of(plan("destroy"), VARIABLES)
    assert {change.kind for change in told.destructive} >= {Kind.API, Kind.STAGE, Kind.FUNCTION, Kind.TABLE}
    assert all(change.verb is Verb.REMOVE for change in told.changes)
    assert not [change for change in told.changes if change.kind in {Kind.LOG_GROUP, Kind.OTHER}]


def test_no_changes():
    told = changes.of(plan_of(outputs={"url": "noop"}))
    assert (told.empty, told.sentences()) == (True, ["no changes"])


def test_only_an_output():
    assert changes.of(plan_of(outputs={"url": "update", "x": "noop"})).sentences() == ["~ output url"]


def test_only_what_is_folded_is_not_no_changes():
    told = changes.of(plan_of(planned('module.function["a"].aws_lambda_alias.live', "update")))
    assert (told.empty, told.sentences()) == (False, ["~ 1 resource behind the API"])


def test_reading_and_noop_are_no_changes():
    assert changes.of(plan_of(planned("data.aws_region.this", "read"), planned("a_b.c", "noop"))).empty


@pytest.mark.parametrize(
    ("address", "action", "sentence", "destructive"),
    [
        ('module.rest_api.aws_lambda_permission.invoke["orders"]', "delete", "- permission orders", True),
        (
            'module.rest_api.aws_lambda_permission.invoke["orders"]',
            "replace",
            "± permission orders: made anew",
            True,
        ),
        ("module.rest_api.aws_api_gateway_rest_api.this", "replace", "± api orders-dev: made anew", True),
        ("module.rest_api.aws_api_gateway_stage.this", "delete", "- stage dev", True),
        (
            "module.rest_api.aws_api_gateway_method_settings.all",
            "update",
            "~ stage dev: method settings",
            False,
        ),
        ('module.function["a"].aws_cloudwatch_log_group.this', "update", "~ log group a", False),
        (
            'module.function["a"].aws_iam_role_policy.own',
            "update",
            '~ resource module.function["a"].aws_iam_role_policy.own',
            False,
        ),
        ('module.table["t"].aws_dynamodb_table.this', "forget", "- table t", True),
    ],
)
def test_one_resource(address, action, sentence, destructive):
    told = changes.of(plan_of(planned(address, action)), VARIABLES)
    assert told.sentences() == [sentence]
    assert bool(told.destructive) is destructive


def test_a_tainted_api_is_told_as_such():
    told = changes.of(plan_of(planned("aws_api_gateway_rest_api.this", "replace", "tainted")), VARIABLES)
    assert told.sentences() == ["± api orders-dev: made anew, it is tainted"]


def test_a_permission_of_a_new_function_is_not_told_but_one_added_alone_is():
    permission = planned('module.rest_api.aws_lambda_permission.invoke["a"]', "create")
    function = planned('module.function["a"].aws_lambda_function.this', "create")
    assert changes.of(plan_of(permission, function)).sentences() == ["+ function a"]
    assert changes.of(plan_of(permission)).sentences() == ["+ permission a"]


def api_plan(before: object, after: object) -> list[str]:
    address = "module.rest_api.aws_api_gateway_rest_api.this"
    bodies = [body if body is None or isinstance(body, str) else json.dumps(body) for body in (before, after)]
    change = {
        "actions": ["update"],
        "before": {"name": "orders-dev", "body": bodies[0]},
        "after": {"name": "orders-dev", "body": bodies[1]},
    }
    document = {"resource_changes": [{"address": address, "change": change}]}
    return changes.of(plan_of(planned(address, "update")), VARIABLES, document).sentences()


def operation(function: str = "orders-dev-orders", **more: object) -> dict:
    arn = f"arn:aws:lambda:r:1:function:{function}:live"
    uri = f"arn:aws:apigateway:r:lambda:path/2015-03-31/functions/{arn}/invocations"
    integration = {"type": "AWS_PROXY", "httpMethod": "POST", "uri": uri, "timeoutInMillis": 29_000}
    return {"x-amazon-apigateway-integration": integration | more.pop("integration", {})} | more


PREFLIGHT = {"x-amazon-apigateway-integration": {"type": "mock"}, "responses": {"204": {}}}


@pytest.mark.parametrize(
    ("before", "after", "sentences"),
    [
        ({"get": operation()}, {"get": operation("orders-dev-items")}, ["~ GET /a → items"]),
        ({"get": operation()}, {"get": operation(operationId="x")}, ["~ GET /a: operation name"]),
        ({"get": operation()}, {"get": operation(security=[{"k": []}])}, ["~ GET /a: authorization"]),
        ({"get": operation()}, {"get": operation(responses={"200": {}})}, ["~ GET /a: definition"]),
        (
            {"get": operation()},
            {"get": operation(integration={"credentials": "c"})},
            ["~ GET /a: integration"],
        ),
        ({"x-amazon-apigateway-any-method": operation()}, {}, ["- ANY /a → orders"]),
        ({"get": operation()}, {"get": operation(), "options": PREFLIGHT}, ["+ cors preflight"]),
        ({"get": operation(), "options": PREFLIGHT}, {"get": operation()}, ["- cors preflight"]),
        (
            {"get": operation(), "options": PREFLIGHT},
            {"get": operation(), "options": PREFLIGHT | {"responses": {}}},
            ["~ cors preflight"],
        ),
        ({"options": operation()}, {}, ["- OPTIONS /a → orders"]),
    ],
)
def test_what_changes_in_a_route(before, after, sentences):
    assert api_plan({"paths": {"/a": before}}, {"paths": {"/a": after}}) == sentences


def test_what_changes_in_the_body_beside_the_routes():
    before = {"openapi": "3.0.1", "paths": {}, "x-amazon-apigateway-binary-media-types": []}
    after = {"openapi": "3.0.1", "paths": {}, "x-amazon-apigateway-binary-media-types": ["image/png"]}
    assert api_plan(before, after) == ["~ api orders-dev: binary media types"]


@pytest.mark.parametrize("body", [None, "no json", "[]"])
def test_a_body_that_is_not_known_yet(body):
    assert api_plan({"paths": {}}, body) == ["~ api orders-dev: body, routes"] or api_plan(
        {"paths": {}}, body
    ) == ["~ api orders-dev: routes"]


def test_a_hostile_name_stays_on_its_line():
    told = changes.of(plan_of(planned('aws_dynamodb_table.x["a\\n- api prod\x1b[2J"]', "delete")))
    assert len(told.sentences()[0].splitlines()) == 1
    assert "\x1b" not in told.sentences()[0]
