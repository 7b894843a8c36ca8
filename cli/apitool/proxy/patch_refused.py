"""A patch operation, and AWS's answer when it refuses one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class PatchOperation:
    """One entry of `patchOperations`. `from` is spelled `from_` here."""

    op: str  # add | remove | replace | copy
    path: str
    value: str | None = None
    from_: str | None = None

    @classmethod
    def from_request(cls, operation: Mapping[str, Any]) -> PatchOperation:
        """As boto3 and the wire have it: `{"op": …, "path": …, "value": …, "from": …}`."""
        return cls(
            op=str(operation.get("op", "")),
            path=str(operation.get("path", "")),
            value=operation.get("value"),
            from_=operation.get("from"),
        )

    def to_request(self) -> dict[str, str]:
        members = {"op": self.op, "path": self.path, "value": self.value, "from": self.from_}
        return {key: value for key, value in members.items() if value is not None}


@dataclass(frozen=True, slots=True)
class PatchRefused:
    """AWS's error: the code, and the message word for word. `recorded` is False where the words are ours."""

    code: str
    message: str
    status: int = 400
    recorded: bool = True


class PatchRefusedError(Exception):
    """Carries a refusal out of the operation that caused it; `apply_patch` turns it into a value."""

    def __init__(self, message: str, *, recorded: bool = True) -> None:
        super().__init__(message)
        self.refused = PatchRefused("BadRequestException", message, recorded=recorded)
