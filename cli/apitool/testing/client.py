"""The API as tests ask it: the gateway's own rules around the handler, all in this process."""

from __future__ import annotations

import json
import time
import traceback
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from apitool.local.request_ids import new_ids
from apitool.project import names
from apitool.project.client_request import client_request, json_body, pairs_of
from apitool.project.deployed import ACCOUNT_ID, deployed_stage
from apitool.project.openapi import alias_arn
from apitool.proxy.exchange import Answer, begin, finish
from apitool.proxy.outcome import FunctionError, Returned
from apitool.testing.answer import BrokenContractError, HttpResponse
from apitool.testing.context import LambdaContext

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from apitool.project.model import Project, Stage
    from apitool.proxy.exchange import Invocation
    from apitool.testing.handlers import Handlers

    Values = Mapping[str, str | Iterable[str]] | Iterable[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class _Run:
    """What came of the handler: a value, or what it raised."""

    returned: object
    error: BaseException | None
    milliseconds: int


class Api:
    """Requests to one stage of the project. `prepare` sets a function's environment before it is imported."""

    def __init__(
        self, project: Project, stage: Stage, handlers: Handlers, prepare: Callable[[str], None]
    ) -> None:
        self.stage = deployed_stage(project, stage)
        self._project = project
        self._stage = stage
        self._handlers = handlers
        self._prepare = prepare
        self._functions = {
            alias_arn(project, stage, name, account_id=ACCOUNT_ID): name for name in project.functions
        }

    def get(self, path: str, **options: Any) -> HttpResponse:  # noqa: ANN401 - those of `request`
        __tracebackhide__ = True
        return self.request("GET", path, **options)

    def head(self, path: str, **options: Any) -> HttpResponse:  # noqa: ANN401
        __tracebackhide__ = True
        return self.request("HEAD", path, **options)

    def post(self, path: str, **options: Any) -> HttpResponse:  # noqa: ANN401
        __tracebackhide__ = True
        return self.request("POST", path, **options)

    def put(self, path: str, **options: Any) -> HttpResponse:  # noqa: ANN401
        __tracebackhide__ = True
        return self.request("PUT", path, **options)

    def patch(self, path: str, **options: Any) -> HttpResponse:  # noqa: ANN401
        __tracebackhide__ = True
        return self.request("PATCH", path, **options)

    def delete(self, path: str, **options: Any) -> HttpResponse:  # noqa: ANN401
        __tracebackhide__ = True
        return self.request("DELETE", path, **options)

    def options(self, path: str, **options: Any) -> HttpResponse:  # noqa: ANN401
        __tracebackhide__ = True
        return self.request("OPTIONS", path, **options)

    def request(
        self,
        method: str,
        path: str,
        *,
        query: Values | None = None,
        headers: Values | None = None,
        json: object = None,
        body: bytes | str = b"",
        broken: bool = False,
    ) -> HttpResponse:
        """Ask the API as a client does.

        Args:
            method: the verb.
            path: below the stage; may carry a query.
            query: pairs, or a mapping to a value or several; escaped here.
            headers: pairs, or a mapping to a value or several.
            json: becomes the body, with Content-Type application/json.
            body: the body as it is.
            broken: let a broken contract, or an exception, be the 502 it is on AWS.

        Raises:
            BrokenContractError: AWS would not accept what the handler returned.
        """
        __tracebackhide__ = True
        sent = json_body(json) if json is not None else body.encode() if isinstance(body, str) else body
        request = client_request(
            self.stage,
            method,
            path,
            query=pairs_of(query),
            headers=pairs_of(headers),
            body=sent,
            content_type="application/json" if json is not None else None,
        )
        step = begin(self.stage, request, new_ids(), now_ms=request.received_at_ms)
        if isinstance(step, Answer):
            return _response(step, None, None)
        return self._invoked(step, broken=broken)

    def event(self, method: str, path: str, **options: Any) -> dict[str, Any]:  # noqa: ANN401 - `client_request`'s
        """The event of a request, for handlers called by hand.

        Raises:
            AssertionError: no function serves the request.
        """
        request = client_request(self.stage, method, path, **options)
        step = begin(self.stage, request, new_ids(), now_ms=request.received_at_ms)
        assert not isinstance(step, Answer), f"{method} {path} reaches no function: {step.status}"  # noqa: S101
        event: dict[str, Any] = json.loads(step.payload)
        return event

    def _invoked(self, invocation: Invocation, *, broken: bool) -> HttpResponse:
        __tracebackhide__ = True
        run = self._run(self._functions[invocation.function_arn], invocation)
        request_id = str(uuid4())
        if run.error is not None:
            if not broken:
                raise run.error
            outcome: Returned | FunctionError = _error(run.error, request_id, run.milliseconds)
        else:
            outcome = _returned(run, request_id)
        answer = finish(invocation, outcome, now_ms=time.time_ns() // 1_000_000)
        if not broken and not answer.verdict.accepted:
            raise BrokenContractError(answer.verdict, run.returned)
        return _response(answer, invocation.event, run.returned)

    def _run(self, name: str, invocation: Invocation) -> _Run:
        function = self._project.functions[name]
        self._prepare(name)
        with self._handlers.handler(self._project.root / function.source, function.handler) as handler:
            context = self._context(name, invocation)
            started = time.perf_counter()
            try:
                returned = handler(json.loads(invocation.payload), context)
            except Exception as error:  # noqa: BLE001 - whatever it is, it is handed on
                return _Run(None, error, _ms_since(started))
            return _Run(returned, None, _ms_since(started))

    def _context(self, name: str, invocation: Invocation) -> LambdaContext:
        function = self._project.functions[name]
        full_name = names.member(self._project.name, self._stage.name, name)
        return LambdaContext(
            function_name=full_name,
            invoked_function_arn=invocation.function_arn,
            memory_limit_in_mb=function.memory,
            aws_request_id=str(uuid4()),
            log_group_name=names.function_log_group(full_name),
            timeout_s=float(function.timeout),
        )


def _returned(run: _Run, request_id: str) -> Returned | FunctionError:
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


def _response(answer: Answer, event: dict[str, Any] | None, returned: object) -> HttpResponse:
    log = tuple(line.text for line in answer.lines)
    return HttpResponse(answer.status, answer.headers, answer.body, answer.verdict, event, returned, log)


def _ms_since(started: float) -> int:
    return round((time.perf_counter() - started) * 1000)
