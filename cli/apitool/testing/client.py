"""The API as tests ask it: the gateway's own rules around the handler, all in this process."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from apitool.errors import UsageError
from apitool.local.request_ids import new_ids
from apitool.project import names
from apitool.project.client_request import client_request, json_body, pairs_of
from apitool.project.deployed import ACCOUNT_ID, as_canary, deployed_stage
from apitool.project.given_caller import given_caller
from apitool.project.openapi import alias_arn
from apitool.proxy.authorizers.authorizer_cache import AuthorizerCache
from apitool.proxy.exchange import Answer, AuthorizerCall, Gates, HttpCall, authorized, begin, finish
from apitool.testing.answer import BrokenContractError, HttpResponse
from apitool.testing.context import LambdaContext
from apitool.testing.run import Run, ms_since, outcome_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from apitool.project.model import Project, Stage
    from apitool.proxy.exchange import Invocation
    from apitool.proxy.request import Request
    from apitool.testing.handlers import Handlers

    Values = Mapping[str, str | Iterable[str]] | Iterable[tuple[str, str]]


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
        self._gates = Gates(authorizers=AuthorizerCache())
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
        authorizer: Mapping[str, Any] | None = None,
        identity: Mapping[str, str] | None = None,
        api_key: str | None = None,
        canary: bool = False,
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
            authorizer: what the route's authorizer found out: `principalId` and context, or `claims`.
                Without it the authorizer itself is asked: a function of the project runs, a token is read.
            identity: members of `requestContext.identity` of a signed request; `{}` for a made-up signer.
            api_key: sent as X-Api-Key; any will do.
            canary: as the stage's canary serves it.
            broken: let a broken contract, or an exception, be the 502 it is on AWS.

        Raises:
            BrokenContractError: AWS would not accept what the handler returned.
            UsageError: the route has no such authorizer, or calls an HTTP endpoint.
        """
        __tracebackhide__ = True
        sent = json_body(json) if json is not None else body.encode() if isinstance(body, str) else body
        key = () if api_key is None else (("X-Api-Key", api_key),)
        request = client_request(
            self.stage,
            method,
            path,
            query=pairs_of(query),
            headers=(*pairs_of(headers), *key),
            body=sent,
            content_type="application/json" if json is not None else None,
        )
        step = self._begun(request, authorizer, identity, canary=canary)
        if isinstance(step, Answer):
            return _response(step, None, None)
        return self._invoked(step, broken=broken)

    def event(
        self,
        method: str,
        path: str,
        *,
        authorizer: Mapping[str, Any] | None = None,
        identity: Mapping[str, str] | None = None,
        canary: bool = False,
        **options: Any,  # noqa: ANN401 - `client_request`'s
    ) -> dict[str, Any]:
        """The event of a request, for handlers called by hand. Options as those of `request`.

        Raises:
            AssertionError: no function serves the request.
        """
        request = client_request(self.stage, method, path, **options)
        step = self._begun(request, authorizer, identity, canary=canary)
        assert not isinstance(step, Answer), f"{method} {path} reaches no function: {step.status}"  # noqa: S101
        event: dict[str, Any] = json.loads(step.payload)
        return event

    def _begun(
        self,
        request: Request,
        authorizer: Mapping[str, Any] | None,
        identity: Mapping[str, str] | None,
        *,
        canary: bool,
    ) -> Answer | Invocation:
        """As far as the integration, authorizers of the project asked on the way."""
        stage = as_canary(self.stage) if canary else self.stage
        caller = given_caller(stage, request, authorizer=authorizer, identity=identity)
        step = begin(
            stage, request, new_ids(), now_ms=request.received_at_ms, gates=self._gates, caller=caller
        )
        if isinstance(step, AuthorizerCall):
            run = self._run(self._functions[step.function_arn], step)
            step = authorized(step, outcome_of(run), now_ms=request.received_at_ms + run.milliseconds)
        if isinstance(step, HttpCall):
            raise UsageError(
                f"{request.method} {request.target} is answered by {step.url}, not by a function",
                fix="ask `apitool serve`, which calls it",
            )
        return step

    def _invoked(self, invocation: Invocation, *, broken: bool) -> HttpResponse:
        __tracebackhide__ = True
        run = self._run(self._functions[invocation.function_arn], invocation)
        if run.error is not None and not broken:
            raise run.error
        answer = finish(invocation, outcome_of(run), now_ms=time.time_ns() // 1_000_000)
        if not broken and not answer.verdict.accepted:
            raise BrokenContractError(answer.verdict, run.returned)
        return _response(answer, invocation.event, run.returned)

    def _run(self, name: str, invocation: Invocation | AuthorizerCall) -> Run:
        function = self._project.functions[name]
        self._prepare(name)
        with self._handlers.handler(self._project.root / function.source, function.handler) as handler:
            context = self._context(name, invocation)
            started = time.perf_counter()
            try:
                returned = handler(json.loads(invocation.payload), context)
            except Exception as error:  # noqa: BLE001 - whatever it is, it is handed on
                return Run(None, error, ms_since(started))
            return Run(returned, None, ms_since(started))

    def _context(self, name: str, invocation: Invocation | AuthorizerCall) -> LambdaContext:
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


def _response(answer: Answer, event: dict[str, Any] | None, returned: object) -> HttpResponse:
    log = tuple(line.text for line in answer.lines)
    return HttpResponse(answer.status, answer.headers, answer.body, answer.verdict, event, returned, log)
