"""Routes from an OpenAPI document of the user's own: what is filled in, what stays, what is refused where."""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.project.example import STEADY, changed, project_folder

from apitool.errors import ProjectError
from apitool.project.load import load
from apitool.project.openapi import document
from apitool.project.openapi_file import parse

INTEGRATION = "x-amazon-apigateway-integration"
WITHOUT_ROUTES = changed('[routes]\n"GET /orders" = "orders"\n', "")
TOML = WITHOUT_ROUTES.replace("[functions", 'openapi = "api.yaml"\n[functions', 1)
GOOD = """\
openapi: 3.0.1
info: { title: Theirs, version: "7" }
paths:
  /orders/{id}:
    parameters: [{ name: id, in: path, required: true, schema: { type: string } }]
    get:
      operationId: orders
      responses: { 200: { description: The order } }
    put:
      x-apitool-function: orders
  /health:
    get:
      x-amazon-apigateway-integration: { type: mock }
components:
  schemas: { Order: { type: object, example: { since: 2026-01-31 } } }
"""


@pytest.fixture
def loaded(tmp_path):
    def load_with(text, toml=TOML, name="api.yaml"):
        folder = project_folder(tmp_path, toml.replace("api.yaml", name))
        (folder / name).write_text(text)
        return load(folder).project

    return load_with


@pytest.fixture
def refused(loaded):
    def problems(text, toml=TOML, name="api.yaml"):
        with pytest.raises(ProjectError) as caught:
            loaded(text, toml, name)
        return [
            f"{each.place.file.name}:{each.place.line}:{each.place.column} {each.what}"
            for each in caught.value.problems
        ]

    return problems


def body_of(project):
    return document(project, project.stages["dev"], account_id="1" * 12)


def test_operations_are_answered_by_name_or_by_extension_and_keep_what_they_say(loaded):
    project = loaded(GOOD)
    assert [(route.key, route.function) for route in project.routes] == [
        ("GET /orders/{id}", "orders"),
        ("PUT /orders/{id}", "orders"),
    ]
    body = body_of(project)
    read = body["paths"]["/orders/{id}"]["get"]
    assert read[INTEGRATION]["type"] == "AWS_PROXY"
    assert read["responses"] == {"200": {"description": "The order"}}
    assert [each["name"] for each in read["parameters"]] == ["id"]
    assert body["paths"]["/health"]["get"][INTEGRATION] == {"type": "mock"}
    assert body["info"] == {"title": "orders-dev", "version": "7"}
    assert body["components"]["schemas"]["Order"]["example"] == {"since": "2026-01-31"}
    assert "x-apitool" not in json.dumps(body)


def test_routes_of_the_file_are_laid_over_operations(loaded):
    toml = TOML + '[routes."GET /health"]\nintegration = "MOCK"\nresponses = [{ status = 204 }]\n'
    health = body_of(loaded(GOOD, toml))["paths"]["/health"]["get"]
    assert health[INTEGRATION]["responses"] == {"default": {"statusCode": "204"}}
    assert list(health["responses"]) == ["204"]


def test_json_is_read_too_with_tabs(loaded):
    text = json.dumps({"openapi": "3.0.1", "paths": {"/": {"get": {"operationId": "orders"}}}}, indent="\t")
    assert [route.key for route in loaded(text, name="api.json").routes] == ["GET /"]


@pytest.mark.parametrize(
    ("at", "put", "expected"),
    [
        ("3.0.1", "3.1.0", "api.yaml:1:1 the document is not OpenAPI 3.0"),
        ("openapi: 3.0.1", 'swagger: "2.0"', "api.yaml:1:1 the document is not OpenAPI 3.0"),
        ("operationId: orders", "operationId: read", "api.yaml:6:5 nothing answers `GET /orders/{id}`"),
        (
            "function: orders",
            "function: order",
            "api.yaml:10:7 `PUT /orders/{id}`: there is no function `order`",
        ),
        (
            "{ type: mock }",
            "{ type: aws_proxy, httpMethod: GET, uri: x }",
            "api.yaml:13:59 `GET /health` invokes Lambda by another method than POST",
        ),
        (
            "{ type: object,",
            "{ $ref: other.yaml#/A,",
            "api.yaml:15:23 a `$ref` leads nowhere in this document",
        ),
        ("{ type: object,", "{ $ref: '#/a/b',", "api.yaml:15:23 a `$ref` leads nowhere in this document"),
        (
            "{ Order:",
            "{ my-order:",
            "api.yaml:15:14 the schema `my-order`: API Gateway's models have names of A-Z a-z 0-9 only",
        ),
        ("  /health:\n    get:", "  /health:\n    trace:", "path `/health`: API Gateway has no method TRACE"),
        ("/health", "/health{x}", "api.yaml:11:3 path `/health{x}`"),
        ("/health", "/orders/{other}", "only one is allowed"),
        ("paths:", "paths: [", "api.yaml:4:11 not YAML: "),
        ("paths:", "path:", "api.yaml:1:1 the document has no paths"),
    ],
)
def test_what_the_import_refuses_is_named_with_its_place(at, put, expected, refused):
    assert at in GOOD
    (problem,) = refused(GOOD.replace(at, put, 1))
    assert expected in problem


def test_problems_of_both_files_come_together(refused):
    toml = TOML.replace('"app.handler"', '"app.handler"\nmemory = 1') + '[routes]\n"GET /order" = "orders"\n'
    found = refused(GOOD.replace("operationId: orders", "operationId: read"), toml)
    assert [each.partition(" ")[0].partition(":")[0] for each in found] == [
        "apitool.toml",
        "apitool.toml",
        "api.yaml",
    ]
    assert "the OpenAPI document has no operation `GET /order`" in found[1]


def test_a_document_that_is_not_there_is_said(tmp_path):
    with pytest.raises(ProjectError) as caught:
        load(project_folder(tmp_path, TOML))
    assert caught.value.problems[0].what == "the OpenAPI document can't be read"


def test_aliases_of_aliases_end(refused):
    names = zip("abcdefg", "bcdefgh", strict=True)
    lines = (f"{name}: &{name} [{', '.join([f'*{before}'] * 9)}]\n" for before, name in names)
    bomb = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(lines)
    (problem,) = refused(bomb)
    assert "repeats itself too often" in problem


@STEADY
@given(st.text(max_size=200))
def test_any_text_is_a_document_or_a_problem(text):
    for name in ("api.yaml", "api.json"):
        with suppress(ProjectError):
            assert isinstance(parse(text, Path(name)).data, dict)
