"""Probes of RestApis, their documents, resources and integrations."""

from __future__ import annotations

import functools
import json
from typing import Any

from tests.local.corrections.probe import PROXY, URI, api_of, client, document, probes, refusal

from apitool.local.corrections.pages import PAGED

ANY = "x-amazon-apigateway-any-method"
INTEGRATION = "x-amazon-apigateway-integration"
MOCK = {"type": "mock", "requestTemplates": {"application/json": '{"statusCode": 204}'}}


def verbs_of(api: str) -> dict[str, set[str]]:
    resources = client("apigateway").get_resources(restApiId=api)["items"]
    return {each["path"]: set(each.get("resourceMethods", {})) for each in resources}


@probes("APIGatewayBackend.put_rest_api")
def any_path_parameters_and_mock_without_uri_are_imported() -> None:
    item = {
        "parameters": [{"name": "id", "in": "path", "required": True}],
        "summary": "x",
        "options": {INTEGRATION: MOCK},
        ANY: {INTEGRATION: PROXY},
    }
    assert verbs_of(api_of(document(**{"a/{id}": item}))) == {
        "/": set(),
        "/a": set(),
        "/a/{id}": {"ANY", "OPTIONS"},
    }


@probes("APIGatewayBackend.put_rest_api")
def the_root_resource_stays_the_same_over_a_second_put() -> None:
    api = api_of(document())
    before = client("apigateway").get_rest_api(restApiId=api)["rootResourceId"]
    client("apigateway").put_rest_api(restApiId=api, mode="overwrite", body=json.dumps(document()))
    resources = client("apigateway").get_resources(restApiId=api)["items"]
    root = next(each for each in resources if each["path"] == "/")
    assert root["id"] == before == client("apigateway").get_rest_api(restApiId=api)["rootResourceId"]
    assert {each["parentId"] for each in resources if each["path"] != "/"} == {before}


@probes("APIGatewayBackend.put_rest_api")
def binary_media_types_of_the_document_become_the_apis() -> None:
    api = api_of({**document(), "x-amazon-apigateway-binary-media-types": ["image/png"]})
    assert client("apigateway").get_rest_api(restApiId=api)["binaryMediaTypes"] == ["image/png"]


@probes("APIGatewayBackend.put_rest_api")
def merging_adds_what_is_new_and_keeps_the_rest() -> None:
    api = api_of(document(a={"get": {INTEGRATION: PROXY}}))
    more = document(a={"put": {INTEGRATION: PROXY}}, b={"get": {INTEGRATION: PROXY}})
    client("apigateway").put_rest_api(restApiId=api, mode="merge", body=json.dumps(more))
    assert verbs_of(api) == {"/": set(), "/a": {"GET", "PUT"}, "/b": {"GET"}}


@probes("APIGatewayBackend.put_rest_api")
def a_document_that_is_refused_changes_nothing() -> None:
    api = api_of(document())
    two_variables = document(**{"{a}": {"get": {INTEGRATION: PROXY}}, "{b}": {"get": {INTEGRATION: PROXY}}})
    status, _, message = refusal(
        client("apigateway").put_rest_api, restApiId=api, mode="overwrite", body=json.dumps(two_variables)
    )
    assert (status, "variable path part" in message) == (400, True)
    assert verbs_of(api) == {"/": set(), "/orders": {"GET"}}


@probes("APIGatewayBackend.put_rest_api")
def a_document_without_paths_is_refused_in_awss_words() -> None:
    api = api_of(document())
    wrong: dict[str, Any] = {"openapi": "3.0.1"}
    refused = refusal(
        client("apigateway").put_rest_api, restApiId=api, mode="overwrite", body=json.dumps(wrong)
    )
    assert refused == (400, "BadRequestException", "Invalid OpenAPI input.")


@probes("APIGatewayBackend.import_rest_api")
def a_document_without_description_is_imported() -> None:
    made = client("apigateway").import_rest_api(body=json.dumps(document()))
    assert made["name"] == "orders"
    assert verbs_of(made["id"]) == {"/": set(), "/orders": {"GET"}}


@probes("APIGatewayResponse.create_rest_api")
def binary_media_types_given_at_creation_are_kept() -> None:
    made = client("apigateway").create_rest_api(name="a", binaryMediaTypes=["image/png", "a/b"])
    assert made["binaryMediaTypes"] == ["image/png", "a/b"]
    assert client("apigateway").get_rest_api(restApiId=made["id"])["binaryMediaTypes"] == ["image/png", "a/b"]


@probes("RestAPI.apply_patch_operations")
def binary_media_types_are_patched_by_path() -> None:
    api = client("apigateway").create_rest_api(name="a")["id"]

    def patched(**operation: str) -> list[str]:
        answer = client("apigateway").update_rest_api(restApiId=api, patchOperations=[operation])
        return list(answer["binaryMediaTypes"])

    assert patched(op="add", path="/binaryMediaTypes/image~1png") == ["image/png"]
    assert patched(op="add", path="/binaryMediaTypes/image~1jpeg") == ["image/png", "image/jpeg"]
    assert patched(op="replace", path="/binaryMediaTypes/image~1png", value="image/gif") == [
        "image/jpeg",
        "image/gif",
    ]
    assert patched(op="remove", path="/binaryMediaTypes/image~1gif") == ["image/jpeg"]


@probes("APIGatewayResponse.create_rest_api")
def an_api_that_can_not_be_is_refused() -> None:
    create = client("apigateway").create_rest_api

    def message(**asked: Any) -> str:
        return refusal(create, name="a", **asked)[2]

    size = "Invalid minimum compression size, must be between 0 and 10485760"
    none = "REGIONAL Configuration and EDGE Configuration cannot be both DISABLED."
    assert message(description="") == "Description cannot be an empty string"
    assert message(minimumCompressionSize=-1) == size
    assert message(endpointConfiguration={"types": []}) == none
    both = {"types": ["EDGE", "REGIONAL"]}
    assert message(endpointConfiguration=both) == "Cannot create an api with multiple Endpoint Types."
    assert create(name="a")["ResponseMetadata"]["HTTPStatusCode"] == 201


@probes("RestAPI.apply_patch_operations")
def a_patch_that_can_not_be_is_refused() -> None:
    call = client("apigateway")
    api = call.create_rest_api(name="a", description="b")["id"]

    def message(op: str, path: str, value: str) -> str:
        patch = [{"op": op, "path": path, "value": value}]
        return refusal(call.update_rest_api, restApiId=api, patchOperations=patch)[2]

    size = "Invalid minimum compression size, must be between 0 and 10485760"
    for wrong in ("-1", "test"):
        assert message("replace", "/minimumCompressionSize", wrong) == size
    only = "Invalid patch operation specified. Must be one of: [replace]"
    assert message("add", "/minimumCompressionSize", "10") == only
    types = "Invalid EndpointTypes specified. Valid options are REGIONAL,EDGE,PRIVATE"
    assert message("replace", "/endpointConfiguration/types/EDGE", "wrong") == types
    removal = [{"op": "remove", "path": "/description"}]
    assert "description" not in call.update_rest_api(restApiId=api, patchOperations=removal)


@probes("RestAPI.apply_patch_operations")
def switches_and_sizes_are_read_as_what_they_are() -> None:
    api = client("apigateway").create_rest_api(name="a", disableExecuteApiEndpoint=True)["id"]

    def patched(path: str, value: str) -> dict[str, Any]:
        operation = {"op": "replace", "path": path, "value": value}
        return dict(client("apigateway").update_rest_api(restApiId=api, patchOperations=[operation]))

    assert patched("/disableExecuteApiEndpoint", "false")["disableExecuteApiEndpoint"] is False
    assert patched("/minimumCompressionSize", "1024")["minimumCompressionSize"] == 1024
    assert "minimumCompressionSize" not in patched("/minimumCompressionSize", "")


@probes("RestAPI.to_dict")
def a_policy_is_shown_escaped_and_what_is_not_set_is_left_out() -> None:
    made = client("apigateway").create_rest_api(name="a")
    assert {"version", "policy", "binaryMediaTypes", "minimumCompressionSize"}.isdisjoint(made)
    operation = {"op": "replace", "path": "/policy", "value": '{"Version": "2012-10-17"}'}
    shown = client("apigateway").update_rest_api(restApiId=made["id"], patchOperations=[operation])
    assert shown["policy"] == r"{\"Version\": \"2012-10-17\"}"


@probes("APIGatewayBackend.delete_rest_api")
def an_unknown_api_is_not_found() -> None:
    status, code, _ = refusal(client("apigateway").delete_rest_api, restApiId="nope")
    assert (status, code) == (404, "NotFoundException")


@probes("APIGatewayBackend.create_resource")
def a_resource_stands_only_where_aws_lets_it() -> None:
    made = client("apigateway").create_rest_api(name="a")
    api, root = made["id"], made["rootResourceId"]

    def create(part: str, parent: str = root) -> str:
        answer = client("apigateway").create_resource(restApiId=api, parentId=parent, pathPart=part)
        return str(answer["id"])

    def refused(part: str, parent: str = root) -> tuple[int, str, str]:
        return refusal(client("apigateway").create_resource, restApiId=api, parentId=parent, pathPart=part)

    create("pets")
    greedy = create("{proxy+}")
    taken = "Another resource with the same parent already has this name: pets"
    assert refused("pets") == (409, "ConflictException", taken)
    second = "A sibling ({proxy+}) of this resource already has a variable path part -- only one is allowed"
    assert refused("{id}") == (400, "BadRequestException", second)
    below = "Cannot create a child of a resource with a greedy path variable: {proxy+}"
    assert refused("x", greedy) == (400, "BadRequestException", below)
    assert refused("{y}", greedy) == (400, "BadRequestException", below)
    assert refused("x", "ghost") == (404, "NotFoundException", "Invalid Resource identifier specified")


@probes("APIGatewayBackend.put_integration")
def aws_proxy_points_to_a_function_and_has_awss_default_timeout() -> None:
    made = client("apigateway").create_rest_api(name="a")
    method = {"restApiId": made["id"], "resourceId": made["rootResourceId"], "httpMethod": "GET"}
    client("apigateway").put_method(**method, authorizationType="NONE")
    put = client("apigateway").put_integration
    proxy = {**method, "type": "AWS_PROXY", "integrationHttpMethod": "POST"}
    base = "arn:aws:apigateway:eu-central-1"
    only = (
        "Integrations of type 'AWS_PROXY' currently only supports "
        "Lambda function and Firehose stream invocations."
    )
    elsewhere = URI.replace(":lambda:path", ":firehose:path")
    assert refusal(put, **proxy, uri=elsewhere) == (400, "BadRequestException", only)
    odd = f"{base}:lambda:path/random/value/{URI.partition('functions/')[2]}"
    assert refusal(put, **proxy, uri=odd) == (400, "BadRequestException", only)
    made = put(**proxy, uri=URI)
    assert (made["timeoutInMillis"], made["passthroughBehavior"]) == (29_000, "WHEN_NO_MATCH")
    assert "connectionType" not in made
    mock = put(**method, type="MOCK", uri="http://example.com")
    assert {"uri", "httpMethod", "connectionType"}.isdisjoint(mock)
    http = put(**method, type="HTTP", integrationHttpMethod="POST", uri="http://example.com")
    assert http["connectionType"] == "INTERNET"
    by_stage = f"{base}:lambda:path/2015-03-31/functions/${{stageVariables.fn}}/invocations"
    assert put(**proxy, uri=by_stage)["uri"] == by_stage


@probes("APIGatewayBackend.put_integration")
def an_integration_passes_its_callers_credentials_on() -> None:
    made = client("apigateway").create_rest_api(name="a")
    method = {"restApiId": made["id"], "resourceId": made["rootResourceId"], "httpMethod": "GET"}
    client("apigateway").put_method(**method, authorizationType="AWS_IAM")
    shown = client("apigateway").put_integration(
        **method,
        type="AWS",
        integrationHttpMethod="POST",
        uri="arn:aws:apigateway:eu-central-1:dynamodb:action/ListTables",
        credentials="arn:aws:iam::*:user/*",
    )
    assert shown["credentials"] == "arn:aws:iam::*:user/*"


@probes("ApigwIdentifier.generate")
def ids_of_resources_and_deployments_have_six_characters_and_the_roots_ten() -> None:
    call = client("apigateway")
    api = api_of(document(a={"get": {INTEGRATION: PROXY}}))
    lengths = {each["path"]: len(each["id"]) for each in call.get_resources(restApiId=api)["items"]}
    deployment = call.create_deployment(restApiId=api)["id"]
    assert (lengths, len(deployment), len(api)) == ({"/": 10, "/a": 6}, 6, 10)


@probes("APIGatewayResponse.test_invoke_method")
def a_method_can_be_tested_before_anything_is_deployed() -> None:
    mock = {**MOCK, "responses": {"default": {"statusCode": "204"}}}
    api = api_of(document(a={"options": {INTEGRATION: mock}}))
    resources = client("apigateway").get_resources(restApiId=api)["items"]
    resource = next(each["id"] for each in resources if each["path"] == "/a")
    answer = client("apigateway").test_invoke_method(restApiId=api, resourceId=resource, httpMethod="OPTIONS")
    assert (answer["status"], "Successfully completed execution" in answer["log"]) == (204, True)


@probes("RestAPI.create_authorizer")
def an_authorizer_keeps_the_expression_its_tokens_have_to_fit() -> None:
    authorizer = client("apigateway").create_authorizer(
        restApiId=api_of(document()),
        name="people",
        type="TOKEN",
        authorizerUri=URI,
        identitySource="method.request.header.Authorization",
        identityValidationExpression="Bearer .+",
    )
    assert authorizer["identityValidationExpression"] == "Bearer .+"


@probes("APIGatewayBackend.put_rest_api")
def models_documentation_and_cache_keys_of_a_document_become_the_apis() -> None:
    call, key = client("apigateway"), "method.request.querystring.q"
    part = {"location": {"type": "METHOD", "method": "GET"}, "properties": {"description": "a"}}
    body = {
        **document(a={"get": {INTEGRATION: {**PROXY, "cacheKeyParameters": [key]}}}),
        "components": {"schemas": {"House": {"type": "object", "description": "Where one lives"}}},
        "x-amazon-apigateway-documentation": {"version": "1", "documentationParts": [part]},
    }
    api = api_of(body)
    models = call.get_models(restApiId=api)["items"]
    assert [(each["name"], each["description"]) for each in models] == [("House", "Where one lives")]
    parts = call.get_documentation_parts(restApiId=api)["items"]
    assert [each["location"] for each in parts] == [{"type": "METHOD", "method": "GET", "path": "/"}]
    resource = next(each["id"] for each in call.get_resources(restApiId=api)["items"] if each["path"] == "/a")
    shown = call.get_integration(restApiId=api, resourceId=resource, httpMethod="GET")
    assert shown["cacheKeyParameters"] == [key]


@probes("APIGatewayResponse.create_rest_api")
def an_api_has_addresses_of_a_kind() -> None:
    create = client("apigateway").create_rest_api

    def refused(**endpoint: Any) -> tuple[int, str, str]:
        return refusal(create, name="a", endpointConfiguration=endpoint)

    at = "createRestApiInput.endpointConfiguration"
    types = (
        f"Value '[wrong]' at '{at}.types' failed to satisfy constraint: Member must satisfy constraint: "
        "[Member must satisfy enum value set: [PRIVATE, EDGE, REGIONAL]]"
    )
    address = (
        f"Value 'wrong' at '{at}.ipAddressType' failed to satisfy constraint: "
        "Member must satisfy enum value set: [ipv4, dualstack]"
    )
    both = f"2 validation errors detected: {types}; {address}"
    assert refused(types=["wrong"], ipAddressType="wrong") == (400, "ValidationException", both)
    only = "Only dualstack ipAddressType is supported for Private APIs."
    assert refused(types=["PRIVATE"], ipAddressType="ipv4") == (400, "BadRequestException", only)
    dualstack = {"types": ["EDGE"], "ipAddressType": "dualstack"}
    made = create(name="a", version="v1", endpointConfiguration=dualstack)
    assert (made["version"], made["endpointConfiguration"]) == ("v1", dualstack)


@probes("RestAPI.apply_patch_operations")
def kinds_of_addresses_are_patched() -> None:
    call = client("apigateway")
    api = call.create_rest_api(name="a")["id"]
    address, types = "/endpointConfiguration/ipAddressType", "/endpointConfiguration/types/0"

    def patch(op: str, path: str, value: str) -> dict[str, Any]:
        return {"restApiId": api, "patchOperations": [{"op": op, "path": path, "value": value}]}

    patched = call.update_rest_api(**patch("replace", types, "PRIVATE"))
    assert patched["endpointConfiguration"] == {"types": ["PRIVATE"], "ipAddressType": "dualstack"}
    for asked, message in (
        (patch("replace", address, "ipv4"), "Only dualstack ipAddressType is supported for Private APIs."),
        (patch("replace", address, "wrong"), "ipAddressType must be either ipv4 or dualstack."),
        (patch("remove", address, "x"), "Invalid patch operation specified. Must be one of: [replace]"),
        (patch("remove", types, "x"), "Invalid patch operation specified. Must be 'add'|'remove'|'replace'"),
    ):
        assert refusal(call.update_rest_api, **asked) == (400, "BadRequestException", message)


@probes("RestAPI.to_dict")
def an_api_shows_what_kind_of_addresses_it_has() -> None:
    made = client("apigateway").create_rest_api(name="a")
    assert made["endpointConfiguration"] == {"types": ["EDGE"], "ipAddressType": "ipv4"}
    assert "tags" not in made


@probes("APIGatewayResponse.delete_rest_api")
def the_deletion_of_an_api_is_accepted() -> None:
    call = client("apigateway")
    answer = call.delete_rest_api(restApiId=call.create_rest_api(name="a")["id"])
    assert answer["ResponseMetadata"]["HTTPStatusCode"] == 202


@probes("RestAPI.apply_patch_operations")
def vpc_endpoints_come_and_go_and_paths_that_are_none_are_refused() -> None:
    call = client("apigateway")
    endpoint = {"types": ["PRIVATE"], "vpcEndpointIds": ["vpce-a"]}
    api = call.create_rest_api(name="a", endpointConfiguration=endpoint)["id"]

    def patch(op: str, path: str, value: str) -> dict[str, Any]:
        return {"restApiId": api, "patchOperations": [{"op": op, "path": path, "value": value}]}

    links = "/endpointConfiguration/vpcEndpointIds"
    call.update_rest_api(**patch("add", links, "vpce-b"))
    patched = call.update_rest_api(**patch("remove", links, "vpce-a"))
    assert patched["endpointConfiguration"]["vpcEndpointIds"] == ["vpce-b"]
    assert refusal(call.update_rest_api, **patch("replace", "/nope", "x"))[2] == "Invalid patch path /nope"
    only = "Invalid patch operation specified. Must be one of: [replace]"
    assert refusal(call.update_rest_api, **patch("add", "/name", "x"))[2] == only


def two_of_each() -> dict[str, str]:
    """Where they are."""
    call = client("apigateway")
    api = api_of(document())
    plan = call.create_usage_plan(name="a")["id"]
    call.create_usage_plan(name="b")
    call.create_rest_api(name="b")
    for name in ("a", "b"):
        key = call.create_api_key(name=name)["id"]
        call.create_usage_plan_key(usagePlanId=plan, keyId=key, keyType="API_KEY")
        call.create_authorizer(restApiId=api, name=name, type="TOKEN", authorizerUri=URI)
        call.create_deployment(restApiId=api)
        call.create_domain_name(domainName=f"{name}.example.com")
        call.create_model(restApiId=api, name=name, contentType="application/json", schema="{}")
        call.create_request_validator(restApiId=api, name=name)
        call.create_vpc_link(name=name, targetArns=["arn:aws:elasticloadbalancing:::a"])
        call.create_documentation_part(
            restApiId=api, location={"type": "MODEL", "name": name}, properties='{"description": "a"}'
        )
        call.create_documentation_version(restApiId=api, documentationVersion=name)
        call.generate_client_certificate(description=name)
        call.create_base_path_mapping(domainName="a.example.com", restApiId=api, basePath=name)
    return {"restApiId": api, "usagePlanId": plan, "domainName": "a.example.com"}


def comes_in_pages(operation: str) -> None:
    call, everything = client("apigateway"), two_of_each()
    model = call.meta.service_model.operation_model(call.meta.method_to_api_mapping[operation])
    at = {name: everything[name] for name in model.input_shape.required_members}
    first = getattr(call, operation)(**at, limit=1)
    second = getattr(call, operation)(**at, limit=1, position=first["position"])
    assert (len(first["items"]), len(second["items"])) == (1, 1)
    assert first["items"] != second["items"]
    assert "position" not in second


@probes("APIGatewayResponse.get_api_keys")
def a_page_nobody_gave_a_limit_has_25() -> None:
    call = client("apigateway")
    for number in range(27):
        call.create_api_key(name=str(number))
    first = call.get_api_keys()
    assert (len(first["items"]), len(call.get_api_keys(position=first["position"])["items"])) == (25, 2)
    assert len(call.get_api_keys(limit=500)["items"]) == 27
    assert sum(len(page["items"]) for page in call.get_paginator("get_api_keys").paginate()) == 27


for _operation in PAGED:
    _look = functools.partial(comes_in_pages, _operation)
    _look.__name__ = f"{_operation}_comes_in_pages"  # type: ignore[attr-defined]
    probes(f"APIGatewayResponse.{_operation}")(_look)
