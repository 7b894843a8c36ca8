"""An answer as it was pasted from `curl -i` or `curl -v`: its status, ids, and what it says by itself."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from apitool.logs.cause import Cause
from apitool.logs.gateway_causes import BY_MESSAGE, BY_TYPE

if TYPE_CHECKING:
    from collections.abc import Mapping

_STATUS = re.compile(r"^(?:[<*] ?)?HTTP/[\d.]+ (\d{3})\b", re.MULTILINE)
_HEADER = re.compile(r"^(?:< )?([A-Za-z][\w-]*):[ \t]*(.*?)\r?$", re.MULTILINE)
_BODY = re.compile(r'\{\s*"[Mm]essage"\s*:\s*(?:"((?:[^"\\]|\\.)*)"|null)\s*\}')
_FORBIDDEN = 403


@dataclass(frozen=True, slots=True)
class Pasted:
    """`headers` by lower-case name; of several answers (redirects, 100 Continue) the last one counts."""

    status: int | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    message: str | None = None  # of the gateway's own body

    @property
    def ids(self) -> tuple[str, ...]:
        """What to look for, the surest first: request id, extended id, trace id."""
        trace = self.headers.get("x-amzn-trace-id", "").removeprefix("Root=").partition(";")[0]
        known = (self.headers.get("x-amzn-requestid"), self.headers.get("x-amz-apigw-id"), trace)
        return tuple(each for each in known if each)

    @property
    def error_type(self) -> str | None:
        """Only the gateway sets it: a function's header of that name is renamed."""
        return self.headers.get("x-amzn-errortype", "").partition(":")[0] or None


def parse(text: str) -> Pasted | None:
    """None when it is no answer: then it is an id."""
    statuses = list(_STATUS.finditer(text))
    answer = text[statuses[-1].start() :] if statuses else text
    headers = {name.lower(): value.strip() for name, value in _HEADER.findall(answer)}
    body = _BODY.search(answer)
    if not statuses and body is None and not headers.keys() & {"x-amzn-requestid", "x-amz-apigw-id"}:
        return None
    message = json.loads(f'"{body[1]}"') if body and body[1] is not None else None
    return Pasted(int(statuses[-1][1]) if statuses else None, headers, message)


def cause(answer: Pasted, stage: str) -> Cause | None:
    """What an answer proves by itself, when no log has the request; None when only a log can say."""
    if answer.error_type == "ForbiddenException" or (answer.status, answer.message) == (
        _FORBIDDEN,
        "Forbidden",
    ):
        return Cause(
            "route.no-such-stage",
            f"Forbidden, and no log of `{stage}` has it: the URL's first segment names no deployed stage",
            f"call the URL `apitool status --stage {stage}` shows; else an API key or AWS WAF said no",
            "caller",
            seen=answer.message,
        )
    kind = BY_MESSAGE.get((answer.status or 0, answer.message or ""))
    if kind is None and answer.error_type == "MissingAuthenticationTokenException":
        kind = "MISSING_AUTHENTICATION_TOKEN"
    return BY_TYPE[kind] if kind else None
