"""TagResource, UntagResource and GetTags of everything that can have tags."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from moto.apigateway.responses import APIGatewayResponse
from moto.apigateway.urls import url_paths

from apitool.local.corrections import client_certificates, refusals
from apitool.local.corrections.correction import Correction, correction

if TYPE_CHECKING:
    from collections.abc import Callable

    from moto.apigateway.models import APIGatewayBackend

# moto knows the path of stages only; the provider and boto3 escape the slashes of an ARN
url_paths.setdefault("{0}/tags/(?P<resourceArn>arn:.+)$", APIGatewayResponse.dispatch)

_TAGGED: dict[str, Callable[..., Any]] = {  # by what an ARN names: each raises AWS's 404
    "restapis": lambda backend, name: backend.get_rest_api(name),
    "apikeys": lambda backend, name: backend.get_api_key(name),
    "usageplans": lambda backend, name: backend.get_usage_plan(name),
    "vpclinks": lambda backend, name: backend.get_vpc_link(name),
    "domainnames": lambda backend, name: backend.get_domain_name(name),
    "clientcertificates": client_certificates.get,
    "stages": lambda backend, api, name: backend.get_stage(api, name),
}


_SHOWING_NONE = (  # recorded by LocalStack; where these things are made or listed, no tags are not shown
    "update_rest_api",
    "update_api_key",
    "get_usage_plan",
    "update_usage_plan",
    "get_vpc_link",
    "update_vpc_link",
)


@correction(APIGatewayResponse, "tag_resource", "moto tags stages only: any other change of tags fails")
def tag_resource(
    _original: Callable[..., Any], response: APIGatewayResponse
) -> tuple[int, dict[str, int], str]:
    tagged = _tagged(response)
    tagged.tags = {**(tagged.tags or {}), **json.loads(response.body or "{}").get("tags", {})}
    return 204, {"status": 204}, ""


@correction(APIGatewayResponse, "untag_resource", "moto untags stages only")
def untag_resource(
    _original: Callable[..., Any], response: APIGatewayResponse
) -> tuple[int, dict[str, int], str]:
    tagged = _tagged(response)
    removed = response.querystring.get("tagKeys") or ()
    tagged.tags = {key: value for key, value in (tagged.tags or {}).items() if key not in removed}
    return 204, {"status": 204}, ""


@correction(APIGatewayResponse, "get_tags", "moto shows the tags of stages only")
def get_tags(_original: Callable[..., Any], response: APIGatewayResponse) -> str:
    return json.dumps({"tags": _tagged(response).tags or {}})


def _tagged(response: APIGatewayResponse) -> Any:  # noqa: ANN401 - one of several things of moto's, all with `tags`
    """`arn:aws:apigateway:eu-central-1::/restapis/abc/stages/dev`."""
    backend: APIGatewayBackend = response.backend
    arn = unquote(response.path.split("/tags/", 1)[1])
    _, *parts = arn.split(":", 5)[-1].split("/")
    kind = "stages" if "stages" in parts[2:] else parts[0]
    if kind not in _TAGGED:
        raise refusals.BadRequestException(refusals.INVALID_ARN)
    return _TAGGED[kind](backend, *parts[1::2])


def _shown(operation: str) -> Correction:
    def with_tags(original: Callable[..., Any], response: APIGatewayResponse) -> Any:  # noqa: ANN401 - moto's response
        answer = original(response)
        if isinstance(answer, str):
            return json.dumps({"tags": {}, **json.loads(answer)})
        status, headers, body = answer
        return status, headers, json.dumps({"tags": {}, **json.loads(body)})

    return Correction(APIGatewayResponse, operation, "AWS shows here that there are no tags", with_tags)


CORRECTIONS = (tag_resource, untag_resource, get_tags, *map(_shown, _SHOWING_NONE))
