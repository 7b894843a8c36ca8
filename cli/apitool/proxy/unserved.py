"""Requests with a route that end before the integration, and the finding that says why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from apitool.proxy.answer import Answer, failed, refused
from apitool.proxy.media import DEFAULT_TYPE
from apitool.proxy.outcome_texts import CONFIGURATION
from apitool.proxy.verdict import Finding, Verdict

if TYPE_CHECKING:
    from apitool.proxy.api import Integration
    from apitool.proxy.execution_log import Journal
    from apitool.proxy.integrations.integration_rules import CallFailure
    from apitool.proxy.passage import Passage
    from apitool.proxy.validation import BodyProblem


def throttled(passage: Passage, journal: Journal, *, now_ms: int) -> Answer:
    """429 Too Many Requests. AWS may leave such requests out of its logs (documentation)."""
    settings = passage.settings
    finding = Finding(
        rule="request.throttled",
        what=f"Over the method's limit of {settings.rate:g} requests a second, burst {settings.burst}",
        fix="Wait and retry with back-off, or raise the stage's throttling",
    )
    return refused(passage, "THROTTLED", (finding,), journal, now_ms=now_ms)


def parameters_missing(passage: Passage, names: tuple[str, ...], journal: Journal, *, now_ms: int) -> Answer:
    """400, naming what is missing (recorded)."""
    message = f"Missing required request parameters: [{', '.join(names)}]"
    finding = Finding("request.missing-parameters", message, "Send them, or don't require them")
    verdict = Verdict(
        accepted=False,
        status=400,
        headers=(),
        body=b"",
        findings=(finding,),
        response_type="BAD_REQUEST_PARAMETERS",
        error_message=message,
    )
    return failed(passage, verdict, journal, now_ms=now_ms)


def invalid_body(passage: Passage, problem: BodyProblem, journal: Journal, *, now_ms: int) -> Answer:
    """400 Invalid request body (recorded); AWS tells the log why, not the client."""
    what = f"The body does not fit the method's model, first at `{problem.pointer}`"
    finding = Finding("request.invalid-body", what, "Send what the model asks for", problem.pointer)
    log = (f"Request body does not match model schema for content type {DEFAULT_TYPE}: [{problem.why}]",)
    return refused(passage, "BAD_REQUEST_BODY", (finding,), journal, now_ms=now_ms, log=log)


def wrong_type(passage: Passage, integration: Integration | None, journal: Journal, *, now_ms: int) -> Answer:
    """A type this package does not serve. Ours, not AWS's: it would have called the endpoint."""
    what = "Served here are AWS_PROXY with a Lambda function, AWS, HTTP, HTTP_PROXY and MOCK"
    return _not_called(passage, integration, journal, (what, "Try this route on AWS"), now_ms=now_ms)


def no_function(
    passage: Passage, integration: Integration | None, journal: Journal, *, now_ms: int
) -> Answer:
    """For a caller that runs functions and nothing else."""
    what = "The route is answered by another endpoint, not by a function"
    return _not_called(
        passage, integration, journal, (what, "Ask `apitool serve`, which calls it"), now_ms=now_ms
    )


def _not_called(
    passage: Passage,
    integration: Integration | None,
    journal: Journal,
    words: tuple[str, str],
    *,
    now_ms: int,
) -> Answer:
    """`words`: what is wrong, and how to mend it."""
    kind = integration.type if integration else "none"
    seen = f"integration type {kind}"
    finding = Finding("integration.not-served", *words, seen=seen, recorded=False)
    log = (f"{CONFIGURATION}Integration type {kind} is not served locally",)
    return refused(passage, "DEFAULT_5XX", (finding,), journal, now_ms=now_ms, log=log)


def failing(passage: Passage, failure: CallFailure, journal: Journal, *, now_ms: int) -> Answer:
    """An integration every call of which fails with a 500 before Lambda."""
    return refused(
        passage, "API_CONFIGURATION_ERROR", (failure.finding,), journal, now_ms=now_ms, log=(failure.log,)
    )
