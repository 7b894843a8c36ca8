"""`include` and `exclude`: what they add to the rules, and what they can't."""

from __future__ import annotations

import os

import pytest
from tests.package.projects import contents, package, wheel, write

from apitool.errors import UsageError
from apitool.package import source
from apitool.package.selection import Selection

PRIVATE_KEY = "-----BEGIN RSA PRIVATE KEY-----\nMIIB\n-----END RSA PRIVATE KEY-----\n"


def names(root, include=(), exclude=()) -> set[str]:
    return {file.name for file in source.walk(root, Selection.of(include, exclude)).files}


def test_what_exclude_matches_stays_out(tmp_path):
    write(tmp_path, dict.fromkeys(("app.py", "README.md", "tests/a.py", "docs/x/b.md", "logic/tests.py"), ""))
    assert names(tmp_path, exclude=("tests/", "*.md")) == {"app.py", "logic/tests.py"}


def test_include_wins_over_exclude(tmp_path):
    write(tmp_path, dict.fromkeys(("app.py", "docs/a.md", "docs/deep/b.md", "docs/c.txt"), ""))
    assert names(tmp_path, exclude=("docs/",), include=("b.md",)) == {"app.py", "docs/deep/b.md"}
    assert names(tmp_path, exclude=("*",), include=("/app.py", "docs/*.txt")) == {"app.py", "docs/c.txt"}


def test_include_brings_back_what_a_rule_leaves_out(tmp_path):
    write(
        tmp_path,
        dict.fromkeys(
            ("app.py", "pyproject.toml", "node_modules/a/x.js", "node_modules/b/x.js", "a.pyc"), ""
        ),
    )
    assert names(tmp_path) == {"app.py"}
    assert names(tmp_path, ("pyproject.toml",)) == {"app.py", "pyproject.toml"}
    assert names(tmp_path, ("node_modules/a/**",)) == {"app.py", "node_modules/a/x.js"}
    assert names(tmp_path, ("node_modules/",)) == {"app.py", "node_modules/a/x.js", "node_modules/b/x.js"}
    assert names(tmp_path, ("*.pyc",)) == {"app.py", "a.pyc"}


def test_a_pattern_for_any_depth_does_not_search_the_folders_of_tools(tmp_path):
    write(tmp_path, {"app.js": "", "node_modules/a/x.js": "", ".git/hooks/y.js": ""})
    assert names(tmp_path, ("*.js",)) == {"app.js"}


@pytest.mark.parametrize(
    ("include", "goes_in"),
    [
        ((".env",), {".env"}),
        (("conf/key.pem",), {"conf/key.pem"}),
        (("key.pem",), {"conf/key.pem"}),
        (("conf", "conf/"), set()),
        (("*.env", "*.pem", "**"), set()),
        ((".e*", "conf/*"), set()),
        ((".aws/config",), {".aws/config"}),
        ((".aws",), {".aws/config"}),
        ((".aws/*",), set()),
    ],
)
def test_a_secret_goes_in_only_when_it_is_named_in_full(tmp_path, include, goes_in):
    write(tmp_path, {".env": "x", "conf/key.pem": PRIVATE_KEY, ".aws/config": "x"})
    assert names(tmp_path, include) == goes_in


def test_a_secret_in_a_folder_that_came_back_is_a_secret_still(tmp_path):
    write(tmp_path, {"node_modules/a/x.js": "", "node_modules/a/deploy.key": "x"})
    tree = source.walk(tmp_path, Selection.of(("node_modules/",), ()))
    assert [file.name for file in tree.files] == ["node_modules/a/x.js"]
    assert tree.left_out == ("node_modules/a/deploy.key",)


def test_what_is_excluded_is_not_refused(tmp_path):
    write(tmp_path, {"app.py": ""})
    (tmp_path / "out").symlink_to("/etc", target_is_directory=True)
    (tmp_path / os.fsdecode(b"caf\xe9.txt")).touch()
    with pytest.raises(UsageError):
        names(tmp_path)
    assert names(tmp_path, exclude=("out", "caf*.txt")) == {"app.py"}


def test_exclude_counts_for_dependencies_too(project, wheels):
    wheel(wheels, "tea", files={"tea/__init__.py": "", "tea/tests/a.py": "", "tea/data/keep.txt": ""})
    write(project / "src", {"requirements.txt": "tea\n", "tests/b.py": "", "data/c.txt": ""})
    built = package(project, exclude=("tests/", "data/"), include=("keep.txt",))
    assert set(contents(built)) == {
        "app.py",
        "tea/__init__.py",
        "tea/data/keep.txt",
        "tea-1.0.dist-info/METADATA",
    }
    assert built.unzipped_size == sum(len(content) for content in contents(built).values())


def test_dependencies_are_kept_once_for_all_patterns(project, wheels, monkeypatch):
    wheel(wheels, "tea", files={"tea/__init__.py": "", "tea/tests/a.py": ""})
    write(project / "src", {"requirements.txt": "tea\n"})
    package(project)
    monkeypatch.setattr("apitool.package.wheels.install", None)
    assert "tea/tests/a.py" not in contents(package(project, exclude=("tests/",)))


def test_what_is_excluded_does_not_count_for_the_limit(project, wheels, monkeypatch):
    monkeypatch.setattr("apitool.package.sizes.UNZIPPED_LIMIT", 1000)
    wheel(wheels, "tea", files={"tea/__init__.py": "", "tea/big.txt": "x" * 2000})
    write(project / "src", {"requirements.txt": "tea\n"})
    package(project, exclude=("big.txt",))
