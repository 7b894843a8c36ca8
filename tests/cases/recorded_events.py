"""What functions were given for requests: LocalStack's snapshots of an edge API and stackd's regional one."""

from __future__ import annotations

import base64
import json
import re
from typing import Any
from urllib.parse import unquote_plus

from tests.cases.case import Api, Case, Sent, integration, operation, routes
from tests.cases.checks import (
    all_of,
    event,
    event_of,
    header_names,
    headers_seen,
    keys_in_order,
    maps_agree,
    sent,
)

EDGE = Api("edge", routes("ANY /{proxy+}", "ANY /hardcoded"), stage="stage", endpoint="EDGE")
REGIONAL = Api(
    "regional",
    {
        **routes("GET /echo", "ANY /orders/{id}", "POST /echo"),
        "/iam": {"get": operation(**{"x-amazon-apigateway-auth": {"type": "AWS_IAM"}})},
        "/mapped": {
            "post": operation(
                integration(
                    requestParameters={
                        "integration.request.header.headerVar": "method.request.header.foobar",
                        "integration.request.querystring.q": "'static'",
                    }
                )
            )
        },
    },
)
PEOPLE = Api(
    "people",
    {"/jwt": {"get": operation(security=[{"people": []}])}},
    members={
        "components": {
            "securitySchemes": {
                "people": {
                    "type": "apiKey",
                    "name": "Authorization",
                    "in": "header",
                    "x-amazon-apigateway-authtype": "cognito_user_pools",
                    "x-amazon-apigateway-authorizer": {
                        "type": "cognito_user_pools",
                        "providerARNs": ["arn:aws:cognito-idp:us-east-1:123456789012:userpool/us-east-1_abc"],
                    },
                }
            }
        }
    },
)
DECLARED = {
    "integration.request.header.headerVar": "method.request.header.foobar",
    "integration.request.path.queryVar": "method.request.querystring.testVar",
    "integration.request.path.pathVar": "method.request.path.part",
    "integration.request.querystring.other": "method.request.querystring.testQuery",
    "integration.request.querystring.empty": "method.request.header.emptyheader",
}
MAPPED_EDGE = Api(
    "mapped-edge",
    {
        "/{part}": {
            "x-amazon-apigateway-any-method": operation(
                integration(requestParameters=DECLARED),
                parameters=[
                    {"name": "foobar", "in": "header", "required": True},
                    {"name": "emptyheader", "in": "header", "required": True},
                    {"name": "testVar", "in": "query", "required": True},
                    {"name": "testQuery", "in": "query", "required": True},
                ],
            )
        }
    },
    stage="test",
    endpoint="EDGE",
)
VARIABLES = Api("variables", routes("GET /echo"), stage="test", variables={"tier": "silver", "on": "1"})
BINARY = Api(
    "binary",
    routes("POST /echo"),
    members={"x-amazon-apigateway-binary-media-types": ["image/png", "application/*"]},
)
ALL_BINARY = Api(
    "all-binary", routes("ANY /echo"), members={"x-amazon-apigateway-binary-media-types": ["*/*"]}
)
PLAIN = (
    ("User-Agent", "python-requests/testing"),
    ("tEsT-HEADeR", "aValUE"),
    ("authorization", "random-value"),
)
SEEN = {"User-Agent": "python-requests/testing", "tEsT-HEADeR": "aValUE", "Authorization": "random-value"}
EMAILS = "/proxy-value/api/user/test%2Balias@gmail.com/plus/test+alias@gmail.com"
QUERY = {
    "dateTimeOffset": "2023-06-12T18:05:10.123456+00:00",
    "email": "test%2Balias@gmail.com",
    "plus": "test+alias@gmail.com",
    "url": "https://www.google.com/",
    "whitespace": "foo%20bar",
    "zhash": "abort/",
}
PATHS: dict[str, tuple[str, str, str, str, dict[str, str] | None]] = {
    # target: path, requestContext.path, resource, pathParameters
    "plain": (
        "/stage/proxy-value",
        "/proxy-value",
        "/stage/proxy-value",
        "/{proxy+}",
        {"proxy": "proxy-value"},
    ),
    "slash at the end": (
        "/stage/proxy-value/",
        "/proxy-value/",
        "/stage/proxy-value/",
        "/{proxy+}",
        {"proxy": "proxy-value"},
    ),
    "two slashes inside": (
        "/stage/proxy-value//double-slash",
        "/proxy-value//double-slash",
        "/stage/proxy-value//double-slash",
        "/{proxy+}",
        {"proxy": "proxy-value//double-slash"},
    ),
    "two slashes before the stage": (
        "//stage/proxy-value",
        "/proxy-value",
        "/stage/proxy-value",
        "/{proxy+}",
        {"proxy": "proxy-value"},
    ),
    "two slashes after the stage": (
        "/stage//proxy-value",
        "/proxy-value",
        "/stage//proxy-value",
        "/{proxy+}",
        {"proxy": "proxy-value"},
    ),
    "two slashes before a literal": (
        "/stage//hardcoded",
        "/hardcoded",
        "/stage//hardcoded",
        "/hardcoded",
        None,
    ),
    "escapes and signs": (f"/stage{EMAILS}", EMAILS, f"/stage{EMAILS}", "/{proxy+}", {"proxy": EMAILS[1:]}),
}


def _edge(name: str, target: str, **members: Any) -> Case:
    check = all_of(event(**members), headers_seen(SEEN))
    return Case(name, "R LS", EDGE, Sent(f"GET {target}", PLAIN), check)


def _paths() -> list[Case]:
    return [
        _edge(
            f"path: {name}",
            target,
            path=path,
            resource=resource,
            pathParameters=parameters,
            httpMethod="GET",
            queryStringParameters=None,
            multiValueQueryStringParameters=None,
            stageVariables=None,
            body=None,
            isBase64Encoded=False,
            context={
                "path": context_path,
                "resourcePath": resource,
                "stage": "stage",
                "httpMethod": "GET",
                "protocol": "HTTP/1.1",
            },
        )
        for name, (target, path, context_path, resource, parameters) in PATHS.items()
    ]


def _queries() -> list[Case]:
    decoded = {name: unquote_plus(value) for name, value in QUERY.items()}
    encoded = "&".join(f"{name}={value}" for name, value in QUERY.items())
    one = {
        "queryStringParameters": {"urlparam": "test"},
        "multiValueQueryStringParameters": {"urlparam": ["test"]},
    }
    several = Sent(
        "POST /stage/proxy-value?category=electronics&category=books&price=10&price=20&price=30",
        (
            ("Content-Type", "application/json;charset=utf-8"),
            ("aUThorization", "Bearer token123;API key456"),
            ("User-Agent", "python-requests/testing"),
        ),
        b'{"message": "hello world"}',
    )
    last = event(
        queryStringParameters={"category": "books", "price": "30"},
        multiValueQueryStringParameters={"category": ["electronics", "books"], "price": ["10", "20", "30"]},
        body='{"message": "hello world"}',
    )
    spelt = headers_seen(
        {
            "Authorization": "Bearer token123;API key456",
            "Content-Type": "application/json;charset=utf-8",
            "User-Agent": "python-requests/testing",
        }
    )
    return [
        _edge("query: one value", "/stage/proxy-value?urlparam=test", path="/proxy-value", **one),
        _edge(
            "query: after a slash at the end",
            "/stage/proxy-value/?urlparam=test",
            path="/proxy-value/",
            pathParameters={"proxy": "proxy-value"},
            **one,
        ),
        _edge(
            "query: decoded as a form",
            f"/stage/proxy-value/api?{encoded}",
            queryStringParameters=decoded,
            multiValueQueryStringParameters={name: [value] for name, value in decoded.items()},
        ),
        Case("query: several values, and a body", "R LS", EDGE, several, all_of(last, spelt)),
        Case(
            "query: empty and repeated",
            "R stackd",
            REGIONAL,
            Sent("GET /dev/echo?empty=&dup=one&dup=two&enc=a%20b&flag"),
            event(
                queryStringParameters={"empty": "", "dup": "two", "enc": "a b", "flag": ""},
                multiValueQueryStringParameters={
                    "empty": [""],
                    "dup": ["one", "two"],
                    "enc": ["a b"],
                    "flag": [""],
                },
            ),
        ),
        Case(
            "query: a semicolon separates",
            "D known issues",
            REGIONAL,
            Sent("GET /dev/echo?a=1;b=2"),
            event(queryStringParameters={"a": "1", "b": "2"}),
        ),
        Case(
            "query: %7C, %7B, %7D",
            "D known issues",
            REGIONAL,
            Sent("GET /dev/echo?a=%7Cb%7B%7D"),
            event(queryStringParameters={"a": "|b{}"}),
        ),
        *(
            Case(
                f"query: {mark} as such",
                "G",
                REGIONAL,
                Sent(f"GET /dev/echo?a={mark}"),
                sent(400, b'{"message":"Bad Request"}', Content_Type="application/json"),
            )
            for mark in "|{}"
        ),
    ]


EDGE_ADDS = (
    "CloudFront-Forwarded-Proto",
    "CloudFront-Is-Desktop-Viewer",
    "CloudFront-Is-Mobile-Viewer",
    "CloudFront-Is-SmartTV-Viewer",
    "CloudFront-Is-Tablet-Viewer",
    "CloudFront-Viewer-ASN",
    "CloudFront-Viewer-Country",
    "Via",
    "X-Amz-Cf-Id",
)
ALL_ADD = ("Host", "X-Amzn-Trace-Id", "X-Forwarded-For", "X-Forwarded-Port", "X-Forwarded-Proto")
KEPT = {
    "Accept": "application/json",
    "Accept-Charset": "UTF-8",
    "Accept-Encoding": "br",
    "Age": "request_Age",
    "Authorization": "Unauthorized",
    "Content-Encoding": "deflate",
    "Content-Type": "application/json",
    "Date": "request_Date",
    "Pragma": "cache",
    "Range": "bytes=500-999",
    "Referer": "https://example.com/",
    "User-Agent": "localStack/0.0",
    "Via": "p.example.net",
    "Warn": "299 localStack/0.0",
}
LOST = {
    "Connection": "close",
    "Content-MD5": "request_Content-MD5",
    "Expect": "100-continue",
    "Max-Forwards": "2",
    "Proxy-Authenticate": "Basic",
    "Server": "https://example.com/",
    "TE": "deflate",
    "Trailer": "Expires",
    "Upgrade": "HTTP/2.0",
    "WWW-Authenticate": "Basic YWxhZGRpbjpvcGVuc2VzYW1l",
}
EVERYTHING = (*KEPT.items(), *LOST.items())


def _headers() -> list[Case]:
    lost = header_names(there=(*KEPT, *ALL_ADD), gone=(*LOST, "Content-Length", "Transfer-Encoding"))
    whole = all_of(event(body=None), headers_seen(KEPT), lost)
    chunked = (*EVERYTHING, ("Transfer-Encoding", "chunked"))
    return [
        Case("headers: kept and lost", "R LS", REGIONAL, Sent("GET /dev/echo", EVERYTHING), whole),
        Case(
            "headers: kept and lost, chunked",
            "R LS",
            REGIONAL,
            Sent("GET /dev/echo", chunked, raw_body=b"0\r\n\r\n"),
            whole,
        ),
        Case(
            "headers: none but the length",
            "R LS",
            REGIONAL,
            Sent("POST /dev/echo", (), b"abc"),
            all_of(event(body="abc"), header_names(there=ALL_ADD, gone=("Content-Length", "Connection"))),
        ),
        Case(
            "headers: an edge API adds CloudFront's",
            "R LS",
            EDGE,
            Sent("GET /stage/proxy-value", PLAIN),
            header_names(there=(*ALL_ADD, *EDGE_ADDS)),
        ),
        Case(
            "headers: a regional API adds no more than five",
            "R stackd",
            REGIONAL,
            Sent("GET /dev/echo", (("X-Probe", "1"),)),
            _names(sorted([*ALL_ADD, "X-Probe"])),
        ),
        Case(
            "headers: sent twice",
            "D",
            REGIONAL,
            Sent("GET /dev/echo", (("X-Twice", "one"), ("X-Other", "o"), ("X-Twice", "two"))),
            all_of(maps_agree, headers_seen({"X-Twice": "two"})),
        ),
        Case(
            "headers: the Authorization of a signed request is used up",
            "R stackd",
            REGIONAL,
            Sent("GET /dev/iam", (("Authorization", _SIGNED), ("X-Amz-Date", "20260924T201634Z"))),
            header_names(there=("X-Amz-Date",), gone=("Authorization",)),
        ),
        Case(
            "identity: of a signed request",
            "R stackd",
            REGIONAL,
            Sent("GET /dev/iam", (("Authorization", _SIGNED), ("X-Amz-Date", "20260924T201634Z"))),
            _signer,
        ),
        Case(
            "identity: of a token of Cognito",
            "R stackd",
            PEOPLE,
            Sent("GET /dev/jwt", (("Authorization", _jwt()),)),
            _claims,
        ),
        Case(
            "headers: mapped ones reach no proxy function",
            "R LS",
            REGIONAL,
            Sent("POST /dev/mapped?x=1", (("foobar", "mapped-value"), ("headerVar", "request-value"))),
            all_of(
                headers_seen({"foobar": "mapped-value", "headerVar": "request-value"}),
                event(queryStringParameters={"x": "1"}),
            ),
        ),
    ]


def _mapped_edge() -> Case:
    """Mapped and required parameters change nothing for a proxy without a validator."""
    asked = (
        ("Content-Type", "application/json"),
        ("Accept", "application/json"),
        ("foobar", "mapped-value"),
        ("user-Agent", "test/integration"),
        ("headerVar", "request-value"),
    )
    return Case(
        "headers: mapped ones, required ones and a respelled one",
        "R LS",
        MAPPED_EDGE,
        Sent("POST /test/foobar?testQuery=foo&testVar=bar", asked, b'{"message": "hello world"}'),
        all_of(
            event(
                path="/foobar",
                resource="/{part}",
                pathParameters={"part": "foobar"},
                queryStringParameters={"testQuery": "foo", "testVar": "bar"},
                body='{"message": "hello world"}',
                context={"path": "/test/foobar", "stage": "test"},
            ),
            headers_seen(
                {"User-Agent": "test/integration", "foobar": "mapped-value", "headerVar": "request-value"}
            ),
            header_names(there=("Content-Type", "Accept"), gone=("emptyheader", "Content-Length")),
        ),
    )


_SIGNED = (
    "AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20260924/us-east-1/execute-api/aws4_request, "
    "SignedHeaders=host;x-amz-date, Signature=0123456789abcdef"
)


def _signer(answer) -> None:
    context = event_of(answer)["requestContext"]
    identity = context["identity"]
    assert "authorizer" not in context
    assert identity["accessKey"] == "AKIAIOSFODNN7EXAMPLE"
    assert re.fullmatch(r"\d{12}", identity["accountId"])
    assert re.fullmatch(r"AIDA[A-Z0-9]{17}", identity["caller"])
    assert identity["user"] == identity["caller"]
    assert identity["userArn"].startswith(f"arn:aws:iam::{identity['accountId']}:user/")
    assert re.fullmatch(r"o-[a-z0-9]{10,32}", identity["principalOrgId"])
    assert identity["cognitoIdentityId"] is None


def _jwt() -> str:
    """A token of a pool, by nobody's signature; it expires in 2100."""
    claims = {"sub": "u1", "token_use": "id", "exp": 4102444800, "iat": 1790281591, "n": 7, "ok": True}
    parts = ({"alg": "RS256"}, claims, {})
    return ".".join(
        base64.urlsafe_b64encode(json.dumps(part).encode()).decode().rstrip("=") for part in parts
    )


def _claims(answer) -> None:
    seen = event_of(answer)
    assert seen["requestContext"]["authorizer"] == {
        "claims": {
            "sub": "u1",
            "token_use": "id",
            "exp": "Fri Jan 01 00:00:00 UTC 2100",
            "iat": "Thu Sep 24 20:26:31 UTC 2026",
            "n": "7",
            "ok": "true",
        }
    }
    assert seen["headers"]["Authorization"] == _jwt()


def _names(expected: list[str]):
    def check(answer) -> None:
        assert sorted(event_of(answer)["headers"]) == expected

    return check


def _rest() -> list[Case]:
    text = Sent("POST /dev/echo", (("Content-Type", "text/plain"),), "héllo".encode())
    return [
        Case("event: keys in order", "R stackd", REGIONAL, Sent("GET /dev/echo"), keys_in_order),
        Case("event: keys in order, edge", "R LS", EDGE, Sent("GET /stage/x", PLAIN), keys_in_order),
        Case("event: identity, ids, times", "R stackd", REGIONAL, Sent("GET /dev/echo"), _regional_context),
        Case(
            "event: parameters are not decoded",
            "R LS",
            REGIONAL,
            Sent("GET /dev/orders/a%2Fb%20c+d"),
            event(path="/orders/a%2Fb%20c+d", pathParameters={"id": "a%2Fb%20c+d"}, resource="/orders/{id}"),
        ),
        Case(
            "event: stage variables",
            "R LS",
            VARIABLES,
            Sent("GET /test/echo"),
            event(stageVariables={"tier": "silver", "on": "1"}, context={"stage": "test"}),
        ),
        Case("body: text", "D", REGIONAL, text, event(body="héllo", isBase64Encoded=False)),
        Case(
            "body: length 0",
            "C",
            REGIONAL,
            Sent("POST /dev/echo", (("Content-Length", "0"),)),
            event(body=None, isBase64Encoded=False),
        ),
        *(
            Case(
                f"body: {content_type} of {api.name} is {'base64' if binary else 'text'}",
                "D",
                api,
                Sent("POST /dev/echo", (("Content-Type", content_type),), b"abc"),
                event(body="YWJj" if binary else "abc", isBase64Encoded=binary),
            )
            for api, content_type, binary in (
                (BINARY, "image/png", True),
                (BINARY, "image/jpeg", False),
                (BINARY, "application/pdf", True),
                (BINARY, "application/json", True),
                (BINARY, "image/png; q=1", True),
                (BINARY, "text/plain", False),
                (ALL_BINARY, "application/json", True),
                (ALL_BINARY, "text/plain; charset=utf-8", True),
            )
        ),
    ]


def _regional_context(answer) -> None:
    seen = event_of(answer)
    context = seen["requestContext"]
    host = seen["headers"]["Host"]
    assert context["requestId"] == answer.header("x-amzn-RequestId")
    assert context["extendedRequestId"] == answer.header("x-amz-apigw-id")
    assert (context["path"], context["stage"], context["resourcePath"]) == ("/dev/echo", "dev", "/echo")
    assert host == context["domainName"] == f"{context['apiId']}.execute-api.us-east-1.amazonaws.com"
    assert context["domainPrefix"] == context["apiId"]
    assert len(context["resourceId"]) == len(context["deploymentId"]) == 6
    assert len(context["accountId"]) == 12
    assert isinstance(context["requestTimeEpoch"], int)
    unknown = [name for name, value in context["identity"].items() if value is None]
    assert sorted({*context["identity"]} - {*unknown}) == ["sourceIp"]  # no User-Agent was sent
    assert seen["headers"]["X-Amzn-Trace-Id"].startswith("Root=1-")
    assert len(seen["headers"]["X-Amzn-Trace-Id"]) == len("Root=1-12345678-123456789012345678901234")
    assert (seen["headers"]["X-Forwarded-Port"], seen["headers"]["X-Forwarded-Proto"]) == ("443", "https")


CASES = [*_paths(), *_queries(), *_headers(), _mapped_edge(), *_rest()]
