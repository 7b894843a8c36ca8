"""HTTP and HTTP_PROXY: the call that is made, and what becomes of its answer.

Recorded on AWS by LocalStack: `test_http_integration_*`, `test_http_proxy_integration_request_data_mappings`,
`TestApiGatewayHeaderRemapping`, `test_failed_invoke_test_method`. What is not recorded says so.
"""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.proxy.builders import IDS, RECEIVED_MS, header, logging, request, stage, step

from apitool.proxy.exchange import Answer, HttpCall, begin, finish
from apitool.proxy.method_settings import StageSettings
from apitool.proxy.outcome import HttpAnswered, HttpFailed, IntegrationTimeout

URL = "http://endpoint.test/anything"
DEFAULT = {"default": {"statusCode": "200"}}


def http(kind: str = "HTTP", *routes: str, extras=None, **declared):
    integration = {"type": kind, "httpMethod": "ANY", "uri": URL, "responses": DEFAULT, **declared}
    return stage(*routes, integration=integration, **(extras or {}))


def call(served, sent=None) -> HttpCall:
    made = step(served, sent)
    assert isinstance(made, HttpCall), made
    return made


def sent_headers(made: HttpCall) -> dict[str, str]:
    return {name.lower(): value for name, value in made.headers}


def finished(made: HttpCall, outcome) -> Answer:
    return finish(made, outcome, now_ms=RECEIVED_MS + 60)


def answered(status: int = 200, body: bytes = b"{}", **headers: str) -> HttpAnswered:
    pairs = tuple((name.replace("_", "-"), value) for name, value in headers.items())
    return HttpAnswered(status, pairs, body, 12)


def test_http_sends_four_headers_of_its_own_and_none_of_the_clients():
    made = call(
        http(),
        request("POST /dev/x", body=b"{}", content_type="text/x", x_own="1", accept="a/b", user_agent="u"),
    )
    assert sent_headers(made) == {
        "accept": "application/json",
        "content-type": "text/x",
        "user-agent": "AmazonAPIGateway_a1b2c3d4e5",
        "x-amzn-apigateway-api-id": "a1b2c3d4e5",
        "x-amzn-trace-id": sent_headers(made)["x-amzn-trace-id"],
    }
    assert sent_headers(made)["x-amzn-trace-id"].startswith(f"Root=1-6ab58908-{IDS.trace_digits}")


def test_a_get_sends_no_content_type_and_no_body():
    made = call(http(), request("GET /dev/x", body=b"ignored", content_type="text/plain"))
    assert (made.method, made.body) == ("GET", b"")
    assert "content-type" not in sent_headers(made)


def test_http_proxy_passes_the_clients_headers_on():
    made = call(
        http("HTTP_PROXY"),
        request(
            "POST /dev/x?a=1&a=2",
            body=b"\x00body",
            host="client.test",
            x_own="1",
            accept="a/b",
            user_agent="u",
            te="trailers",
            via="1.1 me",
            content_encoding="gzip",
            content_length="5",
        ),
    )
    headers = sent_headers(made)
    assert made.body == b"\x00body"
    assert (headers["x-own"], headers["accept"], headers["user-agent"]) == ("1", "a/b", "u")
    assert headers["x-forwarded-for"] == "198.51.100.7"
    assert not {"host", "te", "via", "content-encoding", "content-length"} & headers.keys()
    assert made.url == f"{URL}?a=1&a=2"


def test_http_sends_only_mapped_query_parameters():
    parameters = {"integration.request.querystring.page": "method.request.querystring.p"}
    made = call(http(requestParameters=parameters), request("GET /dev/x?p=2&q=3"))
    assert made.url == f"{URL}?page=2"


def test_the_query_of_a_proxy_is_put_together_in_order():
    parameters = {
        "integration.request.path.pathVariable": "method.request.path.pathVariable",
        "integration.request.path.qsVariable": "method.request.querystring.qsVar",
        "integration.request.querystring.queryString": "method.request.querystring.testQueryString",
        "integration.request.querystring.testQs": "method.request.querystring.testQueryString",
        "integration.request.querystring.testEmptyQs": "method.request.header.emptyheader",
        "integration.request.header.X-Missing": "method.request.header.none",
    }
    uri = f"{URL}?testVar={{pathVariable}}&testQs={{qsVariable}}"
    served = http("HTTP_PROXY", "GET /{pathVariable}", requestParameters=parameters, uri=uri)
    sent = request("GET /dev/foobar?testQueryString=foo&testVar=bar&qsVar=bar")
    made = call(served, sent)
    assert parse_qs(urlsplit(made.url).query) == {
        "testVar": ["foobar", "bar"],
        "testQs": ["bar", "foo"],
        "testQueryString": ["foo"],
        "qsVar": ["bar"],
        "queryString": ["foo"],
    }
    assert "x-missing" not in sent_headers(made)


def test_path_parameters_stage_variables_and_odd_characters_are_filled_in():
    served = http(
        "HTTP_PROXY",
        "GET /{id}",
        uri="http://${stageVariables.host}/v1/{id}?x=1",
        requestParameters={
            "integration.request.path.id": "method.request.path.id",
            "integration.request.querystring.q": "'a b&c'",
        },
        extras={"settings": StageSettings(variables={"host": "inner.test:8080"})},
    )
    assert call(served, request("GET /dev/7")).url == "http://inner.test:8080/v1/7?x=1&q=a+b%26c"


def test_a_mapped_header_replaces_the_clients():
    parameters = {"integration.request.header.x-own": "'mapped'"}
    made = call(http("HTTP_PROXY", requestParameters=parameters), request(x_own="client"))
    assert [value for name, value in made.headers if name.lower() == "x-own"] == ["mapped"]


def test_the_integrations_verb_wins_over_the_clients():
    assert call(http(httpMethod="put"), request("POST /dev/x")).method == "PUT"
    assert call(http(), request("PATCH /dev/x")).method == "PATCH"


def test_templates_and_overrides_shape_the_call():
    template = (
        "#set($context.requestOverride.header.X-A = $input.params('q'))"
        "#set($context.requestOverride.querystring.n = 5)"
        "#set($context.requestOverride.path.id = 'over')"
        "{\"in\": $input.json('$')}"
    )
    served = http(
        uri="http://endpoint.test/{id}",
        requestTemplates={"application/json": template},
        requestParameters={"integration.request.path.id": "'mapped'"},
    )
    made = call(served, request("POST /dev/x?q=7", body=b"[1]"))
    assert (made.url, made.body) == ("http://endpoint.test/over?n=5", b'{"in": [1]}')
    assert sent_headers(made)["x-a"] == "7"


@pytest.mark.parametrize("name", ["Content-Length", "Transfer-Encoding"])
@pytest.mark.parametrize("kind", ["HTTP", "HTTP_PROXY"])
def test_two_headers_can_not_be_mapped(kind, name):
    given_answer = step(http(kind, requestParameters={f"integration.request.header.{name}": "'1'"}))
    assert isinstance(given_answer, Answer)
    assert given_answer.status == 500


def test_a_proxys_answer_goes_out_as_it_came_with_some_names_changed():
    outcome = answered(
        418,
        b"\x00tea",
        content_type="x/y",
        Date="then",
        Server="s",
        Connection="close",
        Via="1.1 x",
        x_own="1",
    )
    given_answer = finished(call(http("HTTP_PROXY")), outcome)
    assert (given_answer.status, given_answer.body) == (418, b"\x00tea")
    assert header(given_answer, "Content-Type") == "x/y"
    assert header(given_answer, "x-amzn-Remapped-Date") == "then"
    assert header(given_answer, "x-amzn-Remapped-Server") == "s"
    assert header(given_answer, "x-amzn-Remapped-Connection") == "close"
    assert header(given_answer, "x-own") == "1"
    assert header(given_answer, "Via") is None
    assert header(given_answer, "X-Amzn-Trace-Id") is None
    assert header(given_answer, "Content-Length") == "4"


def test_http_maps_the_status_and_an_unmatched_one_is_the_default():
    responses = {"4\\d\\d": {"statusCode": "409"}, "default": {"statusCode": "200"}}
    made = call(http(responses=responses))
    assert finished(made, answered(404)).status == 409
    assert finished(made, answered(500)).status == 200
    assert header(finished(made, answered()), "X-Amzn-Trace-Id") is not None


def test_http_passes_no_header_on_that_is_not_mapped():
    parameters = {"method.response.header.X-Mapped": "integration.response.header.x-in"}
    responses = {"default": {"statusCode": "200", "responseParameters": parameters}}
    given_answer = finished(call(http(responses=responses)), answered(x_in="1", x_other="2"))
    assert (header(given_answer, "X-Mapped"), header(given_answer, "x-other")) == ("1", None)


@pytest.mark.parametrize("kind", ["HTTP", "HTTP_PROXY"])
@pytest.mark.parametrize(
    ("outcome", "status", "message", "line"),
    [
        (IntegrationTimeout(29_000), 504, "Endpoint request timed out", "due to a timeout error"),
        (HttpFailed("invalid-address"), 500, "Internal server error", "Invalid endpoint address"),
        (HttpFailed("network", "refused"), 504, "Network error communicating with endpoint", "network error"),
    ],
)
def test_an_endpoint_that_gives_no_answer(kind, outcome, status, message, line):
    given_answer = finished(call(http(kind, extras={"settings": logging()})), outcome)
    assert given_answer.status == status
    assert message in given_answer.body.decode()
    assert any(line in event for event in given_answer.execution_log)


@pytest.mark.parametrize("kind", ["HTTP", "HTTP_PROXY"])
@pytest.mark.parametrize(
    "uri", ["http://${stageVariables.none}/x", "ftp://a/b", "nothing", "http://h/{id}", "http://h:port/", ""]
)
def test_an_address_that_leads_nowhere_is_a_500_before_any_call(kind, uri):
    given_answer = step(http(kind, uri=uri, extras={"settings": logging(trace=True)}))
    assert isinstance(given_answer, Answer)
    assert (given_answer.status, given_answer.verdict.rule) == (500, "integration.invalid-address")
    log = given_answer.execution_log
    assert any(line.endswith("Invalid endpoint address") for line in log)
    assert not any("Endpoint request" in line for line in log)


def test_the_log_shows_the_call_and_its_answer():
    made = call(http("HTTP_PROXY", extras={"settings": logging(trace=True)}), request("GET /dev/x?a=1"))
    log = "\n".join(finished(made, answered(body=b"hello")).execution_log)
    for text in (
        f"Endpoint request URI: {URL}?a=1",
        f"Sending request to {URL}?a=1",
        "Received response. Status: 200, Integration latency: 12 ms",
        "Endpoint response body before transformations: hello",
        "Method completed with status: 200",
    ):
        assert text in log


def test_a_caller_without_gates_is_never_asked_for_an_http_call():
    given_answer = begin(http(), request(), IDS, now_ms=RECEIVED_MS)
    assert isinstance(given_answer, Answer)
    assert given_answer.verdict.rule == "integration.not-served"


@settings(deadline=None)
@given(
    uri=st.text(max_size=30)
    | st.sampled_from(["http://[::1", "http://a/{x}", "http://a/${stageVariables.b}"]),
    query=st.text(max_size=10),
    status=st.integers(100, 599),
    pairs=st.lists(st.tuples(st.text(min_size=1, max_size=5), st.text(max_size=5)), max_size=3),
    body=st.binary(max_size=10),
)
def test_any_uri_and_any_answer_end_in_an_answer(uri, query, status, pairs, body):
    for kind in ("HTTP", "HTTP_PROXY"):
        made = step(http(kind, uri=uri), request(f"GET /dev/x?{query}"))
        if isinstance(made, HttpCall):
            assert made.url.startswith(("http://", "https://"))
            made = finished(made, HttpAnswered(status, tuple(pairs), body, 1))
        assert isinstance(made, Answer)
