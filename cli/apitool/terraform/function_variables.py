"""What a function has on AWS beside its code, as attributes of an entry of the root module's `functions`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from apitool.project.model import FunctionPlatform

if TYPE_CHECKING:
    from apitool.project.model import Function

# The embedded AWS keeps its instances ready anyway, and the runtime it has may be older than SnapStart.
_NOT_EMBEDDED = {"provisioned_concurrency": None, "snap_start": False}


def platform(function: Function, *, embedded: bool = False) -> dict[str, object]:
    """Keys and values as terraform/api/variables.tf has them: the model's own, null for unset."""
    found: dict[str, object] = function.model_dump(mode="json", include=set(FunctionPlatform.model_fields))
    return found | _NOT_EMBEDDED if embedded else found
