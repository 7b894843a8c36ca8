"""PutIntegration and UpdateIntegration keep all that the gateway serves by: cache keys, VPC links, TLS."""

from __future__ import annotations

import json
from copy import copy
from typing import TYPE_CHECKING, Any, cast

from moto.apigateway.models import Integration
from moto.apigateway.responses import APIGatewayResponse

from apitool.local.corrections import integration_target, mappings, refusals
from apitool.local.corrections.correction import correction
from apitool.local.corrections.patches import Member, Patchable, Table, asked_of, change, flag

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from moto.apigateway.models import Method

_CACHE_KEYS = "/cacheKeyParameters/"
_CONNECTION = "connection_id"  # moto has no such member


def _tls(value: str) -> dict[str, bool]:
    return {"insecureSkipVerification": flag(value)}


_PATCHABLE = Patchable(  # the API reference, UpdateIntegration
    members={
        "/uri": Member("uri"),
        "/httpMethod": Member("http_method"),
        "/credentials": Member("credentials"),
        "/passthroughBehavior": Member("passthrough_behaviour"),
        "/contentHandling": Member("content_handling"),
        "/timeoutInMillis": Member("timeout_in_millis", int),
        "/cacheNamespace": Member("cache_namespace"),
        "/connectionType": Member("connection_type"),
        "/connectionId": Member(_CONNECTION),
        "/tlsConfig/insecureSkipVerification": Member("tls_config", _tls),
    },
    tables={
        "requestParameters": Table("request_parameters", refusals.INVALID_PARAMETER),
        "requestTemplates": Table("request_templates", refusals.INVALID_MEDIA_TYPE),
    },
)


@correction(APIGatewayResponse, "put_integration", "moto drops cache keys and the VPC link")
def put_integration(original: Callable[..., Any], response: APIGatewayResponse) -> Any:  # noqa: ANN401 - moto's response
    method = response.backend.get_method(*_place(response))  # raises AWS's 404s
    asked = json.loads(response.body or "{}")
    keys = asked.get("cacheKeyParameters") or ()
    mappings.check_request(method, asked.get("requestParameters") or {}, keys)
    status, headers, _ = original(response)
    made = response.backend.get_integration(*_place(response))
    keep(made, asked)
    return status, headers, json.dumps(made.to_json())


@correction(APIGatewayResponse, "update_integration", "moto has no UpdateIntegration")
def update_integration(
    _original: Callable[..., Any] | None, response: APIGatewayResponse
) -> tuple[int, dict[str, str], str]:
    known = response.backend.get_integration(*_place(response))  # raises AWS's 404s
    vars(known).setdefault(_CONNECTION, None)
    asked = asked_of(response)
    keys = [each for each in asked if str(each.get("path")).startswith(_CACHE_KEYS)]
    changed = _PATCHABLE.patched(known, [each for each in asked if each not in keys])
    if known.integration_type == "AWS_PROXY":
        integration_target.check(changed["uri"] or "")
    changed["cache_key_parameters"] = _patched(known.cache_key_parameters, keys)
    method = response.backend.get_method(*_place(response))
    mappings.check_request(
        method,
        _new(changed["request_parameters"] or {}, known.request_parameters or {}),
        set(changed["cache_key_parameters"]) - set(known.cache_key_parameters),
    )
    made = of_single_calls(method)
    change(made, changed)
    return 200, {}, json.dumps(made.to_json())


@correction(Integration, "to_json", "moto knows no VPC link, and shows nulls for what is not set")
def to_json(original: Callable[..., dict[str, Any]], integration: Integration) -> dict[str, Any]:
    shown = {**original(integration), "connectionId": vars(integration).get(_CONNECTION)}
    return {key: value for key, value in shown.items() if value is not None}


def keep(made: Integration, written: dict[str, Any]) -> None:
    """What moto drops of an integration, whether it is put or imported."""
    made.cache_key_parameters = list(written.get("cacheKeyParameters") or ())
    change(made, {_CONNECTION: written.get("connectionId")})


def of_single_calls(method: Method) -> Integration:
    """A method's integration, to be changed by a single call: no longer the one of an imported document."""
    made = copy(cast("Integration", method.method_integration))
    responses = made.integration_responses or {}
    made.integration_responses = {code: copy(each) for code, each in responses.items()} or None
    method.method_integration = made
    return made


def _new(entries: dict[str, str], before: dict[str, str]) -> dict[str, str]:
    """What a method no longer declares stays as it is: the provider takes it out in a call of its own."""
    return {name: value for name, value in entries.items() if before.get(name) != value}


def _place(response: APIGatewayResponse) -> tuple[str, str, str]:
    """API, resource and verb."""
    _, _, api_id, _, resource_id, _, verb, *_ = response.path.split("/")
    return api_id, resource_id, verb


def _patched(keys: list[str], operations: Iterable[dict[str, Any]]) -> list[str]:
    for each in operations:
        key = each["path"].removeprefix(_CACHE_KEYS)
        keys = [*(known for known in keys if known != key), *([] if each["op"] == "remove" else [key])]
    return keys


CORRECTIONS = (put_integration, update_integration, to_json)
