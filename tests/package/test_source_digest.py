"""The digest of a source: the same in every checkout, another for everything that makes another package."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from apitool.package import source_digest
from apitool.package.declaration import Declaration
from apitool.package.target import Target

TARGET = Target("3.13", "arm64", "aarch64-manylinux_2_34")
ORDERS = Declaration(
    source=Path("src"),
    handler="app.handler",
    runtime="python3.13",
    architecture="arm64",
    requirements=None,
    include=(),
    exclude=(),
    bundle_sdk=False,
    bytecode=False,
)


@pytest.fixture
def root(tmp_path):
    source = tmp_path / "one" / "src"
    source.mkdir(parents=True)
    (source / "app.py").write_text("def handler(event, context): ...\n")
    (source / "requirements.txt").write_text("./lib\n")
    (source / "lib").mkdir()
    (source / "lib" / "x.py").write_text("x = 1\n")
    return tmp_path / "one"


def digest(root, function=ORDERS, target=TARGET):
    return source_digest.of(function, root, target)


def test_it_is_the_same_in_another_checkout(root, tmp_path):
    before = digest(root)
    shutil.copytree(root, tmp_path / "two", copy_function=shutil.copyfile)
    (tmp_path / "two" / "src" / "__pycache__").mkdir()
    (tmp_path / "two" / "src" / "__pycache__" / "app.cpython-313.pyc").write_bytes(b"x")
    assert digest(tmp_path / "two") == before


@pytest.mark.parametrize(
    "change",
    [
        lambda source: (source / "app.py").write_text("def handler(event, context): return 1\n"),
        lambda source: (source / "app.py").rename(source / "main.py"),
        lambda source: (source / "app.py").chmod(0o755),
        lambda source: (source / "requirements.txt").write_text("./lib\nidna\n"),
        lambda source: (source / "lib" / "x.py").write_text("x = 2\n"),
        lambda source: (source / "new.txt").write_text(""),
    ],
    ids=["content", "name", "mode", "requirements", "local dependency", "new file"],
)
def test_it_is_another_for_another_source(root, change):
    before = digest(root)
    change(root / "src")
    assert digest(root) != before


def test_it_is_another_for_another_platform_or_selection(root):
    every = {
        digest(root),
        digest(root, target=Target("3.12", "arm64", "aarch64-manylinux_2_34")),
        digest(root, target=Target("3.13", "x86_64", "x86_64-manylinux_2_34")),
        digest(root, ORDERS._replace(exclude=("*.md",))),
        digest(root, ORDERS._replace(bundle_sdk=True)),
        digest(root, ORDERS._replace(bytecode=True)),
    }
    assert len(every) == 6
