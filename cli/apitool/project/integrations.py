"""Rules of what answers a route: which keys go with which integration, and what they are to each other."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from apitool.project import shown, wording
from apitool.project.finding import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from apitool.project.draft import Draft, ResponseDraft, RouteDraft
    from apitool.project.model import Project, Route
    from apitool.project.scan import KeyPath

_SECTION = "routes"
_MAPS_REQUEST = ("request_parameters", "request_templates", "passthrough_behavior", "content_handling")
_ENDPOINT = ("uri", "http_method", "vpc_link")
_SERVICE = ("uri", "http_method", "statements", "tables")
TAKES: dict[str, frozenset[str]] = {
    "AWS_PROXY": frozenset({"function", "timeout_ms", "credentials"}),
    "AWS": frozenset(
        {"function", "invocation_type", "timeout_ms", "responses", *_MAPS_REQUEST, *_SERVICE, "credentials"}
    ),
    "HTTP_PROXY": frozenset({*_ENDPOINT, "timeout_ms", "request_parameters"}),
    "HTTP": frozenset({*_ENDPOINT, "timeout_ms", "responses", *_MAPS_REQUEST}),
    "MOCK": frozenset({"request_templates", "passthrough_behavior", "content_handling", "responses"}),
}
"""The keys that mean something to an integration; the others of `IntegrationOptions` are refused."""
_WANTS = {"AWS_PROXY": "function", "AWS": "function", "HTTP_PROXY": "uri", "HTTP": "uri"}
_ALL = frozenset[str]().union(*TAKES.values())
_PATH_SOURCE = "method.request.path."
_PATH_TARGET = "integration.request.path."
_VARIABLE = re.compile(r"\{([^{}+]+)\+?\}")
_STAGE_VARIABLE = re.compile(r"\$\{[^}]*\}")


def path_variables(path: str) -> list[str]:
    """The names of a path's parameters, or of a URI's, without those of stage variables."""
    return _VARIABLE.findall(_STAGE_VARIABLE.sub("", path))


def errors(draft: Draft, data: dict[str, Any]) -> Iterator[Finding]:
    """`data` is the file as it was read: it knows what is missing from what was only wrong."""
    if not {_SECTION, "openapi"} & {*data, *(wording.meant((key,)) for key in data)}:
        yield wording.missing_key((_SECTION,))
    for key, route in draft.get("routes", {}).items():
        kind = route.get("integration", "AWS_PROXY")
        if kind in TAKES:
            yield from _lacking(key, kind, data)
            yield from _useless(key, kind, route)
        yield from _address(key, kind, route)
        yield from _paths(key, route)
        yield from _responses(key, route.get("responses", []))
        yield from _templates((_SECTION, key, "request_templates"), route.get("request_templates", {}))
        for index, response in enumerate(route.get("responses", [])):
            place = (_SECTION, key, "responses", index, "templates")
            yield from _templates(place, response.get("templates", {}))


def warnings(project: Project) -> Iterator[Finding]:
    for route in project.routes:
        if route.responses and all(response.pattern for response in route.responses):
            what = f"route `{shown.text(route.key)}`: an answer that no `pattern` matches is a 500"
            fix = "add a response without `pattern`"
            yield Finding((_SECTION, route.key, "responses"), what, fix=fix)
        yield from _unreadable(route)


def _lacking(key: str, kind: str, data: dict[str, Any]) -> Iterator[Finding]:
    wanted = _WANTS.get(kind)
    written = data.get(_SECTION, {}).get(key)  # none of a route that an OpenAPI document makes
    if wanted is None or not isinstance(written, dict):
        return
    path = (_SECTION, key)
    meant = {wording.meant((*path, each)) for each in written}
    if kind == "AWS" and "uri" in written:  # a service answers instead
        return
    if wanted not in written and wanted not in meant:
        yield wording.missing_key((*path, wanted))


def _useless(key: str, kind: str, route: RouteDraft) -> Iterator[Finding]:
    for name in route:
        if name in _ALL - TAKES[kind]:
            takers = [each for each, names in TAKES.items() if name in names]
            what = f"`{shown.dotted((_SECTION, key, name))}` means nothing to an integration {kind}"
            fix = f"remove it; it goes with {', '.join(takers)}"
            yield Finding((_SECTION, key, name), what, f'integration = "{kind}"', fix)


def _address(key: str, kind: str, route: RouteDraft) -> Iterator[Finding]:
    """A `uri` of HTTP is a URL; that of AWS is looked at in `service_integrations.py`."""
    uri = route.get("uri", "")
    if kind.startswith("HTTP") and uri.startswith("arn:"):
        what = f"the `uri` of an integration {kind} must be an http:// or https:// URL"
        fix = 'integration = "AWS" calls services of AWS'
        yield Finding((_SECTION, key, "uri"), what, f'"{shown.text(uri)}"', fix)
    for name in ("invocation_type", "http_method"):
        if kind == "AWS" and name in route and ("function" in route) == (name == "http_method"):
            goes = (
                "with `function`: Lambda is always invoked by POST"
                if "function" in route
                else "without `function`"
            )
            what = f"`{shown.dotted((_SECTION, key, name))}` means nothing {goes}"
            yield Finding((_SECTION, key, name), what, fix="remove it")


def _paths(key: str, route: RouteDraft) -> Iterator[Finding]:
    """Path parameters that the route does not have."""
    known = set(path_variables(key))
    mapped = route.get("request_parameters", {})
    for target, source in mapped.items():
        name = source.removeprefix(_PATH_SOURCE)
        if name != source and name not in known:
            what = f"route `{shown.text(key)}` has no path parameter `{shown.text(name)}`"
            yield Finding((_SECTION, key, "request_parameters", target), what, fix=_known(known))
    targets = {target.removeprefix(_PATH_TARGET) for target in mapped}
    for name in path_variables(route.get("uri", "")):
        if name not in known | targets:
            what = f"nothing fills `{{{shown.text(name)}}}` of the `uri` of route `{shown.text(key)}`"
            fix = f'{_known(known)}; or map it: "{_PATH_TARGET}{shown.text(name)}" = "method.request.…"'
            yield Finding((_SECTION, key, "uri"), what, fix=fix)


def _known(names: set[str]) -> str:
    return f"it has {', '.join(f'`{name}`' for name in sorted(names))}" if names else "its path has none"


def _responses(key: str, responses: list[ResponseDraft]) -> Iterator[Finding]:
    """API Gateway keeps integration responses by status, and finds them by pattern."""
    statuses: set[object] = set()
    patterns: set[object] = set()
    for index, response in enumerate(responses):
        path: KeyPath = (_SECTION, key, "responses", index)
        status, pattern = response.get("status"), response.get("pattern")
        if status is not None and status in statuses:
            what = f"status {status} of route `{shown.text(key)}` stands twice"
            fix = "API Gateway keeps one response a status: join the patterns, `one|other`"
            yield Finding((*path, "status"), what, fix=fix)
        elif pattern in patterns:
            how = f"the pattern `{shown.text(str(pattern))}`" if pattern else "no `pattern`"
            what = f"two responses of route `{shown.text(key)}` have {how}"
            yield Finding((*path, "pattern"), what, fix="tell them apart, or remove one")
        statuses.add(status)
        patterns.add(pattern)


def _templates(path: KeyPath, templates: dict[str, str | dict[str, str]]) -> Iterator[Finding]:
    for name, template in templates.items():
        if isinstance(template, dict) and len(template) != 1:
            has = "both `file` and `text`" if template else "neither `file` nor `text`"
            yield Finding(
                (*path, name), f"`{shown.dotted((*path, name))}` has {has}", fix="write one of them"
            )


def _unreadable(route: Route) -> Iterator[Finding]:
    """API Gateway reads patterns as Java does; what Python can't read never matches in the local gateway."""
    for index, response in enumerate(route.responses):
        try:
            re.compile(response.pattern or "")
        except re.error as error:
            what = f"the local gateway can't read a pattern of route `{shown.text(route.key)}`: {error}"
            path = (_SECTION, route.key, "responses", index, "pattern")
            yield Finding(path, what, f'"{shown.text(response.pattern or "")}"', "AWS reads it as Java does")
