"""Objects of moto's can be forgotten."""

from __future__ import annotations

from typing import TYPE_CHECKING

from moto.core.common_models import BaseModel

from apitool.local.corrections.correction import correction

if TYPE_CHECKING:
    from collections.abc import Callable


@correction(
    BaseModel,
    "__new__",
    "moto keeps every object it ever made for its dashboard: memory would grow with each log line and item",
)
def untracked(_original: Callable[..., object], cls: type, *_rest: object, **_named: object) -> object:
    return object.__new__(cls)


CORRECTIONS = (untracked,)
