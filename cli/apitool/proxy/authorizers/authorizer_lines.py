"""What an authorizer writes to the execution log.

Texts from public logs (2016 to 2023), `Unauthorized request` from AWS's knowledge center ("How can I use API
Gateway logs for troubleshooting?"); which of them need data trace is our guess.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from apitool.proxy.execution_log import Line
from apitool.proxy.log_text import starred

if TYPE_CHECKING:
    from collections.abc import Iterable

    from apitool.proxy.execution_log import Traced

NOT_PARSED = "Execution failed due to configuration error: Could not parse policy"
INVALID_PERMISSIONS = "Execution failed due to configuration error: Invalid permissions on Lambda function"
ERROR_TYPE = "AuthorizerConfigurationException"
DENIED = "The client is not authorized to perform this operation."


def unauthorized_text(request_id: str) -> str:
    return f"Unauthorized request: {request_id}"


def starting_lines(
    _: Traced, authorizer_id: str, request_id: str, identity: tuple[str, ...]
) -> Iterable[Line]:
    yield Line(f"Starting authorizer: {authorizer_id} for request: {request_id}", "usage")
    yield Line(f"Incoming identity: {', '.join(map(starred, identity))}", "usage")


def result_lines(traced: Traced, payload: bytes) -> Iterable[Line]:
    if traced:
        text = payload.decode(errors="replace")
        yield Line(f"Authorizer result body before parsing: {text}", "trace")


def granted_lines(_: Traced, principal_id: str) -> Iterable[Line]:
    """Written for a policy that could be read, allowing or not."""
    yield Line(f"Using valid authorizer policy for principal: {starred(principal_id)}", "usage")
    yield Line("Successfully completed authorizer execution", "usage")
