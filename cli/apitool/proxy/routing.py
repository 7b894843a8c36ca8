"""From a request target to a resource and its method.

AWS resolves the pair of resource and verb, not the resource alone: literal beats `{param}` beats `{proxy+}`,
and a candidate without the verb (or ANY) is skipped for the next less specific one, across the greedy catch-
all too (measured on AWS: ministack PR #1423, floci PR #3399; recorded: LocalStack's routing tests). HEAD and
OPTIONS are verbs like any other, implied by nothing. ANY stands for seven verbs (AWS documentation); what
becomes of others is not recorded, so nobody serves them.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from apitool.proxy.frozen import frozen
from apitool.proxy.method_settings import VERBS
from apitool.proxy.route_tree import resources_at

if TYPE_CHECKING:
    from collections.abc import Iterator

    from apitool.proxy.api import Method, Resource, RestApi
    from apitool.proxy.route_tree import Node

ANY = "ANY"
_PATHS = 512  # a client asks for few paths, again and again
_ANY_OF = frozenset(VERBS)


@frozen(slots=True)
class StagePath:
    """A request path taken apart. Nothing is decoded.

    `path` is the event's `path`, `context_path` is `requestContext.path`. Recorded: `//stage/x` and
    `/stage//x` both lose the extra slash in `path`; only the former loses it in `context_path`.
    """

    stage: str
    path: str
    context_path: str


@frozen(slots=True)
class Match:
    """`path_parameters` are undecoded, as AWS hands them on; empty when the resource has none."""

    resource: Resource
    method: Method
    path_parameters: dict[str, str]


@lru_cache(maxsize=_PATHS)
def split_stage(raw_path: str) -> StagePath:
    """The stage is the first part of the path; repeated slashes before and after it don't count."""
    kept = raw_path.lstrip("/")
    stage, _, rest = kept.partition("/")
    return StagePath(stage, "/" + rest.lstrip("/"), "/" + kept)


def match(api: RestApi, verb: str, path: str) -> Match | None:
    """The most specific resource that matches `path` and has the verb or ANY; None is AWS's 403."""
    return _matched(api.tree, verb, path) if verb in _ANY_OF else None


@lru_cache(maxsize=_PATHS)
def _matched(tree: Node, verb: str, path: str) -> Match | None:
    for resource, names, values in resources_at(tree, request_parts(path)):
        method = resource.methods.get(verb) or resource.methods.get(ANY)
        if method is not None:
            return Match(resource, method, dict(zip(names, values, strict=False)))
    return None


def candidates(api: RestApi, path: str) -> Iterator[Resource]:
    """Every resource whose path matches, the most specific first, whatever verbs it has."""
    return (resource for resource, _, _ in resources_at(api.tree, request_parts(path)))


def request_parts(path: str) -> tuple[str, ...]:
    """One trailing slash is lost (recorded for `{proxy+}`); empty parts in the middle stay."""
    trimmed = path.removeprefix("/").removesuffix("/")
    return tuple(trimmed.split("/")) if trimmed else ()
