"""What GitHub's refusals mean for whoever wanted to comment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from apitool.errors import ApitoolError, CredentialsError
from apitool.visible import visible_line

if TYPE_CHECKING:
    from apitool.github.answer import Answer, Request

_LONGEST = 300  # characters of a message


def error(request: Request, answer: Answer, where: str) -> ApitoolError:
    """`where`: the pull request, as `acme/orders#12`."""
    seen = f"{answer.status or 'no answer'}: {_message(answer)}"
    what, fix = _meaning(answer.status)
    kind = CredentialsError if answer.status in {401, 403, 404} else ApitoolError
    return kind(f"{what} ({where}, {request.method})", seen=seen, fix=fix)


def _meaning(status: int) -> tuple[str, str]:
    return _MEANINGS.get(status) or (
        ("GitHub can't be reached", "look at https://www.githubstatus.com, and run it again")
        if status == 0 or status >= 500  # noqa: PLR2004 - HTTP's range of server errors
        else ("GitHub refused the comment", "`apitool review --post github --dry-run` shows what is sent")
    )


_MEANINGS = {
    401: ("GitHub does not know the token", "GITHUB_TOKEN=… with a token that still holds"),
    403: (
        "the token may not comment",
        "give the job `permissions: pull-requests: write`; from a fork nobody gets it: use `--summary` there",
    ),
    404: (
        "GitHub shows no such pull request to this token",
        "look at --repository and --pull-request, and whether the token may read the repository",
    ),
    422: ("GitHub did not take the comment", "`apitool review --format markdown` shows what was sent"),
}


def _message(answer: Answer) -> str:
    data = answer.data
    message = data.get("message") if isinstance(data, dict) else None
    return visible_line(str(message or answer.text))[:_LONGEST]
