"""What the pure model of the gateway costs for each request, against json.dumps of the event.

    python tests/benchmarks/bench_proxy.py [ROUNDS]

One API with 201 routes. Every request is a new object, as it is behind a server. Printed are the microseconds
of each step in its fastest round, the one least disturbed by other processes, and their ratio to
`json.dumps(event)`, which nobody can go without.
"""

from __future__ import annotations

import json
import sys
import time
from typing import TYPE_CHECKING, Any

from apitool.proxy.exchange import AuthorizerCall, Gates, Invocation, authorized, begin, finish
from apitool.proxy.method_settings import StageSettings
from apitool.proxy.openapi import rest_api
from apitool.proxy.outcome import Returned
from apitool.proxy.request import Ids, Request
from apitool.proxy.stage import DeployedStage

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

REQUESTS = 300  # of one round
NOW_MS = 1_790_281_992_000
URI = (
    "arn:aws:apigateway:eu-central-1:lambda:path/2015-03-31/functions/"
    "arn:aws:lambda:eu-central-1:000000000000:function:bench/invocations"
)
PROXY = {"type": "AWS_PROXY", "httpMethod": "POST", "uri": URI}
TEMPLATE = """
{"items": [#foreach($item in $input.path('$.items')){"id": "$item.id"}#if($foreach.hasNext),#end#end],
 "agent": "$util.escapeJavaScript($input.params('user-agent'))", "stage": "$context.stage"}
"""
IDS = Ids(
    request_id="0f1e2d3c-1111-4222-8333-444455556666",
    extended_request_id="abcDEF123456789=",
    trace_digits="0123456789abcdef01234567",
    trace_parent="53995c3f42cd8ad8",
    trace_lineage="1d3f5a7b",
    endpoint_request_id="99999999-2222-4333-8444-555555555555",
)
HEADERS = (
    ("Host", "a1b2c3d4e5.execute-api.eu-central-1.amazonaws.com"),
    ("User-Agent", "bench/1"),
    ("Accept", "*/*"),
    ("Accept-Encoding", "gzip"),
    ("Authorization", "Bearer token"),
)
ANSWER = Returned(json.dumps({"statusCode": 200, "body": "x" * 500}).encode(), "id", 3)
GRANT = Returned(
    json.dumps(
        {
            "principalId": "user",
            "policyDocument": {
                "Version": "2012-10-17",
                "Statement": [{"Effect": "Allow", "Action": "execute-api:Invoke", "Resource": "*"}],
            },
        }
    ).encode(),
    "id",
    3,
)
ACCESS_LOG = '{"id":"$context.requestId","path":"$context.path","status":"$context.status"}'


def deployed(integration: dict[str, Any], *, level: str, trace: bool = False) -> DeployedStage:
    """201 routes of one integration, all behind one authorizer that only `guarded` requests meet."""
    operation = {"x-amazon-apigateway-integration": integration}
    paths: dict[str, Any] = {"/{proxy+}": {"x-amazon-apigateway-any-method": operation}}
    for number in range(100):
        paths[f"/r{number}"] = {"post": operation, "put": {**operation, "security": [{"who": []}]}}
        paths[f"/r{number}/{{id}}"] = {"get": operation}
    scheme = {
        "type": "apiKey",
        "name": "Authorization",
        "in": "header",
        "x-amazon-apigateway-authtype": "custom",
        "x-amazon-apigateway-authorizer": {"type": "token", "authorizerUri": URI},
    }
    document = {"paths": paths, "components": {"securitySchemes": {"who": scheme}}}
    entry = {"loggingLevel": level, "dataTraceEnabled": trace}
    settings = StageSettings(
        method_settings={"*/*": entry}, access_log_destination="arn:x", access_log_format=ACCESS_LOG
    )
    return DeployedStage("dev", rest_api(document), "a1b2c3d4e5", "dep123", settings=settings)


def fresh(line: str = "GET /dev/r50/7?x=1", body: bytes = b"") -> Request:
    method, _, target = line.partition(" ")
    return Request(method, target, HEADERS, body, "198.51.100.7", NOW_MS)


def fastest(rounds: int, make: Callable[[], Any], step: Callable[[Any], object]) -> float:
    """Microseconds of one `step` on what `make` made for it; making is not counted."""
    best = float("inf")
    for _ in range(rounds):
        made = [make() for _ in range(REQUESTS)]
        started = time.perf_counter()
        for one in made:
            step(one)
        best = min(best, time.perf_counter() - started)
    return best / REQUESTS * 1e6


def begun(stage: DeployedStage, request: Request) -> Invocation:
    made = begin(stage, request, IDS, now_ms=NOW_MS)
    if not isinstance(made, Invocation):
        raise TypeError(f"expected an invocation: {made}")
    return made


def measured(rounds: int) -> Iterator[tuple[str, float]]:
    """Each step and its microseconds."""
    for name, level, trace in (("no logs", "OFF", False), ("INFO", "INFO", False), ("trace", "INFO", True)):
        stage = deployed(PROXY, level=level, trace=trace)
        yield f"AWS_PROXY, {name}: begin", fastest(rounds, fresh, lambda r, s=stage: begun(s, r))
        made = fastest(
            rounds,
            lambda s=stage: begun(s, fresh()),
            lambda i: finish(i, ANSWER, now_ms=NOW_MS + 5),
        )
        yield f"AWS_PROXY, {name}: finish", made
    yield from measured_others(rounds)


def measured_others(rounds: int) -> Iterator[tuple[str, float]]:
    body = json.dumps({"items": [{"id": number} for number in range(10)]}).encode()
    mapping = deployed(
        {
            "type": "AWS",
            "httpMethod": "POST",
            "uri": URI,
            "requestTemplates": {"application/json": TEMPLATE},
            "responses": {"default": {"statusCode": "200"}},
        },
        level="INFO",
    )
    yield (
        "AWS, a template over 10 items: begin",
        fastest(rounds, lambda: fresh("POST /dev/r50", body), lambda r: begun(mapping, r)),
    )
    guarded = deployed(PROXY, level="INFO")
    yield (
        "Lambda authorizer: ask",
        fastest(rounds, lambda: fresh("PUT /dev/r50"), lambda r: asked(guarded, r)),
    )
    yield (
        "Lambda authorizer: go on with its answer",
        fastest(
            rounds,
            lambda: asked(guarded, fresh("PUT /dev/r50")),
            lambda call: authorized(call, GRANT, now_ms=NOW_MS),
        ),
    )
    yield (
        "no such route",
        fastest(rounds, lambda: fresh("GET /nothere/x"), lambda r: begin(None, r, IDS, now_ms=NOW_MS)),
    )


def asked(stage: DeployedStage, request: Request) -> AuthorizerCall:
    made = begin(stage, request, IDS, now_ms=NOW_MS, gates=Gates())
    if not isinstance(made, AuthorizerCall):
        raise TypeError(f"expected an authorizer's call: {made}")
    return made


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 12
    stage = deployed(PROXY, level="INFO")
    event = begun(stage, fresh()).event
    floor = fastest(rounds, lambda: event, json.dumps)
    print(f"{'json.dumps of the event':45}{floor:8.1f} us")
    for name, microseconds in measured(rounds):
        print(f"{name:45}{microseconds:8.1f} us {microseconds / floor:6.1f} x")


if __name__ == "__main__":
    main()
