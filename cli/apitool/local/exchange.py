"""One request from its first step to its answer: what `proxy.exchange` asks for is done here."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from apitool.proxy.exchange import authorized, finish
from apitool.proxy.frozen import frozen
from apitool.proxy.steps import AuthorizerCall, HttpCall, Invocation

if TYPE_CHECKING:
    from apitool.local.functions import Functions
    from apitool.local.http.endpoint_calls import EndpointCalls
    from apitool.proxy.answer import Answer
    from apitool.proxy.exchange import Step
    from apitool.proxy.outcome import HttpOutcome, Outcome


@frozen(slots=True)
class Exchanged:
    """`payload` is what the integration's function got, `outcome` what the integration came to; None where
    the request never reached it.
    """

    answer: Answer
    payload: bytes | None = None
    outcome: Outcome | HttpOutcome | None = None


async def exchanged(step: Step, functions: Functions, endpoints: EndpointCalls) -> Exchanged:
    """Take a request that has begun to its answer."""
    payload: bytes | None = None
    outcome: Outcome | HttpOutcome | None = None
    while True:
        match step:
            case Invocation():
                payload, outcome = step.payload, await functions.run(step)
                step = finish(step, outcome, now_ms=_now_ms())
            case AuthorizerCall():
                step = authorized(step, await functions.run(step), now_ms=_now_ms())
            case HttpCall():
                outcome = await endpoints.make(step)
                step = finish(step, outcome, now_ms=_now_ms())
            case answer:
                return Exchanged(answer, payload, outcome)


def _now_ms() -> int:
    return time.time_ns() // 1_000_000
