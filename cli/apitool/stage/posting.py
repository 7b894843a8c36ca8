"""A review handed on: to a file, a job's summary, a pull request."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from apitool.errors import ApitoolError, UsageError
from apitool.github import place, sticky
from apitool.github.comments import Comments
from apitool.github.patience import Patient
from apitool.github.sticky import Mode, Wanted
from apitool.review import as_markdown

if TYPE_CHECKING:
    from apitool.console import Console
    from apitool.review.report import Report

_SUMMARY = "GITHUB_STEP_SUMMARY"
_LONGEST_SUMMARY = 250_000  # characters: GitHub takes 1 MiB a step, and a character has up to 4 bytes


@dataclass(frozen=True, slots=True)
class Posting:
    """Where a comment goes, and what becomes of the earlier one."""

    mode: Mode = Mode.UPDATE
    repository: str | None = None
    number: int | None = None
    skip_empty: bool = False
    dry_run: bool = False


def to_github(report: Report, posting: Posting, console: Console) -> None:
    """Bring the review's comment on the pull request up to date.

    Raises:
        UsageError: which pull request is meant is not said.
        CredentialsError: the token may not comment there, or there is none.
        ApitoolError: GitHub refused the comment, or gave no answer.
    """
    spot = place.pull_request(os.environ, posting.repository, posting.number)
    body = as_markdown.render(report)
    if posting.dry_run:
        console.say(f"would {_intended(posting)} on {spot}: {len(body):,} characters")
        return
    comments = Comments(spot, Patient(place.carrier(os.environ), str(spot), console.say))
    wanted = Wanted(
        as_markdown.mark(report),
        body,
        posting.mode,
        bot_only=os.environ.get("GITHUB_ACTIONS") == "true",
        empty=posting.skip_empty and report.changes.empty and not report.standing,
    )
    done = sticky.sync(comments, wanted)
    hidden = f", {done.hidden} earlier hidden" if done.hidden else ""
    console.say(f"comment on {spot} {done.what}{hidden}{': ' + done.url if done.url else ''}")


def _intended(posting: Posting) -> str:
    words = {
        Mode.UPDATE: "update the comment, or make one",
        Mode.NEW: "make a new comment",
        Mode.HIDE: "make a new comment and hide the earlier ones",
    }
    return words[posting.mode]


def to_summary(report: Report) -> None:
    """Append the review to the job's summary.

    Raises:
        UsageError: this is no job of GitHub Actions.
    """
    path = os.environ.get(_SUMMARY)
    if not path:
        raise UsageError(
            "there is no job summary here",
            seen=f"{_SUMMARY} is not set",
            fix="leave out --summary outside GitHub Actions",
        )
    text = as_markdown.render(report, _LONGEST_SUMMARY)
    _written(Path(path), text, append=True)


def to_file(file: Path, text: str) -> None:
    """Write an output where it is wanted.

    Raises:
        ApitoolError: it can't be written.
    """
    _written(file, text, append=False)


def _written(file: Path, text: str, *, append: bool) -> None:
    try:
        with file.open("a" if append else "w", encoding="utf-8") as opened:
            opened.write(text)
    except OSError as error:
        raise ApitoolError(
            f"`{file}` can't be written",
            seen=error.strerror or str(error),
            fix="name a file in a folder that is there",
        ) from error
