"""From the access log a stage has to the one it should have: patch operations. Pure.

AWS takes the destination without the `:*` that DescribeLogGroups appends, and removes only the whole
(recorded).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from apitool.logs.levels import PatchOperation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from apitool.proxy.method_settings import StageSettings

_WHOLE = "/accessLogSettings"


def on(stage: StageSettings, destination: str, log_format: str) -> tuple[PatchOperation, ...]:
    """Log to the group with this ARN, in this format. Only what differs is sent."""
    return tuple(
        _replaced("destinationArn", stage.access_log_destination, destination.removesuffix(":*"))
    ) + tuple(_replaced("format", stage.access_log_format, log_format))


def off(stage: StageSettings) -> tuple[PatchOperation, ...]:
    destination = stage.access_log_destination
    return (PatchOperation("remove", _WHOLE, None, destination, "off"),) if destination else ()


def _replaced(member: str, seen: str | None, wanted: str) -> Iterator[PatchOperation]:
    if seen != wanted:
        yield PatchOperation("replace", f"{_WHOLE}/{member}", wanted, seen or "unset", wanted)
