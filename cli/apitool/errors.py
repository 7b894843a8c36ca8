"""The error tree. Every error answers: what failed, on which object, what was seen, what to do next.

ApitoolError                  1  failed
├── UsageError                2  the command line or a file of the user's is wrong
│   └── ProjectError          2  apitool.toml: every problem of the file at once
├── CredentialsError          4  no credentials, or they may not do this
├── GateError                 5  a gate said no: confirmation refused, a finding at or over the limit
├── LockedError               6  somebody else is at work on this stage
├── StaleError                6  the plan is stale, or not the reviewed one
├── AppliedError              7  applied, but the check after it failed
└── InterruptedByUserError  130  stopped by a signal, state saved

The exit codes are part of the interface (docs/commands.md); 0 is success and 3 is "changes present"
with `--detailed-exitcode`, neither of which is an error.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


class Place(NamedTuple):
    """Where in a file something stands. Line and column count from 1."""

    file: Path
    line: int
    column: int = 1

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


class Problem(NamedTuple):
    """One thing that is wrong: text to print and data to export."""

    what: str
    place: Place | None = None
    seen: str | None = None
    fix: str | None = None


class ApitoolError(Exception):
    """A failure we understand. Carries one problem or several, and the exit code it ends the command with."""

    exit_code: ClassVar[int] = 1

    def __init__(
        self,
        what: str,
        *,
        place: Place | None = None,
        seen: str | None = None,
        fix: str | None = None,
        more: Sequence[Problem] = (),
    ) -> None:
        super().__init__(what)
        self.problems: tuple[Problem, ...] = (Problem(what, place, seen, fix), *more)


class UsageError(ApitoolError):
    """The command line or a file of the user's is wrong."""

    exit_code = 2


class ProjectError(UsageError):
    """`apitool.toml` can't be used as it stands. Holds every problem of the file, in file order."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        first, *rest = problems
        super().__init__(first.what, place=first.place, seen=first.seen, fix=first.fix, more=rest)


class CredentialsError(ApitoolError):
    """There are no AWS credentials, or they may not do this."""

    exit_code = 4


class GateError(ApitoolError):
    """A gate said no: a confirmation was refused, or a finding reached the limit."""

    exit_code = 5


class LockedError(ApitoolError):
    """Somebody else is at work on this stage; says who and since when."""

    exit_code = 6


class StaleError(ApitoolError):
    """The plan is stale, or not the reviewed one."""

    exit_code = 6


class AppliedError(ApitoolError):
    """Everything was applied, but the check after it failed."""

    exit_code = 7


class InterruptedByUserError(ApitoolError):
    """Stopped by a signal. The state is saved and the lock released."""

    exit_code = 130
