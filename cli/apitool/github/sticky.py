"""One comment on a pull request that is kept up to date, found again by its hidden first line."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from apitool.errors import ApitoolError, CredentialsError

if TYPE_CHECKING:
    from apitool.github.comments import Comment, Comments

_TRIES = 3


class Mode(StrEnum):
    """What becomes of the comment of an earlier run."""

    UPDATE = "update"
    NEW = "new"
    HIDE = "hide"


@dataclass(frozen=True, slots=True)
class Wanted:
    """`mark`: what the first line of this review's comments starts with. `bot_only`: a comment that a person
    wrote is never taken for ours, whatever it starts with. `empty`: nothing changes, so no new comment.
    """

    mark: str
    body: str
    mode: Mode = Mode.UPDATE
    bot_only: bool = False
    empty: bool = False


@dataclass(frozen=True, slots=True)
class Done:
    """`what`: created, updated, unchanged, skipped; `hidden`: how many earlier ones were folded away."""

    what: str
    url: str = ""
    hidden: int = 0


def sync(comments: Comments, wanted: Wanted) -> Done:
    """Bring the comment to what is wanted.

    Raises:
        CredentialsError: the token may not do this.
        ApitoolError: GitHub refused it, or gave no answer.
    """
    ours = _ours(comments, wanted)
    latest = ours[-1] if ours else None
    if latest is not None and same(latest.body, wanted.body) and wanted.mode is not Mode.NEW:
        return Done("unchanged", latest.url)
    if latest is not None and wanted.mode is Mode.UPDATE:
        return Done("updated", comments.update(latest, wanted.body).url)
    if wanted.empty and (latest is None or wanted.mode is Mode.NEW):
        return Done("skipped")
    made = _created(comments, wanted, {each.id for each in ours})
    hidden = sum(comments.hide(each) for each in ours) if wanted.mode is Mode.HIDE else 0
    return Done("created", made.url, hidden)


def same(one: str, other: str) -> bool:
    """GitHub may hand a body back with other line ends, and without those at its end."""
    return one.replace("\r\n", "\n").strip() == other.replace("\r\n", "\n").strip()


def _ours(comments: Comments, wanted: Wanted) -> list[Comment]:
    return [
        each
        for each in comments.all()
        if each.body.startswith(wanted.mark) and (each.bot or not wanted.bot_only)
    ]


def _created(comments: Comments, wanted: Wanted, known: set[int]) -> Comment:
    """A reply that got lost may have been a success: look, before it is tried again."""
    for attempt in range(_TRIES):
        try:
            return comments.create(wanted.body)
        except CredentialsError:
            raise
        except ApitoolError:
            found = (each for each in _ours(comments, wanted) if each.id not in known)
            made = next((each for each in found if same(each.body, wanted.body)), None)
            if made is not None:
                return made
            if attempt == _TRIES - 1:
                raise
            comments.patient.sleep(float(2**attempt))
    raise AssertionError  # the last try returns or raises
