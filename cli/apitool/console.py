"""stdout is the result, stderr is talk.

A command ends with at most one `result`: text for people or one JSON document for programs. Everything said
on the way (steps, warnings, questions, errors) goes to stderr. Colour and movement only on a terminal; a pipe
gets one plain line for each finished step.
"""

from __future__ import annotations

import json
import os
import sys
import time
from contextlib import contextmanager
from enum import StrEnum
from typing import TYPE_CHECKING, Any, TextIO

from apitool.errors import GateError, UsageError
from apitool.visible import visible

if TYPE_CHECKING:
    from collections.abc import Iterator

    from apitool.errors import ApitoolError, Problem

_STYLES = {"error": "1;31", "warning": "1;33", "good": "32", "dim": "2", "bold": "1"}
_STEP_LABEL_WIDTH = 10  # characters; the longest label in use is `packages`


class Output(StrEnum):
    TEXT = "text"
    JSON = "json"


class Step:
    """A step under way. What it says last stands in its finished line."""

    def __init__(self, label: str, console: Console, text: str = "") -> None:
        self.label = label
        self.console = console
        self.text = text
        self.skipped = False
        self._started = time.monotonic()

    def update(self, text: str) -> None:
        self.text = text
        self.console.draw(self)

    @property
    def seconds(self) -> float:
        return time.monotonic() - self._started


class Console:
    """Where a command talks. One per run, made in `entry.py`.

    `verbosity`: -1 quiet, 0 normal, 1 verbose, 2 with tracebacks.
    """

    def __init__(
        self,
        *,
        output: Output = Output.TEXT,
        verbosity: int = 0,
        interactive: bool = True,
        out: TextIO | None = None,
        err: TextIO | None = None,
    ) -> None:
        self.output = output
        self.verbosity = verbosity
        self.interactive = interactive
        self.out = out or sys.stdout
        self.err = err or sys.stderr
        self.warned = False
        self._drawn = False
        self._under_way = False

    @property
    def on_terminal(self) -> bool:
        return self.err.isatty() and os.environ.get("TERM") != "dumb"

    def result(self, text: str, data: object) -> None:
        """The one result: `text` for people, `data` for `-o json`."""
        if self.output is Output.JSON:
            json.dump(data, self.out, indent=2, default=str, ensure_ascii=False)
            self.out.write("\n")
        elif text:
            self.out.write(f"{visible(text)}\n")
        self.out.flush()

    def say(self, text: str = "") -> None:
        if self.verbosity >= 0:
            self._line(visible(text))

    def detail(self, text: str) -> None:
        if self.verbosity >= 1:
            self._line(self.styled("dim", visible(text)))

    def warn(self, problem: Problem) -> None:
        self.warned = True
        self._line(self._problem_text("warning", problem))

    def error(self, error: ApitoolError) -> None:
        """Every problem of the error, as text on stderr or as one JSON document on stdout."""
        if self.output is Output.JSON:
            self.result("", {"error": {"exit_code": error.exit_code, "problems": problems_data(error)}})
            return
        for problem in error.problems:
            self._line(self._problem_text("error", problem))

    @contextmanager
    def step(self, label: str, text: str = "") -> Iterator[Step]:
        """Show a step while it runs, and one line when it is done; nothing is left of a failed one.

        A step within a step is drawn only: the line is the outer one's.
        """
        step = Step(label, self, text)
        within, self._under_way = self._under_way, True
        self.draw(step)
        try:
            yield step
        finally:
            self._under_way = within
            self._erase()
        if within:
            return
        if self.verbosity >= 0 and not step.skipped:
            seconds = f"  {step.seconds:.1f} s" if step.seconds >= 1 else ""
            tick = self.styled("good", "✓")
            label = f"{step.label:<{_STEP_LABEL_WIDTH}}"
            self._line(f"{tick} {label}{visible(step.text)}{self.styled('dim', seconds)}".rstrip())

    def draw(self, step: Step) -> None:
        """Draw a running step over itself, on a terminal only."""
        if self.verbosity < 0 or not self.on_terminal:
            return
        self._erase()
        width = _columns() - 1
        line = f"… {step.label:<{_STEP_LABEL_WIDTH}}{' '.join(visible(step.text).split())}"
        self.err.write(self.styled("dim", line[:width]))
        self.err.flush()
        self._drawn = True

    def confirm(self, question: str) -> None:
        """Ask yes or no.

        Raises:
            GateError: the answer was not yes.
            UsageError: nobody can be asked (`--no-input`, or no terminal).
        """
        if self._ask(f"{question} [y/N] ", flag="--yes").strip().lower() not in {"y", "yes"}:
            raise GateError("not confirmed, nothing was changed")

    def confirm_by_typing(self, question: str, expected: str) -> None:
        """Ask for `expected` to be typed out. Raises as `confirm` does."""
        if self._ask(f"{question}\nType `{expected}` to confirm: ", flag="--yes").strip() != expected:
            raise GateError(f"`{expected}` was not typed, nothing was changed")

    def styled(self, style: str, text: str) -> str:
        if not text or not self.on_terminal or os.environ.get("NO_COLOR"):
            return text
        return f"\x1b[{_STYLES[style]}m{text}\x1b[0m"

    def _ask(self, question: str, *, flag: str) -> str:
        if not self.interactive or not sys.stdin.isatty():
            raise UsageError(
                "this needs a confirmation, and there is no terminal to ask on",
                seen=visible(question).splitlines()[0],
                fix=f"look at it with `apitool plan`, then run again with {flag}",
            )
        import termios  # noqa: PLC0415 - few commands ask

        self._erase()
        termios.tcflush(sys.stdin.fileno(), termios.TCIFLUSH)  # what was typed before is no answer to this
        self.err.write(visible(question))
        self.err.flush()
        return sys.stdin.readline()

    def _problem_text(self, kind: str, problem: Problem) -> str:
        lines = [f"{self.styled(kind, f'{kind}:')} {visible(problem.what)}"]
        if problem.place:
            lines.append(f"  --> {visible(str(problem.place))}")
        if problem.seen:
            lines.append(f"  seen: {_indented(problem.seen, 8)}")
        if problem.fix:
            lines.append(f"  fix:  {_indented(problem.fix, 8)}")
        return "\n".join(lines)

    def _line(self, text: str) -> None:
        self._erase()
        self.err.write(f"{text}\n")
        self.err.flush()

    def _erase(self) -> None:
        if self._drawn:
            self.err.write("\r\x1b[2K")
            self._drawn = False


def problems_data(error: ApitoolError) -> list[dict[str, Any]]:
    """The problems of an error, ready for JSON."""
    return [
        {
            "what": problem.what,
            "place": None
            if problem.place is None
            else {"file": problem.place.file, "line": problem.place.line, "column": problem.place.column},
            "seen": problem.seen,
            "fix": problem.fix,
        }
        for problem in error.problems
    ]


def _indented(text: str, width: int) -> str:
    return visible(text).replace("\n", "\n" + " " * width)


def _columns() -> int:
    try:
        return os.get_terminal_size(sys.stderr.fileno()).columns
    except (OSError, ValueError):
        return 80
