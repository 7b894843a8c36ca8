"""From a request target to a resource and its method.

AWS resolves the pair of resource and verb, not the resource alone: literal beats `{param}` beats `{proxy+}`,
and a candidate without the verb (or ANY) is skipped for the next less specific one, across the greedy catch-
all too (measured on AWS: ministack PR #1423, floci PR #3399; recorded: LocalStack's routing tests). HEAD and
OPTIONS are verbs like any other, implied by nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from apitool.proxy.paths import is_greedy, is_variable, parts_of, variable_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from apitool.proxy.api import Method, Resource, RestApi

ANY = "ANY"


@dataclass(frozen=True, slots=True)
class StagePath:
    """A request path taken apart. Nothing is decoded.

    `path` is the event's `path`, `context_path` is `requestContext.path`. Recorded: `//stage/x` and
    `/stage//x` both lose the extra slash in `path`; only the former loses it in `context_path`.
    """

    stage: str
    path: str
    context_path: str


@dataclass(frozen=True, slots=True)
class Match:
    """`path_parameters` are undecoded, as AWS hands them on; empty when the resource has none."""

    resource: Resource
    method: Method
    path_parameters: dict[str, str]


def split_stage(raw_path: str) -> StagePath:
    """The stage is the first part of the path; repeated slashes before and after it don't count."""
    kept = raw_path.lstrip("/")
    stage, _, rest = kept.partition("/")
    return StagePath(stage, "/" + rest.lstrip("/"), "/" + kept)


def match(api: RestApi, verb: str, path: str) -> Match | None:
    """The most specific resource that matches `path` and has the verb or ANY; None is AWS's 403."""
    for resource, parameters in candidates(api, path):
        method = resource.methods.get(verb) or resource.methods.get(ANY)
        if method is not None:
            return Match(resource, method, parameters)
    return None


def candidates(api: RestApi, path: str) -> Iterator[tuple[Resource, dict[str, str]]]:
    """Every resource whose path matches, the most specific first, with its path parameters."""
    parts = request_parts(path)
    found = [
        (template.specificity, resource, parameters)
        for resource in api.resources
        if (parameters := _bind(template := template_of(resource.path), parts)) is not None
    ]
    found.sort(key=lambda triple: triple[0])
    return ((resource, parameters) for _, resource, parameters in found)


def request_parts(path: str) -> tuple[str, ...]:
    """One trailing slash is lost (recorded for `{proxy+}`); empty parts in the middle stay."""
    trimmed = path.removeprefix("/").removesuffix("/")
    return tuple(trimmed.split("/")) if trimmed else ()


@dataclass(frozen=True, slots=True)
class Template:
    """A resource path, ready to be compared. `names` has None where a part is a literal."""

    parts: tuple[str, ...]
    names: tuple[str | None, ...]
    greedy: bool
    specificity: tuple[int, ...]  # sort key, from the left: literal 0, `{param}` 1, `{proxy+}` 2


@lru_cache(maxsize=4096)  # asked for every path of an API on every request
def template_of(resource_path: str) -> Template:
    parts = parts_of(resource_path)
    return Template(
        parts=parts,
        names=tuple(variable_name(part) for part in parts),
        greedy=bool(parts) and is_greedy(parts[-1]),
        specificity=tuple(2 if is_greedy(part) else int(is_variable(part)) for part in parts),
    )


def _bind(template: Template, parts: tuple[str, ...]) -> dict[str, str] | None:
    """Path parameters of a match; None when it is none. A variable never matches an empty part."""
    length = len(template.parts)
    if length != len(parts) and not (template.greedy and len(parts) > length):
        return None
    if template.greedy:
        parts = (*parts[: length - 1], "/".join(parts[length - 1 :]))
    bound: dict[str, str] = {}
    for expected, name, actual in zip(template.parts, template.names, parts, strict=True):
        if name is None:
            if expected != actual:
                return None
        elif not actual:
            return None
        else:
            bound[name] = actual
    return bound
