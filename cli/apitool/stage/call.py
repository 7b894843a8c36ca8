"""One request to a stage, wherever it is served, and what is known of it afterwards."""

from __future__ import annotations

import http.client
import json
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from apitool.errors import ApitoolError
from apitool.project.deployed import deployed_stage
from apitool.proxy.verdict_shown import finding_from
from apitool.stage import serve_record
from apitool.stage.call_verdict import judged

if TYPE_CHECKING:
    from collections.abc import Callable

    from apitool.logs.by_answer import AnswerVerdict
    from apitool.project.model import Project, Stage
    from apitool.proxy.request import Headers, Request
    from apitool.proxy.verdict import Finding
    from apitool.stage.request_options import RequestOptions
    from apitool.stage.target import Target

_PATIENCE = 40.0  # seconds; the gateway itself gives up after 29


@dataclass(frozen=True, slots=True)
class Called:
    """Times in milliseconds. `findings` are what decided, where it is known: of serve, of tests, of logs.

    `verdict` is what the answer itself says, where no model has seen the request.
    """

    where: str
    method: str
    target: str
    status: int
    headers: Headers
    body: bytes
    timing: dict[str, float]
    findings: tuple[Finding, ...] = ()
    log: tuple[str, ...] = ()
    event: dict[str, Any] | None = field(default=None, repr=False)
    verdict: AnswerVerdict | None = None

    @property
    def made_by_gateway(self) -> bool:
        return any(name.lower() == "x-amzn-errortype" for name, _ in self.headers)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a stage answers; `target` where it is deployed, and its logs can be asked."""

    url: str
    target: Target | None = None


def place_of(project: Project, stage: Stage, *, local: bool, profile: str | None) -> Place:
    """A running `apitool serve` of the stage, else where the stage is deployed.

    Raises:
        ApitoolError: it is nowhere.
    """
    served = None if local else serve_record.running(project.root, stage.name)
    if served is not None:
        return Place(served)
    target = deployed_target(project, stage, local=local, profile=profile)
    from apitool.project import names  # noqa: PLC0415 - only for a deployed stage
    from apitool.stage import logging  # noqa: PLC0415 - boto3

    settings = logging.settings_of(target)
    return Place(target.url(names.invoke_url(settings.rest_api_id, project.region, stage.name)), target)


def deployed_target(project: Project, stage: Stage, *, local: bool, profile: str | None) -> Target:
    from apitool.stage import target  # noqa: PLC0415 - boto3

    found = target.find(project, stage, local=local, profile=profile)
    if found is None:
        raise ApitoolError(
            f"the stage `{stage.name}` is served nowhere",
            seen="no `apitool serve`, and the embedded AWS does not run",
            fix=f"apitool serve --stage {stage.name}, or apitool up --stage {stage.name}",
        )
    return found


def call(
    project: Project, stage: Stage, options: RequestOptions, place: Place, *, say: Callable[[str], None]
) -> Called:
    """Send it to the stage, and judge what comes back. `say` is told before something takes time.

    Raises:
        UsageError: the options make no request.
        ApitoolError: nothing answers there.
    """
    declared = deployed_stage(project, stage)
    request = options.request(declared)
    parts = urlsplit(place.url)
    target = parts.path.rstrip("/") + request.target.removeprefix(f"/{stage.name}")
    try:
        called = _sent(parts.scheme, parts.netloc, target, request)
    except (OSError, http.client.HTTPException) as error:
        raise ApitoolError(
            f"{place.url} gives no answer",
            seen=f"{type(error).__name__}: {error}",
            fix="is it still served there?",
        ) from error
    known = _explained(called, parts.netloc) if parts.scheme == "http" else None
    return known or judged(called, declared, request, target=place.target, say=say)


def _sent(scheme: str, netloc: str, target: str, request: Request) -> Called:
    kind = http.client.HTTPSConnection if scheme == "https" else http.client.HTTPConnection
    connection = kind(netloc, timeout=_PATIENCE)
    started = time.perf_counter()
    try:
        connection.connect()
        connected = time.perf_counter()
        connection.putrequest(request.method, target, skip_host=True, skip_accept_encoding=True)
        for name, value in request.headers:
            connection.putheader(name, netloc if name == "Host" else value)
        connection.endheaders(request.body or None)
        answer = connection.getresponse()
        answered = time.perf_counter()
        body = answer.read()
    finally:
        connection.close()
    timing = {
        "connect": connected - started,
        "answer": answered - connected,
        "read": time.perf_counter() - answered,
    }
    return Called(
        where=f"{scheme}://{netloc}",
        method=request.method,
        target=target,
        status=answer.status,
        headers=tuple(answer.getheaders()),
        body=body,
        timing={name: seconds * 1000 for name, seconds in timing.items()},
    )


def _explained(called: Called, netloc: str) -> Called | None:
    """With what `apitool serve` knows of the request; None of another server, which knows nothing of it."""
    request_id = next((text for name, text in called.headers if name.lower() == "x-amzn-requestid"), None)
    known = _known(netloc, request_id) if request_id else None
    if known is None:
        return None
    outcome = known["outcome"] or {}
    function = {"function": float(outcome["milliseconds"])} if "milliseconds" in outcome else {}
    return Called(
        **{
            name: getattr(called, name) for name in ("where", "method", "target", "status", "headers", "body")
        },
        timing={**called.timing, **function},
        findings=tuple(finding_from(each) for each in known["verdict"]["findings"]),
        log=(*known["function_log"], *known["gateway_log"]),
        event=known["event"],
    )


def _known(netloc: str, request_id: str) -> dict[str, Any] | None:
    connection = http.client.HTTPConnection(netloc, timeout=5)
    try:
        connection.request("GET", f"/_apitool/requests/{request_id}")
        answer = connection.getresponse()
        found: dict[str, Any] | None = json.loads(answer.read()) if answer.status == http.client.OK else None
    except (OSError, http.client.HTTPException, ValueError):
        return None
    finally:
        connection.close()
    return found if isinstance(found, dict) and "verdict" in found else None
