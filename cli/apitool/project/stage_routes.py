"""Rules of `[stages.<name>.cache]` and `[stages.<name>.routes]`.

A method's entry starts as a copy of the stage's (recorded on AWS), and the provider sends no `false` when it
makes one: so nothing here turns off for a route what the stage turns on.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from apitool.project import shown
from apitool.project.access import asked_of
from apitool.project.finding import Finding
from apitool.project.integrations import path_variables
from apitool.project.model.authorizer import AUTHORIZATION
from apitool.project.suggest import instead

if TYPE_CHECKING:
    from collections.abc import Iterator

    from apitool.project.draft import Draft
    from apitool.project.model import Project, Route, Stage

_PATH = "method.request.path."


def errors(draft: Draft) -> Iterator[Finding]:
    for name, stage in draft.get("stages", {}).items():
        for route, settings in stage.get("routes", {}).items():
            key = ("stages", name, "routes", route)
            yield from _no_method(key, route, draft)
            for setting in ("cache", "cache_ttl"):
                if settings.get(setting) and "cache" not in stage:
                    what = f"`{shown.dotted((*key, setting))}`: the stage has no cache"
                    yield Finding((*key, setting), what, fix=f"cache = {{}} in [stages.{name}]")
            if settings.get("metrics") is False and stage.get("metrics", True):
                what = f"`{shown.dotted((*key, 'metrics'))}`: no route is left out where the stage counts"
                fix = f"metrics = false in [stages.{name}], and true for the routes that count"
                yield Finding((*key, "metrics"), what, fix=fix)
    yield from _keys_not_in_the_path(draft)


def warnings(project: Project) -> Iterator[Finding]:
    """A kept answer is everybody's: API Gateway does not look at who asks."""
    for stage in project.stages.values():
        for route in project.routes:
            if _is_cached(stage, route):
                yield from _one_answer_for_all(stage, route)
            who = asked_of(project, route).authorizer
            if who is None or not _is_cached(stage, route) or _kept_by_caller(project, route, who):
                continue
            what = f"stage `{stage.name}` gives the kept answer of `{shown.text(route.key)}` to every caller"
            source = next(iter(project.authorizers[who].identity_sources), AUTHORIZATION)
            fix = f'cache_key_parameters = ["{source}"] for the route, or cache = false'
            at = ("stages", stage.name, "routes", route.key, "cache")
            yield Finding(at, what, f"authorizer `{who}`", fix)


def _one_answer_for_all(stage: Stage, route: Route) -> Iterator[Finding]:
    """Path parameters are in no key unless declared: `/orders/2` gets the answer of `/orders/1`."""
    left_out = [
        f"{_PATH}{name}"
        for name in path_variables(route.path)
        if f"{_PATH}{name}" not in route.cache_key_parameters
    ]
    if left_out:
        what = f"stage `{stage.name}` gives one kept answer of `{shown.text(route.key)}` for every path"
        keys = ", ".join(f'"{each}"' for each in (*route.cache_key_parameters, *left_out))
        at = ("stages", stage.name, "routes", route.key, "cache")
        yield Finding(at, what, fix=f"cache_key_parameters = [{keys}] for the route")


def _is_cached(stage: Stage, route: Route) -> bool:
    own = stage.routes.get(route.key)
    return own is not None and own.cache


def _kept_by_caller(project: Project, route: Route, authorizer: str) -> bool:
    sources = set(project.authorizers[authorizer].identity_sources)
    return bool(sources & set(route.cache_key_parameters))


def _no_method(key: tuple[str, ...], route: str, draft: Draft) -> Iterator[Finding]:
    if (routes := draft.get("routes")) is None:
        return
    if route not in routes:
        what = f"`{shown.dotted(key)}`: there is no route `{shown.text(route)}`"
        yield Finding(key, what, fix=instead(route, routes, kind="routes"))
    elif route.startswith("ANY "):
        what = f"`{shown.dotted(key)}`: API Gateway has settings of single methods, and ANY is none"
        yield Finding(key, what, fix="give the method a route of its own")


def _keys_not_in_the_path(draft: Draft) -> Iterator[Finding]:
    for route, options in draft.get("routes", {}).items():
        known = path_variables(route.partition(" ")[2])
        for index, parameter in enumerate(options.get("cache_key_parameters", [])):
            if parameter.startswith(_PATH) and parameter.removeprefix(_PATH) not in known:
                what = f"route `{shown.text(route)}` has no path parameter of that name"
                at = ("routes", route, "cache_key_parameters", index)
                yield Finding(at, what, f'"{parameter}"', instead(parameter, known, kind="parameters"))
