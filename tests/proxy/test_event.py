"""The proxy event. Sources: stackd's capture `ready-rest-0`, `rest-query`, `rest-iam-signed` (AWS us-east-1,
September 2026); LocalStack's test_lambda_aws_proxy_integration (AWS, 2024)."""

from __future__ import annotations

import base64
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.proxy.builders import IDS, PROXY, RECEIVED_MS, event, request, stage

from apitool.proxy.exchange import Caller
from apitool.proxy.method_settings import StageSettings
from apitool.proxy.query import decode_query
from apitool.proxy.request import Request

EDGE = stage("ANY /{proxy+}", "ANY /hardcoded", endpoint_type="EDGE", name="stage")
PROBE = Request(
    "GET",
    "/dev/echo",
    (
        ("Host", "a1b2c3d4e5.execute-api.us-east-1.amazonaws.com"),
        ("X-Probe", "ready-rest-0"),
        ("User-Agent", "stackd-native-gateway-probe"),
        ("Accept-Encoding", "identity"),
    ),
    source_ip="198.51.100.7",
    received_at_ms=RECEIVED_MS,
)


def test_a_whole_event_has_awss_keys_values_and_order():
    sent = event(stage("GET /echo"), PROBE)
    headers = {
        "Accept-Encoding": "identity",
        "Host": "a1b2c3d4e5.execute-api.us-east-1.amazonaws.com",
        "User-Agent": "stackd-native-gateway-probe",
        "X-Amzn-Trace-Id": "Root=1-6ab58908-0123456789abcdef01234567",
        "X-Forwarded-For": "198.51.100.7",
        "X-Forwarded-Port": "443",
        "X-Forwarded-Proto": "https",
        "X-Probe": "ready-rest-0",
    }
    context = sent["requestContext"]
    identity = {
        "cognitoIdentityPoolId": None,
        "accountId": None,
        "cognitoIdentityId": None,
        "caller": None,
        "sourceIp": "198.51.100.7",
        "principalOrgId": None,
        "accessKey": None,
        "cognitoAuthenticationType": None,
        "cognitoAuthenticationProvider": None,
        "userArn": None,
        "userAgent": "stackd-native-gateway-probe",
        "user": None,
    }
    expected = {
        "resource": "/echo",
        "path": "/echo",
        "httpMethod": "GET",
        "headers": headers,
        "multiValueHeaders": {name: [value] for name, value in headers.items()},
        "queryStringParameters": None,
        "multiValueQueryStringParameters": None,
        "pathParameters": None,
        "stageVariables": None,
        "requestContext": {
            "resourceId": context["resourceId"],
            "resourcePath": "/echo",
            "httpMethod": "GET",
            "extendedRequestId": IDS.extended_request_id,
            "requestTime": "24/Sep/2026:20:33:12 +0000",
            "path": "/dev/echo",
            "accountId": "000000000000",
            "protocol": "HTTP/1.1",
            "stage": "dev",
            "domainPrefix": "a1b2c3d4e5",
            "requestTimeEpoch": RECEIVED_MS,
            "requestId": IDS.request_id,
            "identity": identity,
            "domainName": "a1b2c3d4e5.execute-api.us-east-1.amazonaws.com",
            "deploymentId": "dep123",
            "apiId": "a1b2c3d4e5",
        },
        "body": None,
        "isBase64Encoded": False,
    }
    assert sent == expected
    assert _orders(sent) == _orders(expected)
    assert re.fullmatch(r"[a-z0-9]{6}", context["resourceId"])


def _orders(value: object) -> object:
    return [(key, _orders(inner)) for key, inner in value.items()] if isinstance(value, dict) else None


def test_the_same_path_has_the_same_resource_id_in_every_run():
    first = event(stage("GET /echo"), PROBE)["requestContext"]["resourceId"]
    again = event(stage("GET /echo", "GET /other"), PROBE)["requestContext"]["resourceId"]
    assert first == again


@pytest.mark.parametrize(
    ("target", "resource", "path", "context_path", "parameters"),
    [
        ("/stage/proxy-value", "/{proxy+}", "/proxy-value", "/stage/proxy-value", {"proxy": "proxy-value"}),
        (
            "/stage/proxy-value/",
            "/{proxy+}",
            "/proxy-value/",
            "/stage/proxy-value/",
            {"proxy": "proxy-value"},
        ),
        ("/stage/p//double", "/{proxy+}", "/p//double", "/stage/p//double", {"proxy": "p//double"}),
        ("//stage/proxy-value", "/{proxy+}", "/proxy-value", "/stage/proxy-value", {"proxy": "proxy-value"}),
        ("/stage//proxy-value", "/{proxy+}", "/proxy-value", "/stage//proxy-value", {"proxy": "proxy-value"}),
        ("/stage//hardcoded", "/hardcoded", "/hardcoded", "/stage//hardcoded", None),
        ("/stage/a%2Bb@c", "/{proxy+}", "/a%2Bb@c", "/stage/a%2Bb@c", {"proxy": "a%2Bb@c"}),
        ("/stage/a+b@c", "/{proxy+}", "/a+b@c", "/stage/a+b@c", {"proxy": "a+b@c"}),
    ],
)
def test_paths_keep_their_escapes_and_lose_slashes_as_recorded(
    target, resource, path, context_path, parameters
):
    sent = event(EDGE, request(f"GET {target}"))
    assert sent["resource"] == resource
    assert sent["path"] == path
    assert sent["requestContext"]["path"] == context_path
    assert sent["requestContext"]["resourcePath"] == resource
    assert sent["pathParameters"] == parameters


@pytest.mark.parametrize(
    ("query", "single", "multi"),
    [
        ("", None, None),
        ("urlparam=test", {"urlparam": "test"}, {"urlparam": ["test"]}),
        ("empty=", {"empty": ""}, {"empty": [""]}),
        ("flag", {"flag": ""}, {"flag": [""]}),
        ("dup=one&dup=two", {"dup": "two"}, {"dup": ["one", "two"]}),
        ("a=%2B&b=+&c=%20", {"a": "+", "b": " ", "c": " "}, {"a": ["+"], "b": [" "], "c": [" "]}),
        ("u=https://example.com/a", {"u": "https://example.com/a"}, {"u": ["https://example.com/a"]}),
        ("d=2023-06-12T18:05:10.1+00:00", {"d": "2023-06-12T18:05:10.1 00:00"}, None),
        ("a=1;b=2", {"a": "1", "b": "2"}, {"a": ["1"], "b": ["2"]}),
        ("price=10&price=20&price=30", {"price": "30"}, {"price": ["10", "20", "30"]}),
    ],
)
def test_the_query_is_form_decoded_and_the_last_value_wins(query, single, multi):
    sent = event(EDGE, request(f"GET /stage/x?{query}"))
    assert sent["queryStringParameters"] == single
    if multi is not None:
        assert sent["multiValueQueryStringParameters"] == multi


@given(st.text(alphabet="ab=&;%+2B ?/é", max_size=30))
def test_single_and_multi_maps_always_hold_the_same_keys(query):
    sent = event(EDGE, request(f"GET /stage/x?{query}", x_one="1", X_One="2"))
    assert (sent["queryStringParameters"] or {}).keys() == (
        sent["multiValueQueryStringParameters"] or {}
    ).keys()
    assert sent["headers"].keys() == sent["multiValueHeaders"].keys()
    assert all(values[-1] == sent["headers"][name] for name, values in sent["multiValueHeaders"].items())


def test_keys_keep_the_order_they_came_in():
    assert list(decode_query("z=1&a=2&z=3")) == ["z", "a"]


HOP_BY_HOP = {
    "Connection": "close",
    "Content-MD5": "m",
    "Expect": "100-continue",
    "Max-Forwards": "2",
    "Proxy-Authenticate": "Basic",
    "Server": "s",
    "TE": "deflate",
    "Trailer": "Expires",
    "Transfer-Encoding": "chunked",
    "Upgrade": "HTTP/2.0",
    "WWW-Authenticate": "Basic",
    "Content-Length": "0",
}
KEPT = {
    "Accept": "application/json",
    "Accept-Charset": "UTF-8",
    "Age": "1",
    "Authorization": "Unauthorized",
    "Content-Encoding": "deflate",
    "Content-Type": "application/json",
    "Date": "d",
    "Pragma": "cache",
    "Range": "bytes=500-999",
    "Referer": "https://example.com/",
    "User-Agent": "probe/0.0",
    "Via": "p.example.net",
    "Warn": "299",
}


def test_headers_of_the_connection_never_reach_the_function():
    served = stage("GET /no-param")
    for spell in (str, str.lower, str.upper):
        pairs = tuple((spell(name), value) for name, value in {**HOP_BY_HOP, **KEPT}.items())
        headers = event(served, Request("GET", "/dev/no-param", pairs))["headers"]
        assert not {name.lower() for name in headers} & {name.lower() for name in HOP_BY_HOP}
        assert {name.lower() for name in headers} >= {name.lower() for name in KEPT}


def test_a_regional_api_adds_five_headers():
    headers = event(stage(), request())["headers"]
    assert set(headers) == {
        "Host",
        "X-Amzn-Trace-Id",
        "X-Forwarded-For",
        "X-Forwarded-Port",
        "X-Forwarded-Proto",
    }


def test_an_edge_api_adds_what_cloudfront_knows():
    headers = event(EDGE, request("GET /stage/x"))["headers"]
    assert {name for name in headers if name.startswith("CloudFront-")} == {
        "CloudFront-Forwarded-Proto",
        "CloudFront-Is-Desktop-Viewer",
        "CloudFront-Is-Mobile-Viewer",
        "CloudFront-Is-SmartTV-Viewer",
        "CloudFront-Is-Tablet-Viewer",
        "CloudFront-Viewer-ASN",
        "CloudFront-Viewer-Country",
    }
    assert {"Via", "X-Amz-Cf-Id"} <= headers.keys()
    assert headers["X-Forwarded-For"].startswith("198.51.100.7, ")


def test_an_edge_api_respells_two_names_and_leaves_the_rest():
    pairs = (("aUThorization", "random-value"), ("user-Agent", "probe"), ("tEsT-HEADeR", "aValUE"))
    headers = event(EDGE, Request("GET", "/stage/x", pairs))["headers"]
    assert headers["Authorization"] == "random-value"
    assert headers["User-Agent"] == "probe"
    assert headers["tEsT-HEADeR"] == "aValUE"


def test_a_regional_api_keeps_the_clients_spelling():
    headers = event(stage(), Request("GET", "/dev/x", (("authorization", "a"), ("tEsT-HEADeR", "v"))))[
        "headers"
    ]
    assert headers["authorization"] == "a"
    assert headers["tEsT-HEADeR"] == "v"


def test_the_client_address_is_appended_to_the_clients_own_list():
    headers = event(stage(), request(x_forwarded_for="203.0.113.9"))["headers"]
    assert headers["X-Forwarded-For"] == "203.0.113.9, 198.51.100.7"
    assert "x-forwarded-for" not in headers


def test_a_clients_trace_id_is_kept():
    sent = "Root=1-3152b799-8954dae64eda91bc9a23a7e8;Parent=7fa8c0f79203be72;Sampled=1"
    assert event(stage(), request(x_amzn_trace_id=sent))["headers"]["X-Amzn-Trace-Id"] == sent


@pytest.mark.parametrize(
    ("types", "content_type", "binary"),
    [
        ((), "image/png", False),
        (("image/png",), "image/png", True),
        (("image/png",), "IMAGE/PNG; q=1", True),
        (("image/png",), "image/jpeg", False),
        (("image/*",), "image/jpeg", True),
        (("*/*",), "application/json", True),
        (("*/*",), None, True),
        (("image/png",), None, False),
    ],
)
def test_a_body_is_base64_when_its_content_type_is_binary(types, content_type, binary):
    headers = {"content_type": content_type} if content_type else {}
    sent = event(stage(binary=types), request("POST /dev/x", body=b'{"a": 1}', **headers))
    assert sent["isBase64Encoded"] is binary
    assert (base64.b64decode(sent["body"]) if binary else sent["body"].encode()) == b'{"a": 1}'


def test_no_body_is_null_and_not_binary():
    sent = event(stage(binary=("*/*",)), request())
    assert sent["body"] is None
    assert sent["isBase64Encoded"] is False


def test_a_text_body_that_is_not_utf8_does_not_break_the_event():
    assert event(stage(), request("POST /dev/x", body=b"caf\xe9"))["body"] == "caf\ufffd"


def test_stage_variables_are_in_the_event():
    served = stage(settings=StageSettings(variables={"table": "orders-dev"}))
    assert event(served)["stageVariables"] == {"table": "orders-dev"}


def test_a_canary_says_so_and_sees_its_own_variables():
    canary = {"percentTraffic": 10.0, "stageVariableOverrides": {"table": "canary"}}
    settings = StageSettings(variables={"table": "orders", "x": "1"}, canary=canary)
    base, new = event(stage(settings=settings)), event(stage(settings=settings, serves_canary=True))
    assert (base["requestContext"]["isCanaryRequest"], base["stageVariables"]["table"]) == (False, "orders")
    assert new["requestContext"]["isCanaryRequest"] is True
    assert new["stageVariables"] == {"table": "canary", "x": "1"}
    assert "isCanaryRequest" not in event(stage())["requestContext"]


def test_the_operation_id_is_the_operation_name():
    operation = {"operationId": "listOrders", "x-amazon-apigateway-integration": PROXY}
    served = stage("GET /x", paths={"/x": {"get": operation}})
    context = event(served)["requestContext"]
    assert context["operationName"] == "listOrders"
    assert list(context).index("operationName") == list(context).index("resourcePath") + 1


def test_a_signed_request_loses_its_signature_and_gains_an_identity():
    operation = {"x-amazon-apigateway-auth": {"type": "AWS_IAM"}, "x-amazon-apigateway-integration": PROXY}
    served = stage("GET /iam", paths={"/iam": {"get": operation}})
    caller = Caller(identity={"accountId": "000000000000", "user": "AIDAEXAMPLE"})
    signed = request("GET /dev/iam", Authorization="AWS4-HMAC-SHA256 …", X_Amz_Date="20260924T201634Z")
    sent = event(served, signed, caller=caller)
    assert "Authorization" not in sent["headers"]
    assert sent["headers"]["X-Amz-Date"] == "20260924T201634Z"
    assert "authorizer" not in sent["requestContext"]
    assert sent["requestContext"]["identity"]["user"] == "AIDAEXAMPLE"
    assert len(sent["requestContext"]["identity"]) == 12


def test_an_authorizers_context_and_an_api_key_have_their_places():
    caller = Caller(authorizer={"claims": {"sub": "s"}}, api_key="k" * 20, api_key_id="id")
    context = event(stage(), caller=caller)["requestContext"]
    assert context["authorizer"] == {"claims": {"sub": "s"}}
    assert list(context)[:2] == ["resourceId", "authorizer"]
    assert context["identity"]["apiKey"] == "k" * 20
