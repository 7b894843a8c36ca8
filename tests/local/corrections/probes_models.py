"""Probes of models, request validators and authorizers. Most are LocalStack's TestApiGatewayApi* (AWS, 2024
and 2025).
"""

from __future__ import annotations

import json
from typing import Any

from tests.local.corrections.probe import (
    ACCOUNT,
    NO_API,
    client,
    empty,
    operations,
    probes,
    refusal,
    unknown,
    unsupported,
)

SCHEMA = json.dumps({"title": "a", "type": "object"})
NO_SCHEMA = (
    400,
    "BadRequestException",
    "Model schema must have at least 1 property or array items defined",
)
NO_VALIDATOR = (404, "NotFoundException", "Invalid Request Validator identifier specified")


def model(**asked: Any) -> dict[str, Any]:
    wanted = {"name": "a", "contentType": "application/json", "schema": SCHEMA, **asked}
    return {key: value for key, value in wanted.items() if value is not None}


@probes("APIGatewayBackend.create_rest_api")
def an_api_has_two_models_from_the_start() -> None:
    call, (api, _) = client("apigateway"), empty()
    items = {each["name"]: each for each in call.get_models(restApiId=api)["items"]}
    assert sorted(items) == ["Empty", "Error"]
    assert items["Empty"]["description"] == "This is a default empty schema model"
    assert json.loads(items["Error"]["schema"])["properties"] == {"message": {"type": "string"}}


@probes("APIGatewayBackend.create_model")
def a_model_has_a_name_of_its_own_and_a_schema() -> None:
    create, (api, _) = client("apigateway").create_model, empty()
    assert create(restApiId=api, **model(description=""))["name"] == "a"
    taken = refusal(create, restApiId=api, **model())
    assert taken == (409, "ConflictException", "Model name already exists for this REST API")
    nameless = refusal(create, restApiId=api, **model(name=""))
    assert nameless == (400, "BadRequestException", "Model name must be non-empty")
    for schema in ("", None):
        assert refusal(create, restApiId=api, **model(name="b", schema=schema)) == NO_SCHEMA
    assert refusal(create, restApiId="ghost", **model()) == NO_API


@probes("APIGatewayBackend.get_model")
def a_model_that_is_not_there_is_named() -> None:
    get, (api, _) = client("apigateway").get_model, empty()
    named = (404, "NotFoundException", "Invalid model name specified: a")
    for at in (api, "ghost"):
        assert refusal(get, restApiId=at, modelName="a") == named


@probes("APIGatewayBackend.delete_model")
def a_model_of_an_api_that_is_not_there_is_named() -> None:
    refused = refusal(client("apigateway").delete_model, restApiId="ghost", modelName="a")
    assert refused == (404, "NotFoundException", "Invalid model name specified: a")


@probes("APIGatewayBackend.delete_model")
def a_model_that_a_method_asks_for_stays() -> None:
    call, (api, root) = client("apigateway"), empty()
    call.create_model(restApiId=api, **model())
    below = call.create_resource(restApiId=api, parentId=root, pathPart="test")["id"]
    asked = {"authorizationType": "NONE", "requestModels": {"application/json": "a"}}
    for resource, path in ((root, "//ANY"), (below, "/test/ANY")):
        call.put_method(restApiId=api, resourceId=resource, httpMethod="ANY", **asked)
        used = (409, "ConflictException", f"Cannot delete model 'a', is referenced in method request: {path}")
        assert refusal(call.delete_model, restApiId=api, modelName="a") == used


@probes("APIGatewayResponse.delete_model")
def the_deletion_of_a_model_is_accepted() -> None:
    call, (api, _) = client("apigateway"), empty()
    call.create_model(restApiId=api, **model())
    answer = call.delete_model(restApiId=api, modelName="a")
    assert answer["ResponseMetadata"]["HTTPStatusCode"] == 202


@probes("APIGatewayResponse.update_model")
def a_model_is_patched_in_two_members() -> None:
    call, (api, _) = client("apigateway"), empty()
    call.create_model(restApiId=api, **model(description="a"))
    at = {"restApiId": api, "modelName": "a"}
    schema = json.dumps({"title": "b", "type": "object"})
    patch = operations(("replace", "/schema", schema), ("replace", "/description", ""))
    patched = call.update_model(**at, patchOperations=patch)
    assert patched["schema"] == schema == call.get_model(**at)["schema"]
    assert "description" not in patched

    def refused(op: str, path: str, value: str) -> tuple[int, str, str]:
        return refusal(call.update_model, **at, patchOperations=operations((op, path, value)))

    assert refused("add", "/wrong-path", "x") == unsupported("/wrong-path", "add")
    assert refused("replace", "/name", "b") == unknown("/name", "/description, /schema")
    assert refused("replace", "/schema", "") == NO_SCHEMA


def validator() -> dict[str, str]:
    api, _ = empty()
    made = client("apigateway").create_request_validator(restApiId=api, name="a")
    return {"restApiId": api, "requestValidatorId": made["id"]}


@probes("APIGatewayBackend.create_request_validator")
def a_validator_is_made_for_an_api_that_is_there() -> None:
    refused = refusal(client("apigateway").create_request_validator, restApiId="ghost", name="a")
    assert refused == (400, "BadRequestException", "Invalid REST API identifier specified")


@probes("APIGatewayBackend.get_request_validator")
def a_validator_that_is_not_there_is_not_found() -> None:
    get, at = client("apigateway").get_request_validator, validator()
    assert refusal(get, **{**at, "restApiId": "ghost"}) == NO_VALIDATOR
    assert refusal(get, **{**at, "requestValidatorId": "ghost"}) == NO_VALIDATOR


@probes("APIGatewayBackend.delete_request_validator")
def a_validator_is_deleted_once() -> None:
    delete, at = client("apigateway").delete_request_validator, validator()
    assert refusal(delete, **{**at, "restApiId": "ghost"}) == NO_VALIDATOR
    delete(**at)
    assert refusal(delete, **at) == NO_VALIDATOR


@probes("APIGatewayBackend.update_request_validator")
def a_validator_is_patched_in_three_members() -> None:
    update, at = client("apigateway").update_request_validator, validator()
    body, known = "/validateRequestBody", "/name, /validateRequestParameters, /validateRequestBody"

    def validates_body(value: str | None) -> bool:
        answer = update(**at, patchOperations=operations(("replace", body, value)))
        return bool(answer["validateRequestBody"])

    assert [validates_body(value) for value in ("true", "e", None)] == [True, False, False]

    def refused(op: str, path: str, value: str | None = "true") -> tuple[int, str, str]:
        return refusal(update, **at, patchOperations=operations((op, path, value)))

    for op in ("add", "remove"):
        assert refused(op, body) == unsupported(body, op)
    assert refused("replace", "/invalidPath") == unknown("/invalidPath", known)
    blank = (400, "BadRequestException", "Request Validator name cannot be blank")
    assert refused("replace", "/name", None) == blank


@probes("RequestValidator.to_dict")
def a_validator_validates_nothing_unless_asked_to() -> None:
    shown = client("apigateway").get_request_validator(**validator())
    assert (shown["validateRequestBody"], shown["validateRequestParameters"]) == (False, False)


@probes("APIGatewayBackend.create_authorizer")
def an_authorizer_of_an_unknown_api_is_a_conflict() -> None:
    refused = refusal(client("apigateway").create_authorizer, restApiId="ghost", name="a", type="TOKEN")
    text = "Unable to complete operation due to concurrent modification. Please try again later."
    assert refused == (409, "ConflictException", text)


@probes("Authorizer.apply_operations")
def user_pools_of_an_authorizer_are_added_and_removed() -> None:
    call, (api, _) = client("apigateway"), empty()
    pools = [f"arn:aws:cognito-idp:eu-central-1:{ACCOUNT}:userpool/{name}" for name in "abc"]
    made = call.create_authorizer(restApiId=api, name="a", type="COGNITO_USER_POOLS", providerARNs=pools[:2])
    patch = operations(
        ("add", "/providerARNs", pools[2]), ("remove", "/providerARNs", pools[0]), ("replace", "/name", "b")
    )
    patched = call.update_authorizer(restApiId=api, authorizerId=made["id"], patchOperations=patch)
    assert (patched["name"], patched["providerARNs"]) == ("b", pools[1:])


@probes("APIGatewayBackend.delete_authorizer")
def an_authorizer_that_is_not_there_is_not_found() -> None:
    api, _ = empty()
    refused = refusal(client("apigateway").delete_authorizer, restApiId=api, authorizerId="ghost")
    assert refused == (404, "NotFoundException", "Invalid Authorizer identifier specified")
