"""What else shapes a route declared resource by resource: compared, and told by name only."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from apitool.review.shown import UNKNOWN
from apitool.terraform.document import mapping, text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from apitool.review.plan_document import ResourceChange
    from apitool.review.references import Side

_OF_METHOD = ("operation_name", "request_models", "request_parameters")
_OF_INTEGRATION = (
    "cache_key_parameters",
    "connection_id",
    "connection_type",
    "content_handling",
    "credentials",
    "passthrough_behavior",
    "request_parameters",
    "request_templates",
    "response_transfer_mode",
    "tls_config",
)
_OF_RESPONSE = (
    "content_handling",
    "response_models",
    "response_parameters",
    "response_templates",
    "selection_pattern",
)
_NEVER_FILLED_IN = frozenset({"credentials"})  # unknown is somebody's, a role that is made in the same plan
_HEADER = "method.response.header."


def of(
    method: ResourceChange,
    integration: ResourceChange | None,
    responses: Sequence[ResourceChange],
    side: Side,
) -> dict[str, str]:
    """What it is called → its value as one text to compare."""
    found = dict(_told(method, _OF_METHOD, side))
    if integration is not None:
        inner = dict(_told(integration, _OF_INTEGRATION, side))
        found |= {f"integration {name}" if name in _OF_METHOD_WORDS else name: inner[name] for name in inner}
    for response in responses:
        values = response.before if side == "before" else response.after
        name = f"answer {text(values.get('status_code'))}"
        found[name] = found.get(name, "") + json.dumps(dict(_told(response, _OF_RESPONSE, side)))
    return found


def headers(integration_response: Mapping[str, object]) -> dict[str, str]:
    """Response headers by lower-case name, quoted as mapping expressions are."""
    parameters = mapping(integration_response.get("response_parameters"))
    return {name.removeprefix(_HEADER).lower(): text(value) for name, value in parameters.items()}


def _told(change: ResourceChange, names: tuple[str, ...], side: Side) -> Iterator[tuple[str, str]]:
    """Without what is empty. What the provider fills in at the apply counts as staying."""
    for name in names:
        filled_in = side == "after" and change.unknown.get(name) is True
        value = (change.before if side == "before" or filled_in else change.after).get(name)
        if filled_in and name in _NEVER_FILLED_IN:
            value = UNKNOWN
        if value not in (None, "", [], {}):
            yield name.replace("_", " "), json.dumps(value, sort_keys=True)


_OF_METHOD_WORDS = {name.replace("_", " ") for name in _OF_METHOD}
