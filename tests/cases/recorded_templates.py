"""Integrations that are no proxies: what templates see and print, which response is taken.

LocalStack's `test_input_path_template_formatting`, `test_apigateway_header_remapping_aws[AWS]`,
`test_lambda_selection_patterns`, `test_lambda_aws_integration_*`, `test_integration_mock_with_*` (AWS, 2023
to 2025).
"""

from __future__ import annotations

import base64
import json
from typing import TYPE_CHECKING, Any

from tests.cases.case import ECHO, Api, Case, Raises, Sent, integration, operation
from tests.cases.checks import all_of, sent

if TYPE_CHECKING:
    from tests.cases.wire import Answered

PASSED_ON = (
    "Accept",
    "Accept-Charset",
    "Accept-Encoding",
    "Age",
    "Content-Encoding",
    "Content-Type",
    "Pragma",
    "Range",
    "Referer",
    "TE",
    "Via",
    "Warn",
)
RENAMED = (
    "Authorization",
    "Connection",
    "Content-Length",
    "Content-MD5",
    "Date",
    "Expect",
    "Host",
    "Max-Forwards",
    "Proxy-Authenticate",
    "Server",
    "Trailer",
    "Upgrade",
    "User-Agent",
    "WWW-Authenticate",
)
SEEN = {
    "Accept": "application/json",
    "Accept-Charset": "UTF-8",
    "Accept-Encoding": "br",
    "Age": "12",
    "Authorization": "Unauthorized",
    "Content-Encoding": "deflate",
    "Content-Type": "application/json",
    "Date": "today",
    "Pragma": "cache",
    "Range": "bytes=500-999",
    "Referer": "https://example.com/",
    "User-Agent": "probe/0.0",
    "Via": "p.example.net",
    "Warn": "299 probe/0.0",
}
UNSEEN = {
    "Connection": "close",
    "Content-MD5": "md5",
    "Expect": "100-continue",
    "Max-Forwards": "2",
    "Proxy-Authenticate": "Basic",
    "Server": "https://example.com/",
    "TE": "deflate",
    "Trailer": "Expires",
    "Transfer-Encoding": "chunked",
    "Upgrade": "HTTP/2.0",
    "WWW-Authenticate": "Basic x",
}
NAMES = (*SEEN, *UNSEEN, "Content-Length")


def _template(text: str, **more: Any) -> dict[str, Any]:
    return {"statusCode": "200", "responseTemplates": {"application/json": text}, **more}


def _custom(**members: Any) -> dict[str, Any]:
    members.setdefault("responses", {"default": {"statusCode": "200"}})
    return integration(type="AWS", **members)


def _printing(text: str) -> dict[str, Any]:
    return {"post": operation(_custom(responses={"default": _template(text)}))}


def _mock(request: str, response: str | None = None) -> dict[str, Any]:
    answer = {"statusCode": "200"} if response is None else _template(response)
    templates = {"application/json": request}
    return {
        "get": operation({"type": "MOCK", "requestTemplates": templates, "responses": {r"2\d{2}": answer}})
    }


FOUND = '#set($found = $input.path("$.json"))'
ABSENT = (
    '{"body": $found, "below": $found.below, "null": #if($found == $null)"yes"#else"no"#end, '
    '"empty": #if($found == "")"yes"#else"no"#end}'
)
OVERRIDES = (
    "#set($context.responseOverride.status = 444)"
    '#set($context.responseOverride.header.foo = "bar")'
    '#set($context.responseOverride.custom = "passed on"){"statusCode": 200}'
)
TEMPLATES = Api(
    "templates",
    {
        "/print": _printing(f"{FOUND}$found"),
        "/below": _printing(f"{FOUND}$found.below"),
        "/first": _printing(f"{FOUND}$found[0]"),
        "/text": _printing(f"{FOUND}$found.toString()"),
        "/absent": _printing(f'#set($found = $input.path("$.json.list")){ABSENT}'),
        "/headers": {
            "get": operation(
                _custom(
                    requestTemplates={
                        "application/json": json.dumps({name: f"$input.params('{name}')" for name in NAMES})
                    },
                    responses={
                        "default": {
                            "statusCode": "200",
                            "responseParameters": {
                                f"method.response.header.{name}": f"'mapped {name}'"
                                for name in (*PASSED_ON, *RENAMED, "Transfer-Encoding")
                            },
                        }
                    },
                )
            )
        },
        "/plain": {"get": operation(_custom()), "post": operation(_custom())},
        "/selected": {
            "get": operation(
                _custom(
                    responses={
                        "default": {"statusCode": "200"},
                        ".*four hundred.*": {"statusCode": "405"},
                        ".+": {"statusCode": "502"},
                        "200": {"statusCode": "504"},
                    }
                )
            )
        },
        "/override": {
            "post": operation(
                _custom(
                    responses={
                        "default": _template(
                            "#set($root = $input.path('$'))$input.json(\"$\")"
                            '#if($root.toString().contains("customerror"))'
                            "#set($context.responseOverride.status = 400)#else"
                            "#set($context.responseOverride.status = 202)#end"
                        )
                    }
                )
            )
        },
        "/mock/overridden": _mock(
            OVERRIDES,
            '{"status": "$context.responseOverride.status", "foo": "$context.responseOverride.header.foo", '
            '"custom": "$context.responseOverride.custom"}',
        ),
        "/mock/overridden-empty": _mock(OVERRIDES),
        "/mock/loose/{part}": _mock("{statusCode: 200}"),
        "/mock/maps": _mock(
            '#set($name = "foo")#set($context.requestOverride.querystring[$name] = "bar")'
            '$context.requestOverride.querystring.put("put", "putBar")'
            '#set($context["requestOverride"].querystring["nested"] = "nestedFoo"){"statusCode": 200}',
            '["$context.requestOverride.querystring["foo"]", "$context.requestOverride.querystring["put"]", '
            '"$context.requestOverride.querystring["nested"]"]',
        ),
        "/mock/passed/{part}": _mock(
            "#set($context.requestOverride.path.body = $util.base64Decode($input.params('part')))"
            '{"statusCode": 200}',
            "#set($body = $util.parseJson($context.requestOverride.path.body))#set($said = $body.message)"
            '#if($said == "path1")"one"#elseif($said == "path2")"two"#else"else"#end',
        ),
    },
)
PRINTED: list[tuple[str, Any, str]] = [
    # route, what the endpoint answers under `json`, what the template makes of it
    ("print", {"foo": "bar"}, "{foo=bar}"),
    ("print", [{"foo": "bar"}], '[{"foo":"bar"}]'),
    ("print", {"foo": [{"below": "bar"}]}, '{foo=[{"below":"bar"}]}'),
    ("print", {"bigger": "dict", "to": "test", "with": "commas"}, "{bigger=dict, to=test, with=commas}"),
    ("below", {"below": {"foo": "bar"}}, "{foo=bar}"),
    ("below", {"below": [{"foo": "bar"}]}, '[{"foo":"bar"}]'),
    ("first", [{"foo": "bar"}], "{foo=bar}"),
    ("first", [[{"foo": "bar"}]], '[{"foo":"bar"}]'),
    ("text", {"foo": "bar"}, "{foo=bar}"),
    ("text", {"list": [{"foo": "bar"}]}, '{list=[{"foo":"bar"}]}'),
    ("absent", {}, '{"body": , "below": , "null": "yes", "empty": "yes"}'),
    ("absent", {"list": None}, '{"body": , "below": , "null": "yes", "empty": "yes"}'),
    ("absent", {"list": []}, '{"body": [], "below": , "null": "no", "empty": "no"}'),
]


def _printed() -> list[Case]:
    return [
        Case(
            f"template: {route} of {json.dumps(value)}",
            "R LS",
            TEMPLATES,
            Sent(f"POST /dev/{route}"),
            sent(200, text.encode(), Content_Type="application/json"),
            {"json": value},
        )
        for route, value, text in PRINTED
    ]


def _seen(answer: Answered) -> None:
    """The function returned what its request template made of the headers."""
    seen = json.loads(answer.json["body"])
    assert {name: seen[name] for name in SEEN} == SEEN
    assert {name: seen[name] for name in (*UNSEEN, "Content-Length")} == dict.fromkeys(
        (*UNSEEN, "Content-Length"), ""
    )


def _mapped(answer: Answered) -> None:
    sent_on = {name: value for name, value in answer.headers if value.startswith("mapped ")}
    renamed = {f"x-amzn-Remapped-{name}": f"mapped {name}" for name in RENAMED}
    assert sent_on == {name: f"mapped {name}" for name in PASSED_ON} | renamed
    assert answer.header("X-Amzn-Trace-Id") is not None


def _error_document(answer: Answered) -> None:
    assert list(answer.json)[:2] == ["errorMessage", "errorType"]


def _rest() -> list[Case]:
    everything = Sent("GET /dev/headers", (*SEEN.items(), *UNSEEN.items()), raw_body=b"0\r\n\r\n")
    proxy_shaped = {"statusCode": 200, "body": "{}", "isBase64Encoded": False}
    selected = Sent("GET /dev/selected")
    raised = "Error: four hundred"
    return [
        Case("template: headers dropped before it are empty", "R LS", TEMPLATES, everything, _seen, ECHO),
        Case("mapped headers: which are renamed", "R LS", TEMPLATES, everything, _mapped, ECHO),
        Case(
            "custom: a proxy's answer is a body like any other",
            "R LS",
            TEMPLATES,
            Sent("GET /dev/plain"),
            sent(200, json.dumps(proxy_shaped).encode(), Content_Length="59"),
            proxy_shaped,
        ),
        Case("selected: by default", "R LS", TEMPLATES, selected, sent(200, b'"Pass"'), "Pass"),
        Case(
            "selected: by the error's text",
            "R LS",
            TEMPLATES,
            selected,
            all_of(sent(405), _error_document),
            Raises(raised),
        ),
        Case(
            "selected: by any error",
            "R LS",
            TEMPLATES,
            selected,
            all_of(sent(502), _error_document),
            Raises("five"),
        ),
        *(
            Case(
                f"override: {body} is a {status}",
                "R LS",
                TEMPLATES,
                Sent("POST /dev/override"),
                sent(status, {"statusCode": 200, "body": body}),
                {"statusCode": 200, "body": body},
            )
            for body, status in (("noerror", 202), ("customerror", 400))
        ),
        Case(
            "mock: overrides reach the response template",
            "R LS",
            TEMPLATES,
            Sent("GET /dev/mock/overridden"),
            sent(444, {"status": "444", "foo": "bar", "custom": "passed on"}, foo="bar"),
        ),
        Case(
            "mock: overrides without a response template",
            "R LS",
            TEMPLATES,
            Sent("GET /dev/mock/overridden-empty"),
            sent(444, b"", foo="bar"),
        ),
        Case(
            "mock: a template that is no JSON",
            "R LS",
            TEMPLATES,
            Sent("GET /dev/mock/loose/x"),
            sent(200, b""),
        ),
        Case(
            "mock: maps are set in three ways",
            "R LS",
            TEMPLATES,
            Sent("GET /dev/mock/maps"),
            sent(200, ["bar", "putBar", "nestedFoo"]),
        ),
        *(
            Case(
                f"mock: what {message} was passed on as",
                "R LS",
                TEMPLATES,
                Sent(f"GET /dev/mock/passed/{_encoded(message)}"),
                sent(200, said),
            )
            for message, said in (("path1", "one"), ("path2", "two"), ("whatever", "else"))
        ),
    ]


def _encoded(message: str) -> str:
    return base64.b64encode(json.dumps({"message": message}).encode()).decode()


CASES = [*_printed(), *_rest()]
