"""Rules of `[authorizers]`, and of the routes that name one.

What each type takes: https://docs.aws.amazon.com/apigateway/latest/api/API_CreateAuthorizer.html.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from apitool.project import shown
from apitool.project.access import OPEN, asked_of
from apitool.project.finding import Finding
from apitool.project.suggest import instead

if TYPE_CHECKING:
    from collections.abc import Iterator

    from apitool.project.draft import AuthorizerDraft, Draft
    from apitool.project.model import Project
    from apitool.project.scan import KeyPath

_TAKES = {
    "token": {"function", "identity_sources", "identity_validation", "ttl"},
    "request": {"function", "identity_sources", "ttl"},
    "cognito": {"user_pools", "identity_sources", "identity_validation", "ttl", "scopes"},
    "iam": set[str](),
}
_ONE_HEADER = {"token", "cognito"}
_DEFAULT_TTL = 300  # seconds
_FIRST = '[authorizers.<name>] with type = "token" and function = "…"'


def errors(draft: Draft) -> Iterator[Finding]:
    for name, authorizer in draft.get("authorizers", {}).items():
        key = ("authorizers", name)
        if (kind := authorizer.get("type")) in _TAKES:
            yield from _keys_of_its_type(key, kind, authorizer)
            yield from _sources(key, kind, authorizer)
        yield from _missing_function(key, authorizer, draft)
    yield from _missing_authorizers(draft)


def warnings(project: Project) -> Iterator[Finding]:
    used = {asked_of(project, route).authorizer for route in project.routes}
    for name in project.authorizers:
        if name not in used:
            fix = f'authorizer = "{name}" in a route or in [api], or remove it'
            yield Finding(("authorizers", name), f"no route has the authorizer `{name}`", fix=fix)
    yield from _closed_preflights(project)


def _keys_of_its_type(key: KeyPath, kind: str, authorizer: AuthorizerDraft) -> Iterator[Finding]:
    for setting in authorizer.keys() - _TAKES[kind] - {"type"}:
        what = f"an authorizer of type `{kind}` takes no `{setting}`"
        types = [other for other, takes in _TAKES.items() if setting in takes]
        yield Finding(
            (*key, setting), what, fix=f'remove it, or type = "{types[0]}"' if types else "remove it"
        )


def _sources(key: KeyPath, kind: str, authorizer: AuthorizerDraft) -> Iterator[Finding]:
    sources = authorizer.get("identity_sources")
    if sources is None:
        return
    at = (*key, "identity_sources")
    headers = [source for source in sources if source.startswith("method.request.header.")]
    if kind in _ONE_HEADER and (len(sources) != 1 or not headers):
        what = f"an authorizer of type `{kind}` looks at one header"
        yield Finding(at, what, f"{len(sources)} sources", 'several of any kind: type = "request"')
    if kind == "request" and not sources and authorizer.get("ttl", _DEFAULT_TTL):
        what = "answers can be kept only by identity sources, and there are none"
        yield Finding(at, what, fix="name them, or ttl = 0")


def _missing_function(key: KeyPath, authorizer: AuthorizerDraft, draft: Draft) -> Iterator[Finding]:
    functions, name = draft.get("functions"), authorizer.get("function")
    if functions is not None and name is not None and name not in functions:
        what = f"`{shown.dotted((*key, 'function'))}`: there is no function `{shown.text(name)}`"
        yield Finding((*key, "function"), what, fix=instead(name, functions, kind="functions"))


def _missing_authorizers(draft: Draft) -> Iterator[Finding]:
    if (known := draft.get("authorizers")) is None:
        return
    named: list[tuple[KeyPath, str]] = [
        (("routes", key, "authorizer"), route["authorizer"])
        for key, route in draft.get("routes", {}).items()
        if "authorizer" in route
    ]
    default = draft.get("api", {}).get("authorizer")
    for key, name in [*named, *([(("api", "authorizer"), default)] if default is not None else [])]:
        if name not in {*known, OPEN}:
            what = f"`{shown.dotted(key)}`: there is no authorizer `{shown.text(name)}`"
            fix = instead(name, [*known, OPEN], kind="authorizers") if known else _FIRST
            yield Finding(key, what, fix=fix)
    yield from _scopes_without_pool(draft, known)


def _scopes_without_pool(draft: Draft, known: dict[str, AuthorizerDraft]) -> Iterator[Finding]:
    default = draft.get("api", {}).get("authorizer")
    for key, route in draft.get("routes", {}).items():
        name = route.get("authorizer", default)
        kind = known.get(name or "", {}).get("type")
        if route.get("scopes") and kind != "cognito" and (name in {None, OPEN} or kind):
            what = f"route `{shown.text(key)}`: scopes are read from tokens of a user pool"
            seen = f"authorizer `{shown.text(name)}` of type `{kind}`" if name and kind else "no authorizer"
            yield Finding(("routes", key, "scopes"), what, seen, "give it an authorizer of type `cognito`")


def _closed_preflights(project: Project) -> Iterator[Finding]:
    """Browsers send no credentials with a preflight (the Fetch standard)."""
    opened = {route.path for route in project.routes if route.method == "OPTIONS"}
    for route in project.routes:
        asked = asked_of(project, route)
        answers = route.method == "OPTIONS" or (route.method == "ANY" and route.path not in opened)
        if project.api.cors is not None and answers and (asked.authorizer or asked.api_key):
            path = shown.text(route.path)
            what = f"browsers can't pass the preflight of `{path}`: they send no credentials with it"
            seen = f"`{shown.text(route.key)}` asks for {'an authorizer' if asked.authorizer else 'a key'}"
            fix = f'"OPTIONS {path}" with authorizer = "none" and api_key = false'
            yield Finding(("routes", route.key), what, seen, fix)
