"""Integrations AWS takes when they are declared and fails when they are called, and those it refuses."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from apitool.proxy.outcome_texts import CONFIGURATION, INVALID_ENDPOINT
from apitool.proxy.verdict import Finding

if TYPE_CHECKING:
    from collections.abc import Mapping

    from apitool.proxy.api import Integration

POISONOUS_HEADERS = frozenset(
    {
        "content-length",
        "transfer-encoding",
        "authorization",
        "connection",
        "expect",
        "proxy-authenticate",
        "te",
    }
)
"""Mapping any of them makes every call a 500 before Lambda (recorded, `TestApiGatewayHeaderRemapping`)."""
_MAPPED_HEADER = "integration.request.header."
_STAGE_VARIABLE = re.compile(r"\$\{stageVariables\.([A-Za-z0-9_]+)\}")
_LAMBDA_URI = re.compile(
    r"arn:[^:]+:apigateway:[^:]*:lambda:path/(?:/)?2015-03-31/functions/(.+)/invocations"
)


@dataclass(frozen=True, slots=True)
class CallFailure:
    """Every call fails with a 500 and `log` in the execution log."""

    finding: Finding
    log: str


def callable_function(integration: Integration, stage_variables: Mapping[str, str]) -> str | CallFailure:
    """The ARN of the function an AWS_PROXY or AWS integration calls, or why no call ever reaches it."""
    poisoned = mapped_header_failure(integration, POISONOUS_HEADERS)
    if poisoned is not None:
        return poisoned
    if integration.http_method != "POST":
        return _not_post(integration.http_method)
    arn = function_arn(integration.uri, stage_variables)
    return _bad_uri(integration.uri) if arn is None else arn


def mapped_header_failure(integration: Integration, illegal: frozenset[str]) -> CallFailure | None:
    """The failure of an integration that maps one of these headers, in lower case."""
    for key in integration.request_parameters:
        name = key.lower().removeprefix(_MAPPED_HEADER)
        if key.lower().startswith(_MAPPED_HEADER) and name in illegal:
            return _mapped_header(key)
    return None


def credentials_of(integration: Integration, stage_variables: Mapping[str, str]) -> str:
    """The role to assume, or `api.CALLER`; stage variables may stand in a role's ARN (documentation)."""
    role = integration.credentials
    return _STAGE_VARIABLE.sub(lambda found: stage_variables.get(found[1], ""), role) if role else ""


def function_arn(uri: str, stage_variables: Mapping[str, str]) -> str | None:
    """The function of a Lambda integration URI, stage variables filled in; None when there is none."""
    if "${" not in uri:
        return _function_of(uri)
    missing = [name for name in _STAGE_VARIABLE.findall(uri) if name not in stage_variables]
    filled = _STAGE_VARIABLE.sub(lambda found: stage_variables.get(found[1], ""), uri)
    return None if missing else _function_of(filled)


@lru_cache(maxsize=1024)  # asked for on every request
def _function_of(uri: str) -> str | None:
    found = _LAMBDA_URI.fullmatch(uri)
    return found[1] if found else None


def declaration_problem(integration: Integration) -> str | None:
    """What PutIntegration answers to an AWS_PROXY integration it refuses, word for word (LocalStack)."""
    uri = integration.uri
    if not uri.startswith("arn:"):
        return "Invalid ARN specified in the request"
    _, _, service, _, target, *rest = (*uri.split(":", 5), "", "", "", "", "")[:6]
    resource = rest[0] if rest else ""
    if service != "apigateway" or not resource.startswith(("path/", "action/")):
        return "AWS ARN for integration must contain path or action"
    if target not in {"lambda", "firehose"}:
        return (
            "Integrations of type 'AWS_PROXY' currently only supports "
            "Lambda function and Firehose stream invocations."
        )
    return None


def _mapped_header(key: str) -> CallFailure:
    finding = Finding(
        rule="integration.poisonous-header-mapping",
        what=f"The integration maps `{key}`; AWS fails every call for it",
        fix=f"Remove `{key}` from requestParameters",
    )
    return CallFailure(finding, f"{CONFIGURATION}Invalid request header mapping")


def _not_post(http_method: str) -> CallFailure:
    finding = Finding(
        rule="integration.method-not-post",
        what=f"The integration calls Lambda with `{http_method}`; AWS declares it and fails every call",
        fix="Set the integration's httpMethod to \"POST\", whatever the route's own method is",
        seen=http_method or "no httpMethod",
    )
    return CallFailure(finding, INVALID_ENDPOINT)


def _bad_uri(uri: str) -> CallFailure:
    finding = Finding(
        rule="integration.no-function-in-uri",
        what="The integration's URI names no Lambda function",
        fix="Use the function's invoke ARN, and set every stage variable the URI names",
        seen=uri[:120],
        recorded=False,
    )
    return CallFailure(finding, INVALID_ENDPOINT)
