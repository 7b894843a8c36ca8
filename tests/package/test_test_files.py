"""Tests in the source folder go in, and that is said with the pattern that leaves them out."""

from __future__ import annotations

import pytest
from tests.package.projects import contents, package, write


@pytest.mark.parametrize(
    ("names", "note"),
    [
        (
            ["tests/test_app.py", "tests/unit/test_b.py"],
            '2 test files go in; exclude = ["tests/"] leaves tests out',
        ),
        (["app_test.py"], '1 test file goes in; exclude = ["*_test.py"] leaves tests out'),
        (
            ["test_app.py", "conftest.py"],
            '2 test files go in; exclude = ["conftest.py", "test_*.py"] leaves tests out',
        ),
    ],
)
def test_they_are_said_and_the_pattern_leaves_them_out(project, names, note):
    write(project / "src", dict.fromkeys(names, ""))
    built = package(project)
    assert set(names) < set(contents(built))
    assert built.notes == (note,)
    patterns = tuple(each.strip('" ') for each in note.partition("[")[2].partition("]")[0].split(","))
    assert set(contents(package(project, exclude=patterns))) == {"app.py"}
    assert package(project, exclude=patterns).notes == ()


def test_what_only_sounds_like_tests_is_none(project):
    write(
        project / "src", {"tests/__init__.py": "", "contest.py": "", "latest.py": "", "test_data.json": "{}"}
    )
    assert package(project).notes == ()
