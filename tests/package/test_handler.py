"""The handler is there and takes (event, context), by reading the source alone."""

from __future__ import annotations

import pytest
from tests.package.projects import write

from apitool.errors import UsageError
from apitool.package import handler, source

GOOD = {
    "a function": "def handler(event, context): ...",
    "other names": "def handler(e, _): ...",
    "defaults": "def handler(event=None, context=None): ...",
    "optional extras": "def handler(event, context, *, table=None, **more): ...",
    "star arguments": "def handler(*args): ...",
    "positional only": "def handler(event, context, /): ...",
    "decorated, whatever it takes": "@wrap\ndef handler(event): ...",
    "assigned": "handler = make()",
    "annotated": "handler: Handler = make()",
    "one of several": "a, (handler, b) = make()",
    "imported": "from logic import handler",
    "imported under the name": "import logic as handler",
    "star import": "from logic import *",
    "in a branch": "if True:\n    handler = 1\nelse:\n    handler = 2",
    "in a try": "try:\n    import a\nexcept ImportError:\n    def handler(e, c): ...",
    "in a with": "with open('x') as f:\n    def handler(e, c): ...",
    "a callable object": "class handler: ...",
    "redefined": "def handler(): ...\ndef handler(event, context): ...",
}
BAD = {
    "no argument": ("def handler(): ...", "it takes ()"),
    "one argument": ("def handler(event): ...", "it takes (event)"),
    "three arguments": ("def handler(a, b, c): ...", "it takes (a, b, c)"),
    "required keyword": ("def handler(a, b, *, c): ...", "it takes (a, b, *, c)"),
    "async": ("async def handler(a, b): ...", "it is `async`, which Lambda's Python runtimes don't await"),
}


def check(tmp_path, code: str, text: str = "app.handler", name: str = "app.py") -> bool:
    write(tmp_path, {name: code})
    return handler.check(handler.Handler(text), source.walk(tmp_path), "3.11")


@pytest.mark.parametrize("code", GOOD.values(), ids=GOOD)
def test_what_lambda_can_call_is_taken(tmp_path, code):
    assert check(tmp_path, code)


@pytest.mark.parametrize(("code", "seen"), BAD.values(), ids=BAD)
def test_what_lambda_cannot_call_is_refused_with_its_place(tmp_path, code, seen):
    with pytest.raises(UsageError, match=r"handler `app.handler` can't be called") as raised:
        check(tmp_path, f"import os\n\n{code}")
    (problem,) = raised.value.problems
    assert problem.seen == seen
    assert (problem.place.file, problem.place.line) == (tmp_path / "app.py", 3)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("app.handler", "app.py"), ("app.handler", "app/__init__.py"), ("api/app.handler", "api/app.py"),
        ("api.app.handler", "api/app.py"), ("a.b.c.handler", "a/b/c/__init__.py"),
    ],
)  # fmt: skip
def test_modules_are_found_where_lambda_finds_them(tmp_path, text, name):
    assert check(tmp_path, "def handler(e, c): ...", text, name)


def test_a_function_that_is_not_there_is_an_error_that_names_the_nearest(tmp_path):
    with pytest.raises(UsageError) as raised:
        check(tmp_path, "def lambda_handler(e, c): ...\ndef other(): ...\nimport handle")
    (problem,) = raised.value.problems
    assert problem.what == "handler `app.handler`: `app.py` has no `handler`"
    assert problem.seen == "functions there: lambda_handler, other"
    assert problem.fix == 'set handler = "app.lambda_handler" in apitool.toml'


@pytest.mark.parametrize(
    "code", ["def f():\n    handler = 1", "class A:\n    def handler(self, e, c): ...", "app.handler = 1"]
)
def test_names_inside_functions_classes_and_objects_are_not_the_modules(tmp_path, code):
    with pytest.raises(UsageError, match="has no `handler`"):
        check(tmp_path, code)


def test_a_module_that_is_nowhere_is_an_error_that_names_the_nearest(tmp_path):
    write(tmp_path, {"apps.py": "", "b.py": ""})
    tree = source.walk(tmp_path)
    missing = handler.Handler("app.handler")
    assert not handler.check(missing, tree, "3.13")
    with pytest.raises(UsageError) as raised:
        handler.check_installed(missing, tree, ["powertools/__init__.py"])
    assert raised.value.problems[0].what == f"handler `app.handler`: there is no `app.py` in `{tmp_path}`"
    assert raised.value.problems[0].seen == "Python files there: apps.py"


def test_a_handler_of_a_dependency_is_taken_as_it_is(tmp_path):
    wrapper = handler.Handler("datadog_lambda.handler.handler")
    handler.check_installed(wrapper, source.walk(tmp_path), ["datadog_lambda/handler.py"])
