"""Probes of what belongs to an API or an account beside resources and stages: models, validators, tags,
documentation, certificates, domains, links. Most are LocalStack's TestApiGatewayApi* (AWS, 2024 and 2025).
"""

from __future__ import annotations

import json
from typing import Any

import pytest
from tests.local.corrections.probe import ACCOUNT, client, deployed, empty, operations, probes, refusal

SCHEMA = json.dumps({"title": "a", "type": "object"})
NO_API = (404, "NotFoundException", f"Invalid API identifier specified {ACCOUNT}:ghost")
NO_SCHEMA = (
    400,
    "BadRequestException",
    "Model schema must have at least 1 property or array items defined",
)
NO_VALIDATOR = (404, "NotFoundException", "Invalid Request Validator identifier specified")
NO_PART = (404, "NotFoundException", "Invalid Documentation part identifier specified")
NO_LINK = (404, "NotFoundException", "Invalid Vpc Link identifier specified")
NLB = f"arn:aws:elasticloadbalancing:eu-central-1:{ACCOUNT}:loadbalancer/net/inside/0123456789abcdef"


def unsupported(path: str, op: str) -> tuple[int, str, str]:
    text = f"Invalid patch path  '{path}' specified for op '{op}'. Please choose supported operations"
    return 400, "BadRequestException", text


def unknown(path: str, known: str) -> tuple[int, str, str]:
    text = f"Invalid patch path  '{path}' specified for op 'replace'. Must be one of: [{known}]"
    return 400, "BadRequestException", text


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


def certificate(**asked: Any) -> str:
    return str(client("apigateway").generate_client_certificate(**asked)["clientCertificateId"])


@probes("APIGatewayResponse.generate_client_certificate")
def a_client_certificate_holds_for_a_year() -> None:
    made = client("apigateway").generate_client_certificate(description="a", tags={"b": "c"})
    assert made["pemEncodedCertificate"].startswith("-----BEGIN CERTIFICATE-----")
    assert (made["expirationDate"] - made["createdDate"]).days == 365
    assert (made["description"], made["tags"]) == ("a", {"b": "c"})


@probes("APIGatewayResponse.get_client_certificate")
def a_client_certificate_is_shown() -> None:
    shown = client("apigateway").get_client_certificate(clientCertificateId=certificate(description="a"))
    assert shown["description"] == "a"


@probes("APIGatewayResponse.get_client_certificates")
def all_client_certificates_are_shown() -> None:
    made = certificate()
    items = client("apigateway").get_client_certificates()["items"]
    assert [each["clientCertificateId"] for each in items] == [made]


@probes("APIGatewayResponse.update_client_certificate")
def a_client_certificate_is_described() -> None:
    update = client("apigateway").update_client_certificate
    patch = operations(("replace", "/description", "b"))
    assert update(clientCertificateId=certificate(), patchOperations=patch)["description"] == "b"


@probes("APIGatewayResponse.delete_client_certificate")
def a_client_certificate_is_deleted_once() -> None:
    delete, made = client("apigateway").delete_client_certificate, certificate()
    delete(clientCertificateId=made)
    assert refusal(delete, clientCertificateId=made)[:2] == (404, "NotFoundException")


def taggable() -> list[str]:
    """One of each kind, as ARNs name them."""
    call, (api, deployment) = client("apigateway"), deployed()
    call.create_stage(restApiId=api, stageName="dev", deploymentId=deployment)
    call.create_domain_name(domainName="api.example.com")
    return [
        f"/restapis/{api}",
        f"/restapis/{api}/stages/dev",
        f"/apikeys/{call.create_api_key(name='a')['id']}",
        f"/usageplans/{call.create_usage_plan(name='a')['id']}",
        f"/vpclinks/{call.create_vpc_link(name='a', targetArns=[NLB])['id']}",
        f"/clientcertificates/{certificate()}",
        "/domainnames/api.example.com",
    ]


@probes("APIGatewayResponse.tag_resource")
@probes("APIGatewayResponse.untag_resource")
@probes("APIGatewayResponse.get_tags")
def everything_that_can_have_tags_gets_them_and_loses_them() -> None:
    call = client("apigateway")
    for name in taggable():
        arn = {"resourceArn": f"arn:aws:apigateway:eu-central-1::{name}"}
        call.tag_resource(**arn, tags={"a": "1", "b": "2"})
        call.tag_resource(**arn, tags={"b": "3"})
        assert call.get_tags(**arn)["tags"] == {"a": "1", "b": "3"}
        call.untag_resource(**arn, tagKeys=["a"])
        assert call.get_tags(**arn)["tags"] == {"b": "3"}


@probes("APIGatewayResponse.update_rest_api")
@probes("APIGatewayResponse.update_api_key")
@probes("APIGatewayResponse.get_usage_plan")
@probes("APIGatewayResponse.update_usage_plan")
@probes("APIGatewayResponse.get_vpc_link")
@probes("APIGatewayResponse.update_vpc_link")
def that_there_are_no_tags_is_shown_where_aws_shows_it() -> None:
    call, (api, _) = client("apigateway"), empty()
    patch = {"patchOperations": operations(("replace", "/description", "a"))}
    key, plan = call.create_api_key(name="a")["id"], call.create_usage_plan(name="a")["id"]
    for shown in (
        call.update_rest_api(restApiId=api, **patch),
        call.update_api_key(apiKey=key, **patch),
        call.get_usage_plan(usagePlanId=plan),
        call.update_usage_plan(usagePlanId=plan, **patch),
        call.get_vpc_link(vpcLinkId=link()),
        call.update_vpc_link(vpcLinkId=link(), **patch),
    ):
        assert shown["tags"] == {}


def link() -> str:
    return str(client("apigateway").create_vpc_link(name="a", targetArns=[NLB])["id"])


@probes("APIGatewayBackend.create_vpc_link")
def a_vpc_link_has_a_name_and_leads_somewhere() -> None:
    create = client("apigateway").create_vpc_link
    assert refusal(create, name="", targetArns=[NLB])[2] == "Name cannot be empty"
    malformed = "Invalid ARN. ARN is not well formed invalid-arn"
    assert refusal(create, name="a", targetArns=["invalid-arn"])[2] == malformed


@probes("APIGatewayResponse.create_vpc_link")
def a_new_vpc_link_is_not_ready_yet() -> None:
    made = client("apigateway").create_vpc_link(name="a", targetArns=[NLB])
    assert (made["status"], "statusMessage" in made) == ("PENDING", False)


@probes("APIGatewayBackend.get_vpc_link")
def a_vpc_link_that_is_not_there_is_not_found() -> None:
    assert refusal(client("apigateway").get_vpc_link, vpcLinkId="ghost") == NO_LINK


@probes("APIGatewayBackend.delete_vpc_link")
def a_vpc_link_is_deleted_once() -> None:
    delete, made = client("apigateway").delete_vpc_link, link()
    delete(vpcLinkId=made)
    assert refusal(delete, vpcLinkId=made) == NO_LINK


@probes("APIGatewayResponse.update_vpc_link")
def a_vpc_link_is_patched_in_two_members() -> None:
    call, made = client("apigateway"), link()
    patch = operations(("replace", "/name", "b"), ("replace", "/description", "c"))
    patched = call.update_vpc_link(vpcLinkId=made, patchOperations=patch)
    assert (patched["name"], patched["description"]) == ("b", "c")
    assert refusal(call.update_vpc_link, vpcLinkId="ghost", patchOperations=patch) == NO_LINK


@probes("VpcLink.to_json")
def a_vpc_link_says_that_it_is_ready() -> None:
    shown = client("apigateway").get_vpc_link(vpcLinkId=link())
    assert shown["statusMessage"] == "Your vpc link is ready for use"


@probes("APIGatewayResponse.update_domain_name")
def a_domain_gets_another_certificate() -> None:
    call = client("apigateway")
    call.create_domain_name(domainName="a.example.com", endpointConfiguration={"types": ["REGIONAL"]})
    arn = f"arn:aws:acm:eu-central-1:{ACCOUNT}:certificate/b"
    patch = operations(
        ("replace", "/regionalCertificateArn", arn),
        ("replace", "/securityPolicy", "TLS_1_2"),
        ("replace", "/endpointConfiguration/types/0", "EDGE"),
    )
    patched = call.update_domain_name(domainName="a.example.com", patchOperations=patch)
    assert (patched["regionalCertificateArn"], patched["securityPolicy"]) == (arn, "TLS_1_2")
    assert patched["endpointConfiguration"] == {"types": ["EDGE"]}


@probes("APIGatewayBackend.create_domain_name")
def a_new_domain_has_no_mappings() -> None:
    call = client("apigateway")
    call.create_domain_name(domainName="a.example.com")
    assert call.get_base_path_mappings(domainName="a.example.com")["items"] == []


@probes("APIGatewayBackend.update_base_path_mapping")
def a_mapping_may_lose_its_path_and_its_stage() -> None:
    call, (api, deployment) = client("apigateway"), deployed()
    call.create_stage(restApiId=api, stageName="dev", deploymentId=deployment)
    call.create_domain_name(domainName="a.example.com")
    at = {"domainName": "a.example.com", "basePath": "v1"}
    call.create_base_path_mapping(**at, restApiId=api, stage="dev")
    wrong = operations(("replace", "/restApiId", api))
    refused = refusal(call.update_base_path_mapping, **at, patchOperations=wrong)
    assert refused == (400, "BadRequestException", "Invalid patch path /restApiId")
    patch = operations(("replace", "/basePath", ""), ("replace", "/stage", ""))
    call.update_base_path_mapping(**at, patchOperations=patch)
    shown = call.get_base_path_mapping(domainName="a.example.com", basePath="(none)")
    assert (shown["basePath"], "stage" in shown) == ("(none)", False)
    with pytest.raises(call.exceptions.NotFoundException):
        call.get_base_path_mapping(**at)
