"""Small plans put together by hand, in the form of `terraform show -json`."""

from __future__ import annotations

import json
from typing import Any


def change(address: str, before: Any = None, after: Any = None, **more: Any) -> dict[str, Any]:
    """One resource. Without `actions` they follow from what is there before and after."""
    kind = address.split(".")[-2]
    actions = ["create"] if before is None else ["delete"] if after is None else ["update"]
    if before == after:
        actions = ["no-op"]
    inner = {"actions": more.pop("actions", actions), "before": before, "after": after}
    inner["after_unknown"] = more.pop("unknown", {})
    inner |= {key: more.pop(key) for key in ("replace_paths", "importing") if key in more}
    return {"address": address, "mode": "managed", "type": kind, "change": inner, **more}


def plan(*changes: dict[str, Any], **top: Any) -> dict[str, Any]:
    return {"format_version": "1.2", "terraform_version": "1.11.4", "resource_changes": list(changes), **top}


API = {"id": "api1", "name": "shop", "root_resource_id": "root1"}


def api(before: Any = None, after: Any = None, **more: Any) -> dict[str, Any]:
    """An API that stays, with what else is given before and after."""
    return change(
        "aws_api_gateway_rest_api.shop", {**API, **(before or {})}, {**API, **(after or {})}, **more
    )


def route(
    before: Any = None, after: Any = None, *, integration: tuple[Any, Any] = ({}, {}), name: str = "list"
) -> tuple[dict[str, Any], dict[str, Any], dict[str, Any]]:
    """Resource, method and integration of `GET /{name}` at the function `shop`; None: not there."""
    resource = {
        "id": f"r-{name}",
        "parent_id": "root1",
        "path_part": name,
        "path": f"/{name}",
        "rest_api_id": "api1",
    }
    spot = {"rest_api_id": "api1", "resource_id": f"r-{name}", "http_method": "GET"}
    method = {**spot, "authorization": "AWS_IAM", "api_key_required": False}
    uri = "arn:aws:apigateway:eu-central-1:lambda:path/2015-03-31/functions/"
    uri += "arn:aws:lambda:eu-central-1:123456789012:function:shop/invocations"
    inner = {**spot, "type": "AWS_PROXY", "integration_http_method": "POST", "uri": uri}
    sides = [None if each is None else {**method, **each} for each in (before, after)]
    inners = [
        None if there is None or each is None else {**inner, **each}
        for there, each in zip((before, after), integration, strict=True)
    ]
    made = [
        change(f"aws_api_gateway_resource.{name}", resource, resource),
        change(f"aws_api_gateway_method.{name}", *sides),
    ]
    if inners != [None, None]:
        made.append(change(f"aws_api_gateway_integration.{name}", *inners))
    return tuple(made)


def function(before: Any = None, after: Any = None, name: str = "shop", **more: Any) -> dict[str, Any]:
    base = {"function_name": name, "runtime": "python3.13", "timeout": 10}
    sides = [None if each is None else {**base, **each} for each in (before, after)]
    return change(f"aws_lambda_function.{name}", *sides, **more)


def statement(**given: Any) -> str:
    made = {
        "Effect": "Allow",
        "Action": "dynamodb:GetItem",
        "Resource": "arn:aws:dynamodb:x:1:table/a",
        **given,
    }
    return json.dumps({"Version": "2012-10-17", "Statement": [made]})


def body(operation: dict[str, Any] | None = None, **top: Any) -> str:
    """An OpenAPI body with `GET /list` at the function `shop`."""
    uri = "arn:aws:apigateway:x:lambda:path/2015-03-31/functions/arn:aws:lambda:x:1:function:shop/invocations"
    integration = {"type": "AWS_PROXY", "httpMethod": "POST", "uri": uri}
    operations = {"get": {"x-amazon-apigateway-integration": integration, **(operation or {})}}
    return json.dumps({"openapi": "3.0.1", "paths": {"/list": operations}, **top})
