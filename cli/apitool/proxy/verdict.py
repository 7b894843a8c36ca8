"""What the gateway makes of an outcome: one object for the gateway, `call`, `logs explain`, `check` and the
plugin.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from apitool.proxy.frozen import frozen

if TYPE_CHECKING:
    from apitool.proxy.request import Headers

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing about an answer: where it stands, what was seen, how to mend it.

    `recorded` says whether AWS's behaviour was recorded. Where it was not, our rule is the strict one and the
    finding says so; nothing unrecorded passes without a finding.
    """

    rule: str  # e.g. `response.body-not-string`
    what: str  # one sentence
    fix: str
    pointer: str = ""  # JSON pointer into the returned value; empty is the whole value
    seen: str | None = None  # short and typed, e.g. `object {"id": 1}`
    severity: Severity = "error"
    recorded: bool = True


@frozen(slots=True)
class Verdict:
    """What AWS sends, and why.

    `headers` are those the outcome decides (Content-Type, the function's own); the exchange adds ids and
    dates. `log` are the execution-log lines the outcome causes, without prefix. `response_type` is the
    gateway response that answers instead of the function (`INTEGRATION_FAILURE`, `THROTTLED`, …), None when
    the function's does.
    """

    accepted: bool
    status: int
    headers: Headers
    body: bytes
    findings: tuple[Finding, ...] = ()
    log: tuple[str, ...] = ()
    response_type: str | None = None
    error_message: str | None = None  # `$context.error.message`
    integration_error: str | None = None  # `$context.integration.error`
    integration_status: int | None = None  # `$context.integrationStatus`: what Lambda's API answered
    cached: bool = False  # from the stage's cache: no integration was asked

    @property
    def recorded(self) -> bool:
        """False when any rule applied is stricter than what is known of AWS."""
        return all(finding.recorded for finding in self.findings)

    @property
    def finding(self) -> Finding | None:
        """The finding that decided; None when nothing was wrong."""
        return next((finding for finding in self.findings if finding.severity == "error"), None)

    @property
    def rule(self) -> str:
        return self.finding.rule if self.finding else "ok"
