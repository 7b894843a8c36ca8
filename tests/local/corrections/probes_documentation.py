"""Probes of documentation parts and versions: LocalStack's TestApiGatewayApiDocumentationPart (AWS, 2024)."""

from __future__ import annotations

import json

from tests.local.corrections.probe import (
    NO_API,
    client,
    deployed,
    empty,
    operations,
    probes,
    refusal,
    unknown,
    unsupported,
)

NO_PART = (404, "NotFoundException", "Invalid Documentation part identifier specified")


def documented() -> dict[str, str]:
    api, _ = empty()
    made = client("apigateway").create_documentation_part(
        restApiId=api, location={"type": "API"}, properties='{"description": "a"}'
    )
    return {"restApiId": api, "documentationPartId": made["id"]}


@probes("APIGatewayResponse.create_documentation_part")
def a_documentation_part_is_made_for_an_api_that_is_there() -> None:
    at = documented()
    assert len(at["documentationPartId"]) == 6
    create = client("apigateway").create_documentation_part
    part = {"location": {"type": "API"}, "properties": "{}"}
    assert refusal(create, restApiId="ghost", **part) == NO_API
    wrong = {"restApiId": at["restApiId"], "properties": "{}", "location": {"type": "INVALID"}}
    status, code, message = refusal(create, **wrong)
    assert (status, code) == (400, "ValidationException")
    assert "'INVALID' at 'createDocumentationPartInput.location.type'" in message


@probes("APIGatewayResponse.get_documentation_part")
def a_documentation_part_is_shown() -> None:
    get, at = client("apigateway").get_documentation_part, documented()
    shown = get(**at)
    assert (shown["location"], shown["properties"]) == ({"type": "API"}, '{"description": "a"}')
    assert refusal(get, **{**at, "restApiId": "ghost"}) == NO_PART
    assert refusal(get, **{**at, "documentationPartId": "ghost"}) == NO_PART


@probes("APIGatewayResponse.get_documentation_parts")
def all_documentation_parts_are_shown() -> None:
    get, at = client("apigateway").get_documentation_parts, documented()
    items = get(restApiId=at["restApiId"])["items"]
    assert [each["id"] for each in items] == [at["documentationPartId"]]
    assert refusal(get, restApiId="ghost") == NO_API


@probes("APIGatewayResponse.update_documentation_part")
def a_documentation_part_is_patched_in_one_member() -> None:
    update, at = client("apigateway").update_documentation_part, documented()
    patch = operations(("replace", "/properties", '{"description": "b"}'))
    assert update(**at, patchOperations=patch)["properties"] == '{"description": "b"}'
    assert refusal(update, **{**at, "restApiId": "ghost"}, patchOperations=patch) == NO_PART
    added = operations(("add", "/properties", "{}"))
    assert refusal(update, **at, patchOperations=added) == unsupported("/properties", "add")
    wrong = operations(("replace", "/invalidPath", "{}"))
    assert refusal(update, **at, patchOperations=wrong) == unknown("/invalidPath", "/properties")


@probes("APIGatewayResponse.delete_documentation_part")
def a_documentation_part_is_deleted_once() -> None:
    delete, at = client("apigateway").delete_documentation_part, documented()
    assert refusal(delete, **{**at, "restApiId": "ghost"}) == NO_API
    delete(**at)
    assert refusal(delete, **at) == NO_PART


@probes("APIGatewayResponse.import_documentation_parts")
def documentation_parts_are_imported() -> None:
    call, at = client("apigateway"), documented()
    part = {"location": {"type": "RESPONSE", "statusCode": "200"}, "properties": {"description": "b"}}
    body = {"x-amazon-apigateway-documentation": {"documentationParts": [part]}}
    asked = {"restApiId": at["restApiId"], "mode": "overwrite"}
    ids = call.import_documentation_parts(**asked, body=json.dumps(body))["ids"]
    items = call.get_documentation_parts(restApiId=at["restApiId"])["items"]
    assert [each["id"] for each in items] == ids
    assert items[0]["location"] == {"type": "RESPONSE", "statusCode": "200", "path": "/"}
    refused = refusal(call.import_documentation_parts, **asked, body="{'key:value}")
    text = "Unable to build importer with provided input."
    assert refused == (400, "BadRequestException", text)


def version() -> dict[str, str]:
    at = {"restApiId": documented()["restApiId"], "documentationVersion": "v123"}
    client("apigateway").create_documentation_version(**at)
    return at


@probes("APIGatewayResponse.create_documentation_version")
def a_documentation_version_may_be_that_of_a_stage() -> None:
    call, (api, deployment) = client("apigateway"), deployed()
    call.create_stage(restApiId=api, stageName="dev", deploymentId=deployment)
    made = call.create_documentation_version(restApiId=api, documentationVersion="v1", stageName="dev")
    assert (made["version"], "description" in made) == ("v1", False)
    assert call.get_stage(restApiId=api, stageName="dev")["documentationVersion"] == "v1"


@probes("APIGatewayResponse.get_documentation_version")
def a_documentation_version_is_shown() -> None:
    assert client("apigateway").get_documentation_version(**version())["version"] == "v123"


@probes("APIGatewayResponse.get_documentation_versions")
def all_documentation_versions_are_shown() -> None:
    items = client("apigateway").get_documentation_versions(restApiId=version()["restApiId"])["items"]
    assert [each["version"] for each in items] == ["v123"]


@probes("APIGatewayResponse.update_documentation_version")
def a_documentation_version_is_described() -> None:
    call, at = client("apigateway"), version()
    patch = operations(("replace", "/description", "doc version new"))
    patched = call.update_documentation_version(**at, patchOperations=patch)
    assert patched["description"] == "doc version new"
    assert call.get_documentation_version(**at)["description"] == "doc version new"


@probes("APIGatewayResponse.delete_documentation_version")
def a_documentation_version_is_deleted_once() -> None:
    delete, at = client("apigateway").delete_documentation_version, version()
    delete(**at)
    assert refusal(delete, **at)[:2] == (404, "NotFoundException")
