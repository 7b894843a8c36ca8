from __future__ import annotations

from typing import Any

import pytest

from apitool.local.lambda_permission import permits

FUNCTION = "arn:aws:lambda:eu-central-1:123456789012:function:orders"
API = "arn:aws:execute-api:eu-central-1:123456789012:abcdefghij"


def statement(**changes: Any) -> dict[str, Any]:
    return {
        "Sid": "gateway",
        "Effect": "Allow",
        "Principal": {"Service": "apigateway.amazonaws.com"},
        "Action": "lambda:InvokeFunction",
        "Resource": f"{FUNCTION}:live",
        "Condition": {"ArnLike": {"AWS:SourceArn": f"{API}/dev/*"}},
        **changes,
    }


def allowed(
    *statements: dict[str, Any], function: str = f"{FUNCTION}:live", method: str = "dev/GET/orders"
) -> bool:
    return permits(
        statements, function_arn=function, source_arn=f"{API}/{method}", source_account="123456789012"
    )


def test_without_a_statement_nothing_is_allowed() -> None:
    assert not allowed()


def test_a_statement_for_the_stage_allows_its_methods() -> None:
    assert allowed(statement())
    assert allowed(statement(), method="dev/DELETE/orders/{orderId}")


def test_another_stage_is_not_allowed() -> None:
    assert not allowed(statement(), method="prod/GET/orders")


@pytest.mark.parametrize(
    ("resource", "function"),
    [(f"{FUNCTION}:live", FUNCTION), (FUNCTION, f"{FUNCTION}:live"), (FUNCTION, f"{FUNCTION}:1")],
)
def test_a_statement_holds_for_exactly_its_qualifier(resource: str, function: str) -> None:
    assert not allowed(statement(Resource=resource), function=function)
    assert allowed(statement(Resource=resource), function=resource)


@pytest.mark.parametrize(
    "pattern", [f"{API}/*", f"{API}/*/*/orders", f"{API}/dev/GET/*", f"{API}/*/*", f"{API}/dev/?ET/orders"]
)
def test_wildcards_reach_over_slashes(pattern: str) -> None:
    assert allowed(statement(Condition={"ArnLike": {"AWS:SourceArn": pattern}}))


@pytest.mark.parametrize("pattern", ["arn:*", "*", f"{API}/[d]ev/*", "arn:aws:execute-api:*"])
def test_wildcards_do_not_reach_over_colons_and_brackets_are_literal(pattern: str) -> None:
    assert not allowed(statement(Condition={"ArnLike": {"AWS:SourceArn": pattern}}))


@pytest.mark.parametrize(
    "changes",
    [
        {"Effect": "Deny"},
        {"Principal": {"Service": "s3.amazonaws.com"}},
        {"Principal": {"AWS": "123456789012"}},
        {"Action": "lambda:GetFunction"},
        {"Condition": {"StringEquals": {"AWS:SourceAccount": "999999999999"}}},
        {"Condition": {"NotHeardOf": {"AWS:SourceAccount": "123456789012"}}},
        {"Condition": {"StringEquals": {"aws:PrincipalOrgID": "o-1"}}},
    ],
)
def test_a_statement_about_something_else_does_not_count(changes: dict[str, Any]) -> None:
    assert not allowed(statement(**changes))


@pytest.mark.parametrize(
    "changes",
    [
        {"Principal": "*"},
        {"Principal": {"AWS": "*"}},
        {"Principal": {"Service": ["apigateway.amazonaws.com", "s3.amazonaws.com"]}},
        {"Action": ["lambda:InvokeFunction"]},
        {"Condition": {}},
        {"Condition": {"StringEquals": {"AWS:SourceAccount": "123456789012"}}},
    ],
)
def test_other_ways_to_write_the_same_do(changes: dict[str, Any]) -> None:
    assert allowed(statement(**changes))
