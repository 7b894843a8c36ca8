"""What a function has on AWS beside its code, as attributes of an entry of the root module's `functions`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from apitool.project.model import FunctionPlatform

if TYPE_CHECKING:
    from apitool.project.model import Function


def platform(function: Function) -> dict[str, object]:
    """Keys and values as terraform/api/variables.tf has them: the model's own, null for unset."""
    return function.model_dump(mode="json", include=set(FunctionPlatform.model_fields))
