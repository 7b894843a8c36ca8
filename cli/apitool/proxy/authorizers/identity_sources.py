"""The values an authorizer looks at. One that is missing or empty ends the request with a 401, and the
function is not called (recorded by stackd, rest_lambda_authorizers: header and query, missing and empty).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from apitool.proxy.mapped_values import mapped_value

if TYPE_CHECKING:
    from apitool.proxy.authorizers.authorizer import Authorizer
    from apitool.proxy.passage import Passage


def identity_values(authorizer: Authorizer, passage: Passage) -> tuple[str, ...] | None:
    """In the order of the sources; None when one is missing or empty. No sources give no values."""
    sources = passage.sources({})
    values = tuple(mapped_value(source, sources) or "" for source in authorizer.identity_sources)
    return values if all(values) else None


def valid_token(authorizer: Authorizer, token: str) -> bool:
    """Whether a token fits the whole validation expression; one that Python can't read takes any."""
    if not authorizer.validation:
        return True
    try:
        return re.fullmatch(authorizer.validation, token) is not None
    except re.error:
        return True
