"""What a request validator looks at, in words that can be compared: `body, parameters`."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

VALIDATOR = "aws_api_gateway_request_validator"
_WORDS = {"body", "parameters"}


def of_resource(values: Mapping[str, object]) -> str:
    """Of an `aws_api_gateway_request_validator`."""
    return _words(values.get("validate_request_body"), values.get("validate_request_parameters"))


def of_body(validator: Mapping[str, object]) -> str:
    """Of an entry of `x-amazon-apigateway-request-validators`."""
    return _words(validator.get("validateRequestBody"), validator.get("validateRequestParameters"))


def lowered(before: str, after: str) -> bool:
    """Whether something that was looked at no longer is. An id says nothing of what it looks at."""
    old, new = (set(filter(None, words.split(", "))) for words in (before, after))
    return bool(old - new) and (not new or old | new <= _WORDS)


def _words(body: object, parameters: object) -> str:
    return ", ".join(word for word, on in (("body", body), ("parameters", parameters)) if on is True)
