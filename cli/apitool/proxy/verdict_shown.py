"""Verdicts and their findings as text and as data: the same words wherever they are shown."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from apitool.proxy.verdict import Finding
from apitool.visible import visible

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from apitool.proxy.verdict import Verdict

NOT_RECORDED = "not recorded on AWS; judged strictly"


def finding_lines(
    finding: Finding, style: Callable[[str, str], str] = lambda _style, text: text
) -> list[str]:
    """What is wrong, where, what stands there, and how to mend it. `style` colours by severity."""
    where = f" at {finding.pointer}" if finding.pointer else ""
    doubt = "" if finding.recorded else f" ({NOT_RECORDED})"
    lines = [f"{style(finding.severity, finding.severity + ':')} {visible(finding.what)}{where}{doubt}"]
    lines += [f"  seen: {visible(finding.seen)}"] if finding.seen else []
    return [*lines, f"  fix:  {visible(finding.fix)}"]


def verdict_data(verdict: Verdict) -> dict[str, Any]:
    """For programs; what was sent is told with the answer."""
    return {
        "accepted": verdict.accepted,
        "cached": verdict.cached,
        "rule": verdict.rule,
        "recorded": verdict.recorded,
        "findings": [finding_data(each) for each in verdict.findings],
    }


def finding_data(finding: Finding) -> dict[str, Any]:
    return asdict(finding)


def finding_from(data: Mapping[str, Any]) -> Finding:
    """What `finding_data` made."""
    return Finding(**{name: data[name] for name in Finding.__slots__})
