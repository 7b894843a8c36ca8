"""What `up` and `plan` print, from the events and from the JSON a real Terraform and provider wrote."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from apitool.review import as_sentences, changes, plan_document, sketch
from apitool.review.change import ChangeSet, Kind, Verb
from apitool.terraform.events import PlannedChange, Resource
from apitool.terraform.listener import Silent
from apitool.terraform.plan import Plan
from apitool.terraform.record import Record

RECORDED = Path(__file__).parents[1] / "terraform" / "recorded"


def plan_of(*planned: PlannedChange, outputs: dict[str, str] | None = None) -> Plan:
    return Plan(Path("p"), "", has_changes=bool(planned), changes=planned, outputs=outputs or {})


@pytest.fixture
def plan():
    def read(name: str) -> Plan:
        record = Record(Silent())
        for line in (RECORDED / f"{name}.jsonl").read_text().splitlines():
            record.line(line)
        return plan_of(*record.changes, outputs=dict(record.outputs.actions))

    return read


def told(plan: Plan, variables: dict | None = None, document: dict | None = None) -> ChangeSet:
    """From the JSON where it is given, else from the events."""
    if document is None:
        return sketch.of(plan, variables or {})
    return changes.of(plan_document.read({"format_version": "1.2", **document})).changes


def sentences(*given) -> list[str]:
    return as_sentences.render(told(*given))


def details(name: str) -> dict:
    return json.loads((RECORDED / f"{name}.show.json").read_text())


def planned(address: str, action: str, reason: str | None = None) -> PlannedChange:
    kind, _, name = re.sub(r'\["[^]]*"\]', "", address).rpartition(".")
    return PlannedChange(Resource(address, kind.rpartition(".")[2], name), action, reason)


VARIABLES = {
    "api": {"name": "orders-dev"},
    "stage": "dev",
    "routes": {"GET /orders": {"function": "orders"}, "ANY /{proxy+}": {"function": "old"}},
    "functions": {"orders": {"name": "orders-dev-orders"}},
}


def test_everything_at_once_exactly(plan):
    found = told(plan("many_changes"), VARIABLES, details("many_changes"))
    *said, table = as_sentences.render(found)
    assert said == [
        "+ ANY /admin → items",
        "- POST /orders",
        "~ GET /orders/{orderId}: timeout 29000 ms → 5000 ms",
        "+ GET /orders/{orderId}/items → items",
        "+ function items",
        "- function old",
        "~ function orders: environment TOKEN changed, memory 256 MB → 512 MB, code AAAA → BBBB",
        "~ stage dev: variable colour added",
        "- table carts",
    ]
    assert table.startswith("± table orders: made anew for hash_key, ")
    assert {each.title for each in found.destructive} == {
        "function old",
        "permission old",
        "table carts",
        "table orders",
    }


def test_everything_at_once_from_the_events_alone(plan):
    assert sentences(plan("many_changes"), VARIABLES) == [
        "~ api orders-dev",
        "+ function items",
        "- function old",
        "~ function orders",
        "~ stage dev",
        "- table carts",
        "± table orders",
    ]


def test_no_value_of_an_environment_is_told(plan):
    document = details("many_changes")
    assert "hunter2hunter2" in json.dumps(document)
    assert "changed-secret" in json.dumps(document)
    said = repr(told(plan("many_changes"), VARIABLES, document))
    assert "hunter2" not in said
    assert "changed-secret" not in said


def test_a_removed_route_on_the_shipped_root_module(plan):
    """The preflight's list of methods, deployment, stage and alias change with it, and are not told."""
    assert not sketch.will_do(plan("route_removed"))
    found = told(plan("route_removed"), VARIABLES, details("route_removed"))
    removed, code = as_sentences.render(found)
    assert removed == "- GET /orders"
    assert code.startswith("~ function orders: code ")
    assert found.destructive == ()
    assert found.folded


def test_a_first_plan_needs_only_the_variables(plan):
    first = plan("first_plan")
    assert sketch.will_do(first)
    assert sentences(first, VARIABLES) == [
        "+ api orders-dev",
        "+ GET /orders → orders",
        "+ ANY /{proxy+} → old",
        "+ function old",
        "+ function orders",
        "+ stage dev",
        "+ table carts",
        "+ table orders",
    ]


def test_a_first_plan_reads_the_same_from_events_and_json(plan):
    """But for the routes, which the variables above only stand in for."""
    document = details("first_plan")
    from_json, from_events = (
        [each for each in sentences(plan("first_plan"), VARIABLES, given) if " /" not in each]
        for given in (document, None)
    )
    assert from_json == from_events


def test_a_destruction_takes_everything_and_says_so(plan):
    found = told(plan("destroy"), VARIABLES)
    assert {each.kind for each in found.destructive} >= {Kind.API, Kind.STAGE, Kind.FUNCTION, Kind.TABLE}
    said = as_sentences.brief(found)
    assert all(each.verb is Verb.REMOVE for each in said)
    assert not [each for each in said if each.kind in {Kind.LOG_GROUP, Kind.OTHER, Kind.IAM, Kind.SETTINGS}]


def test_no_changes():
    found = told(plan_of(outputs={"url": "noop"}))
    assert (found.empty, as_sentences.render(found)) == (True, ["no changes"])


def test_only_an_output():
    assert sentences(plan_of(outputs={"url": "update", "x": "noop"})) == ["~ output url: value changed"]


def test_only_what_is_folded_is_not_no_changes():
    found = told(plan_of(planned('module.function["a"].aws_lambda_alias.live', "update")))
    assert (found.empty, as_sentences.render(found)) == (False, ["~ 1 resource behind the API"])


def test_reading_and_noop_are_no_changes():
    assert told(plan_of(planned("data.aws_region.this", "read"), planned("a_b.c", "noop"))).empty


@pytest.mark.parametrize(
    ("address", "action", "sentence", "destructive"),
    [
        ('module.rest_api.aws_lambda_permission.invoke["orders"]', "delete", "- permission orders", True),
        ('module.rest_api.aws_lambda_permission.invoke["orders"]', "replace", "± permission orders", True),
        ("module.rest_api.aws_api_gateway_rest_api.this", "replace", "± api orders-dev", True),
        ("module.rest_api.aws_api_gateway_stage.this", "delete", "- stage dev", True),
        ("module.rest_api.aws_api_gateway_method_settings.all", "update", "~ method settings dev", False),
        ('module.function["a"].aws_cloudwatch_log_group.this', "update", "~ log group a", False),
        ('module.function["a"].aws_iam_role_policy.own', "update", "~ iam a", False),
        ("aws_sqs_queue.dead_letters", "update", "~ store aws_sqs_queue.dead_letters", False),
        ('module.table["t"].aws_dynamodb_table.this', "forget", "- table t", True),
    ],
)
def test_one_resource(address, action, sentence, destructive):
    found = told(plan_of(planned(address, action)), VARIABLES)
    assert as_sentences.render(found) == [sentence]
    assert bool(found.destructive) is destructive


def test_a_tainted_api_is_told_as_such():
    tainted = plan_of(planned("aws_api_gateway_rest_api.this", "replace", "tainted"))
    assert sentences(tainted, VARIABLES) == ["± api orders-dev: made anew for an apply that failed"]


def test_a_permission_of_a_new_function_is_not_told_but_one_added_alone_is():
    permission = planned('module.rest_api.aws_lambda_permission.invoke["a"]', "create")
    function = planned('module.function["a"].aws_lambda_function.this', "create")
    assert sentences(plan_of(permission, function)) == ["+ function a"]
    assert sentences(plan_of(permission)) == ["+ permission a"]


def api_plan(before: object, after: object, **attributes: tuple[object, object]) -> list[str]:
    """Bodies before and after, and each attribute's two values."""
    address = "module.rest_api.aws_api_gateway_rest_api.this"
    bodies = [body if body is None or isinstance(body, str) else json.dumps(body) for body in (before, after)]
    change = {
        "actions": ["update"],
        "before": {
            "name": "orders-dev",
            "body": bodies[0],
            **{key: was for key, (was, _) in attributes.items()},
        },
        "after": {
            "name": "orders-dev",
            "body": bodies[1],
            **{key: now for key, (_, now) in attributes.items()},
        },
    }
    record = {"address": address, "type": "aws_api_gateway_rest_api", "change": change}
    variables = {name: {"value": value} for name, value in VARIABLES.items()}
    return sentences(None, None, {"resource_changes": [record], "variables": variables})


def operation(function: str = "orders-dev-orders", **more: object) -> dict:
    arn = f"arn:aws:lambda:r:1:function:{function}:live"
    uri = f"arn:aws:apigateway:r:lambda:path/2015-03-31/functions/{arn}/invocations"
    integration = {"type": "AWS_PROXY", "httpMethod": "POST", "uri": uri, "timeoutInMillis": 29_000}
    return {"x-amazon-apigateway-integration": integration | more.pop("integration", {})} | more


@pytest.mark.parametrize(
    ("before", "after", "sentences"),
    [
        ({"get": operation()}, {"get": operation("orders-dev-items")}, ["~ GET /a: leads to orders → items"]),
        ({"get": operation()}, {"get": operation(operationId="x")}, ["~ GET /a: operation id changed"]),
        (
            {"get": operation()},
            {"get": operation(security=[{"k": []}])},
            ["~ GET /a: authorization NONE → authorizer k"],
        ),
        (
            {"get": operation()},
            {"get": operation(integration={"timeoutInMillis": 5000})},
            ["~ GET /a: timeout 29000 ms → 5000 ms"],
        ),
        (
            {"get": operation()},
            {"get": operation(integration={"credentials": "c"})},
            ["~ GET /a: credentials changed"],
        ),
        ({"x-amazon-apigateway-any-method": operation()}, {}, ["- ANY /a"]),
        ({"options": operation()}, {}, ["- OPTIONS /a"]),
        ({}, {"get": operation()}, ["+ GET /a → orders"]),
    ],
)
def test_what_changes_in_a_route(before, after, sentences):
    assert api_plan({"paths": {"/a": before}}, {"paths": {"/a": after}}) == sentences


def test_what_changes_in_the_body_beside_the_routes():
    before = {"openapi": "3.0.1", "paths": {}, "x-amazon-apigateway-binary-media-types": []}
    after = {"openapi": "3.0.1", "paths": {}, "x-amazon-apigateway-binary-media-types": ["image/png"]}
    assert api_plan(before, after) == ["~ api orders-dev: binary media types changed"]


def test_what_body_and_attribute_say_is_told_once_with_its_values():
    key = "x-amazon-apigateway-minimum-compression-size"
    before = {"openapi": "3.0.1", "paths": {}, "x-amazon-apigateway-binary-media-types": [], key: 1000}
    after = {"openapi": "3.0.1", "paths": {}, "x-amazon-apigateway-binary-media-types": ["image/png"]}
    told = api_plan(
        before,
        after,
        binary_media_types=([], ["image/png"]),
        minimum_compression_size=("1000", "-1"),
    )
    assert told == ["~ api orders-dev: binary media types image/png, compression from 1000 bytes → none"]


def test_what_terraform_does_to_its_own_record_only_is_behind_the_api():
    change = {"actions": ["no-op"], "before": {}, "after": {}, "importing": {"id": "x"}}
    record = {"address": "aws_dynamodb_table.x", "type": "aws_dynamodb_table", "change": change}
    assert sentences(None, None, {"resource_changes": [record]}) == ["~ 1 resource behind the API"]


def test_a_hostile_name_stays_on_its_line():
    (said,) = sentences(plan_of(planned('aws_dynamodb_table.x["a\\n- api prod\x1b[2J"]', "delete")))
    assert len(said.splitlines()) == 1
    assert "\x1b" not in said
