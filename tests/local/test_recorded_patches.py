"""What AWS answered to UpdateStage, UpdateAccount and UpdateRestApi, through boto3 and over the wire.

Recorded on AWS, 2024 to 2026: by LocalStack's snapshot tests, and by stackd what concerns the account's role.
The paths with ANY and the unescaped ones were measured by a third party on throwaway APIs.
"""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING, Any

import pytest
from tests.local.deploy import document, integration, role

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

pytestmark = pytest.mark.embedded

NO_ROLE = "CloudWatch Logs role ARN must be set in account settings to enable logging"
ACCESS_PATHS = (
    "Invalid accessLogSettings path. Must be one of : "
    "[/accessLogSettings/destinationArn, /accessLogSettings/format]"
)
EMPTY = "Access Log value must not be empty"
GROUP = "arn:aws:logs:eu-central-1:000000000000:log-group:/x"
FUNCTION = "arn:aws:lambda:eu-central-1:123456789012:function:f"

Operation = tuple[str, str, str | None]


@pytest.fixture(scope="module")
def api(clients: Any) -> str:
    made = clients("apigateway").create_rest_api(name="patched")["id"]
    body = json.dumps(document(orders={"get": integration(FUNCTION)}))
    clients("apigateway").put_rest_api(restApiId=made, mode="overwrite", body=body)
    return str(made)


@pytest.fixture
def patch(clients: Any, api: str) -> Callable[..., dict[str, Any]]:
    """UpdateStage of a fresh stage; a refusal comes back as `{"status", "code", "message"}`."""
    gateway = clients("apigateway")
    name = f"s{time.time_ns()}"
    deployment = gateway.create_deployment(restApiId=api)["id"]
    gateway.create_stage(restApiId=api, stageName=name, deploymentId=deployment)

    def patched(*operations: Operation) -> dict[str, Any]:
        patches = [
            {"op": op, "path": path, **({} if value is None else {"value": value})}
            for op, path, value in operations
        ]
        try:
            return dict(gateway.update_stage(restApiId=api, stageName=name, patchOperations=patches))
        except gateway.exceptions.ClientError as error:
            return refusal(error)

    return patched


def refusal(error: Any) -> dict[str, Any]:
    response = error.response
    status = response["ResponseMetadata"]["HTTPStatusCode"]
    return {"status": status, "code": response["Error"]["Code"], "message": response["Error"]["Message"]}


def bad_request(message: str) -> dict[str, Any]:
    return {"status": 400, "code": "BadRequestException", "message": message}


@pytest.fixture
def account_role(clients: Any) -> Iterator[str]:
    arn = role(clients, f"patch-{time.time_ns()}")
    operation = {"op": "replace", "path": "/cloudwatchRoleArn", "value": arn}
    clients("apigateway").update_account(patchOperations=[operation])
    yield arn
    clients("apigateway").update_account(patchOperations=[{**operation, "value": ""}])


REFUSED_WITHOUT_ROLE: list[tuple[list[Operation], str]] = [
    ([("replace", "/*/*/logging/loglevel", "INFO")], NO_ROLE),
    (
        [
            ("replace", "/accessLogSettings/destinationArn", GROUP),
            ("replace", "/accessLogSettings/format", "$context.requestId"),
        ],
        NO_ROLE,
    ),
    ([("replace", "/*/*/logging/loglevel", "DEBUG")], "Invalid logging level specified: DEBUG"),
    (
        [
            ("replace", "/accessLogSettings/destinationArn", "not-an-arn"),
            ("replace", "/accessLogSettings/format", "$context.requestId"),
        ],
        "Invalid ARN specified in the request. ARNs must start with 'arn:': not-an-arn",
    ),
]


@pytest.mark.parametrize(("operations", "message"), REFUSED_WITHOUT_ROLE)
def test_without_an_account_role(
    patch: Callable[..., dict[str, Any]], operations: list[Operation], message: str
) -> None:
    assert patch(*operations) == bad_request(message)


REFUSED_WITH_ROLE: list[tuple[list[Operation], str]] = [
    (
        [
            ("replace", "/accessLogSettings/destinationArn", GROUP),
            ("replace", "/accessLogSettings/format", "literal-only"),
        ],
        (
            "Access Log format must include either $context.requestId or $context.extendedRequestId "
            ": 'literal-only'"
        ),
    ),
    ([("replace", "/*/*/logging/loglevel", "DEBUG")], "Invalid logging level specified: DEBUG"),
    ([("add", "/accessLogSettings/randomValue", "updated")], ACCESS_PATHS),
    ([("replace", "/accessLogSettings/randomValue", "updated")], ACCESS_PATHS),
    ([("add", "/accessLogSettings", "test")], ACCESS_PATHS),
    ([("replace", "/accessLogSettings", "test")], ACCESS_PATHS),
    ([("replace", "/accessLogSettings/*", "test")], ACCESS_PATHS),
    ([("replace", "/accessLogSettings/destinationArn", "")], EMPTY),
    ([("replace", "/accessLogSettings/format", "")], EMPTY),
    (
        [("remove", "/accessLogSettings/randomValue", None)],
        (
            "Cannot remove method setting accessLogSettings/randomValue because there is no method setting "
            "for this method "
        ),
    ),
    (
        [("remove", "/*/*", None)],
        "Cannot remove method setting */* because there is no method setting for this method ",
    ),
    (
        [("add", "/canarySettings/deploymentId", "x")],
        "Invalid add operation with path: /canarySettings/deploymentId",
    ),
    ([("replace", "/canarySettings/deploymentId", "ghost")], "Deployment id does not exist"),
    ([("replace", "/deploymentId", "ghost")], "Deployment id does not exist"),
    *(
        (
            [("remove", f"/{key}", None)],
            f"Cannot remove method setting {key} because there is no method setting for this method ",
        )
        for key in (
            "accessLogSettings/*",
            "accessLogSettings/destinationArn",
            "canarySettings/stageVariableOverrides",
            "canarySettings/badPath",
            "~1orders/GET",
        )
    ),
]


@pytest.mark.parametrize(("operations", "message"), REFUSED_WITH_ROLE)
def test_with_an_account_role(
    patch: Callable[..., dict[str, Any]], account_role: str, operations: list[Operation], message: str
) -> None:
    del account_role
    assert patch(*operations) == bad_request(message)


@pytest.mark.parametrize(
    "path",
    [
        "/canarySettings",
        "/canarySettings/badPath",
        "/documentation_version",
        "/tags/tag1",
        "/~1*~1*/logging/loglevel",
        "/lit/ANY/caching/enabled",
        "/pa/{p}/ANY/caching/enabled",
        "/*/GET/caching/enabled",
        "/{proxy+}/ANY//throttling/burstLimit",
        "/nope",
    ],
)
def test_a_path_that_is_no_setting_is_refused_with_the_list_of_those_that_are(
    patch: Callable[..., dict[str, Any]], path: str
) -> None:
    refused = patch(("replace", path, "true"))
    assert (refused["status"], refused["code"]) == (400, "BadRequestException")
    expected = f"Invalid method setting path: {path}. Must be one of: [/deploymentId, /description, "
    assert refused["message"].startswith(expected)
    assert refused["message"].endswith("/variables/{variable_name}, /tracingEnabled]")


@pytest.mark.parametrize(
    ("path", "key"),
    [
        ("/~1quiet/GET/metrics/enabled", "~1quiet/GET"),
        ("/~1sample~1{value}/GET/metrics/enabled", "~1sample~1{value}/GET"),
        ("/~1/GET/metrics/enabled", "~1/GET"),
        ("/test/GET/metrics/enabled", "test/GET"),
        ("/pg/{p}/GET/metrics/enabled", "pg/{p}/GET"),
        ("/*/*/metrics/enabled", "*/*"),
    ],
)
def test_the_key_is_the_path_as_it_was_written(
    patch: Callable[..., dict[str, Any]], path: str, key: str
) -> None:
    settings = patch(("replace", path, "true"))["methodSettings"]
    assert settings == {key: {**FRESH, "metricsEnabled": True}}


FRESH = {
    "metricsEnabled": False,
    "dataTraceEnabled": False,
    "throttlingBurstLimit": 5000,
    "throttlingRateLimit": 10000.0,
    "cachingEnabled": False,
    "cacheTtlInSeconds": 300,
    "cacheDataEncrypted": False,
    "requireAuthorizationForCacheControl": True,
    "unauthorizedCacheControlHeaderStrategy": "SUCCEED_WITH_RESPONSE_HEADER",
}


def test_a_level_is_absent_until_it_is_set(patch: Callable[..., dict[str, Any]], account_role: str) -> None:
    del account_role
    fresh = patch(("replace", "/*/*/metrics/enabled", "invalid"))["methodSettings"]["*/*"]
    assert fresh == FRESH
    assert (
        patch(("replace", "/*/*/logging/loglevel", "INFO"))["methodSettings"]["*/*"]["loggingLevel"] == "INFO"
    )


def test_off_with_data_trace_needs_no_role(patch: Callable[..., dict[str, Any]]) -> None:
    settings = patch(
        ("replace", "/*/*/logging/loglevel", "OFF"), ("replace", "/*/*/logging/dataTrace", "true")
    )
    assert settings["methodSettings"]["*/*"]["dataTraceEnabled"] is True


def test_a_methods_entry_copies_the_stages_at_that_moment_and_goes_its_own_way(
    patch: Callable[..., dict[str, Any]],
) -> None:
    patch(("replace", "/*/*/throttling/burstLimit", "7"))
    patch(("replace", "/~1orders/GET/metrics/enabled", "true"))
    settings = patch(("replace", "/*/*/throttling/burstLimit", "9"))["methodSettings"]
    assert settings["~1orders/GET"]["throttlingBurstLimit"] == 7
    assert settings["*/*"]["throttlingBurstLimit"] == 9


def test_all_settings_of_a_key_are_removed_together(patch: Callable[..., dict[str, Any]]) -> None:
    patch(("replace", "/*/*/caching/enabled", "true"))
    assert patch(("remove", "/*/*", None))["methodSettings"] == {}


def test_access_log_settings_are_set_one_by_one_and_removed_as_a_whole(
    patch: Callable[..., dict[str, Any]], account_role: str
) -> None:
    del account_role
    added = patch(("add", "/accessLogSettings/destinationArn", GROUP))
    assert added["accessLogSettings"] == {"destinationArn": GROUP}
    assert "accessLogSettings" not in patch(("remove", "/accessLogSettings", None))


def test_one_refusal_refuses_the_whole_call(patch: Callable[..., dict[str, Any]]) -> None:
    patch(("replace", "/description", "kept"), ("replace", "/nope", "x"))
    assert "description" not in patch(("replace", "/variables/a", "b"))


def test_setting_the_accounts_role_shows_the_account(clients: Any, account_role: str) -> None:
    account = clients("apigateway").get_account()
    del account["ResponseMetadata"]
    assert account == {
        "cloudwatchRoleArn": account_role,
        "throttleSettings": {"burstLimit": 5000, "rateLimit": 10000.0},
        "features": ["UsagePlans"],
        "apiKeyVersion": "4",
    }


@pytest.mark.parametrize("op", ["add", "replace", "remove"])
def test_binary_media_types_are_patched_one_by_one_only(clients: Any, api: str, op: str) -> None:
    gateway = clients("apigateway")
    with pytest.raises(gateway.exceptions.BadRequestException) as seen:
        gateway.update_rest_api(restApiId=api, patchOperations=[{"op": op, "path": "/binaryMediaTypes"}])
    assert refusal(seen.value) == bad_request("Invalid patch path /binaryMediaTypes")


@pytest.mark.parametrize(
    ("uri", "message"),
    [
        (FUNCTION, "AWS ARN for integration must contain path or action"),
        (
            f"arn:aws:apigateway:eu-central-1:lambda:test/2015-03-31/functions/{FUNCTION}/invocations",
            "AWS ARN for integration must contain path or action",
        ),
        (
            f"bad-arn:lambda:path/2015-03-31/functions/{FUNCTION}/invocations",
            "Invalid ARN specified in the request",
        ),
    ],
)
def test_an_integration_uri_that_names_no_function_is_refused(clients: Any, uri: str, message: str) -> None:
    gateway = clients("apigateway")
    made = gateway.create_rest_api(name="uris")
    method = {"restApiId": made["id"], "resourceId": made["rootResourceId"], "httpMethod": "GET"}
    gateway.put_method(**method, authorizationType="NONE")
    with pytest.raises(gateway.exceptions.BadRequestException) as seen:
        gateway.put_integration(**method, type="AWS_PROXY", integrationHttpMethod="POST", uri=uri)
    assert refusal(seen.value) == bad_request(message)
