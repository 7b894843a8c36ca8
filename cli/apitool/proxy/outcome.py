"""What came back from a Lambda function or an HTTP endpoint: the ways it can end, as the gateway sees them.

`local/` produces these, the response contract (`response.py`) and the integrations judge them. No I/O here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from apitool.proxy.frozen import frozen


@frozen(slots=True)
class Returned:
    """The function returned. `payload` is its JSON, exactly as the runtime sent it."""

    payload: bytes
    request_id: str  # Lambda's own request id
    latency_ms: int


@dataclass(frozen=True, slots=True)
class FunctionError:
    """The function raised, crashed, ran into its own timeout, or did not load (`X-Amz-Function-Error`)."""

    error_type: str
    error_message: str
    request_id: str
    latency_ms: int
    payload: bytes = b""  # the error document: errorType, errorMessage, stackTrace


@dataclass(frozen=True, slots=True)
class InvokeRefused:
    """Lambda did not run the function: throttled, not permitted, no such function, version or alias, or the
    integration's role can't be assumed.
    """

    reason: Literal["throttled", "not-permitted", "not-found", "role"]
    request_id: str
    latency_ms: int
    detail: str = ""  # the role's ARN


@dataclass(frozen=True, slots=True)
class IntegrationTimeout:
    """No answer within the integration's timeout; the function may still be running."""

    timeout_ms: int


Outcome = Returned | FunctionError | InvokeRefused | IntegrationTimeout


@dataclass(frozen=True, slots=True)
class HttpAnswered:
    """An HTTP endpoint answered. `headers` in wire order; `body` as it came, still in its content coding."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    latency_ms: int


@dataclass(frozen=True, slots=True)
class HttpFailed:
    """No answer: the host can't be found or the URL not be used, the connection failed or was cut, or the
    integration's role can't be assumed.
    """

    reason: Literal["invalid-address", "network", "role"]
    detail: str = ""  # for the finding, e.g. `connection refused`


HttpOutcome = HttpAnswered | HttpFailed | IntegrationTimeout
