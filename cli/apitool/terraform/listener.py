"""What a command hears while Terraform runs, to draw it. Called in the thread that started the run."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence

    from apitool.terraform.events import PlannedChange, Resource


class Listener(Protocol):
    """An exception raised in here does not stop Terraform: it is raised again when Terraform has ended."""

    def planned(self, change: PlannedChange) -> None: ...

    def started(self, resource: Resource, action: str) -> None: ...

    def running(self, resource: Resource, action: str, seconds: int) -> None:
        """Still under way; said every ten seconds."""

    def completed(self, resource: Resource, action: str, seconds: int) -> None: ...

    def errored(self, resource: Resource, action: str, seconds: int) -> None: ...

    def note(self, text: str) -> None:
        """A step of `init`, or a warning; text from outside, not escaped."""

    def stopping(self, signal: str, waiting_for: Sequence[str], *, again: bool) -> None:
        """A signal came in and Terraform was asked to stop, once; `again` for each further signal.

        `waiting_for` has the addresses of the resources under way.
        """


class Silent:
    """Hears everything, says nothing. Also the base of listeners that care for a few things only."""

    def planned(self, change: PlannedChange) -> None: ...

    def started(self, resource: Resource, action: str) -> None: ...

    def running(self, resource: Resource, action: str, seconds: int) -> None: ...

    def completed(self, resource: Resource, action: str, seconds: int) -> None: ...

    def errored(self, resource: Resource, action: str, seconds: int) -> None: ...

    def note(self, text: str) -> None: ...

    def stopping(self, signal: str, waiting_for: Sequence[str], *, again: bool) -> None: ...
