"""TestInvokeMethod: one method run outside every stage, with its whole log as the answer.

No authorization, API key, throttle or policy stands before it; parameters and bodies are validated. Log and
answer: LocalStack's `TestApigatewayTestInvoke` and `test_apigw_test_invoke_method_api` (AWS, 2025). What the
function is given: events of the console's test in public repositories (2019 to 2024).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from apitool.proxy.admission.admitted import Admitted
from apitool.proxy.caller import Caller
from apitool.proxy.exchange import integrated
from apitool.proxy.execution_log import Journal, console_log
from apitool.proxy.method_settings import StageSettings
from apitool.proxy.passage import Passage
from apitool.proxy.request import Request
from apitool.proxy.route_tree import resources_at, tree_of
from apitool.proxy.routing import ANY, Match, StagePath, request_parts
from apitool.proxy.stage import TEST_STAGE, DeployedStage

if TYPE_CHECKING:
    from collections.abc import Mapping

    from apitool.proxy.answer import Answer
    from apitool.proxy.api import Resource, RestApi
    from apitool.proxy.request import Headers, Ids
    from apitool.proxy.steps import HttpCall, Invocation

_SOURCE_IP = "test-invoke-source-ip"
_API_KEY, _API_KEY_ID = "test-invoke-api-key", "test-invoke-api-key-id"
_DOMAIN = "testPrefix.testDomainName"
_LEFT_OUT = frozenset({"date", "content-length", "x-amzn-requestid", "x-amz-apigw-id"})


@dataclass(frozen=True, slots=True)
class TestRequest:
    """What is sent in to a method of `resource`, as TestInvokeMethod takes it."""

    __test__ = False  # pytest: no tests in here

    resource: Resource
    verb: str
    path_with_query: str = ""  # empty: the resource's own path, braces and all (recorded)
    headers: Headers = ()
    body: bytes = b""
    stage_variables: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class TestAnswer:
    """`log` is one text with line breaks; `headers` lack those a connection has."""

    __test__ = False

    status: int
    headers: Headers
    body: bytes
    log: str


def begin_test(
    api: RestApi,
    test: TestRequest,
    ids: Ids,
    *,
    rest_api_id: str,
    account_id: str,
    region: str,
    identity: Mapping[str, str],
    now_ms: int,
) -> Answer | Invocation | HttpCall | None:
    """Take the test to its integration; `exchange.finish` goes on. None: the resource has no such method.

    Args:
        api: the RestApi as it stands now, deployed or not.
        test: the request.
        ids: made up by the caller.
        rest_api_id: of the API.
        account_id: where it lives.
        region: where it lives.
        identity: members of `requestContext.identity` that tell who tests.
        now_ms: milliseconds since 1970.
    """
    method = test.resource.methods.get(test.verb) or test.resource.methods.get(ANY)
    if method is None:
        return None
    target = test.path_with_query or test.resource.path
    request = Request(test.verb, target, test.headers, test.body, _SOURCE_IP, now_ms)
    stage = DeployedStage(
        name=TEST_STAGE,
        api=api,
        rest_api_id=rest_api_id,
        deployment_id="",
        account_id=account_id,
        region=region,
        settings=StageSettings(variables=dict(test.stage_variables or {})),
        domain=_DOMAIN,
    )
    route = Match(test.resource, method, _parameters(test.resource, request.raw_path))
    path = StagePath(TEST_STAGE, request.raw_path, test.resource.path)
    caller = Caller(identity, None, _API_KEY, _API_KEY_ID)
    return integrated(Admitted(Passage(stage, request, ids, path, route, caller), Journal()), now_ms)


def _parameters(resource: Resource, path: str) -> dict[str, str]:
    """A path that is not the resource's has none, and is tested all the same (recorded)."""
    found = next(resources_at(tree_of((resource,)), request_parts(path)), None)
    return dict(zip(found[1], found[2], strict=False)) if found else {}


def test_answer(answer: Answer, ids: Ids, *, at_ms: int) -> TestAnswer:
    """What TestInvokeMethod returns; an answer of the gateway's own names no Content-Type (recorded)."""
    left_out = _LEFT_OUT if answer.verdict.accepted else _LEFT_OUT | {"content-type"}
    return TestAnswer(
        status=answer.status,
        headers=tuple(pair for pair in answer.headers if pair[0].lower() not in left_out),
        body=answer.body,
        log=console_log(answer.lines, request_id=ids.request_id, at_ms=at_ms),
    )


test_answer.__test__ = False  # type: ignore[attr-defined] # pytest: no test
