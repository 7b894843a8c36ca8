"""Probes of what belongs to an account beside APIs: certificates, VPC links, domains; and of tags, which
everything may have.
"""

from __future__ import annotations

from typing import Any

import pytest
from tests.local.corrections.probe import (
    ACCOUNT,
    client,
    deployed,
    empty,
    operations,
    probes,
    refusal,
)

NO_LINK = (404, "NotFoundException", "Invalid Vpc Link identifier specified")
NLB = f"arn:aws:elasticloadbalancing:eu-central-1:{ACCOUNT}:loadbalancer/net/inside/0123456789abcdef"


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
