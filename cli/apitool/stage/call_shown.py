"""A call as text and as data."""

from __future__ import annotations

import base64
import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from apitool.stage.call import Called

_BAR = 40  # characters for the longest time


def text(called: Called) -> str:
    """Status, headers, body, verdict, log, timing."""
    by = "the gateway itself" if called.made_by_gateway else ""
    lines = [f"HTTP {called.status}{f' by {by}' if by else ''}"]
    lines += [f"{name}: {value}" for name, value in called.headers]
    lines += ["", _body(called.body)]
    lines += _findings(called)
    if called.log:
        lines += ["", "log:", *(f"  {line}" for each in called.log for line in each.split("\n"))]
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
        "findings": list(called.findings),
        "log": list(called.log),
        "milliseconds": {name: round(value, 2) for name, value in called.timing.items()},
    }


def _body(body: bytes) -> str:
    try:
        return json.dumps(json.loads(body), indent=2, ensure_ascii=False)
    except ValueError:
        pass
    try:
        return body.decode()
    except UnicodeDecodeError:
        return f"({len(body)} bytes; -o json shows them as base64)"


def _findings(called: Called) -> list[str]:
    lines: list[str] = []
    for finding in called.findings:
        where = f" at {finding['pointer']}" if finding.get("pointer") else ""
        doubt = "" if finding.get("recorded", True) else " (not recorded on AWS; judged strictly)"
        lines += ["", f"{finding['severity']}: {finding['what']}{where}{doubt}"]
        lines += [f"  seen: {finding['seen']}"] if finding.get("seen") else []
        lines.append(f"  fix:  {finding['fix']}")
    return lines


def _bars(timing: dict[str, float]) -> list[str]:
    longest = max(timing.values(), default=0.0) or 1.0
    return [
        f"{name:<9} {value:8.1f} ms  {'█' * max(1, round(_BAR * value / longest))}"
        for name, value in timing.items()
    ]
