"""PutIntegration: what an AWS_PROXY integration may point to, and a MOCK one that points nowhere."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, cast

from moto.apigateway.models import APIGatewayBackend

from apitool.local.corrections import refusals
from apitool.local.corrections.correction import correction
from apitool.local.endpoint import ACCOUNT_ID

if TYPE_CHECKING:
    from collections.abc import Callable

    from moto.apigateway.models import Integration

_ACTION = re.compile(
    r"arn:[\w-]+:apigateway:[\w-]+:(?P<service>[\w.-]+):(?P<kind>path|action)/(?P<rest>.*)", re.DOTALL
)
_FUNCTION = re.compile(r"\d{4}-\d\d-\d\d/functions/arn:[\w-]+:lambda:[\w-]+:\d{12}:function:.+/invocations")
_ANY_ROLE = f"arn:aws:iam::{ACCOUNT_ID}:role/any"  # as moto wants them: of its own account
_STAGE_VARIABLE = "${stageVariables."
_DEFAULT_TIMEOUT_MS = 29_000  # recorded on AWS 2026


@correction(
    APIGatewayBackend,
    "put_integration",
    "moto lets AWS_PROXY point to other services and odd paths, keeps MOCK's URI, refuses the caller's "
    "credentials and roles of the account that the stage will live in, and lacks AWS's defaults",
)
def put_integration(  # noqa: PLR0917 - moto's signature
    original: Callable[..., Integration],
    backend: APIGatewayBackend,
    function_id: str,
    resource_id: str,
    method_type: str,
    integration_type: str,
    uri: str | None = None,
    *rest: object,
    **settings: object,
) -> Integration:
    if integration_type == "AWS_PROXY":
        check(uri or "")
    if integration_type == "MOCK":
        uri = None
    credentials = str(settings.get("credentials") or "")
    if credentials.split(":")[4:5] != [ACCOUNT_ID]:
        settings["credentials"] = _ANY_ROLE if credentials else None
    made = original(
        backend, function_id, resource_id, method_type, integration_type, uri or "", *rest, **settings
    )
    if credentials:
        made.credentials = credentials
    if not made.timeout_in_millis:
        made.timeout_in_millis = cast("Any", _DEFAULT_TIMEOUT_MS)  # AWS shows a number, moto annotates text
    made.cache_namespace = made.cache_namespace or resource_id
    made.passthrough_behaviour = made.passthrough_behaviour or "WHEN_NO_MATCH"
    if integration_type == "MOCK":
        made.uri = cast("Any", None)
    elif integration_type.startswith("HTTP"):
        made.connection_type = made.connection_type or "INTERNET"
    return made


def check(uri: str) -> None:
    if not uri.startswith("arn:"):
        raise refusals.BadRequestException(refusals.INVALID_ARN)
    target = _ACTION.fullmatch(uri)
    if target is None:
        raise refusals.BadRequestException("AWS ARN for integration must contain path or action")
    is_function = target["service"] == "lambda" and target["kind"] == "path"
    known = is_function and (_STAGE_VARIABLE in target["rest"] or _FUNCTION.fullmatch(target["rest"]))
    if not known and not (target["service"] == "firehose" and target["kind"] == "action"):
        raise refusals.BadRequestException(refusals.NOT_A_PROXY_TARGET)


CORRECTIONS = (put_integration,)
