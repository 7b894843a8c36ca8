"""Which integration response takes an answer: the first whose pattern matches all of a text, or the default.

The text is the endpoint's status code; for a Lambda function it is the `errorMessage` of what it returned, so
an answer without one always goes to the default (recorded, LocalStack `test_lambda_selection_patterns`).
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from apitool.proxy.outcome_texts import CONFIGURATION
from apitool.proxy.verdict import Finding

if TYPE_CHECKING:
    from apitool.proxy.api import IntegrationResponse

_NO_MATCH = (
    f"{CONFIGURATION}No match for output mapping and no default output mapping configured. "
    "Endpoint Response Status Code: "
)


def select_response(responses: tuple[IntegrationResponse, ...], text: str) -> IntegrationResponse | None:
    """None when no pattern matches and there is no default."""
    default = None
    for response in responses:
        if response.pattern in {"", "default"}:
            default = default or response
        elif _matches(response.pattern, text):
            return response
    return default


def error_message_of(payload: bytes) -> str:
    """`errorMessage` of an object that a function returned or failed with; empty without one."""
    try:
        value = json.loads(payload or b"null")
    except (ValueError, RecursionError):
        return ""
    message = value.get("errorMessage") if isinstance(value, dict) else None
    return message if isinstance(message, str) else ""


def unmatched(status: int) -> tuple[str, Finding]:
    """The line AWS logs, and why."""
    finding = Finding(
        rule="integration.no-response",
        what="No integration response takes the endpoint's answer, and there is no default",
        fix="Add a `default` response to the integration",
        seen=f"status {status}",
        recorded=False,
    )
    return f"{_NO_MATCH}{status}", finding


def _matches(pattern: str, text: str) -> bool:
    try:
        return re.fullmatch(pattern, text, re.DOTALL) is not None
    except re.error:
        return False  # a Java pattern Python does not know matches nothing here
