"""A stage's cache of answers. What AWS documents is tested as documented; what it does not say, as ours.

https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-caching.html
"""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.proxy.builders import IDS, PROXY, RECEIVED_MS, header, request, returned, stage

from apitool.proxy.exchange import Answer, Gates, Invocation, begin, finish
from apitool.proxy.method_settings import StageSettings
from apitool.proxy.response_cache import MAX_ANSWER_BYTES, WARNING, ResponseCache

TTL_S = 60
FRESH = {"cache_control": "max-age=0"}


def cached(*routes: str, keys: tuple[str, ...] = (), cluster: bool = True, methods=None, **entry):
    whole = {"cachingEnabled": True, "cacheTtlInSeconds": TTL_S, **entry}
    settings = StageSettings(
        method_settings={"*/*": whole, **(methods or {})},
        cache_cluster_enabled=cluster,
        cache_cluster_size="0.5",
    )
    integration = {**PROXY, "cacheKeyParameters": list(keys)}
    return stage(*routes, integration=integration, settings=settings)


class Client:
    """Asks a stage, answers its functions, and counts how often it had to."""

    def __init__(self, served, **options) -> None:
        self.served = served
        self.gates = Gates(answers=ResponseCache())
        self.calls = 0
        self.options = options

    def ask(self, line: str = "GET /dev/x", at_s: float = 0, *, outcome=None, **headers: str) -> Answer:
        now_ms = RECEIVED_MS + round(at_s * 1000)
        sent = request(line, **headers)
        begun = begin(self.served, sent, IDS, now_ms=now_ms, gates=self.gates, **self.options)
        if isinstance(begun, Answer):
            return begun
        assert isinstance(begun, Invocation)
        self.calls += 1
        value = {"statusCode": 200, "headers": {"X-Own": "1"}, "body": f"call {self.calls}"}
        return finish(begun, outcome or returned(value), now_ms=now_ms)


def test_an_answer_is_kept_for_its_time_and_no_longer():
    client = Client(cached())
    first, second = client.ask(), client.ask(at_s=TTL_S - 0.001)
    assert (first.body, second.body, client.calls) == (b"call 1", b"call 1", 1)
    assert (header(second, "X-Own"), second.verdict.cached, first.verdict.cached) == ("1", True, False)
    assert client.ask(at_s=TTL_S).body == b"call 2"


def test_ids_are_those_of_the_request_that_got_the_answer():
    client = Client(cached())
    client.ask()
    assert header(client.ask(), "x-amzn-RequestId") == IDS.request_id


@pytest.mark.parametrize(
    "served",
    [
        cached(cluster=False),
        cached(cachingEnabled=False),
        cached(cacheTtlInSeconds=0),
    ],
    ids=["no cluster", "caching off", "a TTL of 0"],
)
def test_nothing_is_kept_where_the_stage_says_so(served):
    client = Client(served)
    assert [client.ask().body for _ in range(2)] == [b"call 1", b"call 2"]


def test_only_get_is_kept_unless_a_method_says_otherwise():
    client = Client(cached("POST /x", "POST /y", methods={"~1y/POST": {"cachingEnabled": True}}))
    assert [client.ask("POST /dev/x").body for _ in range(2)] == [b"call 1", b"call 2"]
    assert [client.ask("POST /dev/y").body for _ in range(2)] == [b"call 3", b"call 3"]


def test_a_methods_own_entry_can_keep_it_out():
    client = Client(cached("GET /x", methods={"~1x/GET": {"cachingEnabled": False}}))
    assert [client.ask().body for _ in range(2)] == [b"call 1", b"call 2"]


def test_without_keys_every_request_of_a_route_gets_one_answer():
    """Path parameters are no key by themselves: they have to be declared as any other."""
    client = Client(cached("GET /orders/{id}"))
    assert client.ask("GET /dev/orders/1?page=1").body == client.ask("GET /dev/orders/2?page=2").body


@pytest.mark.parametrize(
    ("key", "one", "other"),
    [
        ("method.request.path.id", ("GET /dev/orders/1", {}), ("GET /dev/orders/2", {})),
        ("method.request.querystring.page", ("GET /dev/orders/1?page=1", {}), ("GET /dev/orders/1", {})),
        (
            "method.request.header.X-Tenant",
            ("GET /dev/orders/1", {"x_tenant": "a"}),
            ("GET /dev/orders/1", {}),
        ),
    ],
)
def test_declared_parameters_tell_answers_apart(key, one, other):
    client = Client(cached("GET /orders/{id}", keys=(key,)))
    line, headers = one
    assert (
        client.ask(line, **headers).body
        == client.ask(f"{line}{'&' if '?' in line else '?'}o=1", **headers).body
    )
    assert client.ask(other[0], **other[1]).body == b"call 2"


def test_routes_and_stages_do_not_share_answers():
    client = Client(cached("GET /a", "GET /b"))
    assert client.ask("GET /dev/a").body != client.ask("GET /dev/b").body


def test_what_failed_is_not_kept():
    client = Client(cached())
    failing = returned({"statusCode": 503, "body": "later"})
    assert client.ask(outcome=failing).status == 503
    assert client.ask().status == 200


def test_an_answer_over_a_mebibyte_is_not_kept():
    client = Client(cached())
    client.ask(outcome=returned({"body": "x" * (MAX_ANSWER_BYTES + 1)}))
    client.ask(at_s=1)
    assert client.calls == 2


def test_who_may_not_asks_in_vain_for_a_fresh_answer_and_is_told():
    client = Client(cached())
    client.ask()
    answer = client.ask(**FRESH)
    assert (answer.body, client.calls) == (b"call 1", 1)
    assert WARNING in answer.headers
    assert WARNING not in client.ask().headers


def test_who_may_not_gets_the_warning_with_the_first_answer_too():
    client = Client(cached())
    assert WARNING in client.ask(**FRESH).headers
    assert WARNING not in client.ask().headers


def test_the_warning_can_be_left_out():
    client = Client(cached(unauthorizedCacheControlHeaderStrategy="SUCCEED_WITHOUT_RESPONSE_HEADER"))
    client.ask()
    answer = client.ask(**FRESH)
    assert (answer.body, WARNING in answer.headers) == (b"call 1", False)


def test_who_may_not_can_be_turned_away():
    client = Client(cached(unauthorizedCacheControlHeaderStrategy="FAIL_WITH_403"))
    answer = client.ask(**FRESH)
    assert (answer.status, answer.verdict.rule, client.calls) == (403, "cache.not-invalidated", 0)
    assert not answer.verdict.recorded


def test_where_no_authorization_is_asked_for_a_fresh_answer_replaces_the_kept_one():
    client = Client(cached(requireAuthorizationForCacheControl=False))
    client.ask()
    assert client.ask(cache_control="no-store, Max-Age=0").body == b"call 2"
    assert client.ask().body == b"call 2"


def test_a_flush_forgets_everything():
    client = Client(cached())
    client.ask()
    client.gates.answers.flush()
    assert client.ask().body == b"call 2"


def test_a_new_deployment_or_size_starts_empty():
    client = Client(cached())
    client.ask()
    client.served = replace(client.served, deployment_id="next12")
    assert client.ask().body == b"call 2"
    settings = replace(client.served.settings, cache_cluster_size="1.6")
    client.served = replace(client.served, settings=settings)
    assert client.ask().body == b"call 3"


@pytest.mark.parametrize(("shares", "calls"), [(True, 1), (False, 2)])
def test_a_canary_uses_the_cache_where_it_says_so(shares, calls):
    served = cached()
    settings = replace(served.settings, canary={"percentTraffic": 100.0, "useStageCache": shares})
    client = Client(replace(served, settings=settings, serves_canary=True))
    client.ask()
    client.ask()
    assert client.calls == calls


def test_a_kept_answer_is_no_call_in_the_log():
    entry = {"loggingLevel": "INFO", "dataTraceEnabled": True}
    client = Client(cached(**entry))
    client.ask()
    log = "\n".join(client.ask().execution_log)
    assert "Successfully completed execution" in log
    assert "Endpoint" not in log
    assert "Integration" not in log


def test_an_answer_is_compressed_for_who_takes_it_and_kept_for_who_does_not():
    served = cached()
    client = Client(replace(served, api=replace(served.api, minimum_compression_size=0)))
    first = client.ask(accept_encoding="gzip")
    assert header(first, "Content-Encoding") == "gzip"
    assert client.ask().body == b"call 1"
