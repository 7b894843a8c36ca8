"""What a good file becomes."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.project.example import EXAMPLE, changed, problems, project_folder, rendered, warnings

from apitool.errors import UsageError
from apitool.project.load import load
from apitool.project.model import Cors, Project, Throttle
from apitool.project.secrets import looks_like
from apitool.project.stages import stage_named

EVERYTHING = """\
name = "orders"
region = "eu-central-1"
smoke = "/orders/42"
state_bucket = "acme-terraform-state"
default_stage = "prod"

[functions.orders]
source = "src"
handler = "app.handler"
runtime = "python3.12"
architecture = "x86_64"
memory = 512
timeout = 20
log_retention_days = 14
requirements = "src/requirements.txt"
environment = { LOG_LEVEL = "INFO" }
tables.TABLE_NAME = "orders"

[tables.orders]
hash_key = "orderId"
hash_key_type = "N"
range_key = "createdAt"
range_key_type = "B"
ttl_attribute = "expiresAt"
point_in_time_recovery = false
deletion_protection = true

[routes]
"GET /orders" = "orders"
"ANY /orders" = "orders"
"GET /orders/{orderId}" = { function = "orders", timeout_ms = 25_000, operation_name = "ReadOrder" }

[api]
description = "Orders"
binary_media_types = ["image/*", "application/vnd.ms-excel"]

[api.cors]
allow_origin = "https://app.example.com:8443"
allow_methods = ["GET", "OPTIONS"]
allow_headers = ["X-Token"]
allow_credentials = true
max_age = 60

[stages.dev]
local = true

[stages.prod]
throttle = { rate = 50.5, burst = 100 }
log_level = "info"
access_logs = false
log_retention_days = 365
variables = { color = "blue" }
tags = { team = "orders" }
"""


@pytest.fixture
def project(tmp_path) -> Project:
    loaded = load(project_folder(tmp_path, EVERYTHING))
    assert loaded.warnings == ()
    return loaded.project


def test_every_key_arrives(project, tmp_path):
    function, table = project.functions["orders"], project.tables["orders"]
    assert (project.root, project.file) == (tmp_path, tmp_path / "apitool.toml")
    assert (project.name, project.region, project.smoke) == ("orders", "eu-central-1", "/orders/42")
    assert (project.state_bucket, project.default_stage) == ("acme-terraform-state", "prod")
    assert (function.source, function.requirements) == (Path("src"), Path("src/requirements.txt"))
    assert (function.handler, function.runtime, function.architecture) == (
        "app.handler",
        "python3.12",
        "x86_64",
    )
    assert (function.memory, function.timeout, function.log_retention_days) == (512, 20, 14)
    assert (function.environment, function.tables) == ({"LOG_LEVEL": "INFO"}, {"TABLE_NAME": "orders"})
    assert (table.hash_key, table.hash_key_type) == ("orderId", "N")
    assert (table.range_key, table.range_key_type, table.ttl_attribute) == ("createdAt", "B", "expiresAt")
    assert (table.point_in_time_recovery, table.deletion_protection) == (False, True)
    assert project.api.binary_media_types == ("image/*", "application/vnd.ms-excel")
    assert project.api.cors == Cors(
        allow_origin="https://app.example.com:8443",
        allow_methods=("GET", "OPTIONS"),
        allow_headers=("X-Token",),
        allow_credentials=True,
        max_age=60,
    )
    stage = project.stages["prod"]
    assert (stage.name, stage.local, stage.throttle) == ("prod", False, Throttle(rate=50.5, burst=100))
    assert (stage.log_level, stage.access_logs, stage.log_retention_days) == ("info", False, 365)
    assert (stage.variables, stage.tags) == ({"color": "blue"}, {"team": "orders"})


def test_routes_keep_the_order_of_the_file(project):
    assert [
        (route.key, route.function, route.timeout_ms, route.operation_name) for route in project.routes
    ] == [
        ("GET /orders", "orders", 29_000, None),
        ("ANY /orders", "orders", 29_000, None),
        ("GET /orders/{orderId}", "orders", 25_000, "ReadOrder"),
    ]


def test_a_project_never_changes(project):
    with pytest.raises(ValueError, match="frozen"):
        project.name = "other"


def test_any_beside_a_method_and_greedy_beside_words_are_fine(tmp_path):
    keys = ("ANY /", "GET /", "ANY /{proxy+}", "GET /a/{id}/b.c_d:e-f")
    routes = "".join(f'"{key}" = "orders"\n' for key in keys)
    assert problems(tmp_path, changed('"GET /orders" = "orders"\n', routes)) == ()


def test_templates_of_other_tools_are_plain_text(tmp_path):
    environment = "environment = { A1 = '${data.x.y}', A2 = '%{ if true }', A3 = '{{ x }}', A4 = '$(id)' }"
    content = changed('handler = "app.handler"\n', f'handler = "app.handler"\n{environment}\n')
    assert load(project_folder(tmp_path, content)).project.functions["orders"].environment == {
        "A1": "${data.x.y}",
        "A2": "%{ if true }",
        "A3": "{{ x }}",
        "A4": "$(id)",
    }


@pytest.mark.parametrize(
    ("stages", "default"),
    [
        ("[stages.prod]\n[stages.dev]\nlocal = true", "dev"),
        ("[stages.prod]\n[stages.test]", "prod"),
        ("[stages.prod]\n[stages.a]\nlocal = true\n[stages.b]\nlocal = true", "prod"),
    ],
    ids=["the only local one", "the first without a local one", "the first with several local ones"],
)
def test_without_a_default_stage_there_is_one_all_the_same(stages, default, tmp_path):
    project = load(project_folder(tmp_path, changed("[stages.dev]\nlocal = true", stages))).project
    assert project.default_stage == default
    assert stage_named(project, None).name == default


def test_a_stage_is_chosen_by_name(project):
    assert stage_named(project, "dev").local
    with pytest.raises(UsageError) as error:
        stage_named(project, "prd")
    problem = error.value.problems[0]
    assert (problem.what, problem.seen, problem.fix) == (
        "stage `prd` is not defined",
        "stages: dev, prod",
        "did you mean `prod`?",
    )


@pytest.mark.parametrize(
    ("smoke", "answered"),
    [("/orders", True), ("/orders/42", True), ("/orders/42/x", False), ("/", False), ("/ORDERS", False)],
)
def test_the_smoke_path_is_one_that_a_get_route_answers(smoke, answered, tmp_path):
    assert (problems(tmp_path, EVERYTHING.replace("/orders/42", smoke, 1)) == ()) is answered


@pytest.mark.parametrize(
    "value",
    [
        "AKIAIOSFODNN7EXAMPLE",
        "-----BEGIN RSA PRIVATE KEY-----\nMIIE",
        f"ghp_{'a1B2' * 9}",
        "xoxb-1234567890-abcdef",
        "postgres://user:hunter2@db.example.com/orders",
        "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.sig",
        "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
        "0123456789abcdef0123456789abcdef",
    ],
)
def test_a_secret_is_warned_about_and_never_shown(value, tmp_path):
    content = changed(
        'handler = "app.handler"\n', f"handler = 'app.handler'\nenvironment.KEY = '''{value}'''\n"
    )
    found = rendered(warnings(tmp_path, content))
    assert found.startswith("7:13 `functions.orders.environment.KEY` looks like ")
    assert value[:8] not in found


@pytest.mark.parametrize(
    "value",
    [
        "arn:aws:secretsmanager:eu-central-1:123456789012:secret:orders-AbCdEf",
        "https://orders.example.com/a/long/path/without/any/password/in/it",
        "123e4567-e89b-12d3-a456-426614174000",
        "a-perfectly-ordinary-name-of-some-length-with-words",
        "orders@example.com, shipping@example.com, billing@example.com",
        "",
    ],
)
def test_what_only_looks_long_is_no_secret(value):
    assert looks_like(value) is None


CANARY = "canary7531"


@pytest.mark.parametrize(
    "setting",
    [
        f'environment = {{ "BAD-NAME" = "{CANARY}" }}',
        f'environment = {{ OK = ["{CANARY}"] }}',
        f'environment = "{CANARY}"',
        f'environment = {{ AWS_REGION = "{CANARY}" }}',
        f'environment = {{ TABLE_NAME = "{CANARY}" }}',
        f'environment = {{ OK = "{CANARY}\\u0000" }}',
        f'environment = {{ OK = "{CANARY * 500}" }}',
        f'environment = {{ OK = "{CANARY}", OK = "{CANARY}" }}',
        f'environment = {{ OK = "{CANARY}',
        f"environment = {{ OK = {CANARY} }}",
        f'[stages.x]\nvariables = {{ v = "{CANARY} and a blank" }}\n[functions.x]',
    ],
)
def test_no_problem_shows_a_value_that_may_be_secret(setting, tmp_path):
    found = rendered(
        problems(tmp_path, changed('handler = "app.handler"\n', f'handler = "app.handler"\n{setting}\n'))
    )
    assert found
    assert CANARY not in found


def test_the_projects_own_file_is_good():
    root = Path(__file__).parents[2]
    loaded = load(root)
    assert loaded.project.file == root / "apitool.toml"
    assert loaded.warnings == ()
    assert (root / "apitool.toml").read_text() != EXAMPLE
