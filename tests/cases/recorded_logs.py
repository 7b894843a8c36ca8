"""Lines of the execution log, in order: stackd's captures of 2026, the notes of 2025, LocalStack.

The lines of one request at INFO with data trace, without their prefix, each by its start; `…` in one stands
for what differs from request to request.
"""

from __future__ import annotations

from dataclasses import dataclass

from tests.cases.case import ACCOUNT, REGION, SLEEPS, Api, Raises, Sent, integration, mock, operation, routes
from tests.cases.recorded_failures import FAILING

LOGGED = Api(
    "logged",
    {**routes("GET /quiet", "ANY /any/{proxy+}"), "/mock": {"get": operation(mock('{"pets": "all"}'))}},
    stage="probe",
)
LAMBDA = f"https://lambda.{REGION}.amazonaws.com/2015-03-31/functions"
FUNCTION = f"arn:aws:lambda:{REGION}:{ACCOUNT}:function:answers"


@dataclass(frozen=True)
class Logged:
    name: str
    source: str
    api: Api
    sent: Sent
    returns: object
    lines: tuple[str, ...]
    only: str | None = None


def before(method: str, path: str) -> tuple[str, ...]:
    """What comes before execution; the method is the declared one."""
    return (
        "Extended Request Id: …=",
        "Verifying Usage Plan for request: …. API Key:  API Stage: …",
        (
            f"API Key  authorized because method '{method}' does not require API Key. "
            "Request will not contribute to throttle or quota limits"
        ),
        "Usage Plan check succeeded for API Key  and API Stage …",
        "Starting execution for request: …",
        f"HTTP Method: GET, Resource Path: {path}",
    )


def asked(path: str = "{}", query: str = "{}") -> tuple[str, ...]:
    return (
        f"Method request path: {path}",
        f"Method request query string: {query}",
        "Method request headers: {…",
        "Method request body before transformations: ",
    )


def called(function: str = "answers") -> tuple[str, ...]:
    arn = f"arn:aws:lambda:{REGION}:{ACCOUNT}:function:{function}"
    return (
        f"Endpoint request URI: {LAMBDA}/{arn}/invocations",
        "Endpoint request headers: {…Authorization=*****…X-Amz-Source-Arn=arn:aws:execute-api:… [TRUNCATED]",
        'Endpoint request body after transformations: {"resource":"…',
        f"Sending request to {LAMBDA}/{arn}/invocations",
    )


def answered(payload: str, status: int = 200) -> tuple[str, ...]:
    return (
        f"Received response. Status: {status}, Integration latency: … ms",
        "Endpoint response headers: {Date=…",
        f"Endpoint response body before transformations: {payload}",
    )


def succeeded(body: str, status: int = 200, headers: str = "{…") -> tuple[str, ...]:
    return (
        f"Method response body after transformations: {body}",
        f"Method response headers: {headers}",
        "Successfully completed execution",
        f"Method completed with status: {status}",
    )


ENDPOINT = ("AWS Integration Endpoint RequestId : …",)
QUIET = (*before("GET /quiet", "/quiet"), *asked(query="{mode=raise}"), *called())
CONFIGURATION = "Execution failed due to configuration error: "
CASES = [
    Logged(
        "success",
        "R stackd",
        LOGGED,
        Sent("GET /probe/quiet?mode=raise"),
        {"statusCode": 200, "body": "hi"},
        (*QUIET, *answered('{"statusCode": 200, "body": "hi"}'), *succeeded("hi"), *ENDPOINT),
    ),
    Logged(
        "a status of its own",
        "R stackd",
        LOGGED,
        Sent("GET /probe/quiet?mode=raise"),
        {"statusCode": 503},
        (*QUIET, *answered('{"statusCode": 503}'), *succeeded("", 503), *ENDPOINT),
    ),
    Logged(
        "greedy route",
        "M logs",
        LOGGED,
        Sent("GET /probe/any/a/b?x=1&x=2"),
        {},
        (
            *before("ANY /any/{proxy+}", "/any/a/b"),
            *asked("{proxy=a/b}", "{x=2}"),
            *called(),
            *answered("{}"),
            *succeeded(""),
            *ENDPOINT,
        ),
    ),
    Logged(
        "mock",
        "R LS",
        LOGGED,
        Sent("GET /probe/mock"),
        {},
        (
            *before("GET /mock", "/mock"),
            *asked(),
            *succeeded('{"pets": "all"}', headers="{Content-Type=application/json}"),
        ),
    ),
    Logged(
        "malformed",
        "M notes",
        LOGGED,
        Sent("GET /probe/quiet?mode=raise"),
        "Bad response",
        (
            *QUIET,
            *answered('"Bad response"'),
            f"{CONFIGURATION}Malformed Lambda proxy response",
            "Method completed with status: 502",
        ),
    ),
    Logged(
        "the function fails",
        "R stackd, M notes",
        LOGGED,
        Sent("GET /probe/quiet?mode=raise"),
        Raises("Application error in a Lambda function"),
        (
            *QUIET,
            *answered('{"errorMessage": "Application error in a Lambda function", "errorType": "Exception"…'),
            (
                "Lambda execution failed with status 200 due to customer function error: "
                "Application error in a Lambda function. Lambda request id: …"
            ),
            "Method completed with status: 502",
        ),
    ),
    Logged(
        "not permitted",
        "M notes",
        FAILING,
        Sent("GET /dev/forbidden"),
        {},
        (
            *before("GET /forbidden", "/forbidden"),
            *asked(),
            *called("forbidden"),
            f"{CONFIGURATION}Invalid permissions on Lambda function",
            "Method completed with status: 500",
        ),
        only="embedded",
    ),
    Logged(
        "throttled",
        "M notes",
        FAILING,
        Sent("GET /dev/throttled"),
        {},
        (
            *before("GET /throttled", "/throttled"),
            *asked(),
            *called("throttled"),
            *answered("", 429),
            "Lambda invocation failed with status: 429. Lambda request id: …",
            f"{CONFIGURATION}Rate Exceeded.",
            "Method completed with status: 500",
        ),
    ),
    Logged(
        "timed out",
        "M notes",
        FAILING,
        Sent("GET /dev/slow"),
        SLEEPS,
        (
            *before("GET /slow", "/slow"),
            *asked(),
            *called(),
            "Execution failed due to a timeout error",
            "Method completed with status: 504",
        ),
    ),
    Logged(
        "integration method GET",
        "R LS",
        FAILING,
        Sent("GET /dev/get"),
        {},
        (
            *before("GET /get", "/get"),
            *asked(),
            f"{CONFIGURATION}Invalid endpoint address",
            "Method completed with status: 500",
        ),
    ),
]
WITHOUT_TRACE = (
    *before("GET /quiet", "/quiet"),
    "Successfully completed execution",
    "Method completed with status: 200",
    *ENDPOINT,
)
"""At INFO alone (R stackd)."""
FAILED_WITHOUT_TRACE = (
    f"{CONFIGURATION}Malformed Lambda proxy response",
    "Method completed with status: 502",
)
"""At ERROR alone (M notes)."""
ACCESS = {
    # of a function that failed (R stackd)
    "status": "502",
    "integrationStatus": "200",
    "integration.status": "-",
    "integration.integrationStatus": "200",
    "integration.error": "Lambda Customer Function Error:owned-backend-failure",
    "error.message": "Internal server error",
    "error.responseType": "INTEGRATION_FAILURE",
    "httpMethod": "GET",
    "resourcePath": "/quiet",
}
LEVELS = Api("levels", routes("GET /quiet", of=integration()))
