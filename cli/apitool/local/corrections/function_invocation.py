"""Lambda's Invoke API runs the function in our runtime; moto would start a Docker container."""

from __future__ import annotations

import base64
import json
from typing import TYPE_CHECKING, Protocol

from moto.awslambda.responses import LambdaResponse

from apitool.errors import ApitoolError
from apitool.local.corrections.correction import Correction
from apitool.proxy.outcome import FunctionError, InvokeRefused, Outcome, Returned

if TYPE_CHECKING:
    from collections.abc import Callable

    from moto.core.common_types import TYPE_RESPONSE

_KINDS = {"Event": 202, "DryRun": 204}
_REFUSALS = {
    "throttled": (429, "TooManyRequestsException", "Rate Exceeded."),
    "not-permitted": (403, "AccessDeniedException", "not permitted"),
    "not-found": (404, "ResourceNotFoundException", "Function not found"),
}


class Run(Protocol):
    """Runs a function from any thread and waits for its outcome; `wait=False` returns at once, with None."""

    def __call__(
        self, arn: str, payload: bytes, *, client_context: str | None, wait: bool
    ) -> Outcome | None: ...


def corrections(run: Run) -> tuple[Correction, ...]:
    """With the runtime that is to be used."""

    def invoke(_original: Callable[..., TYPE_RESPONSE], response: LambdaResponse) -> TYPE_RESPONSE:
        kind = response.headers.get("X-Amz-Invocation-Type", "RequestResponse")
        arn, version = _invoked(response)
        if kind == "DryRun":
            return _accepted(kind)
        context = response.headers.get("X-Amz-Client-Context")
        decoded = base64.b64decode(context).decode() if context else None
        payload = response.body.encode() if isinstance(response.body, str) else bytes(response.body)
        try:
            outcome = run(arn, payload or b"{}", client_context=decoded, wait=kind not in _KINDS)
        except ApitoolError as error:  # more than Lambda takes
            return _refused(413, "RequestTooLargeException", str(error))
        if outcome is None:
            return _accepted(kind)
        return _answered(outcome, version)

    reason = "moto runs functions in Docker containers"
    return (Correction(LambdaResponse, "invoke", reason, invoke),)


def _invoked(response: LambdaResponse) -> tuple[str, str]:
    """The ARN as asked for, with version or alias, and the version it leads to. moto raises AWS's 404."""
    name = response.path.rsplit("/", 2)[-2].replace("%3A", ":")
    qualifier = response.querystring.get("Qualifier", [None])[0]
    if ":function:" in name:
        name = name.partition(":function:")[2]
    name, _, in_name = name.partition(":")
    qualifier = qualifier or in_name or None
    function = response.backend.get_function(name, qualifier)
    base = response.backend.get_function(name).function_arn
    return (f"{base}:{qualifier}" if qualifier else base), str(function.version)


def _answered(outcome: Outcome, version: str) -> TYPE_RESPONSE:
    headers = {"Content-Type": "application/json", "X-Amz-Executed-Version": version}
    match outcome:
        case Returned(payload=payload):
            return 200, headers, payload
        case FunctionError(payload=payload, error_type=kind, error_message=message):
            shown = payload or json.dumps({"errorType": kind, "errorMessage": message}).encode()
            return 200, {**headers, "X-Amz-Function-Error": "Unhandled"}, shown
        case InvokeRefused(reason=reason):
            return _refused(*_REFUSALS[reason])
        case _:
            return _refused(500, "ServiceException", "no answer")


def _accepted(kind: str) -> TYPE_RESPONSE:
    return _KINDS[kind], {"status": str(_KINDS[kind])}, ""  # moto reads the status from a header


def _refused(status: int, code: str, message: str) -> TYPE_RESPONSE:
    headers = {"Content-Type": "application/json", "x-amzn-ErrorType": code, "status": str(status)}
    return status, headers, json.dumps({"Type": "User", "message": message})
