"""MOCK integrations, as far as static templates go: enough for CORS preflight and fixed answers.

The request template gives the status code, which selects an integration response; its parameters are
constants or simple mappings, its template text with `$context` and `$stageVariables`. Velocity beyond that is
refused with a finding rather than answered wrongly.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from apitool.proxy.context import substitute
from apitool.proxy.mapped_values import mapped_value
from apitool.proxy.media import DEFAULT_TYPE, essence
from apitool.proxy.outcome_texts import CONFIGURATION
from apitool.proxy.verdict import Finding

if TYPE_CHECKING:
    from collections.abc import Mapping

    from apitool.proxy.api import Integration, IntegrationResponse
    from apitool.proxy.mapped_values import Sources
    from apitool.proxy.request import Headers

# AWS reads templates leniently: `{statusCode: 200}` without quotes is in half of all published examples.
_STATUS = re.compile(r"""["']?statusCode["']?\s*:\s*["']?(\d{3})\b""")
_VELOCITY = re.compile(
    r"#(?:set|if|else|elseif|end|foreach|define|macro)\b|\$(?!context\.|stageVariables\.)\S"
)
_HEADER = "method.response.header."


@dataclass(frozen=True, slots=True)
class MockAnswer:
    status: int
    headers: Headers
    body: bytes


@dataclass(frozen=True, slots=True)
class MockFailure:
    """`log` is the execution-log line; the client gets a 500."""

    log: str
    finding: Finding


def mock_answer(integration: Integration, sources: Sources) -> MockAnswer | MockFailure:
    """What a MOCK integration answers to a request."""
    status = _status(integration, sources)
    if status is None:
        return _NO_STATUS
    response = select_response(integration.responses, status)
    if response is None:
        return _no_response(status)
    media_type, template = _template(response.templates)
    if _VELOCITY.search(template):
        return _VELOCITY_USED
    body = substitute(template, sources.context, sources.stage_variables, missing="")
    return MockAnswer(response.status, _headers(media_type, response, sources), body.encode(errors="replace"))


def select_response(responses: tuple[IntegrationResponse, ...], status: int) -> IntegrationResponse | None:
    """The response whose pattern matches the status code, else the default one."""
    patterns = [response for response in responses if response.pattern not in {"", "default"}]
    defaults = [response for response in responses if response.pattern in {"", "default"}]
    for response in patterns:
        try:
            if re.fullmatch(response.pattern, str(status)):
                return response
        except re.error:
            continue  # a Java pattern Python does not know matches nothing here
    return next(iter(defaults), None)


def _status(integration: Integration, sources: Sources) -> int | None:
    request = sources.request
    media_type = essence(request.header("Content-Type") or DEFAULT_TYPE)
    template = integration.request_templates.get(media_type)
    text = request.body.decode(errors="replace") if template is None else template
    found = _STATUS.search(text)
    return int(found[1]) if found else None


def _template(templates: Mapping[str, str]) -> tuple[str, str]:
    if not templates:
        return DEFAULT_TYPE, ""
    media_type = DEFAULT_TYPE if DEFAULT_TYPE in templates else next(iter(templates))
    return media_type, templates[media_type]


def _headers(media_type: str, response: IntegrationResponse, sources: Sources) -> Headers:
    mapped = {
        key.removeprefix(_HEADER): value
        for key, expression in response.parameters.items()
        if key.startswith(_HEADER) and (value := mapped_value(expression, sources)) is not None
    }
    typed = any(name.lower() == "content-type" for name in mapped)
    return (*(() if typed else (("Content-Type", media_type),)), *mapped.items())


_NO_STATUS = MockFailure(
    f"{CONFIGURATION}Unable to parse statusCode. It should be an integer of the request template.",
    Finding(
        rule="mock.no-status-code",
        what="The request template of the MOCK integration gives no statusCode for this Content-Type",
        fix='Set requestTemplates "application/json" to {"statusCode": 200}',
        recorded=False,
    ),
)
_VELOCITY_USED = MockFailure(
    f"{CONFIGURATION}Velocity templates are not evaluated locally",
    Finding(
        rule="mock.velocity-template",
        what="The MOCK integration's response template uses Velocity, which is not evaluated here",
        fix="Use static text, or try it on AWS with TestInvokeMethod",
        recorded=False,
    ),
)


def _no_response(status: int) -> MockFailure:
    text = (
        "No match for output mapping and no default output mapping configured. Endpoint Response Status Code"
    )
    return MockFailure(
        f"{CONFIGURATION}{text}: {status}",
        Finding(
            rule="mock.no-integration-response",
            what=f"No integration response of the MOCK integration takes status {status}",
            fix="Add a `default` response to the integration",
            recorded=False,
        ),
    )
