"""Whatever shapes an API makes a new deployment when it changes, and nothing else does.

The deployment is keyed to the digest of the body and to the endpoint (the module's deployment.tftest.hcl
and edge.tftest.hcl). Here every input is changed in turn, and real Terraform says whether they change.
Which inputs there are is read from the module: a new one fails until `redeploy_inputs.py` knows whether it
shapes the API.
"""

from __future__ import annotations

import json
import re

import pytest
from tests.terraform_modules.pure_module import MODULE, bodies_of, pure_copy
from tests.terraform_modules.redeploy_inputs import BASE, OF_THE_STAGE, SHAPING, changed

pytestmark = pytest.mark.terraform

VARIABLE = re.compile(r'^variable "(\w+)" \{\n(.*?)^\}', re.MULTILINE | re.DOTALL)
TYPE = re.compile(r"^  type\s+= (.*?)^  (?:default|nullable|validation|\})", re.MULTILINE | re.DOTALL)
ATTRIBUTE = re.compile(r"^ {4,}(\w+)\s+= ", re.MULTILINE)


def shown(path):
    return ".".join(map(str, path))


def declared():
    """Variable -> the names of the attributes in its type, at any depth."""
    blocks = [
        block for file in sorted(MODULE.glob("variables*.tf")) for block in VARIABLE.findall(file.read_text())
    ]
    types = {name: TYPE.search(body + "  }") for name, body in blocks}
    return {name: set(ATTRIBUTE.findall(found[1])) for name, found in types.items() if found}


@pytest.fixture(scope="module")
def bodies(terraform_tree, tmp_path_factory):
    """Body and triggers of the base, and with each input changed, by the changed input's path."""
    work = tmp_path_factory.mktemp("redeploy")
    cases = {shown(path): changed(path, value) for path, value in {**SHAPING, **OF_THE_STAGE}.items()}
    (work / "cases.json").write_text(json.dumps({"base": BASE, "again": BASE, **cases}))
    pure_copy(work / "rest_api")
    inputs = "".join(f"  {name} = each.value.{name}\n" for name in BASE)
    (work / "main.tf").write_text(
        'module "case" {\n  source   = "./rest_api"\n'
        f'  for_each = jsondecode(file("${{path.module}}/cases.json"))\n{inputs}}}\n'
        'output "bodies" {\n  value = {\n'
        "    for key, case in module.case : key => jsonencode([case.body, case.triggers])\n  }\n}\n"
    )
    return bodies_of(terraform_tree("modules/rest_api"), work)


def test_every_input_is_known_to_shape_the_api_or_not():
    known = {path[0] for path in (*SHAPING, *OF_THE_STAGE)}
    assert known == declared().keys() == BASE.keys()


def test_every_setting_inside_an_input_that_shapes_the_api_is_changed():
    settings = {(path[0], path[-1]) for path in (*SHAPING, *OF_THE_STAGE) if len(path) > 1}
    shaping = {path[0] for path in SHAPING}
    missing = {
        (name, attribute)
        for name, attributes in declared().items()
        for attribute in attributes
        if name in shaping and (name, attribute) not in settings
    }
    assert missing == set()


def test_the_base_uses_everything(bodies):
    """Else a change of something that is not there would prove nothing."""
    for path in SHAPING:
        value = BASE
        for part in path[:-1]:
            value = value[part]
        assert path[-1] in value or path == ("routes", "GET /new") or isinstance(path[-1], int), shown(path)
    assert bodies["base"] == bodies["again"]


@pytest.mark.parametrize("path", SHAPING, ids=shown)
def test_a_change_that_shapes_the_api_makes_a_new_deployment(path, bodies):
    assert bodies[shown(path)] != bodies["base"]


@pytest.mark.parametrize("path", OF_THE_STAGE, ids=shown)
def test_a_change_of_the_stage_makes_none(path, bodies):
    assert bodies[shown(path)] == bodies["base"]
