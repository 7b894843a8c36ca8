"""StartLiveTail, which moto does not have: log events of some groups as they are written.

Answered before moto is asked, since the answer has no end. As AWS does, it sends an update every second, and
one with nothing in it too; that is also how it notices that nobody listens any more.
"""

from __future__ import annotations

import json
import time
import uuid
from typing import TYPE_CHECKING, Any

from moto.logs.models import logs_backends

from apitool.local import event_stream
from apitool.local.endpoint import ACCOUNT_ID
from apitool.local.turn import turn

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment
    from moto.logs.models import LogGroup

_TARGET = "Logs_20140328.StartLiveTail"
_UPDATE_S = 1.0  # AWS's own
_LOOK_S = 0.1
_MOST_GROUPS = 10
_GROUP = ":log-group:"


class LiveTails:
    """WSGI middleware around moto."""

    def __init__(self, application: WSGIApplication) -> None:
        self._application = application

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        if environ.get("HTTP_X_AMZ_TARGET") != _TARGET:
            return self._application(environ, start_response)
        length = int(environ.get("CONTENT_LENGTH") or 0)
        asked = json.loads(environ["wsgi.input"].read(length) or b"{}")
        arns = asked.get("logGroupIdentifiers", [])
        groups = {arn: _group(arn) for arn in arns}
        if not 0 < len(arns) <= _MOST_GROUPS:
            return _refused(start_response, "InvalidParameterException", f"1 to {_MOST_GROUPS} log groups")
        if missing := [arn for arn, group in groups.items() if group is None]:
            text = f"The specified log group does not exist: {missing[0]}"
            return _refused(start_response, "ResourceNotFoundException", text)
        start_response("200 OK", [("Content-Type", event_stream.CONTENT_TYPE)])
        return _session(arns, [group for group in groups.values() if group is not None])


def _session(arns: Sequence[str], groups: Sequence[LogGroup]) -> Iterator[bytes]:
    seen = {id(event) for _, _, event in _events(groups)}
    session = str(uuid.uuid4())
    yield event_stream.event("initial-response", {})
    yield event_stream.event("sessionStart", {"sessionId": session, "logGroupIdentifiers": list(arns)})
    sent = time.monotonic()
    while True:
        fresh = [each for each in _events(groups) if id(each[2]) not in seen]
        seen.update(id(event) for _, _, event in fresh)
        if fresh or time.monotonic() - sent >= _UPDATE_S:
            sent = time.monotonic()
            results = [_result(*each) for each in fresh]
            update = {"sessionMetadata": {"sampled": False}, "sessionResults": results}
            yield event_stream.event("sessionUpdate", update)
        time.sleep(_LOOK_S)


def _events(groups: Sequence[LogGroup]) -> list[tuple[str, str, Any]]:
    """Group, stream and moto's event of everything in the groups."""
    return [
        (group.name, name, event)
        for group in groups
        for name, stream in list(group.streams.items())
        for event in list(stream.events)
    ]


def _result(group: str, stream: str, event: Any) -> dict[str, object]:  # noqa: ANN401 - moto's event
    return {
        "logGroupIdentifier": f"{ACCOUNT_ID}:{group}",
        "logStreamName": stream,
        "message": event.message,
        "timestamp": event.timestamp,
        "ingestionTime": event.ingestion_time,
    }


@turn()
def _group(arn: str) -> LogGroup | None:
    region = arn.split(":")[3] if arn.count(":") > 3 else ""  # noqa: PLR2004 - arn:partition:logs:region
    return logs_backends[ACCOUNT_ID][region].groups.get(arn.partition(_GROUP)[2]) if region else None


def _refused(start_response: StartResponse, code: str, message: str) -> list[bytes]:
    body = json.dumps({"__type": code, "message": message}).encode()
    headers = [("Content-Type", "application/x-amz-json-1.1"), ("Content-Length", str(len(body)))]
    start_response("400 Bad Request", headers)
    return [body]
