"""The body of a proxy event -> the fields of a JSON object.

The body is null when the client sent none, base64 when its type is one of the API's binary media types
(with `*/*` among them that is every request), and text otherwise.
"""

from __future__ import annotations

import base64
import binascii
import json
from typing import TYPE_CHECKING, Any, NoReturn

from orders.errors import InvalidRequestError, UnsupportedMediaTypeError

if TYPE_CHECKING:
    from aws_lambda_powertools.utilities.data_classes import APIGatewayProxyEvent

# curl -d and urllib label every body as a form unless told otherwise; it is JSON all the same, or a 400.
ACCEPTED = ("application/json", "application/x-www-form-urlencoded")


def fields(event: APIGatewayProxyEvent) -> dict[str, Any]:
    """The members of the JSON object in the body.

    Raises InvalidRequestError (400) and UnsupportedMediaTypeError (415).
    """
    _check_type(event.headers.get("Content-Type"))
    document = _parsed(_text(event.body, encoded=bool(event.is_base64_encoded)))
    if not isinstance(document, dict):
        raise InvalidRequestError("the body must be a JSON object")
    return document


def _check_type(content_type: str | None) -> None:
    if not content_type:
        return
    media_type = content_type.partition(";")[0].strip().lower()
    if media_type not in ACCEPTED and not media_type.endswith("+json"):
        raise UnsupportedMediaTypeError("the body must be application/json")


def _text(body: str | None, *, encoded: bool) -> str:
    if not body:
        raise InvalidRequestError("the body is missing; it must be a JSON object")
    if not encoded:
        return body
    try:
        return base64.b64decode(body, validate=True).decode()
    except (binascii.Error, ValueError):
        raise InvalidRequestError("the body is not UTF-8 text") from None


def _parsed(text: str) -> Any:  # noqa: ANN401 - any JSON value
    try:
        return json.loads(text, parse_constant=_no_constant, object_pairs_hook=_unique)
    except (ValueError, RecursionError):  # RecursionError: nested some thousand levels deep
        raise InvalidRequestError("the body is not valid JSON") from None


def _no_constant(name: str) -> NoReturn:
    """Python's parser takes NaN and Infinity; JSON has neither."""
    raise ValueError(name)


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """A name given twice is refused: readers disagree on which of the two counts."""
    members = dict(pairs)
    if len(members) != len(pairs):
        raise ValueError("duplicate name")
    return members
