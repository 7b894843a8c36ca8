"""Keys in the source are named by file and line, and never shown."""

from __future__ import annotations

import pytest
from tests.package.projects import HANDLER, package, write

from apitool.package import key_like

KEY = "AKIA" + "Z7" * 8  # put together here, so that no scanner takes this file for a leak


def test_a_key_is_a_warning_with_its_place_and_without_its_value(project):
    write(project / "src", {"app.py": HANDLER + f'\nKEY = "{KEY}"\n', "lib/conf.json": f'{{"a": "{KEY}"}}'})
    built = package(project)
    assert [(warning.what, warning.place.line) for warning in built.warnings] == [
        ("`app.py` holds what looks like an AWS access key id", 4),
        ("`lib/conf.json` holds what looks like an AWS access key id", 1),
    ]
    assert KEY not in repr(built)


@pytest.mark.parametrize(
    "text",
    [
        'KEY = "AKIAIOSFODNN7EXAMPLE"',
        'URL = "postgres://user:password@db.example.com/x"',
        'URL = f"postgres://{user}:{password}@db/x"',
        "digest = '4a1f9c2e8b7d4f60a1b2c3d4e5f60718293a4b5c'",
        "# nothing",
    ],
)
def test_examples_templates_and_digests_are_none(project, text):
    write(project / "src", {"conf.py": f"{text}\n"})
    assert package(project).warnings == ()


def test_data_is_not_searched(project, monkeypatch):
    monkeypatch.setattr(key_like, "LARGEST_LOOKED_AT", 200)
    write(project / "src", {"binary": f"\0{KEY}", "large.txt": KEY + " " * 200})
    assert package(project).warnings == ()


def test_many_are_cut_to_a_readable_number(project):
    write(project / "src", {"conf.txt": f"{KEY}\n" * 50})
    built = package(project)
    assert len(built.warnings) == key_like.MOST_WARNINGS + 1
    assert built.warnings[-1].what.startswith("30 more lines")
