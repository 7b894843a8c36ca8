"""Ids of resources, deployments and the like have six characters, as on AWS (recorded by stackd)."""

from __future__ import annotations

import secrets
import string
from typing import TYPE_CHECKING

from moto.apigateway.utils import ApigwIdentifier
from moto.utilities.id_generator import generate_str_id

from apitool.local.corrections.correction import correction

if TYPE_CHECKING:
    from collections.abc import Callable

_SHORT = frozenset({"authorizer", "deployment", "model", "request_validator", "resource", "usage_plan"})
_LENGTH = 6
_CHARACTERS = string.ascii_lowercase + string.digits
_ROOT = "./"  # moto's name for the root resource: no parent, and its path. Its id is long on AWS too


@correction(ApigwIdentifier, "generate", "moto gives every id ten characters, which shows in events and logs")
def generate(
    original: Callable[..., str],
    identifier: ApigwIdentifier,
    existing_ids: list[str] | None = None,
    *rest: object,
    **named: object,
) -> str:
    if identifier.resource not in _SHORT or identifier.name == _ROOT:
        return original(identifier, existing_ids, *rest, **named)
    made: str = generate_str_id(
        resource_identifier=identifier,
        existing_ids=existing_ids,
        length=_LENGTH,
        include_digits=True,
        lower_case=True,
    )
    return made


def short() -> str:
    """For what moto does not know."""
    return "".join(secrets.choice(_CHARACTERS) for _ in range(_LENGTH))


CORRECTIONS = (generate,)
