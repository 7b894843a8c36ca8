"""The answers of this API: a JSON string as body, always; CORS headers on each.

With a proxy integration API Gateway adds no CORS headers to what the function answers.
"""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, Any

from aws_lambda_powertools.event_handler import Response

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

CORS = {
    "Access-Control-Allow-Origin": os.environ.get("ALLOW_ORIGIN", "*"),
    "Access-Control-Allow-Methods": "GET,POST,PUT,DELETE,OPTIONS",
    "Access-Control-Allow-Headers": "Content-Type,Authorization",
    "Access-Control-Expose-Headers": "Location",
}
PREFLIGHT_MAX_AGE = 600  # seconds a browser may keep the answer to a preflight


def ok(document: Mapping[str, Any]) -> Response[str]:
    return _json(200, document)


def created(document: Mapping[str, Any], *, location: str) -> Response[str]:
    return _json(201, document, {"Location": location})


def no_content() -> Response[str]:
    return Response(204, headers=dict(CORS), body="")


def preflight(allowed: Sequence[str]) -> Response[str]:
    headers = {"Allow": ", ".join(sorted(allowed)), "Access-Control-Max-Age": str(PREFLIGHT_MAX_AGE)}
    return Response(204, headers=CORS | headers, body="")


def error(status: int, message: str, headers: Mapping[str, str] | None = None) -> Response[str]:
    return _json(status, {"message": message}, headers)


def _json(
    status: int, document: Mapping[str, Any], headers: Mapping[str, str] | None = None
) -> Response[str]:
    body = json.dumps(document, separators=(",", ":"))
    return Response(status, content_type="application/json", headers=CORS | dict(headers or {}), body=body)
