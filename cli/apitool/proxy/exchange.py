"""The whole of one request in pure steps: `begin` it, do what comes back, hand in the outcome, and so on.

    step = begin(stage, request, ids, now_ms=..., gates=gates)
    while not isinstance(step, Answer):
        outcome = <run the function, or make the HTTP call, with at most step.timeout_ms>
        go_on = authorized if isinstance(step, AuthorizerCall) else finish
        step = go_on(step, outcome, now_ms=...)

A caller that runs functions only leaves out `gates`: nothing but an `Invocation` is asked of it, Lambda
authorizers are taken to agree, and HTTP integrations are not served.

No I/O, no clock, no random numbers: time and ids come in. The local gateway is a thin shell over this.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, overload

from apitool.proxy.admission.admitted import Admitted
from apitool.proxy.admission.entry import admit, admit_after_authorizer
from apitool.proxy.answer import Answer
from apitool.proxy.api import Integration
from apitool.proxy.caller import ANONYMOUS, Caller
from apitool.proxy.gates import Gates
from apitool.proxy.integrations.aws_service import begin_service
from apitool.proxy.integrations.custom_function import begin_custom_function, finish_custom_function
from apitool.proxy.integrations.http_endpoint import begin_http, finish_http
from apitool.proxy.integrations.mock import mock_answer
from apitool.proxy.integrations.proxy_function import begin_proxy_function, finish_proxy_function
from apitool.proxy.integrations.validated import validated
from apitool.proxy.passage import Passage
from apitool.proxy.response_cache import from_cache
from apitool.proxy.routing import match, split_stage
from apitool.proxy.steps import AuthorizerCall, HttpCall, Invocation
from apitool.proxy.turned_away import at_the_door, forbidden, no_route
from apitool.proxy.unserved import no_function, wrong_type

if TYPE_CHECKING:
    from apitool.proxy.execution_log import Journal
    from apitool.proxy.outcome import HttpOutcome, Outcome
    from apitool.proxy.request import Ids, Request
    from apitool.proxy.routing import Match
    from apitool.proxy.stage import DeployedStage
    from apitool.proxy.throttle import Throttle

__all__ = [
    "ANONYMOUS",
    "Answer",
    "AuthorizerCall",
    "Caller",
    "Gates",
    "HttpCall",
    "Invocation",
    "Step",
    "authorized",
    "begin",
    "finish",
    "integrated",
]

Step = Answer | Invocation | HttpCall | AuthorizerCall
_LAMBDA = ":lambda:path/"
_FIREHOSE = ":firehose:action/"  # what AWS_PROXY takes beside Lambda; nobody wrote down what it does there


@overload
def begin(
    stage: DeployedStage | None,
    request: Request,
    ids: Ids,
    *,
    now_ms: int,
    gates: Gates,
    caller: Caller = ANONYMOUS,
) -> Step: ...


@overload
def begin(
    stage: DeployedStage | None,
    request: Request,
    ids: Ids,
    *,
    now_ms: int,
    throttle: Throttle | None = None,
    caller: Caller = ANONYMOUS,
) -> Answer | Invocation: ...


def begin(
    stage: DeployedStage | None,
    request: Request,
    ids: Ids,
    *,
    now_ms: int,
    throttle: Throttle | None = None,
    gates: Gates | None = None,
    caller: Caller = ANONYMOUS,
) -> Step:
    """Take a request as far as something has to be done outside.

    Args:
        stage: the stage named by `routing.split_stage(request.raw_path)`; None when there is no such stage.
        request: as it came over the wire, stage and query in its target.
        ids: made up by the caller, one set for each request.
        now_ms: milliseconds since 1970.
        throttle: the buckets of this stage's methods; None throttles nothing.
        gates: what lets requests in; who gives it makes every kind of step.
        caller: who calls, where that is known already.
    """
    path = split_stage(request.raw_path)
    if stage is None:
        return forbidden(request, ids, path, now_ms=now_ms)
    route = match(stage.api, request.method, path.path)
    passage = Passage(stage, request, ids, path, route, caller)
    turned_away = at_the_door(passage, now_ms=now_ms)
    if turned_away is not None:
        return turned_away
    if route is None:
        return no_route(passage, now_ms=now_ms)
    found = admit(passage, route, gates or Gates(throttle, authorizers=None), now_ms=now_ms)
    step = integrated(found, now_ms, gates) if isinstance(found, Admitted) else found
    if gates is None and isinstance(step, HttpCall):
        return no_function(step.passage, step.route.method.integration, step.journal, now_ms=now_ms)
    return step


def authorized(call: AuthorizerCall, outcome: Outcome, *, now_ms: int) -> Answer | Invocation | HttpCall:
    """Go on with what a Lambda authorizer came to. `now_ms` is milliseconds since 1970."""
    found = admit_after_authorizer(call, outcome, now_ms=now_ms)
    return integrated(found, now_ms, call.gates) if isinstance(found, Admitted) else found


@overload
def finish(call: Invocation, outcome: Outcome, *, now_ms: int) -> Answer: ...


@overload
def finish(call: HttpCall, outcome: HttpOutcome, *, now_ms: int) -> Answer: ...


def finish(call: Invocation | HttpCall, outcome: Outcome | HttpOutcome, *, now_ms: int) -> Answer:
    """Judge what an invocation or a call came to. `now_ms` is milliseconds since 1970."""
    integration = call.route.method.integration
    if integration is None:
        raise ValueError("a call without an integration")
    if isinstance(call, HttpCall):
        return finish_http(call, integration, outcome, now_ms=now_ms)  # type: ignore[arg-type] # by overload
    if integration.type == "AWS":
        return finish_custom_function(call, integration, outcome, now_ms=now_ms)  # type: ignore[arg-type]
    return finish_proxy_function(call, outcome, now_ms=now_ms)  # type: ignore[arg-type]


def integrated(admitted: Admitted, now_ms: int, gates: Gates | None = None) -> Answer | Invocation | HttpCall:
    """The integration of a request that was let in, or what the stage has kept of it."""
    passage = admitted.passage
    route = passage.route
    if route is None:
        raise ValueError("admitted without a route")
    journal = validated(passage, route, admitted.journal, now_ms=now_ms)
    if isinstance(journal, Answer):
        return journal
    integration = route.method.integration
    if gates is not None and gates.answers is not None and integration is not None:
        found = from_cache(passage, integration, gates.answers, journal, now_ms=now_ms)
        if isinstance(found, Answer):
            return found
        passage = passage if found is None else passage.kept_in(found)
    return _begun(passage, route, journal, now_ms)


def _begun(passage: Passage, route: Match, journal: Journal, now_ms: int) -> Answer | Invocation | HttpCall:
    integration = route.method.integration
    match integration:
        case Integration(type="AWS_PROXY", uri=uri) if _FIREHOSE not in uri:
            return begin_proxy_function(passage, route, integration, journal, now_ms=now_ms)
        case Integration(type="AWS", uri=uri):
            begin_call = begin_custom_function if _LAMBDA in uri else begin_service
            return begin_call(passage, route, integration, journal, now_ms=now_ms)
        case Integration(type="HTTP" | "HTTP_PROXY"):
            return begin_http(passage, route, integration, journal, now_ms=now_ms)
        case Integration(type="MOCK"):
            return mock_answer(passage, integration, journal, now_ms=now_ms)
        case _:
            return wrong_type(passage, integration, journal, now_ms=now_ms)
