"""Request validation: required parameters, then the body (recorded, LocalStack's
`test_api_gateway_request_validator` and its two siblings with referenced models).
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from apitool.proxy.json_schema import violation
from apitool.proxy.media import DEFAULT_TYPE, essence

if TYPE_CHECKING:
    from collections.abc import Mapping

    from apitool.proxy.passage import Passage
    from apitool.proxy.routing import Match

_ORDER = ("header", "path", "querystring")
"""The recorded message lists headers, then path, then query: `[x-header-param, issuer, qs1]`."""
_NOT_PARSED = "Unknown error parsing request body"  # of an empty one too (public notes, 2021)


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
    return name in passage.request.query


@dataclass(frozen=True, slots=True)
class BodyProblem:
    """Where a body breaks its model, a JSON pointer; and what AWS writes about it to the execution log."""

    pointer: str
    why: str


def body_violation(passage: Passage, route: Match) -> BodyProblem | None:
    """How a body breaks its model; None when it is valid or nobody asks.

    A request without a body is validated as `{}` (LocalStack's reading): it fails a model that requires
    anything (recorded). Bodies of other types than JSON have no model and pass.
    """
    schema = route.method.body_schema
    if not route.method.validates_body or schema is None:
        return None
    if essence(passage.request.header("Content-Type") or DEFAULT_TYPE) != DEFAULT_TYPE:
        return None
    models = dict(passage.stage.api.models)
    try:
        body = json.loads(passage.request.body or b"{}")
    except (ValueError, RecursionError):
        return BodyProblem("/", _NOT_PARSED)
    pointer = violation(body, schema, models)
    if pointer is None:
        return None
    return BodyProblem(pointer, _why(body, schema, models, pointer) if passage.request.body else _NOT_PARSED)


def _why(body: object, schema: Mapping[str, Any], models: Mapping[str, Any], pointer: str) -> str:
    """AWS's words for what is missing at the top (measured, public notes of 2021), ours for the rest."""
    reference = schema.get("$ref")
    known = models.get(reference.rpartition("/")[2]) if isinstance(reference, str) else schema
    required = known.get("required") if isinstance(known, dict) else None
    if isinstance(body, dict) and isinstance(required, list):
        missing = sorted(str(name) for name in required if name not in body)
        if missing:
            return f"object has missing required properties ({json.dumps(missing, separators=(',', ':'))})"
    return f"instance at {pointer} does not fit its schema"
