"""Requests that get the gateway's own answer, and the finding that says why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from apitool.proxy.answer import Answer, answered, refused, wire_headers
from apitool.proxy.execution_log import Journal
from apitool.proxy.gateway_response import default_body
from apitool.proxy.limits import refused_at_the_door
from apitool.proxy.routing import candidates
from apitool.proxy.verdict import Finding, Verdict

if TYPE_CHECKING:
    from apitool.proxy.passage import Passage
    from apitool.proxy.request import Ids, Request
    from apitool.proxy.routing import StagePath


def forbidden(request: Request, ids: Ids, path: StagePath, *, now_ms: int) -> Answer:
    """No such stage, or none deployed: 403 Forbidden (recorded by stackd). There is nothing to log to."""
    finding = Finding(
        rule="route.no-such-stage",
        what=f"There is no stage `{path.stage}`; AWS says Forbidden",
        fix="Start the path with the name of a deployed stage",
        seen=f"{request.method} {request.target}",
    )
    verdict = Verdict(
        accepted=False,
        status=403,
        headers=(("Content-Type", "application/json"), ("x-amzn-ErrorType", "ForbiddenException")),
        body=default_body(403, "Forbidden"),
        findings=(finding,),
        error_message="Forbidden",
    )
    headers = wire_headers(verdict, ids, now_ms=now_ms, trace=None)
    body = b"" if request.method == "HEAD" else verdict.body
    return Answer(verdict.status, headers, body, (), None, verdict)


def at_the_door(passage: Passage, *, now_ms: int) -> Answer | None:
    """For its size, or what its URL holds; None lets it in."""
    refusal = refused_at_the_door(passage.request)
    if refusal is None:
        return None
    verdict = Verdict(
        accepted=False,
        status=refusal.status,
        headers=(("Content-Type", refusal.content_type),),
        body=refusal.body,
        findings=(refusal.finding,),
        error_message=refusal.body.decode(),
    )
    return answered(passage, verdict, Journal(), now_ms=now_ms)


def no_route(passage: Passage, *, now_ms: int) -> Answer:
    """Nothing matched: 403 Missing Authentication Token, never 404 or 405 (recorded)."""
    return refused(passage, "MISSING_AUTHENTICATION_TOKEN", (_no_route_finding(passage),), now_ms=now_ms)


def _no_route_finding(passage: Passage) -> Finding:
    request, path = passage.request, passage.path.path
    near = {
        f"{verb} {resource.path}"
        for resource in candidates(passage.stage.api, path)
        for verb in resource.methods
    }
    known = f"the path has {', '.join(sorted(near))}" if near else "no resource matches the path"
    what = f"No method for {request.method} {path}: {known}. AWS answers 403, not 404 or 405"
    hint = "Add the route and redeploy"
    if request.header("Authorization"):
        hint += "; on AWS the message may complain about the Authorization header instead"
    return Finding("route.no-such-method", what, hint, seen=f"{request.method} {request.target}")
