"""Every module parses on the runtime it is meant for."""

from __future__ import annotations

import sys

import pytest
from tests.package.projects import write

from apitool.errors import UsageError
from apitool.package import source, syntax

NEWER = f"3.{sys.version_info.minor + 1}"


def check(root, python: str) -> None:
    syntax.check(source.walk(root).files, python)


def test_every_broken_module_is_named_with_its_place(tmp_path):
    write(
        tmp_path, {"a.py": "x = 1\ndef f(:\n", "b/c.py": "return = 1\n", "ok.py": "", "data.txt": "def f(:"}
    )
    with pytest.raises(UsageError) as raised:
        check(tmp_path, "3.11")
    problems = raised.value.problems
    assert [problem.what for problem in problems] == [
        "`a.py` is not valid Python 3.11",
        "`b/c.py` is not valid Python 3.11",
    ]
    assert [(problem.place.file, problem.place.line) for problem in problems] == [
        (tmp_path / "a.py", 2),
        (tmp_path / "b/c.py", 1),
    ]
    assert problems[0].place.column == 7


@pytest.mark.parametrize("content", [b"x = '\x00'", b"\xff = 1", b"# coding: nonsense\n", b"(" * 5000])
def test_what_is_no_python_at_all_is_named_too(tmp_path, content):
    write(tmp_path, {"a.py": content})
    with pytest.raises(UsageError, match=r"`a.py` is not valid Python 3.11"):
        check(tmp_path, "3.11")


def test_syntax_newer_than_the_runtime_is_refused(tmp_path):
    write(tmp_path, {"a.py": "try:\n    pass\nexcept* ValueError:\n    pass\n"})
    with pytest.raises(UsageError, match=r"`a.py` is not valid Python 3.10"):
        check(tmp_path, "3.10")
    check(tmp_path, "3.11")


@pytest.mark.parametrize(
    "broken", ["def f(:\n", "x = = 1\n", "if True\n    pass\n", "print('tea'\n", "return\n\tx"]
)
@pytest.mark.parametrize("python", ["3.12", "3.14", NEWER])
def test_what_no_python_reads_is_refused_for_a_newer_runtime_too(tmp_path, broken, python):
    write(tmp_path, {"a.py": broken})
    with pytest.raises(UsageError, match=r"`a.py` is not valid Python"):
        check(tmp_path, python)


@pytest.mark.parametrize(
    ("code", "python"),
    [
        ("type Orders = list[int]", "3.12"),
        ("def first[T](items: list[T]) -> T: ...", "3.12"),
        ("class Box[T]: ...", "3.12"),
        ("x = f'{d['a']}'", "3.12"),
        (r"x = f'{chr(10).join(a)}{'\n'}'", "3.12"),
        ("x = t'{a}'", "3.14"),
        ("try:\n    pass\nexcept OSError, ValueError:\n    pass", "3.14"),
    ],
)
def test_syntax_of_a_newer_runtime_is_taken_by_an_older_python(tmp_path, code, python):
    write(tmp_path, {"a.py": code})
    check(tmp_path, python)


def test_warnings_about_the_users_code_are_not_raised_here(tmp_path):
    write(tmp_path, {"a.py": r"x = '\d'; assert (x, 1)"})
    check(tmp_path, "3.11")
