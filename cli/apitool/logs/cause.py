"""Why a request ended as it did: one cause, from the contract model, with the lines that prove it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from apitool.proxy.verdict import Finding

if TYPE_CHECKING:
    from collections.abc import Callable

Blame = Literal["gateway", "handler", "configuration", "caller", "none"]


@dataclass(frozen=True, slots=True)
class Cause:
    """`rule` names it for programs, in `apitool.proxy`'s words where that has one."""

    rule: str
    what: str  # one sentence
    fix: str | None = None
    blame: Blame = "configuration"
    pointer: str = ""  # JSON pointer into what the function returned
    seen: str | None = None
    evidence: tuple[str, ...] = ()  # beginnings of the lines that prove it
    certain: bool = True  # False: the log does not say which of several it was
    recorded: bool = True  # False: what AWS does is not recorded, and the strict rule was applied

    def seen_with(self, *, bodies: bool) -> str | None:
        """What was seen. A body's part is a body: only its kind is told, unless bodies are asked for."""
        if self.seen is None or bodies or not self.rule.startswith("response."):
            return self.seen
        of_body = self.pointer.startswith("/body") or not self.pointer
        return self.seen.partition(" ")[0] if of_body else self.seen

    @property
    def explained(self) -> bool:
        return self.rule != "unknown"

    def data(self, shown: Callable[[str], str], *, bodies: bool) -> dict[str, Any]:
        """For programs; `shown` takes credentials out of a text."""
        seen = self.seen_with(bodies=bodies)
        return {
            "rule": self.rule,
            "what": shown(self.what),
            "fix": self.fix,
            "blame": self.blame,
            "pointer": self.pointer or None,
            "seen": shown(seen) if seen else None,
            "certain": self.certain,
            "recorded": self.recorded,
        }


def of_finding(finding: Finding, *evidence: str, blame: Blame = "handler") -> Cause:
    """The same as the contract model has it."""
    return Cause(
        rule=finding.rule,
        what=finding.what,
        fix=finding.fix,
        blame=blame,
        pointer=finding.pointer,
        seen=finding.seen,
        evidence=evidence,
        recorded=finding.recorded,
    )


def as_finding(cause: Cause) -> Finding:
    """The same as a finding of the contract, for where no model has seen the answer."""
    return Finding(
        cause.rule, cause.what, cause.fix or "", cause.pointer, cause.seen, recorded=cause.recorded
    )
