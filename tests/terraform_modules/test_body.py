"""The document made in Python for `serve` is the one the module makes in HCL, for projects of all shapes.

Real Terraform evaluates the real files of the module, wired as the root module wires them, all projects in
one run. Only what has a resource or a data source stays behind: no provider starts.
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
import tomlkit
from tests.project.example import project_folder
from tests.terraform_modules import described
from tests.terraform_modules.copied import SOURCE
from tests.terraform_modules.many_projects import INTEGRATIONS, project
from tests.terraform_modules.pure_module import bodies_of, pure_copy

from apitool.project import document as documents
from apitool.project.load import checked
from apitool.project.openapi import document
from apitool.terraform.variables import Package, api_variables

pytestmark = pytest.mark.terraform

ACCOUNT = "123456789012"
SEEDS = range(90)
DESCRIBED = range(45)
PACKAGE = Package(Path("orders.zip"), "3q2+7w==")

ALIASES = """\
module "rest_api" {
  alias_arns = {
    for key, function in var.functions : key =>
    "arn:aws:lambda:${var.region}:123456789012:function:${function.name}:live"
  }
}

output "body" {
  value = module.rest_api.body
}
"""


def load_from(content, root):
    return checked(documents.parse(content, Path("apitool.toml")), root / "apitool.toml").project


@pytest.fixture(scope="module")
def projects(tmp_path_factory):
    """The projects, loaded from files."""
    root = project_folder(tmp_path_factory.mktemp("projects"))
    loaded = {}
    for seed in DESCRIBED:
        (root / "openapi.json").write_text(json.dumps(described.document(seed)))
        content = tomlkit.dumps(described.project(seed)).encode()
        loaded[f"described {seed}"] = load_from(content, root)
    for seed in SEEDS:
        content = tomlkit.dumps(project(seed)).encode()
        loaded[str(seed)] = load_from(content, root)
    return loaded


@pytest.fixture(scope="module")
def bodies(projects, terraform_tree, tmp_path_factory):
    """What the module declares each with."""
    work = tmp_path_factory.mktemp("bodies")
    cases = {
        seed: api_variables(each, each.stages["dev"], dict.fromkeys(each.functions, PACKAGE))
        for seed, each in projects.items()
    }
    _root(work, cases)
    return {seed: json.loads(body) for seed, body in bodies_of(terraform_tree("api"), work).items()}


def _root(work, cases):
    """Root -> api (as shipped, less its resources) -> rest_api (likewise), once for each case."""
    (work / "cases.json").write_text(json.dumps(cases))
    (work / "modules").mkdir()
    pure_copy(work / "modules/rest_api")
    (work / "api").mkdir()
    for file in (*(SOURCE / "api").glob("variables*.tf"), SOURCE / "api" / "rest_api.tf"):
        shutil.copy(file, work / "api")
    (work / "api/aliases_override.tf").write_text(ALIASES.partition("\noutput")[0])
    stage_variables = "locals {\n  stage_variables = var.stage_variables\n}\n\n"  # less the VPC links' ids
    output = ALIASES.partition("\noutput")[2]
    (work / "api/outputs.tf").write_text(f"{stage_variables}output{output}")
    inputs = "".join(f"  {name} = each.value.{name}\n" for name in next(iter(cases.values())))
    (work / "main.tf").write_text(
        'module "case" {\n  source   = "./api"\n'
        f'  for_each = jsondecode(file("${{path.module}}/cases.json"))\n{inputs}}}\n'
        'output "bodies" {\n  value = { for key, case in module.case : key => case.body }\n}\n'
    )


def test_the_projects_have_every_integration_and_every_setting(projects):
    routes = [route for each in projects.values() for route in each.routes]
    assert {route.integration for route in routes} == set(INTEGRATIONS)
    for name in type(routes[0]).model_fields:
        assert len({repr(getattr(route, name)) for route in routes}) > 1, name


def test_python_and_hcl_make_one_document(projects, bodies):
    assert bodies.keys() == projects.keys()
    for seed, each in projects.items():
        made = document(each, each.stages["dev"], account_id=ACCOUNT)
        assert json.loads(json.dumps(made)) == bodies[seed], f"seed {seed}"


def test_where_order_counts_it_is_the_same(projects, bodies):
    """API Gateway and the local gateway take the first of several patterns and templates."""
    for seed, each in projects.items():
        made = document(each, each.stages["dev"], account_id=ACCOUNT)
        for path, operations in made["paths"].items():
            for verb, operation in operations.items():
                ours, theirs = (
                    one["x-amazon-apigateway-integration"]
                    for one in (operation, bodies[seed]["paths"][path][verb])
                )
                for name in ("responses", "requestTemplates"):
                    assert list(ours.get(name, ())) == list(theirs.get(name, ())), f"seed {seed}"
