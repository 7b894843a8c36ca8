"""Causes behind an endpoint that is no function: HTTP and HTTP_PROXY integrations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from apitool.logs.cause import Cause
from apitool.proxy.outcome_texts import NETWORK_ERROR

if TYPE_CHECKING:
    from apitool.logs.request import Request

_MESSAGE = "Network error communicating with endpoint"  # what the access log and the caller get


def unreachable(request: Request) -> Cause | None:
    """Nobody listens, or the connection broke: a 504 that is no timeout."""
    said = request.execution.said if request.execution else {}
    if request.error_message != _MESSAGE and not any(head.startswith(NETWORK_ERROR) for head in said):
        return None
    return Cause(
        "integration.endpoint",
        "The endpoint could not be reached, or the connection to it broke",
        "check that it listens, its certificate, and what lies between: VPC link, security groups",
        seen=request.error_message,
        evidence=(NETWORK_ERROR, "Endpoint request URI", "Sending request to"),
    )
