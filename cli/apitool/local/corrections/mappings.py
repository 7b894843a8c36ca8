"""Parameters that methods declare and integrations map: what AWS says of those that nobody declares.

`true` as a name is recorded by LocalStack; the other errors are in many public reports, in the same words.
Methods of an imported document are not looked at: moto keeps none of their parameters.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from apitool.local.corrections import documents, refusals

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from moto.apigateway.models import Method

_PLACES = "path|querystring|header|multivaluequerystring|multivalueheader"
_DECLARED = re.compile(rf"method\.request\.({_PLACES})\..+")
_OTHER = r"'.*'|context\..+|stageVariables\..+"
_REQUEST = re.compile(rf"{_DECLARED.pattern}|method\.request\.body([.\[].+)?|{_OTHER}", re.DOTALL)
_RESPONSE = re.compile(
    rf"integration\.response\.(header|multivalueheader)\..+|integration\.response\.body([.\[].+)?|{_OTHER}",
    re.DOTALL,
)
_NO_RESPONSE = "No method response exists for method."
_INVALID = "Invalid mapping expression specified: {value}"
_UNDECLARED = "Invalid mapping expression parameter specified: {name}"


def check_declared(names: Iterable[str]) -> None:
    """Raises BadRequestException for what is no parameter of a request."""
    for name in names:
        if not _DECLARED.fullmatch(name):
            raise _refused(_INVALID.format(value=name))


def check_request(method: Method, mapped: Mapping[str, str], cache_keys: Iterable[str]) -> None:
    """Raises BadRequestException for what an integration takes of a request that declares no such thing."""
    if method in documents.OPERATIONS:
        return
    for value in mapped.values():
        if not _REQUEST.fullmatch(value):
            raise _refused(_INVALID.format(value=value))
    declared = method.request_parameters or {}
    for name in (*mapped.values(), *cache_keys):
        if _DECLARED.fullmatch(name) and name not in declared:
            raise _refused(_UNDECLARED.format(name=name))


def check_response(method: Method, status: str, mapped: Mapping[str, str]) -> None:
    """Raises BadRequestException for what an integration puts into a response that has no such thing."""
    if method in documents.OPERATIONS or not mapped:
        return
    response = method.method_responses.get(status)
    if response is None:
        raise _refused(_NO_RESPONSE)
    for name, value in mapped.items():
        if name not in (response.response_parameters or {}):
            raise _refused(_UNDECLARED.format(name=name))
        if not _RESPONSE.fullmatch(value):
            raise _refused(_INVALID.format(value=value))


def _refused(error: str) -> refusals.BadRequestException:
    return refusals.BadRequestException(refusals.MAPPING.format(error=error))
