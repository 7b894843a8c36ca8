"""Probes of methods, and of what is not there: LocalStack's TestApiGatewayApi* (AWS, 2024 and 2025)."""

from __future__ import annotations

from typing import Any

from tests.local.corrections.probe import (
    ACCOUNT,
    PROXY,
    URI,
    api_of,
    client,
    document,
    empty,
    operations,
    probes,
    refusal,
)

GHOST = f"Invalid API identifier specified {ACCOUNT}:ghost"
NO_RESOURCE = (404, "NotFoundException", "Invalid Resource identifier specified")
NO_METHOD = (404, "NotFoundException", "Invalid Method identifier specified")
NO_AUTHORIZER = (
    "Invalid authorizer ID specified. Setting the authorization type to CUSTOM or COGNITO_USER_POOLS "
    "requires a valid authorizer."
)


def root() -> dict[str, Any]:
    made = client("apigateway").create_rest_api(name="a")
    return {"restApiId": made["id"], "resourceId": made["rootResourceId"], "httpMethod": "ANY"}


@probes("APIGatewayBackend.get_rest_api")
def an_unknown_api_is_named() -> None:
    seen = refusal(client("apigateway").get_rest_api, restApiId="ghost")
    assert seen == (404, "NotFoundException", GHOST)


@probes("APIGatewayBackend.update_rest_api")
def an_unknown_api_is_named_when_it_is_patched() -> None:
    patch = [{"op": "replace", "path": "/name", "value": "b"}]
    seen = refusal(client("apigateway").update_rest_api, restApiId="ghost", patchOperations=patch)
    assert seen == (404, "NotFoundException", GHOST)


@probes("APIGatewayBackend.get_resource")
def of_an_unknown_api_the_resource_is_not_found() -> None:
    put, at = client("apigateway").put_method, {**root(), "authorizationType": "NONE"}
    assert refusal(put, **{**at, "resourceId": "ghost"}) == NO_RESOURCE
    assert refusal(put, **{**at, "restApiId": "ghost"}) == NO_RESOURCE


@probes("APIGatewayBackend.delete_method")
def a_method_is_deleted_once() -> None:
    call, at = client("apigateway"), root()
    call.put_method(**at, authorizationType="NONE")
    call.delete_method(**at)
    assert refusal(call.delete_method, **at) == NO_METHOD


@probes("APIGatewayBackend.get_integration")
def an_integration_that_was_deleted_is_not_found() -> None:
    call, at = client("apigateway"), root()
    assert refusal(call.get_integration, **at) == NO_METHOD
    call.put_method(**at, authorizationType="NONE")
    call.put_integration(**at, type="AWS_PROXY", integrationHttpMethod="POST", uri=URI)
    call.delete_integration(**at)
    gone = (404, "NotFoundException", "Invalid Integration identifier specified")
    assert refusal(call.get_integration, **at) == gone


@probes("APIGatewayBackend.put_method")
def a_method_asks_for_nothing_that_is_not_there() -> None:
    put, at = client("apigateway").put_method, {**root(), "authorizationType": "NONE"}

    def message(**asked: Any) -> str:
        status, code, text = refusal(put, **{**at, **asked})
        assert (status, code) == (400, "BadRequestException")
        return text

    verbs = "Invalid HttpMethod specified. Valid options are GET,PUT,POST,DELETE,PATCH,OPTIONS,HEAD,ANY"
    assert message(httpMethod="WRONG") == verbs
    assert message(authorizationType="CUSTOM") == NO_AUTHORIZER
    assert message(authorizationType="COGNITO_USER_POOLS") == NO_AUTHORIZER
    assert message(requestValidatorId="ghost") == "Invalid Request Validator identifier specified"
    models = {"application/json": "Pets"}
    assert message(requestModels=models) == "Invalid model identifier specified: Pets"
    twice = {"method.request.querystring.q": True, "method.request.header.q": False}
    unique = "Parameter names must be unique across querystring, header and path"
    assert message(requestParameters=twice) == unique
    assert put(**at, requestModels={"application/json": "Empty"})["httpMethod"] == "ANY"


@probes("APIGatewayResponse.update_method")
def a_method_is_patched_member_by_member() -> None:
    call, at = client("apigateway"), root()
    call.put_method(**at, authorizationType="NONE", apiKeyRequired=True)
    parameter = "/requestParameters/method.request.querystring.q"

    def patched(*operations: tuple[str, str, str]) -> dict[str, Any]:
        patches = [dict(zip(("op", "path", "value"), each, strict=True)) for each in operations]
        return dict(call.update_method(**at, patchOperations=patches))

    added = patched(("add", parameter, "true"), ("add", "/requestModels/application~1json", "Empty"))
    assert added["requestParameters"] == {"method.request.querystring.q": True}
    assert added["requestModels"] == {"application/json": "Empty"}
    replaced = patched(
        ("replace", "/operationName", "Named"),
        ("replace", "/apiKeyRequired", "whatever"),
        ("replace", "/authorizationType", "AWS_IAM"),
        ("replace", parameter, "false"),
    )
    assert (replaced["operationName"], replaced["apiKeyRequired"]) == ("Named", False)
    assert (replaced["authorizationType"], replaced["requestParameters"]) == (
        "AWS_IAM",
        {"method.request.querystring.q": False},
    )
    removed = patched(("remove", parameter, "true"), ("replace", "/authorizerId", "ignored"))
    assert {"requestParameters", "authorizerId"}.isdisjoint(removed)


@probes("APIGatewayResponse.update_method")
def scopes_of_a_method_are_added_and_removed() -> None:
    call, at = client("apigateway"), root()
    call.put_method(**at, authorizationType="NONE", authorizationScopes=["a", "b"])
    patch = operations(("add", "/authorizationScopes", "c"), ("remove", "/authorizationScopes", "a"))
    assert call.update_method(**at, patchOperations=patch)["authorizationScopes"] == ["b", "c"]


@probes("APIGatewayResponse.update_method")
def a_patch_of_a_method_is_refused_in_awss_words() -> None:
    call, at = client("apigateway"), root()
    assert refusal(call.update_method, **at, patchOperations=[]) == NO_METHOD
    call.put_method(**at, authorizationType="NONE")

    def message(op: str, path: str, value: str) -> str:
        patch = [{"op": op, "path": path, "value": value}]
        return refusal(call.update_method, **at, patchOperations=patch)[2]

    only = "Invalid patch operation specified. Must be one of: [replace]"
    assert message("add", "/operationName", "x") == only
    assert message("add", "/requestValidatorId", "x") == only
    for path in ("/httpMethod", "/requestParameters", "/requestModels/application/json"):
        assert message("add", path, "x") == f"Invalid patch path {path}"
    assert message("replace", "/authorizationType", "CUSTOM") == NO_AUTHORIZER
    unknown = "Invalid Request Validator identifier specified"
    assert message("replace", "/requestValidatorId", "x") == unknown


@probes("APIGatewayBackend.delete_resource")
def what_is_below_a_resource_goes_with_it() -> None:
    call = client("apigateway")
    api = api_of(document(**{"a/b/c": {"get": {"x-amazon-apigateway-integration": PROXY}}}))
    ids = {each["path"]: each["id"] for each in call.get_resources(restApiId=api)["items"]}
    call.delete_resource(restApiId=api, resourceId=ids["/a"])
    assert [each["path"] for each in call.get_resources(restApiId=api)["items"]] == ["/"]
    assert refusal(call.delete_resource, restApiId=api, resourceId=ids["/a/b"]) == NO_RESOURCE


@probes("APIGatewayResponse.update_resource")
def a_resource_moves_with_what_is_below_it() -> None:
    call, (api, root_id) = client("apigateway"), empty()
    pets = call.create_resource(restApiId=api, parentId=root_id, pathPart="pets")["id"]
    below = call.create_resource(restApiId=api, parentId=pets, pathPart="below")["id"]

    def patched(resource: str, path: str, value: str) -> dict[str, Any]:
        patch = operations(("replace", path, value))
        return dict(call.update_resource(restApiId=api, resourceId=resource, patchOperations=patch))

    assert patched(pets, "/pathPart", "dogs")["path"] == "/dogs"
    assert call.get_resource(restApiId=api, resourceId=below)["path"] == "/dogs/below"
    moved = patched(below, "/parentId", root_id)
    assert (moved["path"], moved["parentId"]) == ("/below", root_id)
    call.delete_resource(restApiId=api, resourceId=pets)
    assert [each["path"] for each in call.get_resources(restApiId=api)["items"]] == ["/", "/below"]


@probes("APIGatewayResponse.update_resource")
def a_resource_moves_only_where_aws_lets_it() -> None:
    call, (api, root_id) = client("apigateway"), empty()
    pets = call.create_resource(restApiId=api, parentId=root_id, pathPart="pets")["id"]
    below = call.create_resource(restApiId=api, parentId=pets, pathPart="below")["id"]
    lower = call.create_resource(restApiId=api, parentId=below, pathPart="pets")["id"]

    def refused(resource: str, path: str, value: str, op: str = "replace") -> tuple[int, str, str]:
        patch = operations((op, path, value))
        return refusal(call.update_resource, restApiId=api, resourceId=resource, patchOperations=patch)

    assert refused("ghost", "/pathPart", "x") == NO_RESOURCE
    assert refused(pets, "/parentId", "ghost") == NO_RESOURCE
    paths = (
        "Invalid patch path  '/invalid' specified for op 'replace'. Must be one of: [/parentId, /pathPart]"
    )
    assert refused(pets, "/invalid", "x") == (400, "BadRequestException", paths)
    for op in ("add", "remove"):
        text = f"Invalid patch path  '/pathPart' specified for op '{op}'. Please choose supported operations"
        assert refused(pets, "/pathPart", "x", op) == (400, "BadRequestException", text)
    taken = "Another resource with the same parent already has this name: pets"
    assert refused(lower, "/parentId", root_id) == (409, "ConflictException", taken)
    cycle = (400, "BadRequestException", "Resources cannot be cyclical.")
    assert refused(pets, "/parentId", below) == cycle
    for member in ("pathPart", "parentId"):
        text = f"Root resource cannot update its {member}."
        assert refused(root_id, f"/{member}", root_id) == (400, "BadRequestException", text)


@probes("APIGatewayBackend.put_method")
def a_method_is_put_once_and_asks_for_parameters_of_a_request() -> None:
    put, at = client("apigateway").put_method, {**root(), "authorizationType": "NONE"}
    wrong = {"method.request.path.testPath": True, "true": True}
    status, code, message = refusal(put, **at, requestParameters=wrong)
    assert (status, code) == (400, "BadRequestException")
    assert message == (
        "Invalid mapping expression specified: Validation Result: warnings : [], "
        "errors : [Invalid mapping expression specified: true]"
    )
    put(**at)
    taken = (409, "ConflictException", "Method already exists for this resource")
    assert refusal(put, **at) == taken


@probes("Method.to_json")
def a_method_shows_no_responses_where_there_are_none() -> None:
    made = client("apigateway").put_method(**root(), authorizationType="NONE")
    assert "methodResponses" not in made


@probes("APIGatewayBackend.delete_resource")
def the_root_stays() -> None:
    api, root_id = empty()
    refused = refusal(client("apigateway").delete_resource, restApiId=api, resourceId=root_id)
    assert refused == (400, "BadRequestException", "Root resource cannot be deleted.")
