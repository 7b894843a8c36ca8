"""Every rule of apitool.toml reports its mistake: where, what, what was seen, how to mend it."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from tests.project.example import EXAMPLE, changed, problems, project_folder, rendered, warnings

from apitool.errors import ProjectError
from apitool.project.load import load

CASES = Path(__file__).parent / "cases"


def cases(*names: str) -> list[Any]:
    return [
        pytest.param(case, id=f"{name}: {case['title']}")
        for name in names
        for case in tomllib.loads((CASES / f"{name}.toml").read_text(encoding="utf-8"))["case"]
    ]


def test_the_example_has_no_problem_and_no_warning(tmp_path):
    assert problems(tmp_path, EXAMPLE) == ()
    assert warnings(tmp_path, EXAMPLE) == ()


MISTAKES = ("document", "shape", "values", "routes", "integrations", "access", "platform", "together")


@pytest.mark.parametrize("case", cases(*MISTAKES))
def test_a_mistake_is_refused_with_place_and_fix(case, tmp_path):
    assert rendered(problems(tmp_path, changed(case["at"], case["put"]))) == case["report"]


@pytest.mark.parametrize("case", cases("warnings", "access_warnings"))
def test_a_doubtful_setting_is_used_with_a_warning(case, tmp_path):
    assert rendered(warnings(tmp_path, changed(case["at"], case["put"]))) == case["report"]


def test_every_file_of_cases_is_run():
    assert {path.stem for path in CASES.iterdir()} == {
        "document",
        "shape",
        "values",
        "platform",
        "routes",
        "integrations",
        "together",
        "warnings",
        "access",
        "access_warnings",
    }


MANY_MISTAKES = """\
name = "Orders"
regoin = "eu-central-1"
default_stage = "production"

[functions.orders]
source = "nowhere"
handler = "app.py"
memory = 64
environment = { AWS_REGION = "x" }
tables = { TABLE_NAME = "oders" }

[tables.orders]
hash_key = 1

[routes]
"get /orders" = "orders"
"GET /orders/{id" = "order"

[stages.prod]
log_level = "verbose"
"""


REPORTED = """\
1:1 `name` must be lower-case letters, digits and `-`, from a letter to a letter or digit
2:1 unknown key `regoin` at the top of the file
3:1 there is no stage `production`
6:1 `functions.orders.source` is no folder
7:1 `functions.orders.handler` must be `module.function`
8:1 `functions.orders.memory` must be at least 128
9:17 `AWS_REGION` in `[functions.orders.environment]` must be another name: Lambda sets this variable itself
10:12 `functions.orders.tables.TABLE_NAME`: there is no table `oders`
13:1 `tables.orders.hash_key` must be text in quotes
16:1 route `get /orders` is not written as `METHOD /path`
17:1 route `GET /orders/{id`: a part of the path is neither A-Z a-z 0-9 . _ : - nor one whole `{parameter}`
17:1 route `GET /orders/{id`: there is no function `order`
20:1 `stages.prod.log_level` must be one of off, error, info, full
"""


def test_a_file_with_many_mistakes_reports_each_once_in_file_order(tmp_path):
    found = rendered(problems(tmp_path, MANY_MISTAKES))
    assert [line for line in found.splitlines() if line[0].isdigit()] == REPORTED.splitlines()


def test_one_mistake_does_not_cause_others(tmp_path):
    misspelt_section = changed("[tables.orders]", "[tabels.orders]")
    assert len(problems(tmp_path, misspelt_section)) == 1
    wrong_function = changed('[functions.orders]\nsource = "src"\nhandler = "app.handler"\n', "[functions]\n")
    wrong_function = wrong_function.replace('tables = { TABLE_NAME = "orders" }', 'orders = "src/app.py"')
    assert rendered(problems(tmp_path, wrong_function)).startswith("5:1 `functions.orders` must be a table")
    assert len(problems(tmp_path, wrong_function)) == 1


def test_problems_name_the_file_as_the_user_would(tmp_path, monkeypatch):
    folder = project_folder(tmp_path / "api", changed("local = true", "local = 1"))
    with pytest.raises(ProjectError) as absolute:
        load(folder)
    assert str(absolute.value.problems[0].place) == f"{folder}/apitool.toml:16:1"
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ProjectError) as below:
        load(folder)
    assert str(below.value.problems[0].place) == "api/apitool.toml:16:1"
