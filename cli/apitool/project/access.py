"""What a route asks of its callers, with the defaults of `[api]` and of its authorizer filled in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from apitool.project.model import Project, Route
    from apitool.project.model.fields import Validator

OPEN = "none"
"""What a route says to let everybody in where `[api]` names an authorizer."""


@dataclass(frozen=True, slots=True)
class Asked:
    """`authorizer` is a key of `authorizers`, or None for a route that is open."""

    authorizer: str | None
    scopes: tuple[str, ...]
    api_key: bool
    validator: Validator


def asked_of(project: Project, route: Route) -> Asked:
    named = project.api.authorizer if route.authorizer is None else route.authorizer
    authorizer = None if named == OPEN else named
    return Asked(
        authorizer=authorizer,
        scopes=_scopes(project, route, authorizer),
        api_key=project.api.api_key if route.api_key is None else route.api_key,
        validator=project.api.validator if route.validator is None else route.validator,
    )


def _scopes(project: Project, route: Route, authorizer: str | None) -> tuple[str, ...]:
    if authorizer is None:
        return ()
    return project.authorizers[authorizer].scopes if route.scopes is None else route.scopes
