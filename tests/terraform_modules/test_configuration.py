"""The configuration as Terraform itself reads it: formatted, valid, without warnings, in the right order."""

from __future__ import annotations

import json
import re

import pytest
from tests.terraform_modules.copied import SOURCE

pytestmark = pytest.mark.terraform

API = "module.rest_api.aws_api_gateway"


def test_files_are_formatted(terraform_tree):
    done = terraform_tree("api").terraform("fmt", "-check", "-recursive", str(SOURCE))
    assert done.stdout == ""
    assert done.returncode == 0


@pytest.mark.parametrize("root", ["account", "api"])
def test_root_is_valid_and_nothing_in_it_is_deprecated(root, terraform_tree):
    """Covers the modules too: each is used by one of the two roots."""
    done = terraform_tree(root).initialise().terraform("validate", "-json")
    assert json.loads(done.stdout)["diagnostics"] == []


@pytest.fixture(scope="module")
def order(terraform_tree):
    """What each resource of the api root waits for, directly or not."""
    folder = terraform_tree("api")
    # The graph wants a backend; an override file is Terraform's own way to swap it.
    (folder.path / "backend_override.tf").write_text('terraform {\n  backend "local" {}\n}\n')
    folder.terraform("init", "-lockfile=readonly", "-input=false")
    done = folder.terraform("graph")
    assert done.returncode == 0, done.stdout
    edges = re.findall(r'^\s*"([^"]+)" -> "([^"]+)"', done.stdout, re.MULTILINE)
    return {start: reachable(start, edges) for start, _ in edges}


def reachable(start, edges):
    found, todo = set(), [start]
    while todo:
        here = todo.pop()
        todo += [end for begin, end in edges if begin == here and end not in found]
        found |= {end for begin, end in edges if begin == here}
    return found


def test_traffic_moves_to_a_deployment_only_when_its_functions_may_be_invoked(order):
    assert "module.rest_api.aws_lambda_permission.invoke" in order[f"{API}_stage.this"]
    assert "module.function.aws_lambda_alias.live" in order["module.rest_api.aws_lambda_permission.invoke"]


def test_log_groups_exist_before_anything_could_create_them_without_retention(order):
    assert "module.rest_api.aws_cloudwatch_log_group.execution" in order[f"{API}_stage.this"]
    assert (
        "module.function.aws_cloudwatch_log_group.this" in order["module.function.aws_lambda_function.this"]
    )


def test_a_function_waits_for_its_permissions_and_tables(order):
    before = order["module.function.aws_lambda_function.this"]
    assert {"module.function.aws_iam_role_policy.own", "module.table.aws_dynamodb_table.this"} <= before


def test_the_deployment_depends_on_no_function_or_table(order):
    """Whatever it depends on is replaced create-before-destroy too; a function's name can't exist twice."""
    before = order[f"{API}_deployment.this"]
    assert f"{API}_rest_api.this" in before
    assert [name for name in before if name.startswith(("module.function", "module.table"))] == []
