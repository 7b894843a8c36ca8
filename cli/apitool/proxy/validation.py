"""Request validation: required parameters, then the body (recorded, LocalStack's
`test_api_gateway_request_validator` and its two siblings with referenced models).
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from apitool.proxy.json_schema import violation
from apitool.proxy.media import DEFAULT_TYPE, essence
from apitool.proxy.query import decode_query

if TYPE_CHECKING:
    from apitool.proxy.passage import Passage
    from apitool.proxy.routing import Match

_ORDER = ("header", "path", "querystring")
"""The recorded message lists headers, then path, then query: `[x-header-param, issuer, qs1]`."""


def missing_parameters(passage: Passage, route: Match) -> tuple[str, ...]:
    """Names of required parameters that were not sent, in AWS's order; none without a validator."""
    if not route.method.validates_parameters:
        return ()
    required = [key.removeprefix("method.request.") for key in route.method.required_parameters]
    split = [(place, name) for place, _, name in (key.partition(".") for key in required)]
    ordered = sorted(split, key=lambda pair: _ORDER.index(pair[0]))
    return tuple(name for place, name in ordered if not _sent(passage, route, place, name))


def _sent(passage: Passage, route: Match, place: str, name: str) -> bool:
    if place == "header":
        return bool(passage.request.header(name))
    if place == "path":
        return name in route.path_parameters
    return name in decode_query(passage.request.raw_query)


def body_violation(passage: Passage, route: Match) -> str | None:
    """Where a body breaks its model, as a JSON pointer; None when it is valid or nobody asks.

    A request without a body is validated as `{}` (LocalStack's reading): it fails a model that requires
    anything (recorded). Bodies of other types than JSON have no model and pass.
    """
    schema = route.method.body_schema
    content_type = essence(passage.request.header("Content-Type") or DEFAULT_TYPE)
    if not route.method.validates_body or schema is None or content_type != DEFAULT_TYPE:
        return None
    try:
        body = json.loads(passage.request.body or b"{}")
    except (ValueError, RecursionError):
        return "/"
    return violation(body, schema, dict(passage.stage.api.models))
