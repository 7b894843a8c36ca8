"""A verdict on a call to a deployed stage: from the answer, and from the logs where they have the request."""

from __future__ import annotations

import json
import time
from dataclasses import replace
from typing import TYPE_CHECKING

from apitool.errors import ApitoolError
from apitool.logs.by_answer import AnswerVerdict, of_answer
from apitool.logs.pasted import Pasted
from apitool.proxy.method_settings import effective
from apitool.proxy.routing import match, split_stage

if TYPE_CHECKING:
    from collections.abc import Callable

    from apitool.logs.cause import Cause
    from apitool.proxy.request import Request
    from apitool.proxy.routing import Match
    from apitool.proxy.stage import DeployedStage
    from apitool.stage.call import Called
    from apitool.stage.target import Target

_PATIENCE_LOCAL, _PATIENCE_AWS = 1.5, 15.0  # seconds; lines come some seconds after the answer
_PAUSE = 0.3
_ERROR = 400
_BEFORE_MS = 60_000  # clocks of the caller and of CloudWatch Logs differ


def judged(
    called: Called,
    declared: DeployedStage,
    request: Request,
    *,
    target: Target | None,
    say: Callable[[str], None],
) -> Called:
    """The call with what is known of it. `declared` is the stage as apitool.toml has it.

    Without a `target` (only a URL is known) there are no logs to look into. `say` is told before a wait.
    """
    route = match(declared.api, request.method, split_stage(request.raw_path).path)
    answer = _as_pasted(called)
    explain = f"apitool logs explain {target.options if target else f'--stage {declared.name}'}"
    verdict = of_answer(answer, route.method if route else None, stage=declared.name, explain=explain)
    if target is None or called.status < _ERROR or not answer.ids:
        return replace(called, verdict=verdict)
    try:
        cause = _logged(target, answer.ids, route, request.method, say)
    except ApitoolError as error:
        say(f"the logs can't be read: {error.problems[0].what}")
        cause = None
    if cause is None:
        return replace(called, verdict=verdict)
    from apitool.logs.cause import as_finding  # noqa: PLC0415 - only where there is a log

    decided = AnswerVerdict(verdict.made_by, verdict.what, (), verdict.next_step)
    return replace(called, verdict=decided, findings=(as_finding(cause),))


def _logged(
    target: Target, ids: tuple[str, ...], route: Match | None, verb: str, say: Callable[[str], None]
) -> Cause | None:
    """The cause that the logs give; None where nothing is logged, or there yet, or it explains nothing."""
    from apitool.logs.explain import explain  # noqa: PLC0415 - only where there is a log
    from apitool.logs.redaction import Redaction  # noqa: PLC0415
    from apitool.stage import log_reading, logging  # noqa: PLC0415 - boto3

    settings = logging.settings_of(target)
    level = effective(settings.settings, route.resource.path if route else None, verb).logging_level
    if level == "OFF" and not settings.settings.has_access_log:
        return None
    say("looking for the request in the logs")
    since_ms = time.time_ns() // 1_000_000 - _BEFORE_MS
    deadline = time.monotonic() + (_PATIENCE_LOCAL if target.embedded else _PATIENCE_AWS)
    while True:
        found = log_reading.request_called(target, ids[0], since_ms)
        over = time.monotonic() > deadline
        if found is not None and (found.complete or over):
            cause = explain(found)
            hidden = Redaction(bodies=False)
            seen = cause.seen_with(bodies=False)
            shown = replace(
                cause, what=hidden.free_text(cause.what), seen=hidden.free_text(seen) if seen else None
            )
            return shown if cause.explained else None
        if over:
            return None
        time.sleep(_PAUSE)


def _as_pasted(called: Called) -> Pasted:
    headers = {name.lower(): value for name, value in called.headers}
    return Pasted(called.status, headers, _message(called.body))


def _message(body: bytes) -> str | None:
    """Of a body of the gateway's own shape, `{"message": "…"}`, in either spelling."""
    try:
        value = json.loads(body)
    except ValueError:
        return None
    if not isinstance(value, dict) or [key.lower() for key in value] != ["message"]:
        return None
    (text,) = value.values()
    return text if isinstance(text, str) else None
