"""AWS's own words for what it refuses, recorded on AWS unless the line says otherwise."""

from __future__ import annotations

from moto.apigateway.exceptions import BadRequestException, NotFoundException

ACTIVE_STAGES = "Active stages pointing to this deployment must be moved or deleted"
GHOST_DEPLOYMENT = "Deployment id does not exist"
GREEDY_PARENT = "Cannot create a child of a resource with a greedy path variable: {parent}"
INVALID_ARN = "Invalid ARN specified in the request"
INVALID_DEPLOYMENT = "Invalid Deployment identifier specified"
INVALID_DOCUMENT = "Invalid OpenAPI input."
INVALID_METHOD = "Invalid Method identifier specified"
INVALID_PATCH_PATH = "Invalid patch path {path}"
INVALID_RESOURCE = "Invalid Resource identifier specified"
NOT_A_PROXY_TARGET = (
    "Integrations of type 'AWS_PROXY' currently only supports "
    "Lambda function and Firehose stream invocations."
)
ROLE_PERMISSIONS = (
    "The role ARN does not have required permissions configured. "
    "Please grant trust permission for API Gateway and add the required role policy."
)
SIBLING_VARIABLE = (
    "A sibling ({sibling}) of this resource already has a variable path part -- only one is allowed"
)
STAGE_NAME = "Stage name only allows a-zA-Z0-9_"  # reported; AWS takes `-` too, whatever its message says
TAKEN_NAME = "Another resource with the same parent already has this name: {name}"


class NotFound(NotFoundException):
    """moto answers some of these with 400."""

    code = 404


__all__ = ["BadRequestException", "NotFound"]
