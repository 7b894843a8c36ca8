"""One run of a handler in this process, and the outcome Lambda would make of it."""

from __future__ import annotations

import json
import time
import traceback
from dataclasses import dataclass
from uuid import uuid4

from apitool.proxy.outcome import FunctionError, Returned


@dataclass(frozen=True, slots=True)
class Run:
    """What came of the handler: a value, or what it raised."""

    returned: object
    error: BaseException | None
    milliseconds: int


def outcome_of(run: Run) -> Returned | FunctionError:
    request_id = str(uuid4())
    if run.error is not None:
        return _error(run.error, request_id, run.milliseconds)
    return _returned(run, request_id)


def _returned(run: Run, request_id: str) -> Returned | FunctionError:
    """As Lambda's runtime client writes it; what is no JSON is an error of the function there."""
    try:
        payload = json.dumps(run.returned, ensure_ascii=False).encode(errors="surrogatepass")
    except (TypeError, ValueError, RecursionError) as error:
        message = f"Unable to marshal response: {error}"
        return FunctionError("Runtime.MarshalError", message, request_id, run.milliseconds)
    return Returned(payload, request_id, run.milliseconds)


def _error(error: BaseException, request_id: str, milliseconds: int) -> FunctionError:
    document = {
        "errorMessage": str(error),
        "errorType": type(error).__name__,
        "requestId": request_id,
        "stackTrace": traceback.format_tb(error.__traceback__),
    }
    payload = json.dumps(document).encode()
    return FunctionError(type(error).__name__, str(error), request_id, milliseconds, payload)


def ms_since(started: float) -> int:
    return round((time.perf_counter() - started) * 1000)
