"""CreateFunction with `Publish=true`, as Terraform's provider sends it."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

from moto.awslambda.models import LambdaBackend

from apitool.local.corrections.correction import correction

if TYPE_CHECKING:
    from collections.abc import Callable

    from moto.awslambda.models import LambdaFunction


@correction(
    LambdaBackend,
    "create_function",
    "moto copies the function in depth, and with it every log event there is, while they are being written",
)
def create_function(
    original: Callable[..., LambdaFunction], backend: LambdaBackend, spec: dict[str, Any]
) -> LambdaFunction:
    function = original(backend, {**spec, "Publish": False})
    if not spec.get("Publish"):
        return function
    version = backend.publish_version(function.function_name)
    shown = copy.copy(function)
    shown.version = version.version if version is not None else function.version
    return shown


CORRECTIONS = (create_function,)
