"""AWS's own words for what it refuses, recorded on AWS unless the line says otherwise."""

from __future__ import annotations

from moto.apigateway.exceptions import BadRequestException, NotFoundException

ACTIVE_STAGES = "Active stages pointing to this deployment must be moved or deleted"
GHOST_DEPLOYMENT = "Deployment id does not exist"
GREEDY_PARENT = "Cannot create a child of a resource with a greedy path variable: {parent}"
INVALID_API = "Invalid API identifier specified {account}:{api}"
INVALID_ARN = "Invalid ARN specified in the request"
INVALID_AUTHORIZER = (
    "Invalid authorizer ID specified. Setting the authorization type to CUSTOM or COGNITO_USER_POOLS "
    "requires a valid authorizer."
)
INVALID_COMPRESSION = "Invalid minimum compression size, must be between 0 and 10485760"
INVALID_DEPLOYMENT = "Invalid Deployment identifier specified"
INVALID_DOCUMENT = "Invalid OpenAPI input."
INVALID_ENDPOINT_TYPE = "Invalid EndpointTypes specified. Valid options are REGIONAL,EDGE,PRIVATE"
INVALID_INTEGRATION = "Invalid Integration identifier specified"
INVALID_METHOD = "Invalid Method identifier specified"
INVALID_MODEL = "Invalid model identifier specified: {name}"
INVALID_PATCH_PATH = "Invalid patch path {path}"
INVALID_RESOURCE = "Invalid Resource identifier specified"
INVALID_VALIDATOR = "Invalid Request Validator identifier specified"
INVALID_VERB = "Invalid HttpMethod specified. Valid options are {verbs}"
NO_CANARY_STAGE = (
    "Invalid deployment content specified.Non null and non empty stageName must be provided for canary "
    "deployment. Provided value is {name}"
)
NO_DESCRIPTION = "Description cannot be an empty string"
NO_ENDPOINT_TYPE = "REGIONAL Configuration and EDGE Configuration cannot be both DISABLED."
NOT_A_CANARY_STAGE = (
    "Invalid deployment content specified.Stage {name} must already be created before making a canary "
    "release deployment"
)
NOT_A_PROXY_TARGET = (
    "Integrations of type 'AWS_PROXY' currently only supports "
    "Lambda function and Firehose stream invocations."
)
ONLY_REPLACE = "Invalid patch operation specified. Must be one of: [replace]"
PARAMETER_TWICE = "Parameter names must be unique across querystring, header and path"
ROLE_PERMISSIONS = (
    "The role ARN does not have required permissions configured. "
    "Please grant trust permission for API Gateway and add the required role policy."
)
SIBLING_VARIABLE = (
    "A sibling ({sibling}) of this resource already has a variable path part -- only one is allowed"
)
STAGE_NAME = "Stage name only allows a-zA-Z0-9_"  # reported; AWS takes `-` too, whatever its message says
TWO_ENDPOINT_TYPES = "Cannot create an api with multiple Endpoint Types."
TAKEN_NAME = "Another resource with the same parent already has this name: {name}"


class NotFound(NotFoundException):
    """moto answers some of these with 400."""

    code = 404


__all__ = ["BadRequestException", "NotFound"]
