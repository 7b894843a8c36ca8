"""AWS's own words for what it refuses, recorded on AWS unless the line says otherwise."""

from __future__ import annotations

from typing import TYPE_CHECKING

from moto.apigateway.exceptions import (
    BadRequestException,
    ConflictException,
    NotFoundException,
    ValidationException,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

ACTIVE_STAGES = "Active stages pointing to this deployment must be moved or deleted"
BLANK_VALIDATOR = "Request Validator name cannot be blank"
BUSY = "Unable to complete operation due to concurrent modification. Please try again later."
CYCLE = "Resources cannot be cyclical."
EMPTY_MODEL_NAME = "Model name must be non-empty"
EMPTY_SCHEMA = "Model schema must have at least 1 property or array items defined"
EMPTY_VPC_LINK_NAME = "Name cannot be empty"
GHOST_DEPLOYMENT = "Deployment id does not exist"
GREEDY_PARENT = "Cannot create a child of a resource with a greedy path variable: {parent}"
INVALID_API = "Invalid API identifier specified {account}:{api}"
INVALID_API_OF_VALIDATOR = "Invalid REST API identifier specified"
INVALID_API_STAGE = "Invalid API Stage specified"
INVALID_ARN = "Invalid ARN specified in the request"
INVALID_AUTHORIZER = (
    "Invalid authorizer ID specified. Setting the authorization type to CUSTOM or COGNITO_USER_POOLS "
    "requires a valid authorizer."
)
INVALID_CERTIFICATE = "Invalid Client Certificate identifier specified"  # not recorded
INVALID_COMPRESSION = "Invalid minimum compression size, must be between 0 and 10485760"
INVALID_CONTENT_TYPE = (
    "Validation Result: warnings : [], errors : [Invalid content type specified: {media_type}]"
)
INVALID_DEPLOYMENT = "Invalid Deployment identifier specified"
INVALID_DOCUMENT = "Invalid OpenAPI input."
INVALID_DOCUMENTATION_PART = "Invalid Documentation part identifier specified"
INVALID_DOCUMENTATION_VERSION = "Invalid Documentation version identifier specified"  # not recorded
INVALID_ENDPOINT_TYPE = "Invalid EndpointTypes specified. Valid options are REGIONAL,EDGE,PRIVATE"
INVALID_IMPORT = "Unable to build importer with provided input."
INVALID_INTEGRATION = "Invalid Integration identifier specified"
INVALID_IP_ADDRESS_TYPE = "ipAddressType must be either ipv4 or dualstack."
INVALID_KEY = "Invalid API Key identifier specified"
INVALID_KEY_DESCRIPTION = "Invalid API Key description specified."
INVALID_MEDIA_TYPE = "Content-Type specified was not found"
INVALID_METHOD = "Invalid Method identifier specified"
INVALID_MODEL = "Invalid model identifier specified: {name}"
INVALID_MODEL_NAME = "Invalid model name specified: {name}"
INVALID_OPERATION_ON_TYPES = "Invalid patch operation specified. Must be 'add'|'remove'|'replace'"
INVALID_PARAMETER = "Invalid parameter name specified"
INVALID_PATCH_PATH = "Invalid patch path {path}"
INVALID_RESOURCE = "Invalid Resource identifier specified"
INVALID_STATUS = "Invalid Response status code specified"
INVALID_TARGET_ARN = "Invalid ARN. ARN is not well formed {arn}"
INVALID_USAGE_PLAN = "Invalid Usage Plan ID specified"
INVALID_VALIDATOR = "Invalid Request Validator identifier specified"
INVALID_VERB = "Invalid HttpMethod specified. Valid options are {verbs}"
INVALID_VPC_LINK = "Invalid Vpc Link identifier specified"
LONG_KEY_NAME = "Invalid API Key name, can be at most 1024 characters."
LONG_KEY_VALUE = "API Key value exceeds maximum size of 128 characters"
MAPPING = "Invalid mapping expression specified: Validation Result: warnings : [], errors : [{error}]"
MODEL_IN_USE = "Cannot delete model '{name}', is referenced in method request: {path}/{verb}"
NOT_A_CANARY_STAGE = (
    "Invalid deployment content specified.Stage {name} must already be created before making a canary "
    "release deployment"
)
NOT_A_PROXY_TARGET = (
    "Integrations of type 'AWS_PROXY' currently only supports "
    "Lambda function and Firehose stream invocations."
)
NO_CANARY_STAGE = (
    "Invalid deployment content specified.Non null and non empty stageName must be provided for canary "
    "deployment. Provided value is {name}"
)
NO_DESCRIPTION = "Description cannot be an empty string"
NO_ENDPOINT_TYPE = "REGIONAL Configuration and EDGE Configuration cannot be both DISABLED."
NO_GATEWAY_RESPONSE = "Gateway response type not defined on api"
NO_INTEGRATION = "No integration defined for method"  # reported
NO_SUCH_API_STAGE = "Invalid API Stage {{api: {api}, stage: {stage}}} specified for usageplan {plan}"
NO_VALUE = "Invalid null or empty value in {table}"
ONLY_REPLACE = "Invalid patch operation specified. Must be one of: [replace]"
PARAMETER_TWICE = "Parameter names must be unique across querystring, header and path"
NO_STAGE_FOR_PLAN = "API Stage not found: {api}:{stage}"  # reported, of CreateUsagePlan
PRIVATE_IS_DUALSTACK = "Only dualstack ipAddressType is supported for Private APIs."
ROLE_PERMISSIONS = (
    "The role ARN does not have required permissions configured. "
    "Please grant trust permission for API Gateway and add the required role policy."
)
ROOT_IS_KEPT = "Root resource cannot be deleted."  # reported
ROOT_RESOURCE = "Root resource cannot update its {member}."
SIBLING_VARIABLE = (
    "A sibling ({sibling}) of this resource already has a variable path part -- only one is allowed"
)
STAGE_NAME = "Stage name only allows a-zA-Z0-9_"  # reported; AWS takes `-` too, whatever its message says
TAKEN_METHOD = "Method already exists for this resource"  # reported
TAKEN_MODEL_NAME = "Model name already exists for this REST API"
TAKEN_NAME = "Another resource with the same parent already has this name: {name}"
TAKEN_PATTERN = "Integration response with selection pattern {pattern} already exists"  # reported
TAKEN_RESPONSE = "Response already exists for this resource"  # reported
TWO_ENDPOINT_TYPES = "Cannot create an api with multiple Endpoint Types."
UNKNOWN_PATH = "Invalid patch path  '{path}' specified for op '{op}'. Must be one of: [{known}]"
UNSUPPORTED_OPERATION = (
    "Invalid patch path  '{path}' specified for op '{op}'. Please choose supported operations"
)


class NotFound(NotFoundException):
    """moto answers some of these with 400."""

    code = 404


def not_one_of(value: object, at: str, allowed: Iterable[str]) -> str:
    """One of the errors a ValidationException lists."""
    return (
        f"Value '{value}' at '{at}' failed to satisfy constraint: "
        f"Member must satisfy enum value set: [{', '.join(allowed)}]"
    )


def invalid(errors: Sequence[str]) -> ValidationException:
    """What AWS answers to a call that does not fit the API's own model, before it looks at anything else."""
    several = "s" if len(errors) > 1 else ""
    return ValidationException(f"{len(errors)} validation error{several} detected: {'; '.join(errors)}")


__all__ = ["BadRequestException", "ConflictException", "NotFound"]
