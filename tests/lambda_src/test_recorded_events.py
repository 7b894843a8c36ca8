"""Whole events, as recorded from API Gateway, with the keys and casing of the wire."""

from __future__ import annotations

import copy

import pytest

EDGE_POST = {
    "resource": "/orders",
    "path": "/orders",
    "httpMethod": "POST",
    "headers": {
        "accept": "application/json",
        "Authorization": "Bearer eyJhbGciOi",
        "CloudFront-Forwarded-Proto": "https",
        "CloudFront-Is-Desktop-Viewer": "true",
        "CloudFront-Viewer-Country": "DE",
        "content-type": "application/json; charset=UTF-8",
        "Host": "abcdef1234.execute-api.us-east-1.amazonaws.com",
        "User-Agent": "Mozilla/5.0",
        "Via": "2.0 0123.cloudfront.net (CloudFront)",
        "X-Amz-Cf-Id": "q1Y4aYg==",
        "X-Amzn-Trace-Id": "Root=1-66f2d1f0-0123456789abcdef01234567",
        "X-Forwarded-For": "203.0.113.5, 198.51.100.7",
        "X-Forwarded-Port": "443",
        "X-Forwarded-Proto": "https",
    },
    "multiValueHeaders": {
        "accept": ["application/json"],
        "content-type": ["application/json; charset=UTF-8"],
    },
    "queryStringParameters": None,
    "multiValueQueryStringParameters": None,
    "pathParameters": None,
    "stageVariables": {"release": "blue"},
    "requestContext": {
        "resourceId": "abc123",
        "authorizer": {"claims": {"sub": "42", "exp": "Thu Sep 24 21:16:11 UTC 2026"}},
        "resourcePath": "/orders",
        "operationName": "CreateOrder",
        "httpMethod": "POST",
        "extendedRequestId": "e1Vd0EbuFiAFpEg=",
        "requestTime": "24/Sep/2026:20:16:32 +0000",
        "path": "/prod/orders",
        "accountId": "123456789012",
        "protocol": "HTTP/1.1",
        "stage": "prod",
        "domainPrefix": "abcdef1234",
        "requestTimeEpoch": 1790280992123,
        "requestId": "req-id-xyz",
        "identity": {
            "cognitoIdentityPoolId": None,
            "accountId": None,
            "cognitoIdentityId": None,
            "caller": None,
            "sourceIp": "203.0.113.5",
            "principalOrgId": None,
            "accessKey": None,
            "cognitoAuthenticationType": None,
            "cognitoAuthenticationProvider": None,
            "userArn": None,
            "userAgent": "Mozilla/5.0",
            "user": None,
        },
        "domainName": "abcdef1234.execute-api.us-east-1.amazonaws.com",
        "deploymentId": "d3pl0y",
        "apiId": "abcdef1234",
    },
    "body": '{"item":"tea","quantity":2}',
    "isBase64Encoded": False,
}

DOCUMENTED_GET = {
    "resource": "/orders/{orderId}",
    "path": "/orders/12345",
    "httpMethod": "GET",
    "headers": {"Accept": "application/json", "Host": "api.example.com"},
    "queryStringParameters": {"status": "active", "limit": "10"},
    "pathParameters": {"orderId": "12345"},
    "body": None,
    "isBase64Encoded": False,
    "requestContext": {
        "accountId": "123456789012",
        "stage": "prod",
        "requestId": "abc-123",
        "identity": {"sourceIp": "203.0.113.1"},
    },
}


def test_an_event_of_an_edge_api_with_a_cognito_authorizer(api):
    answer = api.handle(copy.deepcopy(EDGE_POST))
    assert (answer.status, answer.json["item"]) == (201, "tea")
    assert answer.headers["location"] == f"/prod/orders/{answer.json['orderId']}"


def test_the_sample_event_of_the_tutorials_which_lacks_half_the_keys(api):
    assert api.handle(copy.deepcopy(DOCUMENTED_GET)).status == 404
    post = copy.deepcopy(DOCUMENTED_GET) | {
        "resource": "/orders",
        "path": "/orders",
        "httpMethod": "POST",
        "pathParameters": None,
        "body": '{"item":"tea","quantity":2}',
    }
    answer = api.handle(post)
    assert (answer.status, answer.headers["location"]) == (201, f"/orders/{answer.json['orderId']}")


@pytest.mark.parametrize(
    ("path", "parameters"), [("/orders", {"proxy": "orders"}), ("/orders/12345", {"proxy": "orders/12345"})]
)
def test_events_routed_through_a_greedy_resource(api, path, parameters):
    event = copy.deepcopy(EDGE_POST)
    event |= {
        "resource": "/{proxy+}",
        "httpMethod": "GET",
        "path": path,
        "pathParameters": parameters,
        "body": None,
    }
    assert api.handle(event).status == (200 if path == "/orders" else 404)
