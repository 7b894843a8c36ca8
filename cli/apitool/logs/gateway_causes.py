"""Causes by the gateway response that answered: requests turned away before any integration ran.

The types are those of GetGatewayResponses; an access log has them as `$context.error.responseType`. Where
there is only an execution log or an answer, its own words decide (recorded by stackd and LocalStack, or in
published logs).
"""

from __future__ import annotations

from apitool.logs.cause import Cause

_AUTHORIZER = "Starting authorizer"

BY_TYPE = {
    "MISSING_AUTHENTICATION_TOKEN": Cause(
        "route.no-such-method",
        "No route has this method and path; API Gateway answers 403, not 404 or 405",
        "compare method and path with `apitool status`; declare the route in apitool.toml, then `apitool up`",
        "caller",
    ),
    "ACCESS_DENIED": Cause(
        "authorizer.denied",
        "The authorizer's policy (or the API's resource policy) denies this request",
        "look at the policy the authorizer returns: its Resource must cover this method; cached ones too",
        "caller",
        evidence=(_AUTHORIZER, "Authorizer result body", "The client is not authorized"),
    ),
    "UNAUTHORIZED": Cause(
        "authorizer.unauthorized",
        "The authorizer refused the caller, or the token it looks at was missing",
        "send the header the authorizer names as identity source; look at why it raised `Unauthorized`",
        "caller",
        evidence=(_AUTHORIZER, "Unauthorized request"),
    ),
    "AUTHORIZER_FAILURE": Cause(
        "authorizer.failed",
        "The authorizer's function could not be called, or it failed",
        "read the authorizer function's own log, and its permission for apigateway.amazonaws.com",
        evidence=(_AUTHORIZER, "Execution failed"),
    ),
    "AUTHORIZER_CONFIGURATION_ERROR": Cause(
        "authorizer.invalid-output",
        "The authorizer returned something API Gateway can't use",
        "return principalId, policyDocument and a context of flat strings, numbers and booleans",
        evidence=(_AUTHORIZER, "AuthorizerConfigurationException", "Execution failed"),
    ),
    "BAD_REQUEST_BODY": Cause(
        "request.invalid-body",
        "The body does not match the model its request validator checks",
        "send what the model asks for, or change the model",
        "caller",
        evidence=("Request body does not match model schema",),
    ),
    "BAD_REQUEST_PARAMETERS": Cause(
        "request.missing-parameters",
        "A parameter that is declared as required is missing",
        "send it, or declare it as optional",
        "caller",
        evidence=("Missing required request parameters",),
    ),
    "THROTTLED": Cause(
        "request.throttled",
        "The stage's or usage plan's rate limit was reached, before the function",
        "slow the caller down, or raise `throttle` of the stage in apitool.toml",
        "caller",
        evidence=("Key throttle limit exceeded", "Rate limit exceeded", "Method throttle"),
    ),
    "QUOTA_EXCEEDED": Cause(
        "request.quota-exceeded",
        "The usage plan's quota for this API key is used up",
        "raise the quota, or wait for the next period",
        "caller",
        evidence=("Key quota limit exceeded",),
    ),
    "INVALID_API_KEY": Cause(
        "request.invalid-api-key",
        "The method needs an API key of a usage plan of this stage; none or an unknown one was sent",
        "send `x-api-key`, and check that the key's usage plan names this stage",
        "caller",
        evidence=("API Key",),
    ),
    "WAF_FILTERED": Cause(
        "request.waf",
        "AWS WAF blocked the request before it reached the API",
        "look for the rule in the web ACL's sampled requests or its log",
        "caller",
        evidence=("WAF",),
    ),
    "REQUEST_TOO_LARGE": Cause(
        "request.body-too-large",
        "The request is over API Gateway's limit of 10 MB, or its event over Lambda's of 6 MB",
        "send less, or upload to S3 with a presigned URL",
        "caller",
    ),
    "UNSUPPORTED_MEDIA_TYPE": Cause(
        "request.unsupported-media-type",
        "The integration takes no body of this Content-Type (passthroughBehavior NEVER)",
        "send another Content-Type, or give the integration a template for it",
        "caller",
    ),
    "RESOURCE_NOT_FOUND": Cause(
        "route.no-such-resource", "The API has no such resource", "declare the route", "caller"
    ),
    "INVALID_SIGNATURE": Cause(
        "request.invalid-signature",
        "The AWS signature of the request is wrong",
        "check the caller's clock, region, service `execute-api` and credentials",
        "caller",
    ),
    "EXPIRED_TOKEN": Cause("request.expired-token", "The token sent has expired", "get a new one", "caller"),
}

UNSIGNED = Cause(
    "authorizer.no-signature",
    "The route asks for an AWS signature (AWS_IAM), and the request has none",
    "sign it for the service `execute-api`, e.g. curl --aws-sigv4",
    "caller",
)

# A line of the execution log that begins so, and the type whose answer followed.
BY_LINE = (
    ("Key throttle limit exceeded", "THROTTLED"),
    ("Key quota limit exceeded", "QUOTA_EXCEEDED"),
    ("Request body does not match model schema", "BAD_REQUEST_BODY"),
    ("Missing required request parameters", "BAD_REQUEST_PARAMETERS"),
    ("AuthorizerConfigurationException", "AUTHORIZER_CONFIGURATION_ERROR"),
    ("Unauthorized request", "UNAUTHORIZED"),
    ("The client is not authorized", "ACCESS_DENIED"),
    ("User is not authorized to access", "ACCESS_DENIED"),
)

# What the client got: status and message of the body. The messages are AWS's defaults.
BY_MESSAGE = {
    (403, "Missing Authentication Token"): "MISSING_AUTHENTICATION_TOKEN",
    (401, "Unauthorized"): "UNAUTHORIZED",
    (400, "Invalid request body"): "BAD_REQUEST_BODY",
    (429, "Too Many Requests"): "THROTTLED",
    (429, "Limit Exceeded"): "QUOTA_EXCEEDED",
    (413, "Request Too Long"): "REQUEST_TOO_LARGE",
    (415, "Unsupported Media Type"): "UNSUPPORTED_MEDIA_TYPE",
}
