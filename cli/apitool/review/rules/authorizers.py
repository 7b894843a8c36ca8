"""The authorizers that were there and will be, as resources; those in a body are looked at in guards.py."""

from __future__ import annotations

from typing import TYPE_CHECKING

from apitool.review.rules import among
from apitool.terraform.document import text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from apitool.review.changes import Reviewed

Kept = tuple[str, str, "Mapping[str, object]", "Mapping[str, object]"]


def kept(reviewed: Reviewed) -> Iterator[Kept]:
    """Name, address, and the attributes before and after; what is known after the apply counts as staying."""
    for change in among.changed(reviewed, "aws_api_gateway_authorizer"):
        filled_in = {
            name: change.before.get(name) for name, marked in change.unknown.items() if marked is True
        }
        yield among.name(reviewed, change), change.address, change.before, {**change.after, **filled_in}


def sources(authorizer: Mapping[str, object]) -> set[str]:
    """What of a request it looks at."""
    given = text(authorizer.get("identity_source")).split(",")
    return {part.strip() for part in given if part.strip()}
