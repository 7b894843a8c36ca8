"""UpdateDomainName, and base path mappings of a domain that has none, or loses its path."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from moto.apigateway.models import APIGatewayBackend
from moto.apigateway.responses import APIGatewayResponse

from apitool.local.corrections import refusals
from apitool.local.corrections.correction import correction
from apitool.local.corrections.patches import Member, Patchable, asked_of, change

if TYPE_CHECKING:
    from collections.abc import Callable

    from moto.apigateway.models import BasePathMapping, DomainName

_OF_MAPPING = frozenset({"/restapiId", "/basePath", "/stage"})
_NO_PATH = "(none)"


def _types(value: str) -> dict[str, list[str]]:
    return {"types": [value]}


_PATCHABLE = Patchable(  # the API reference, UpdateDomainName, less mutual TLS, which moto does not keep
    members={
        "/certificateArn": Member("certificate_arn"),
        "/certificateName": Member("certificate_name"),
        "/regionalCertificateArn": Member("regional_certificate_arn"),
        "/regionalCertificateName": Member("regional_certificate_name"),
        "/securityPolicy": Member("security_policy"),
        "/endpointConfiguration/types/0": Member("endpoint_configuration", _types),
        "/endpointConfiguration/types/EDGE": Member("endpoint_configuration", _types),
        "/endpointConfiguration/types/REGIONAL": Member("endpoint_configuration", _types),
    }
)


@correction(APIGatewayResponse, "update_domain_name", "moto has no UpdateDomainName")
def update_domain_name(_original: Callable[..., Any] | None, response: APIGatewayResponse) -> str:
    domain: DomainName = response.backend.get_domain_name(response.path.split("/")[2])
    change(domain, _PATCHABLE.patched(domain, asked_of(response)))
    return json.dumps(domain.to_json())


@correction(
    APIGatewayBackend, "create_domain_name", "moto answers 500 for the mappings of a domain without any"
)
def create_domain_name(
    original: Callable[..., DomainName], backend: APIGatewayBackend, domain_name: str, *rest: object
) -> DomainName:
    made = original(backend, domain_name, *rest)
    backend.base_path_mappings[domain_name] = {}
    return made


@correction(
    APIGatewayBackend,
    "update_base_path_mapping",
    "moto loses a mapping that is given no path, asks for a stage called nothing, and takes any patch path",
)
def update_base_path_mapping(
    original: Callable[..., BasePathMapping],
    backend: APIGatewayBackend,
    domain_name: str,
    base_path: str,
    patch_operations: list[dict[str, Any]],
) -> BasePathMapping:
    empty = {"/basePath": _NO_PATH, "/stage": None}
    for each in patch_operations:
        if each["path"] not in _OF_MAPPING:
            raise refusals.BadRequestException(refusals.INVALID_PATCH_PATH.format(path=each["path"]))
    given = [{**each, "value": each.get("value") or empty.get(each["path"])} for each in patch_operations]
    return original(backend, domain_name, base_path, given)


CORRECTIONS = (update_domain_name, create_domain_name, update_base_path_mapping)
