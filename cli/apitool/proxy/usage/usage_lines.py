"""The usage plan check in the execution log. It precedes the execution, and TestInvokeMethod's log lacks it.

Sources, by how it ends; an end of the request is an error line:

    no key asked for    recorded by stackd; AWS leaves the key empty, with two spaces
    a valid key         a public log of 2016: no line with a reason
    a wrong key         the line was quoted in public notes
    over a rate         a public log of 2019, of a request without a key; it ends in the status too
    over a quota        our guess, by analogy
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from apitool.proxy.execution_log import Line
from apitool.proxy.log_text import starred
from apitool.proxy.usage.key_check import api_stage_of
from apitool.proxy.usage.plans import Limit

if TYPE_CHECKING:
    from collections.abc import Iterable

    from apitool.proxy.execution_log import Traced
    from apitool.proxy.passage import Passage
    from apitool.proxy.routing import Match
    from apitool.proxy.usage.meter import Excess


def extended_id_lines(_: Traced, passage: Passage) -> Iterable[Line]:
    """The first line of every request that comes so far."""
    yield Line(f"Extended Request Id: {passage.ids.extended_request_id}", "usage")


def served_lines(_: Traced, passage: Passage, route: Match, sent_key: str) -> Iterable[Line]:
    """A request that passes, with a key or without."""
    key, api_stage = starred(sent_key), api_stage_of(passage)
    yield _verifying(passage, sent_key)
    if not route.method.api_key_required:
        yield Line(
            f"API Key {key} authorized because method {_method(route)} does not require API Key. "
            "Request will not contribute to throttle or quota limits",
            "usage",
        )
    yield Line(f"Usage Plan check succeeded for API Key {key} and API Stage {api_stage}", "usage")


def wrong_key_lines(_: Traced, passage: Passage, route: Match, sent_key: str) -> Iterable[Line]:
    """A key that is none, or in no plan of the stage."""
    yield _verifying(passage, sent_key)
    yield Line(
        f"API Key {starred(sent_key)} not authorized because method {_method(route)} requires API Key "
        f"and API Key is not associated with a Usage Plan for API Stage {api_stage_of(passage)}: "
        "No Usage Plan found for key and API Stage",
        "error",
    )


def throttled_lines(_: Traced, passage: Passage, route: Match, sent_key: str, limit: Limit) -> Iterable[Line]:
    """Over a rate, the method's own or that of a usage plan."""
    stage = passage.stage
    yield _verifying(passage, sent_key)
    yield Line(
        f"Key throttle limit exceeded for RestApi {stage.rest_api_id}, Stage {stage.name}, "
        f"Resource {route.resource.id}, HttpMethod {passage.request.method}. "
        f"Limit: {limit.rate:.2f} Burst: {limit.burst}",
        "error",
    )


def excess_lines(
    traced: Traced, passage: Passage, route: Match, sent_key: str, excess: Excess
) -> Iterable[Line]:
    """Over a limit of a usage plan."""
    limit = excess.limit
    if isinstance(limit, Limit):
        yield from throttled_lines(traced, passage, route, sent_key, limit)
        return
    yield _verifying(passage, sent_key)
    yield Line(
        f"Key quota limit exceeded for Usage Plan {excess.plan.id}, Key {excess.key.id}. "
        f"Limit: {limit.limit} Period: {limit.period}",
        "error",
    )


def _verifying(passage: Passage, sent_key: str) -> Line:
    key, api_stage = starred(sent_key), api_stage_of(passage)
    request = f"Verifying Usage Plan for request: {passage.ids.request_id}."
    return Line(f"{request} API Key: {key} API Stage: {api_stage}", "usage")


def _method(route: Match) -> str:
    return f"'{route.method.verb} {route.resource.path}'"
