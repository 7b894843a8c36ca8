"""Probes of lists that come in pages."""

from __future__ import annotations

import functools

from tests.local.corrections.probe import URI, api_of, client, document, probes

from apitool.local.corrections.pages import PAGED


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
