"""What AWS refuses in resource paths. Source: LocalStack's test_create_proxy_resource_validation (recorded
2024).
"""

from __future__ import annotations

import pytest

from apitool.proxy.paths import (
    duplicates,
    reserved_path_problem,
    resource_path_problems,
    sibling_problems,
    with_parents,
)


@pytest.mark.parametrize(
    "path",
    ["/", "/orders", "/orders/{orderId}", "/{proxy+}", "/a/{b}/{c+}", "/v1.0/x_y-z", "/jobs:run", "/a/{b-c}"],
)
def test_paths_aws_accepts_have_no_problems(path):
    assert resource_path_problems(path) == ()


@pytest.mark.parametrize(
    ("path", "part", "rule"),
    [
        ("orders", "orders", "path.no-leading-slash"),
        ("", "", "path.no-leading-slash"),
        ("/orders/", "", "path.empty-part"),
        ("/a//b", "", "path.empty-part"),
        ("/a b", "a b", "path.bad-part"),
        ("/ü", "ü", "path.bad-part"),
        ("/{}", "{}", "path.bad-part"),
        ("/{id", "{id", "path.bad-part"),
        ("/x{y}", "x{y}", "path.bad-part"),
        ("/{a}{b}", "{a}{b}", "path.bad-part"),
        ("/a+", "a+", "path.bad-part"),
        ("/a%20b", "a%20b", "path.bad-part"),
        ("/..", "..", "path.dot-part"),
        ("/{proxy+}/child", "{proxy+}", "path.greedy-not-last"),
        ("/{proxy+}/{child}", "{proxy+}", "path.greedy-not-last"),
        ("/{id}/x/{id}", "{id}", "path.repeated-variable"),
    ],
)
def test_a_bad_path_names_the_part_and_the_rule(path, part, rule):
    problems = resource_path_problems(path)
    assert [(problem.part, problem.rule) for problem in problems] == [(part, rule)]


def test_a_huge_path_is_refused_without_quoting_all_of_it():
    (problem,) = resource_path_problems("/" + "a" * 1_000_000)
    assert problem.rule == "path.too-long"
    assert len(problem.part) < 100


def test_a_child_of_a_greedy_variable_is_refused_in_awss_words():
    (problem,) = resource_path_problems("/{proxy+}/child")
    assert problem.aws_text == "Cannot create a child of a resource with a greedy path variable: {proxy+}"
    assert problem.recorded


@pytest.mark.parametrize(
    ("paths", "sibling", "part"),
    [
        (("/{proxy+}", "/{dynamic}"), "{proxy+}", "{dynamic}"),
        (("/users/{id}", "/users/{name}"), "{id}", "{name}"),
        (("/users/{id}/orders", "/users/{userId}"), "{id}", "{userId}"),
    ],
)
def test_a_second_variable_sibling_is_refused_in_awss_words(paths, sibling, part):
    (problem,) = sibling_problems(paths)
    assert problem.part == part
    assert problem.aws_text == (
        f"A sibling ({sibling}) of this resource already has a variable path part -- only one is allowed"
    )


@pytest.mark.parametrize(
    "paths",
    [
        ("/{proxy+}", "/parent/{child+}"),
        ("/users/{id}", "/users/{id}/orders/{order}", "/users/me"),
        ("/a/{x}", "/b/{y}"),
        ("/a", "/a"),
    ],
)
def test_one_variable_below_each_parent_is_fine(paths):
    assert sibling_problems(paths) == ()


def test_one_conflict_is_reported_once_however_many_paths_share_it():
    assert len(sibling_problems(["/u/{a}", "/u/{b}", "/u/{b}/x", "/u/{b}/y"])) == 1


def test_a_resource_declared_twice_is_refused_in_awss_words():
    (problem,) = duplicates(["/pets", "/pets", "/pets/{id}"])
    assert problem.aws_text == "Another resource with the same parent already has this name: pets"


def test_ping_is_reserved_at_the_root_only():
    assert reserved_path_problem("/ping") is not None
    assert reserved_path_problem("/sping") is not None
    assert reserved_path_problem("/health/ping") is None


def test_declaring_a_path_declares_its_parents():
    assert with_parents(["/a/{b}/c"]) == ("/", "/a", "/a/{b}", "/a/{b}/c")
