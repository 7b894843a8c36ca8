"""Probes of RestApis: their settings, resources, authorizers and identifiers."""

from __future__ import annotations

from typing import Any

from tests.local.corrections.probe import PROXY, URI, api_of, client, document, probes, refusal

from apitool.proxy.openapi import INTEGRATION


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


@probes("ApigwIdentifier.generate")
def ids_of_resources_and_deployments_have_six_characters_and_the_roots_ten() -> None:
    call = client("apigateway")
    api = api_of(document(a={"get": {INTEGRATION: PROXY}}))
    lengths = {each["path"]: len(each["id"]) for each in call.get_resources(restApiId=api)["items"]}
    deployment = call.create_deployment(restApiId=api)["id"]
    assert (lengths, len(deployment), len(api)) == ({"/": 10, "/a": 6}, 6, 10)


@probes("APIGatewayResponse.test_invoke_method")
def a_method_can_be_tested_before_anything_is_deployed() -> None:
    mock = {
        "type": "mock",
        "requestTemplates": {"application/json": '{"statusCode": 204}'},
        "responses": {"default": {"statusCode": "204"}},
    }
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
