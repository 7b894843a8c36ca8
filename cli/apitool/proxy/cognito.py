"""Claims of a Cognito token as API Gateway hands them on (recorded by stackd, `rest-jwt-id`)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from apitool.proxy.request_time import java_date

if TYPE_CHECKING:
    from collections.abc import Mapping

_TIMES = frozenset({"exp", "iat"})  # auth_time is not among the recorded ones


def cognito_authorizer(claims: Mapping[str, object]) -> dict[str, dict[str, str]]:
    """`requestContext.authorizer`: every claim a string, `exp` and `iat` as Java prints a date."""
    return {"claims": {name: _text(name, value) for name, value in claims.items()}}


def _text(name: str, value: object) -> str:
    if name in _TIMES and isinstance(value, int):
        return java_date(value * 1000)
    return value if isinstance(value, str) else json.dumps(value)
