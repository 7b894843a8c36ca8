"""Execution logs as AWS wrote them: stackd's captures of 2026, error-repro notes and LocalStack's of 2025,
published logs of 2019 to 2026. Ids and accounts are made up.
"""

from __future__ import annotations

RID = "6a7b2c55-36f0-4d1e-9d0c-0f2a34b5c6d7"
LAMBDA_ID = "0b8e1c2d-4f5a-4b6c-8d7e-9f0a1b2c3d4e"
STAGE = "abc123def4/probe"
FUNCTION = "arn:aws:lambda:us-east-1:123456789012:function:probe"
ENDPOINT = f"https://lambda.us-east-1.amazonaws.com/2015-03-31/functions/{FUNCTION}/invocations"

API_KEY = (
    "API Key  authorized because method 'GET /quiet' does not require API Key. "
    "Request will not contribute to throttle or quota limits"
)
CUSTOMER_ERROR = "Lambda execution failed with status 200 due to customer function error: "

USAGE = (
    "Extended Request Id: W9zMPGrHtjMEeFw=",
    f"Verifying Usage Plan for request: {RID}. API Key:  API Stage: {STAGE}",
    API_KEY,
    f"Usage Plan check succeeded for API Key  and API Stage {STAGE}",
)
STARTED = (f"Starting execution for request: {RID}", "HTTP Method: GET, Resource Path: /quiet")
TO_LAMBDA = (
    "Method request path: {}",
    "Method request query string: {mode=raise, token=t0p}",
    "Method request headers: {Accept=text/html, */*;q=0.8, Cookie=a=b; c=d, Host=api.example.com}",
    "Method request body before transformations: ",
    f"Endpoint request URI: {ENDPOINT}",
    "Endpoint request headers: {Authorization=*****6f2a1b, X-Amz-Security-Token=IQoJb3JpZ2luX2 [TRUNCATED]",
    'Endpoint request body after transformations: {"resource":"/quiet","path":"/quiet" [TRUNCATED]',
    f"Sending request to {ENDPOINT}",
)
RECEIVED = "Received response. Status: 200, Integration latency: 46 ms"
RECEIVED_2019 = "Received response. Integration latency: 46 ms"
ENDPOINT_HEADERS = (
    f"Endpoint response headers: {{Date=Fri, 25 Sep 2026 09:19:48 GMT, x-amzn-RequestId={LAMBDA_ID}, "
    "X-Amzn-Trace-Id=Root=1-6962324d-273b8749616a929c8bd4fd14;Sampled=0}"
)
DONE = (
    "Successfully completed execution",
    "Method completed with status: 200",
    f"AWS Integration Endpoint RequestId : {LAMBDA_ID}",
)
INFO = (*USAGE, *STARTED, *DONE)
FULL = (
    *USAGE,
    *STARTED,
    *TO_LAMBDA,
    RECEIVED,
    ENDPOINT_HEADERS,
    'Endpoint response body before transformations: {"statusCode":200,"body":"{}"}',
    "Method response body after transformations: {}",
    "Method response headers: {X-Amzn-Trace-Id=Root=1-6962324d-273b8749616a929c8bd4fd14;Sampled=0}",
    *DONE,
)
CONFIGURATION = "Execution failed due to configuration error: "


def returned(body: str) -> tuple[str, ...]:
    """A function's answer that broke the contract."""
    return (
        *USAGE,
        *STARTED,
        *TO_LAMBDA,
        RECEIVED,
        ENDPOINT_HEADERS,
        f"Endpoint response body before transformations: {body}",
        f"{CONFIGURATION}Malformed Lambda proxy response",
        "Method completed with status: 502",
    )


def raised(message: str, status: int = 502) -> tuple[str, ...]:
    return (
        *USAGE,
        *STARTED,
        f"{CUSTOMER_ERROR}{message}. Lambda request id: {LAMBDA_ID}",
        f"Method completed with status: {status}",
    )


def failed(*lines: str, status: int) -> tuple[str, ...]:
    return (*USAGE, *STARTED, *lines, f"Method completed with status: {status}")


def logged(lines: tuple[str, ...], request_id: str = RID) -> list[str]:
    """With the prefix a log group's messages have."""
    return [f"({request_id}) {line}" for line in lines]
