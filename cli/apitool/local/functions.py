"""Lambda as API Gateway sees it: may this be called, run it, wait for it as long as the integration says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from apitool.local.request_ids import new_uuid
from apitool.local.roles import Roles, any_role
from apitool.proxy.api import CALLER
from apitool.proxy.outcome import IntegrationTimeout, InvokeRefused, Returned
from apitool.proxy.steps import Invocation

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Callable

    from apitool.proxy.outcome import Outcome
    from apitool.proxy.steps import AuthorizerCall


class Start(Protocol):
    """Starts a function by its ARN, with version or alias, whoever asks. The outcome may be given up."""

    def __call__(self, arn: str, payload: bytes, *, trace_id: str) -> asyncio.Future[Outcome]: ...


_INVOKE = "lambda:InvokeFunction"


def anyone(_function_arn: str, _source_arn: str) -> bool:
    """A permission for every call."""
    return True


class Functions:
    """`permits` is asked with a function's ARN and the ARN of the method or authorizer that calls it; `roles`
    where an integration has a role of its own, which then is all that counts.
    """

    def __init__(
        self,
        start: Start,
        permits: Callable[[str, str], bool] = anyone,
        roles: Roles = any_role,
    ) -> None:
        self._start = start
        self._permits = permits
        self._roles = roles

    async def run(self, call: Invocation | AuthorizerCall) -> Outcome:
        """The outcome within the call's time; the function itself runs on after that, as on AWS."""
        refused = self._refused(call)
        if refused is not None:
            return refused
        outcome = self._start(call.function_arn, call.payload, trace_id=call.passage.trace.event_value)
        if isinstance(call, Invocation) and call.invocation_type == "Event":
            return Returned(b"", new_uuid(), 0)
        seconds = call.timeout_ms / 1000
        timer = outcome.get_loop().call_later(seconds, _give_up, outcome, call.timeout_ms)
        try:
            return await outcome
        finally:
            timer.cancel()

    def _refused(self, call: Invocation | AuthorizerCall) -> InvokeRefused | None:
        role = call.credentials if isinstance(call, Invocation) else ""
        if not role or role == CALLER:  # who the caller is nobody checks here
            permitted = bool(role) or self._permits(call.function_arn, call.source_arn)
            return None if permitted else InvokeRefused("not-permitted", new_uuid(), 0)
        match self._roles(role, _INVOKE):
            case "not-assumable":
                return InvokeRefused("role", new_uuid(), 0, role)
            case "denied":
                return InvokeRefused("not-permitted", new_uuid(), 0)
            case _:
                return None


def _give_up(outcome: asyncio.Future[Outcome], after_ms: int) -> None:
    if not outcome.done():
        outcome.set_result(IntegrationTimeout(after_ms))
