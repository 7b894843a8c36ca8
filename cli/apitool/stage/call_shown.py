"""A call as text and as data."""

from __future__ import annotations

import base64
import json
import re
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from apitool.proxy.verdict_shown import finding_data, finding_lines

if TYPE_CHECKING:
    from apitool.logs.by_answer import AnswerVerdict
    from apitool.stage.call import Called

_BAR = 40  # characters for the longest time
_TESTED_AT = re.compile(r"^[A-Z][a-z]{2} [A-Z][a-z]{2} \d\d \d\d:\d\d:\d\d UTC \d{4} : ")
_STARS = re.compile(r"\*{12,}")


def text(called: Called) -> str:
    """Status, headers, body, verdict, log, timing."""
    by = "the gateway itself" if called.made_by_gateway else ""
    lines = [f"HTTP {called.status}{f' by {by}' if by else ''}"]
    lines += [f"{name}: {value}" for name, value in called.headers]
    lines += ["", _body(called.body)]
    if called.verdict is not None:
        lines += ["", *_verdict(called.verdict)]
    for finding in called.findings:
        lines += ["", *finding_lines(finding)]
    if called.log:
        lines += ["", "log:", *(f"  {line}" for each in called.log for line in _log(each))]
    return "\n".join([*lines, "", *_bars(called.timing)])


def data(called: Called) -> dict[str, Any]:
    """For `-o json`. A body that is no text is base64."""
    try:
        body = {"body": called.body.decode(), "is_base64": False}
    except UnicodeDecodeError:
        body = {"body": base64.b64encode(called.body).decode(), "is_base64": True}
    return {
        "method": called.method,
        "url": f"{called.where}{called.target}",
        "status": called.status,
        "headers": [list(pair) for pair in called.headers],
        **body,
        "made_by_gateway": called.made_by_gateway,
        "verdict": None if called.verdict is None else asdict(called.verdict),
        "findings": [finding_data(each) for each in called.findings],
        "log": list(called.log),
        "milliseconds": {name: round(value, 2) for name, value in called.timing.items()},
    }


def _verdict(verdict: AnswerVerdict) -> list[str]:
    lines = [f"verdict: {verdict.what}"]
    if len(verdict.possible) == 1:
        lines += [f"  why:  {verdict.possible[0]}"]
    elif verdict.possible:
        lines += ["  the answer does not say why; one of:", *(f"    - {each}" for each in verdict.possible)]
    return [*lines, *([f"  next: {verdict.next_step}"] if verdict.next_step else [])]


def _body(body: bytes) -> str:
    try:
        return json.dumps(json.loads(body), indent=2, ensure_ascii=False)
    except ValueError:
        pass
    try:
        return body.decode()
    except UnicodeDecodeError:
        return f"({len(body)} bytes; -o json shows them as base64)"


def _log(entry: str) -> list[str]:
    """Without what repeats on every line of a test's log, and the hundreds of stars of a signature."""
    return _STARS.sub("******", _TESTED_AT.sub("", entry)).split("\n")


def _bars(timing: dict[str, float]) -> list[str]:
    longest = max(timing.values(), default=0.0) or 1.0
    return [
        f"{name:<9} {value:8.1f} ms  {'█' * max(1, round(_BAR * value / longest))}"
        for name, value in timing.items()
    ]
