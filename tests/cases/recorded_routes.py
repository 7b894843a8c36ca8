"""Which resource answers, and who is turned away: probes on AWS, LocalStack's routing tests, stackd."""

from __future__ import annotations

from typing import Any

from tests.cases.case import Api, Case, Sent, mock, operation, routes
from tests.cases.checks import event, gateways_own, sent

JOBS = Api("jobs", routes("ANY /{proxy+}", "/jobs", "GET /jobs/{operation_type}", "OPTIONS /cors_only"))
USERS = Api(
    "users",
    routes(
        "GET /users/{userId}",
        "PATCH /users/me",
        "GET /roles/{roleId}",
        "POST /roles/provision",
        "POST /things/{proxy+}",
        "GET /things/real",
    ),
)
GREEDY = Api("greedy", routes("POST /test", "ANY /test/any", "OPTIONS /{proxy+}"))
ORDER = Api("order", routes("GET /{param+}", "GET /part1", "GET /part1/hardcoded-value"))
EXISTING = Api("existing", {"/existing": {"get": operation(mock('{"message": "exists"}'))}})
ROOT = Api("root", routes("GET /", "GET /{proxy+}"))
NO_ROOT = Api("no-root", routes("GET /{proxy+}"))
MISSING = gateways_own(403, "Missing Authentication Token", "MissingAuthenticationTokenException")
COGNITO = {
    "components": {
        "securitySchemes": {
            "people": {
                "type": "apiKey",
                "name": "Authorization",
                "in": "header",
                "x-amazon-apigateway-authtype": "cognito_user_pools",
                "x-amazon-apigateway-authorizer": {
                    "type": "cognito_user_pools",
                    "providerARNs": ["arn:aws:cognito-idp:us-east-1:123456789012:userpool/us-east-1_abc"],
                },
            },
            "key": {"type": "apiKey", "name": "x-api-key", "in": "header"},
        }
    }
}
GUARDED = Api(
    "guarded",
    {
        "/iam": {"get": operation(**{"x-amazon-apigateway-auth": {"type": "AWS_IAM"}})},
        "/jwt": {"get": operation(security=[{"people": []}])},
        "/key": {"get": operation(security=[{"key": []}])},
    },
    members=COGNITO,
)
SERVED: list[tuple[str, Api, str, str, dict[str, str] | None]] = [
    # source, api, request, resource that answers, path parameters
    ("M probes", JOBS, "GET /jobs/reboot", "/jobs/{operation_type}", {"operation_type": "reboot"}),
    ("M probes", JOBS, "GET /jobs", "/{proxy+}", {"proxy": "jobs"}),
    ("M probes", JOBS, "POST /jobs", "/{proxy+}", {"proxy": "jobs"}),
    ("M probes", JOBS, "POST /jobs/reboot", "/{proxy+}", {"proxy": "jobs/reboot"}),
    ("M probes", JOBS, "GET /cors_only", "/{proxy+}", {"proxy": "cors_only"}),
    ("M probes", JOBS, "OPTIONS /cors_only", "/cors_only", None),
    ("M probes", JOBS, "GET /other", "/{proxy+}", {"proxy": "other"}),
    ("M probes", JOBS, "DELETE /jobs/a/b", "/{proxy+}", {"proxy": "jobs/a/b"}),
    ("M probes", USERS, "PATCH /users/me", "/users/me", None),
    ("M probes", USERS, "GET /users/me", "/users/{userId}", {"userId": "me"}),
    ("M probes", USERS, "GET /users/abc123", "/users/{userId}", {"userId": "abc123"}),
    ("M probes", USERS, "GET /roles/provision", "/roles/{roleId}", {"roleId": "provision"}),
    ("M probes", USERS, "POST /roles/provision", "/roles/provision", None),
    ("M probes", USERS, "POST /things/real", "/things/{proxy+}", {"proxy": "real"}),
    ("M probes", USERS, "GET /things/real", "/things/real", None),
    ("R LS", GREEDY, "OPTIONS /test", "/{proxy+}", {"proxy": "test"}),
    ("R LS", GREEDY, "POST /test", "/test", None),
    ("R LS", GREEDY, "OPTIONS /test/any", "/test/any", None),
    ("R LS", GREEDY, "GET /test/any", "/test/any", None),
    ("R LS", ORDER, "GET /part1", "/part1", None),
    ("R LS", ORDER, "GET /part1/hardcoded-value", "/part1/hardcoded-value", None),
    ("R LS", ORDER, "GET /part1/random-value", "/{param+}", {"param": "part1/random-value"}),
    ("R LS", ROOT, "GET /", "/", None),
    ("R LS", ROOT, "GET /x", "/{proxy+}", {"proxy": "x"}),
]
NOBODY: list[tuple[str, Api, str]] = [
    ("M probes", USERS, "POST /users/me"),
    ("M probes", USERS, "PATCH /users/abc123"),
    ("M probes", USERS, "POST /roles/admin"),
    ("M probes", USERS, "GET /things/other"),
    ("M probes", USERS, "DELETE /users/me"),
    ("M probes", USERS, "GET /users"),
    ("M probes", USERS, "HEAD /users/abc123"),
    ("M probes", USERS, "OPTIONS /users/abc123"),
    ("R LS", EXISTING, "GET /random-non-existing"),
    ("R LS", EXISTING, "POST /existing"),
    ("R LS", EXISTING, "GET /existing/more"),
    ("R LS", NO_ROOT, "GET /"),
    ("R LS", GREEDY, "GET /test"),
]


def _served(source: str, api: Api, request: str, resource: str, parameters: Any) -> Case:
    verb, _, path = request.partition(" ")
    check = event(
        resource=resource, httpMethod=verb, pathParameters=parameters, context={"resourcePath": resource}
    )
    return Case(f"{api.name}: {request}", source, api, Sent(f"{verb} /dev{path}"), check)


def _nobody(source: str, api: Api, request: str) -> Case:
    verb, _, path = request.partition(" ")
    answer = Case(f"{api.name}: nobody serves {request}", source, api, Sent(f"{verb} /dev{path}"), MISSING)
    if verb != "HEAD":
        return answer
    bodiless = sent(403, b"", x_amzn_ErrorType="MissingAuthenticationTokenException", Content_Length="42")
    return Case(answer.name, source, api, answer.sent, bodiless)


FORBIDDEN = gateways_own(403, "Forbidden", "ForbiddenException")
CASES = [
    *(_served(*row) for row in SERVED),
    *(_nobody(*row) for row in NOBODY),
    Case("existing: mock", "R LS", EXISTING, Sent("GET /dev/existing"), sent(200, {"message": "exists"})),
    Case("stage: not deployed", "R stackd", USERS, Sent("GET /prod/users/me"), FORBIDDEN),
    Case("stage: none named", "R stackd", USERS, Sent("GET /"), FORBIDDEN),
    Case("AWS_IAM: not signed", "R stackd", GUARDED, Sent("GET /dev/iam"), MISSING),
    Case(
        "AWS_IAM: no signature in the header",
        "G",
        GUARDED,
        Sent("GET /dev/iam", (("Authorization", "Bearer abc"),)),
        sent(403, x_amzn_ErrorType="IncompleteSignatureException"),
    ),
    Case(
        "Cognito: no token",
        "R stackd",
        GUARDED,
        Sent("GET /dev/jwt"),
        gateways_own(401, "Unauthorized", "UnauthorizedException"),
    ),
    Case("API key: none sent", "R stackd", GUARDED, Sent("GET /dev/key"), FORBIDDEN),
]
