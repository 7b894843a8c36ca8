"""What one run of Terraform said, kept; and passed on to the listener while it is said."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from apitool.terraform import events
from apitool.terraform.events import (
    ApplyComplete,
    ApplyErrored,
    ApplyProgress,
    ApplyStart,
    ChangeSummary,
    Outputs,
    PlainText,
    PlannedChange,
    ResourceDrift,
    Said,
    Unknown,
    Version,
)

if TYPE_CHECKING:
    import signal

    from apitool.terraform.diagnostic import Diagnostic
    from apitool.terraform.events import Event
    from apitool.terraform.listener import Listener


@dataclass(slots=True)
class Record:
    """Fed with lines and signals by the process, in the order they come."""

    listener: Listener
    changes: list[PlannedChange] = field(default_factory=list)
    drift: list[ResourceDrift] = field(default_factory=list)
    summary: ChangeSummary | None = None
    outputs: Outputs | None = None
    diagnostics: list[Diagnostic] = field(default_factory=list)
    under_way: dict[str, str] = field(default_factory=dict)
    unfinished: dict[str, str] = field(default_factory=dict)
    """Address to action: under way now; begun and failed, or never said to be complete."""

    def line(self, text: str) -> None:
        self._take(events.parse(text))

    def signalled(self, received: signal.Signals, count: int) -> None:
        self.listener.stopping(received.name, list(self.under_way), again=count > 1)

    def _take(self, event: Event) -> None:
        match event:
            case PlannedChange():
                self.changes.append(event)
                self.listener.planned(event)
            case ResourceDrift():
                self.drift.append(event)
            case ChangeSummary():
                self.summary = event
            case Outputs():
                self.outputs = event
            case Said(diagnostic):
                self._say(diagnostic)
            case ApplyStart() | ApplyProgress() | ApplyComplete() | ApplyErrored():
                self._progress(event)
            case Unknown(type=kind, message=message) if kind in {"log", "init_output"}:
                self.listener.note(message)
            case Unknown() | PlainText() | Version():
                pass

    def _say(self, diagnostic: Diagnostic) -> None:
        self.diagnostics.append(diagnostic)
        if not diagnostic.is_error:
            self.listener.note(f"warning: {diagnostic.summary}")

    def _progress(self, event: ApplyStart | ApplyProgress | ApplyComplete | ApplyErrored) -> None:
        resource, action = event.resource, event.action
        match event:
            case ApplyStart():
                self.under_way[resource.address] = self.unfinished[resource.address] = action
                self.listener.started(resource, action)
            case ApplyProgress():
                self.listener.running(resource, action, event.seconds)
            case ApplyComplete():
                self.under_way.pop(resource.address, None)
                self.unfinished.pop(resource.address, None)
                self.listener.completed(resource, action, event.seconds)
            case ApplyErrored():
                self.under_way.pop(resource.address, None)
                self.listener.errored(resource, action, event.seconds)
