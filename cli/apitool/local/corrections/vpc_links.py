"""UpdateVpcLink, and VPC links that can not be (recorded by LocalStack, TestApiGatewayVpcLink)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from moto.apigateway.models import APIGatewayBackend, VpcLink
from moto.apigateway.responses import APIGatewayResponse

from apitool.local.corrections import refusals
from apitool.local.corrections.correction import correction
from apitool.local.corrections.patches import asked_of, replacements

if TYPE_CHECKING:
    from collections.abc import Callable


@correction(
    APIGatewayBackend, "create_vpc_link", "moto takes a link without a name, to nothing that is an ARN"
)
def create_vpc_link(
    original: Callable[..., VpcLink],
    backend: APIGatewayBackend,
    **asked: Any,  # noqa: ANN401 - what moto takes
) -> VpcLink:
    if not asked["name"]:
        raise refusals.BadRequestException(refusals.EMPTY_VPC_LINK_NAME)
    for arn in asked["target_arns"]:
        if not arn.startswith("arn:"):
            raise refusals.BadRequestException(refusals.INVALID_TARGET_ARN.format(arn=arn))
    return original(backend, **asked)


@correction(APIGatewayResponse, "create_vpc_link", "AWS's links take their time to become available")
def create(original: Callable[..., Any], response: APIGatewayResponse) -> Any:  # noqa: ANN401 - moto's response
    status, headers, body = original(response)
    made = {**json.loads(body), "status": "PENDING"}
    made.pop("statusMessage", None)
    return status, headers, json.dumps(made)


@correction(APIGatewayBackend, "get_vpc_link", "moto has other words for one that is not there")
def get_vpc_link(_original: Callable[..., VpcLink], backend: APIGatewayBackend, vpc_link_id: str) -> VpcLink:
    if vpc_link_id not in backend.vpc_links:
        raise refusals.NotFound(refusals.INVALID_VPC_LINK)
    found: VpcLink = backend.vpc_links[vpc_link_id]
    return found


@correction(APIGatewayResponse, "update_vpc_link", "moto has no UpdateVpcLink")
def update_vpc_link(_original: Callable[..., Any] | None, response: APIGatewayResponse) -> str:
    link = response.backend.get_vpc_link(response.path.rpartition("/")[2])
    changed = replacements(asked_of(response), ("/name", "/description"))
    link.name = changed.get("/name", link.name) or ""
    link.description = changed.get("/description", link.description) or ""
    return json.dumps(link.to_json())


@correction(VpcLink, "to_json", "AWS says what the status means, and leaves out what is not set")
def to_json(original: Callable[..., dict[str, Any]], link: VpcLink) -> dict[str, Any]:
    shown = {**original(link), "statusMessage": "Your vpc link is ready for use"}
    return {key: value for key, value in shown.items() if value not in (None, "")}


CORRECTIONS = (create_vpc_link, create, get_vpc_link, update_vpc_link, to_json)
