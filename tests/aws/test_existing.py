"""What an interrupted apply left is found by name, and is ours only when something of it says so."""

from __future__ import annotations

import pytest
from botocore.stub import Stubber

from apitool.aws import existing, spare_tagged

pytestmark = pytest.mark.embedded
TAGS = {"apitool:project": "around", "apitool:stage": "dev"}
STRANGERS = {**TAGS, "apitool:stage": "prod"}
LOAD_BALANCER = "arn:aws:elasticloadbalancing:eu-central-1:123456789012:loadbalancer/net/a/0a1b2c3d4e5f6071"
DOMAIN = {
    "regionalCertificateArn": "arn:aws:acm:eu-central-1:123456789012:certificate/1234abcd",
    "endpointConfiguration": {"types": ["REGIONAL"]},
}


@pytest.fixture(scope="module")
def client(account):
    return account.client("apigateway")


def test_a_domain_is_found_by_its_name_and_is_ours_by_its_tags(account, client):
    planned = {"domain_name": "ours.example.com", "tags_all": TAGS}
    assert existing.import_id(account, "aws_api_gateway_domain_name", planned) is None
    client.create_domain_name(domainName="ours.example.com", tags=TAGS, **DOMAIN)
    client.create_domain_name(domainName="theirs.example.com", tags=STRANGERS, **DOMAIN)
    assert existing.import_id(account, "aws_api_gateway_domain_name", planned) == "ours.example.com"
    theirs = {"domain_name": "theirs.example.com", "tags_all": TAGS}
    assert existing.import_id(account, "aws_api_gateway_domain_name", theirs) is None


@pytest.fixture(scope="module")
def shared_domain(client):
    """With a mapping of somebody's: moto fails at the question for one of a domain that never had any."""
    client.create_domain_name(domainName="shared.example.com", **DOMAIN)
    api = client.create_rest_api(name="somebodys")["id"]
    client.create_base_path_mapping(domainName="shared.example.com", restApiId=api, basePath="taken")
    return "shared.example.com"


@pytest.mark.parametrize(("base_path", "imported"), [(None, ""), ("orders", "orders")])
def test_a_mapping_is_ours_when_it_leads_to_our_api(account, client, shared_domain, base_path, imported):
    api = client.create_rest_api(name="ours")["id"]
    planned = {"domain_name": shared_domain, "base_path": base_path, "api_id": api}
    assert existing.import_id(account, "aws_api_gateway_base_path_mapping", planned) is None
    path = {"basePath": base_path} if base_path else {}
    client.create_base_path_mapping(domainName=shared_domain, restApiId=api, **path)
    found = existing.import_id(account, "aws_api_gateway_base_path_mapping", planned)
    assert found == f"{shared_domain}/{imported}"


def test_a_mapping_to_another_api_or_before_ours_is_known_is_nobodys(account, shared_domain):
    planned = {"domain_name": shared_domain, "base_path": "taken"}
    assert existing.import_id(account, "aws_api_gateway_base_path_mapping", planned) is None
    ours = planned | {"api_id": "a1b2c3d4e5"}
    assert existing.import_id(account, "aws_api_gateway_base_path_mapping", ours) is None


def test_a_record_is_ours_when_it_is_an_alias_of_our_name(account):
    route53 = account.client("route53")
    zone = route53.create_hosted_zone(Name="example.com", CallerReference="1")["HostedZone"]["Id"].rsplit(
        "/"
    )[-1]
    planned = {
        "zone_id": zone,
        "name": "api.example.com",
        "type": "A",
        "alias": [{"name": "d-1.execute-api.eu-central-1.amazonaws.com"}],
    }
    assert existing.import_id(account, "aws_route53_record", planned) is None
    record = {
        "Name": "api.example.com.",
        "Type": "A",
        "AliasTarget": {
            "HostedZoneId": "Z2FDTNDATAQYW2",
            "DNSName": "d-1.execute-api.eu-central-1.amazonaws.com.",
            "EvaluateTargetHealth": False,
        },
    }
    change = {"Changes": [{"Action": "CREATE", "ResourceRecordSet": record}]}
    route53.change_resource_record_sets(HostedZoneId=zone, ChangeBatch=change)
    assert existing.import_id(account, "aws_route53_record", planned) == f"{zone}_api.example.com_A"
    elsewhere = planned | {"alias": [{"name": "d-2.execute-api.eu-central-1.amazonaws.com"}]}
    assert existing.import_id(account, "aws_route53_record", elsewhere) is None
    assert existing.import_id(account, "aws_route53_record", planned | {"type": "AAAA"}) is None
    assert existing.import_id(account, "aws_route53_record", planned | {"alias": [{}]}) is None


def test_of_two_vpc_links_one_is_taken_and_the_other_goes(account, client):
    planned = {"name": "internal", "tags_all": TAGS}
    assert existing.import_id(account, "aws_api_gateway_vpc_link", planned) is None
    first, second, theirs = (
        client.create_vpc_link(name="internal", targetArns=[LOAD_BALANCER], tags=tags)["id"]
        for tags in (TAGS, TAGS, STRANGERS)
    )
    assert existing.import_id(account, "aws_api_gateway_vpc_link", planned) == first
    (spare,) = spare_tagged.find(account, TAGS, {first})
    assert (spare.kind, spare.id) == ("VPC link", second)
    spare_tagged.remove(account, spare)
    assert {each["id"] for each in client.get_vpc_links()["items"]} == {first, theirs}


def test_of_two_client_certificates_one_is_taken_and_the_other_goes(account, client, monkeypatch):
    """The embedded AWS has none: what AWS answers is put in its place."""
    items = [
        {"clientCertificateId": f"cert{number}", "description": "a/dev", "tags": TAGS} for number in (1, 2)
    ]
    strangers = {"clientCertificateId": "cert3", "description": "a/dev", "tags": STRANGERS}
    monkeypatch.setattr(type(account), "client", lambda _account, _name: client)
    with Stubber(client) as aws:
        aws.add_response("get_client_certificates", {"items": [strangers, *items]}, {})
        planned = {"description": "a/dev", "tags_all": TAGS}
        assert existing.import_id(account, "aws_api_gateway_client_certificate", planned) == "cert1"
        for call in ("get_api_keys", "get_usage_plans", "get_vpc_links"):
            aws.add_response(call, {"items": []}, {})
        aws.add_response("get_client_certificates", {"items": [strangers, *items]}, {})
        (spare,) = spare_tagged.find(account, TAGS, {"cert1"})
        assert (spare.kind, spare.id, spare.name) == ("client certificate", "cert2", "a/dev")
        aws.add_response("delete_client_certificate", {}, {"clientCertificateId": "cert2"})
        spare_tagged.remove(account, spare)
        aws.assert_no_pending_responses()
