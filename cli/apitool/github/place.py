"""Which pull request is meant, and how GitHub is reached: options, and the environment of GitHub Actions."""

from __future__ import annotations

import json
import re
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from apitool.errors import CredentialsError, UsageError
from apitool.github.gh import Gh
from apitool.github.rest import Rest

if TYPE_CHECKING:
    from collections.abc import Mapping

    from apitool.github.answer import Carrier

_REPOSITORY = re.compile(r"[\w.-]+/[\w.-]+")
_REF = re.compile(r"refs/pull/(\d+)/")


@dataclass(frozen=True, slots=True)
class PullRequest:
    """`repository`: `owner/name`."""

    repository: str
    number: int

    def __str__(self) -> str:
        return f"{self.repository}#{self.number}"


def pull_request(environment: Mapping[str, str], repository: str | None, number: int | None) -> PullRequest:
    """The one named, else the one this job is about.

    Raises:
        UsageError: neither says which.
    """
    named = repository or environment.get("GITHUB_REPOSITORY", "")
    if not _REPOSITORY.fullmatch(named):
        raise UsageError(
            "which repository is commented on?", seen=named or None, fix="--repository OWNER/NAME"
        )
    found = number or _of_event(environment) or _of_ref(environment)
    if not found:
        raise UsageError(
            "which pull request is commented on?",
            seen=environment.get("GITHUB_EVENT_NAME"),
            fix="--pull-request NUMBER, or run it in a job `on: pull_request`",
        )
    return PullRequest(named, found)


def carrier(environment: Mapping[str, str]) -> Carrier:
    """`gh` when it is on the PATH, else REST with the token of the environment.

    Raises:
        CredentialsError: there is no `gh`, and no token.
    """
    token = environment.get("GITHUB_TOKEN") or environment.get("GH_TOKEN") or ""
    program = shutil.which("gh", path=environment.get("PATH"))
    if program:
        return Gh(program, {**environment, **({"GH_TOKEN": token} if token else {})})
    if not token:
        raise CredentialsError(
            "there is no token for GitHub",
            seen="neither GITHUB_TOKEN nor GH_TOKEN is set, and `gh` is not installed",
            fix="env: GITHUB_TOKEN: ${{ github.token }}",
        )
    api = environment.get("GITHUB_API_URL") or "https://api.github.com"
    graphql = environment.get("GITHUB_GRAPHQL_URL") or f"{api.rstrip('/').removesuffix('/v3')}/graphql"
    return Rest(api, graphql, token)


def _of_event(environment: Mapping[str, str]) -> int | None:
    """From the event's file: that of `pull_request`, or of a comment on one."""
    path = environment.get("GITHUB_EVENT_PATH")
    try:
        event = json.loads(Path(path).read_bytes()) if path else {}
    except (OSError, ValueError):
        return None
    for key in ("pull_request", "issue"):
        record = event.get(key) if isinstance(event, dict) else None
        number = record.get("number") if isinstance(record, dict) else None
        if isinstance(number, int):
            return number
    return None


def _of_ref(environment: Mapping[str, str]) -> int | None:
    found = _REF.match(environment.get("GITHUB_REF", ""))
    return int(found[1]) if found else None
