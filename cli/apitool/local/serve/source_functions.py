"""Running functions from their source, by the ARNs they would have."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from apitool.local.request_ids import new_uuid
from apitool.proxy.outcome import InvokeRefused

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from apitool.local.functions import Start
    from apitool.local.runtime.function import FunctionVersion
    from apitool.local.runtime.runtime import Runtime
    from apitool.proxy.outcome import Outcome


def source_functions(known: Callable[[], Mapping[str, FunctionVersion]], runtime: Runtime) -> Start:
    """`known` is asked for every call: it changes with every save."""

    def start(arn: str, payload: bytes, *, trace_id: str) -> asyncio.Future[Outcome]:
        function = known().get(arn)
        if function is not None:
            return runtime.start_invocation(function, payload, trace_id=trace_id)
        outcome: asyncio.Future[Outcome] = asyncio.get_running_loop().create_future()
        outcome.set_result(InvokeRefused("not-found", new_uuid(), 0))
        return outcome

    return start
