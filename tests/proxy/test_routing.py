"""Which resource serves a request. Sources: ministack PR #1423 and floci PR #3399 (measured on AWS, 2026),
LocalStack's TestApigatewayRouting and test_lambda_aws_proxy_integration (recorded on AWS, 2024)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.proxy.builders import api

from apitool.proxy.api import Method, Resource, RestApi
from apitool.proxy.paths import is_greedy, is_variable, parts_of
from apitool.proxy.routing import match, request_parts, split_stage

JOBS = ("ANY /{proxy+}", "/jobs", "GET /jobs/{operation_type}", "OPTIONS /cors_only")
USERS = (
    "GET /users/{userId}",
    "PATCH /users/me",
    "GET /roles/{roleId}",
    "POST /roles/provision",
    "POST /things/{proxy+}",
    "GET /things/real",
)
TEST = ("POST /test", "ANY /test/any", "OPTIONS /{proxy+}")
PARTS = ("GET /part1", "GET /{param+}", "GET /part1/hardcoded-value")


@pytest.mark.parametrize(
    ("routes", "request_line", "served_by"),
    [
        (JOBS, "GET /jobs/reboot", "/jobs/{operation_type}"),
        (JOBS, "GET /jobs", "/{proxy+}"),
        (JOBS, "POST /jobs", "/{proxy+}"),
        (JOBS, "POST /jobs/reboot", "/{proxy+}"),
        (JOBS, "GET /cors_only", "/{proxy+}"),
        (JOBS, "OPTIONS /cors_only", "/cors_only"),
        (USERS, "PATCH /users/me", "/users/me"),
        (USERS, "GET /users/me", "/users/{userId}"),
        (USERS, "GET /users/abc123", "/users/{userId}"),
        (USERS, "GET /roles/provision", "/roles/{roleId}"),
        (USERS, "POST /things/real", "/things/{proxy+}"),
        (USERS, "GET /things/real", "/things/real"),
        (USERS, "GET /things/other", None),
        (TEST, "OPTIONS /test", "/{proxy+}"),
        (TEST, "POST /test", "/test"),
        (TEST, "OPTIONS /test/any", "/test/any"),
        (TEST, "GET /test/any", "/test/any"),
        (PARTS, "GET /part1", "/part1"),
        (PARTS, "GET /part1/hardcoded-value", "/part1/hardcoded-value"),
        (PARTS, "GET /part1/random-value", "/{param+}"),
        (("GET /existing",), "GET /random-non-existing", None),
        (("GET /existing",), "POST /existing", None),
        (("GET /existing",), "HEAD /existing", None),
        (("GET /existing",), "OPTIONS /existing", None),
        (("ANY /{proxy+}",), "GET /", None),
        (("ANY /{proxy+}", "GET /"), "GET /", "/"),
        (("GET /a/{id}/c", "GET /a/b/{proxy+}"), "GET /a/b/c", "/a/b/{proxy+}"),
        (("GET /a/{id}/c", "POST /a/b/{proxy+}"), "GET /a/b/c", "/a/{id}/c"),
        (("GET /Orders",), "GET /orders", None),
    ],
)
def test_the_most_specific_resource_with_the_verb_serves(routes, request_line, served_by):
    verb, _, path = request_line.partition(" ")
    found = match(api(*routes), verb, path)
    assert (found.resource.path if found else None) == served_by


def test_a_methods_own_verb_beats_any():
    found = match(api("ANY /orders", "GET /orders"), "GET", "/orders")
    assert found is not None
    assert found.method.verb == "GET"


@pytest.mark.parametrize(
    ("path", "parameters"),
    [
        ("/proxy-value", "proxy-value"),
        ("/proxy-value/", "proxy-value"),
        ("/proxy-value//double-slash", "proxy-value//double-slash"),
        ("/test%2Balias@gmail.com", "test%2Balias@gmail.com"),
        ("/test+alias@gmail.com", "test+alias@gmail.com"),
    ],
)
def test_path_parameters_arrive_undecoded_and_lose_a_trailing_slash(path, parameters):
    found = match(api("ANY /{proxy+}"), "GET", path)
    assert found is not None
    assert found.path_parameters == {"proxy": parameters}


def test_a_variable_matches_no_empty_part():
    assert match(api("GET /a/{id}/c"), "GET", "/a//c") is None


@pytest.mark.parametrize(
    ("target", "stage", "path", "context_path"),
    [
        ("/stage/proxy-value", "stage", "/proxy-value", "/stage/proxy-value"),
        ("/stage/proxy-value/", "stage", "/proxy-value/", "/stage/proxy-value/"),
        ("/stage/a//b", "stage", "/a//b", "/stage/a//b"),
        ("//stage/proxy-value", "stage", "/proxy-value", "/stage/proxy-value"),
        ("/stage//proxy-value", "stage", "/proxy-value", "/stage//proxy-value"),
        ("/stage//hardcoded", "stage", "/hardcoded", "/stage//hardcoded"),
        ("/stage", "stage", "/", "/stage"),
        ("/stage/", "stage", "/", "/stage/"),
        ("/", "", "/", "/"),
        ("", "", "/", "/"),
    ],
)
def test_the_stage_is_split_off(target, stage, path, context_path):
    found = split_stage(target)
    assert (found.stage, found.path, found.context_path) == (stage, path, context_path)


PART = st.sampled_from(["a", "b", "{x}", "{x+}"])
PATHS = st.lists(PART, max_size=3).map(
    lambda parts: "/" + "/".join(part for n, part in enumerate(parts) if not any(map(is_greedy, parts[:n])))
)
VERB = st.sampled_from(["GET", "POST", "ANY"])


def walk(tree: dict, parts: tuple[str, ...], verb: str) -> str | None:
    """Reference: descend the resource tree, backtracking; at a node the verb must be there."""
    if not parts:
        return tree.get("path") if {verb, "ANY"} & tree.get("verbs", set()) else None
    first, *rest = parts
    children = tree.get("children", {})
    order = sorted(children, key=lambda name: (is_greedy(name), is_variable(name)))
    for name in order:
        if is_greedy(name):
            found = walk(children[name], (), verb) if "/".join(parts) else None
        elif name == first or (is_variable(name) and first):
            found = walk(children[name], tuple(rest), verb)
        else:
            found = None
        if found:
            return found
    return None


def tree_of(routes: dict[str, set[str]]) -> dict:
    root: dict = {}
    for path, verbs in routes.items():
        node = root
        for part in parts_of(path):
            node = node.setdefault("children", {}).setdefault(part, {})
        node.update(path=path, verbs=verbs)
    return root


@given(
    routes=st.dictionaries(PATHS, st.sets(VERB), max_size=6),
    parts=st.lists(st.sampled_from(["a", "b", "c", ""]), max_size=4),
    verb=st.sampled_from(["GET", "POST", "HEAD"]),
)
def test_the_router_agrees_with_a_walk_down_the_resource_tree(routes, parts, verb):
    served = RestApi(
        tuple(Resource(path, "id", {v: Method(v) for v in verbs}) for path, verbs in routes.items())
    )
    path = "/" + "/".join(parts)
    found = match(served, verb, path)
    expected = walk(tree_of(routes), request_parts(path), verb)
    assert (found.resource.path if found else None) == expected
