"""Running functions from their source, by the ARNs they would have."""

from __future__ import annotations

from typing import TYPE_CHECKING

from apitool.local.request_ids import new_uuid
from apitool.proxy.outcome import InvokeRefused

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from apitool.local.functions import Invoke
    from apitool.local.runtime.function import FunctionVersion
    from apitool.local.runtime.runtime import Runtime
    from apitool.proxy.outcome import Outcome


def source_functions(known: Callable[[], Mapping[str, FunctionVersion]], runtime: Runtime) -> Invoke:
    """`known` is asked for every call: it changes with every save."""

    async def invoke(arn: str, payload: bytes, *, trace_id: str) -> Outcome:
        function = known().get(arn)
        if function is None:
            return InvokeRefused("not-found", new_uuid(), 0)
        return await runtime.invoke(function, payload, trace_id=trace_id)

    return invoke
