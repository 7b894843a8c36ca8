"""UpdateStage. Sources: LocalStack's TestStages, TestApiGatewayStage (AWS, 2024-2026); stackd's captures
`role-absent-*`, `role-present-*`, rest_metrics (AWS, September 2026); UpdateStage paths tried on three
throwaway APIs (August 2026); provider issues #9738 and #15855.
"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apitool.proxy.method_settings import DEFAULTS, StageSettings, to_stage
from apitool.proxy.stage_patch import PatchOperation, PatchRefused, apply_patch

ARN = "arn:aws:logs:us-east-1:000000000000:log-group:/x"
NO_ROLE = "CloudWatch Logs role ARN must be set in account settings to enable logging"
MUST_BE = (
    "[/deploymentId, /description, /cacheClusterEnabled, /cacheClusterSize, /clientCertificateId, "
    "/accessLogSettings, /accessLogSettings/destinationArn, /accessLogSettings/format, "
    "/{resourcePath}/{httpMethod}/metrics/enabled, /{resourcePath}/{httpMethod}/logging/dataTrace, "
    "/{resourcePath}/{httpMethod}/logging/loglevel, "
    "/{resourcePath}/{httpMethod}/throttling/burstLimit/{resourcePath}/{httpMethod}/throttling/rateLimit"
    "/{resourcePath}/{httpMethod}/caching/ttlInSeconds, /{resourcePath}/{httpMethod}/caching/enabled, "
    "/{resourcePath}/{httpMethod}/caching/dataEncrypted, "
    "/{resourcePath}/{httpMethod}/caching/requireAuthorizationForCacheControl, "
    "/{resourcePath}/{httpMethod}/caching/unauthorizedCacheControlHeaderStrategy, /*/*/metrics/enabled, "
    "/*/*/logging/dataTrace, /*/*/logging/loglevel, /*/*/throttling/burstLimit /*/*/throttling/rateLimit "
    "/*/*/caching/ttlInSeconds, /*/*/caching/enabled, /*/*/caching/dataEncrypted, "
    "/*/*/caching/requireAuthorizationForCacheControl, "
    "/*/*/caching/unauthorizedCacheControlHeaderStrategy, /variables/{variable_name}, /tracingEnabled]"
)
ACCESS_LOG_PATHS = (
    "Invalid accessLogSettings path. Must be one of : "
    "[/accessLogSettings/destinationArn, /accessLogSettings/format]"
)


def replace(path: str, value: str = "true") -> PatchOperation:
    return PatchOperation("replace", path, value)


def add(path: str, value: str = "true") -> PatchOperation:
    return PatchOperation("add", path, value)


def remove(path: str) -> PatchOperation:
    return PatchOperation("remove", path)


def patched(
    *operations: PatchOperation, before: StageSettings | None = None, role: bool = True
) -> StageSettings:
    result = apply_patch(before or StageSettings(), operations, account_has_role=role)
    assert isinstance(result, StageSettings), result
    return result


def refused(
    *operations: PatchOperation, before: StageSettings | None = None, role: bool = True
) -> PatchRefused:
    result = apply_patch(before or StageSettings(), operations, account_has_role=role)
    assert isinstance(result, PatchRefused), result
    assert (result.code, result.status) == ("BadRequestException", 400)
    return result


@pytest.mark.parametrize(
    ("path", "key", "name", "value"),
    [
        ("/*/*/logging/loglevel", "*/*", "loggingLevel", "INFO"),
        ("/*/*/logging/dataTrace", "*/*", "dataTraceEnabled", True),
        ("/*/*/metrics/enabled", "*/*", "metricsEnabled", True),
        ("/~1quiet/GET/logging/loglevel", "~1quiet/GET", "loggingLevel", "INFO"),
        ("/~1sample~1{value}/GET/metrics/enabled", "~1sample~1{value}/GET", "metricsEnabled", True),
        ("/~1/GET/metrics/enabled", "~1/GET", "metricsEnabled", True),
        ("/test/GET/throttling/burstLimit", "test/GET", "throttlingBurstLimit", 124),
        ("/lit/GET/caching/enabled", "lit/GET", "cachingEnabled", True),
        ("/pg/{p}/GET/caching/enabled", "pg/{p}/GET", "cachingEnabled", True),
        ("/g/{proxy+}/GET/caching/enabled", "g/{proxy+}/GET", "cachingEnabled", True),
        ("//tenant/{t}/codes/GET/metrics/enabled", "/tenant/{t}/codes/GET", "metricsEnabled", True),
        ("/*/*/throttling/rateLimit", "*/*", "throttlingRateLimit", -1.0),
    ],
)
def test_paths_aws_takes_and_the_keys_it_keeps(path, key, name, value):
    text = {True: "true", "INFO": "INFO", 124: "124", -1.0: "-1.000000"}[value]
    shown = to_stage(patched(replace(path, text)))["methodSettings"]
    assert shown == {key: {**DEFAULTS, name: value}}


@pytest.mark.parametrize(
    "path",
    [
        "/documentation_version",
        "/tags/tag1",
        "/~1*~1*/logging/loglevel",
        "/*/GET/logging/loglevel",
        "/~1orders/*/logging/loglevel",
        "/lit/ANY/caching/enabled",
        "/pa/{p}/ANY/caching/enabled",
        "/{proxy+}/ANY//throttling/burstLimit",
        "/*/*/logging/logLevel",
        "/*/*/logging",
        "/*/*",
        "/logging/loglevel",
        "*/*/logging/loglevel",
        "/canarySettings",
        "/variables",
        "/nope",
        "",
        "/",
    ],
)
def test_paths_aws_refuses(path):
    refusal = refused(replace(path, "INFO"))
    assert refusal.message == f"Invalid method setting path: {path}. Must be one of: {MUST_BE}"


def test_a_new_entry_has_no_logging_level_until_one_is_set():
    assert "loggingLevel" not in patched(replace("/*/*/metrics/enabled")).method_settings["*/*"]


def test_a_method_entry_copies_the_stages_values_once_and_keeps_them():
    first = patched(
        replace("/description", "stage new"),
        replace("/variables/var1", "test"),
        replace("/variables/var2", "test2"),
        replace("/*/*/throttling/burstLimit", "123"),
        replace("/*/*/caching/enabled", "true"),
        replace("/tracingEnabled", "true"),
        replace("/test/GET/throttling/burstLimit", "124"),
    )
    copied = {**DEFAULTS, "cachingEnabled": True}
    assert first.method_settings == {
        "*/*": {**copied, "throttlingBurstLimit": 123},
        "test/GET": {**copied, "throttlingBurstLimit": 124},
    }
    assert (first.description, first.tracing_enabled) == ("stage new", True)
    assert first.variables == {"var1": "test", "var2": "test2"}
    later = patched(replace("/*/*/throttling/burstLimit", "100"), before=first)
    assert later.method_settings["*/*"]["throttlingBurstLimit"] == 100
    assert later.method_settings["test/GET"] == first.method_settings["test/GET"]


@pytest.mark.parametrize("setting", ["metrics/enabled", "logging/dataTrace"])
@pytest.mark.parametrize(
    ("text", "value"), [("invalid", False), ("true", True), ("TRUE", True), ("1", False)]
)
def test_a_garbage_boolean_is_false_and_no_error(setting, text, value):
    entry = patched(replace(f"/*/*/{setting}", text)).method_settings["*/*"]
    assert value in (entry["metricsEnabled"], entry["dataTraceEnabled"])
    assert (entry["metricsEnabled"] or entry["dataTraceEnabled"]) is value


@pytest.mark.parametrize("role", [True, False])
@pytest.mark.parametrize("level", ["DEBUG", "info", "", "BANANA"])
def test_an_unknown_level_is_refused_with_or_without_a_role(level, role):
    refusal = refused(replace("/*/*/logging/loglevel", level), role=role)
    assert refusal.message == f"Invalid logging level specified: {level}"


@pytest.mark.parametrize("level", ["INFO", "ERROR"])
def test_logging_needs_the_accounts_role(level):
    assert refused(replace("/*/*/logging/loglevel", level), role=False).message == NO_ROLE
    assert patched(replace("/*/*/logging/loglevel", level)).method_settings["*/*"]["loggingLevel"] == level


def test_off_with_data_trace_needs_no_role():
    operations = (replace("/*/*/logging/loglevel", "OFF"), replace("/*/*/logging/dataTrace", "true"))
    entry = patched(*operations, role=False).method_settings["*/*"]
    assert (entry["loggingLevel"], entry["dataTraceEnabled"]) == ("OFF", True)


def test_one_refusal_refuses_all():
    before = StageSettings(variables={"a": "1"})
    operations = [replace("/variables/a", "2"), replace("/*/*/logging/loglevel", "DEBUG")]
    assert isinstance(apply_patch(before, operations, account_has_role=True), PatchRefused)
    assert before.variables == {"a": "1"}


# remove


@pytest.mark.parametrize("key", ["*/*", "~1quiet/GET", "pg/{p}/GET"])
def test_an_entry_is_removed_as_a_whole(key):
    before = StageSettings(method_settings={key: dict(DEFAULTS), "~1other/GET": dict(DEFAULTS)})
    after = patched(remove(f"/{key}"), before=before)
    assert list(after.method_settings) == ["~1other/GET"]


@pytest.mark.parametrize(
    "path",
    [
        "/*/*",
        "/~1quiet/GET",
        "/accessLogSettings/randomValue",
        "/accessLogSettings/*",
        "/accessLogSettings/destinationArn",
        "/canarySettings/stageVariableOverrides",
        "/canarySettings/badPath",
        "/*/*/logging/loglevel",
    ],
)
def test_anything_else_that_is_removed_is_read_as_a_method(path):
    canary = {"percentTraffic": 50.0, "stageVariableOverrides": {"testVar": "canary"}}
    before = StageSettings(access_log_destination=ARN, canary=canary)
    key = path[1:]
    assert refused(remove(path), before=before).message == (
        f"Cannot remove method setting {key} because there is no method setting for this method "
    )


def test_variables_are_removed_one_by_one():
    assert patched(
        remove("/variables/a"), before=StageSettings(variables={"a": "1", "b": "2"})
    ).variables == {"b": "2"}


# access logs


def test_destination_and_format_are_set_one_by_one_and_removed_together():
    first = patched(add("/accessLogSettings/destinationArn", ARN))
    assert to_stage(first)["accessLogSettings"] == {"destinationArn": ARN}
    assert not first.has_access_log
    second = patched(replace("/accessLogSettings/destinationArn", f"{ARN}a"), before=first)
    text = "$context.requestId $context.identity.sourceIp"
    third = patched(add("/accessLogSettings/format", text), before=second)
    assert to_stage(third)["accessLogSettings"] == {"destinationArn": f"{ARN}a", "format": text}
    assert third.has_access_log
    assert "accessLogSettings" not in to_stage(
        patched(remove("/accessLogSettings"), before=third, role=False)
    )


@pytest.mark.parametrize("op", ["add", "replace"])
@pytest.mark.parametrize(
    "path", ["/accessLogSettings", "/accessLogSettings/randomValue", "/accessLogSettings/*"]
)
def test_only_two_access_log_paths_can_be_set(op, path):
    assert refused(PatchOperation(op, path, "test")).message == ACCESS_LOG_PATHS


@pytest.mark.parametrize("name", ["destinationArn", "format"])
def test_an_empty_access_log_value_is_refused(name):
    assert refused(replace(f"/accessLogSettings/{name}", "")).message == "Access Log value must not be empty"


def access_log(destination: str = ARN, text: str = "$context.requestId") -> tuple[PatchOperation, ...]:
    return (
        replace("/accessLogSettings/destinationArn", destination),
        replace("/accessLogSettings/format", text),
    )


def test_access_logs_need_the_accounts_role():
    assert refused(*access_log(), role=False).message == NO_ROLE


@pytest.mark.parametrize("role", [True, False])
def test_a_destination_that_is_no_arn_is_refused_before_the_role_is_looked_at(role):
    assert refused(*access_log(destination="not-an-arn"), role=role).message == (
        "Invalid ARN specified in the request. ARNs must start with 'arn:': not-an-arn"
    )


def test_a_format_must_name_the_request():
    message = (
        "Access Log format must include either $context.requestId or $context.extendedRequestId : "
        "'literal-only'"
    )
    assert refused(*access_log(text="literal-only")).message == message
    assert refused(*access_log(text="literal-only"), role=False).message == NO_ROLE
    assert patched(*access_log(text="x $context.extendedRequestId")).has_access_log


def test_a_format_of_several_lines_is_refused():
    assert not refused(*access_log(text="$context.requestId\n$context.status")).recorded


def test_what_nobody_recorded_is_refused_in_our_own_words_and_says_so():
    for operation in (
        replace("/*/*/throttling/burstLimit", "many"),
        replace("/*/*/throttling/rateLimit", "nan"),
        replace("/*/*/caching/unauthorizedCacheControlHeaderStrategy", "PANIC"),
        PatchOperation("test", "/*/*/logging/loglevel", "INFO"),
    ):
        assert not refused(operation).recorded


def test_a_deployment_must_exist_where_deployments_are_known():
    operation = replace("/deploymentId", "deploy")
    result = apply_patch(StageSettings(), [operation], account_has_role=True, deployments={"dep123"})
    assert isinstance(result, PatchRefused)
    assert result.message == "Deployment id does not exist"
    assert patched(operation).deployment_id == "deploy"


@given(
    op=st.sampled_from(["add", "replace", "remove", "copy", "move", ""]),
    path=st.text(alphabet="/*~1{}aG", max_size=12) | st.text(max_size=30),
    value=st.none() | st.text(),
    role=st.booleans(),
)
def test_any_operation_is_applied_or_refused_but_never_raises(op, path, value, role):
    result = apply_patch(StageSettings(), [PatchOperation(op, path, value)], account_has_role=role)
    assert isinstance(result, (StageSettings, PatchRefused))


def test_operations_go_to_the_wire_and_back():
    for wire in (
        {"op": "replace", "path": "/a", "value": "1"},
        {"op": "copy", "path": "/deploymentId", "from": "/canarySettings/deploymentId"},
        {"op": "remove", "path": "/*/*"},
    ):
        assert PatchOperation.from_request(wire).to_request() == wire
