"""What AWS says when it refuses a patch of a stage, word for word with its own oddities of spacing.

Recorded: LocalStack's snapshots of TestStages, TestStageCrudCanary and TestApiGatewayStage (2024 to 2026),
stackd's captures of UpdateStage (September 2026).
"""

from __future__ import annotations

NO_ROLE = "CloudWatch Logs role ARN must be set in account settings to enable logging"
EMPTY_ACCESS_LOG = "Access Log value must not be empty"
NO_CANARY = "Promotion not available. Canary does not exist."
NO_DEPLOYMENT = "Deployment id does not exist"
ACCESS_LOG_PATHS = (
    "Invalid accessLogSettings path. Must be one of : "
    "[/accessLogSettings/destinationArn, /accessLogSettings/format]"
)
_METHOD = "/{resourcePath}/{httpMethod}"
_CACHING = (
    "caching/enabled",
    "caching/dataEncrypted",
    "caching/requireAuthorizationForCacheControl",
    "caching/unauthorizedCacheControlHeaderStrategy",
)
_LOGGING = ("metrics/enabled", "logging/dataTrace", "logging/loglevel")
# AWS drops the commas around throttling, and the spaces too in the first of the two lists.
_PER_METHOD = (
    *(f"{_METHOD}/{setting}" for setting in _LOGGING),
    f"{_METHOD}/throttling/burstLimit{_METHOD}/throttling/rateLimit{_METHOD}/caching/ttlInSeconds",
    *(f"{_METHOD}/{setting}" for setting in _CACHING),
)
_WHOLE_STAGE = (
    *(f"/*/*/{setting}" for setting in _LOGGING),
    "/*/*/throttling/burstLimit /*/*/throttling/rateLimit /*/*/caching/ttlInSeconds",
    *(f"/*/*/{setting}" for setting in _CACHING),
)
_VALID_PATHS = (
    "/deploymentId",
    "/description",
    "/cacheClusterEnabled",
    "/cacheClusterSize",
    "/clientCertificateId",
    "/accessLogSettings",
    "/accessLogSettings/destinationArn",
    "/accessLogSettings/format",
    *_PER_METHOD,
    *_WHOLE_STAGE,
    "/variables/{variable_name}",
    "/tracingEnabled",
)


def invalid_path(path: str) -> str:
    return f"Invalid method setting path: {path}. Must be one of: [{', '.join(_VALID_PATHS)}]"


def nothing_to_remove(key: str) -> str:
    return f"Cannot remove method setting {key} because there is no method setting for this method "


def invalid_add(path: str) -> str:
    return f"Invalid add operation with path: {path}"


def invalid_copy(path: str, origin: str) -> str:
    return (
        f"Invalid copy operation with path: {path} and from {origin}. "
        "Valid copy:path are [/deploymentId, /variables] and "
        "valid copy:from are [/canarySettings/deploymentId, /canarySettings/stageVariableOverrides]"
    )


def invalid_level(value: str) -> str:
    return f"Invalid logging level specified: {value}"


def invalid_arn(value: str) -> str:
    return f"Invalid ARN specified in the request. ARNs must start with 'arn:': {value}"


def format_without_request_id(value: str) -> str:
    return (
        f"Access Log format must include either $context.requestId or $context.extendedRequestId : '{value}'"
    )
