"""Compiled modules in a package: for the runtime's Python, the same bytes every time, only when asked for."""

from __future__ import annotations

import os
import re
import struct
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from tests.package.other_pythons import other_pythons
from tests.package.projects import HANDLER, contents, made, package, wheel, write

from apitool.errors import ApitoolError, UsageError
from apitool.package import bytecode, child_process
from apitool.package.selection import Selection, source_of_bytecode
from apitool.package.target import Target

HERE = f"3.{sys.version_info.minor}"
TAG = f"cpython-3{sys.version_info.minor}"
TARGET = Target(HERE, "x86_64", "x86_64-manylinux_2_34")
UNCHECKED_HASH = 0b01  # PEP 552


@pytest.fixture
def shop(project: Path, wheels: Path) -> Path:
    """Source with a package, and a dependency that brings bytecode of its own and a file for Python 2."""
    files = {
        "tea/__init__.py": "KINDS = {'green', 'black', 'white'}\n",
        "tea/old.py": "print 'tea'\n",
        "tea/__pycache__/__init__.cpython-36.pyc": b"of another Python",
        f"tea/__pycache__/gone.{TAG}.pyc": b"without its source",
    }
    wheel(wheels, "tea", files=files)
    return write(project, {"src/requirements.txt": "tea\n", "src/logic/__init__.py": "x = 1\n"})


def compiled(root: Path, **options):
    return package(root, target=options.pop("target", TARGET), bytecode=True, **options)


def test_every_module_goes_in_compiled_beside_its_source(shop):
    assert {name for name in contents(compiled(shop)) if name.endswith(".pyc")} == {
        f"__pycache__/app.{TAG}.pyc",
        f"logic/__pycache__/__init__.{TAG}.pyc",
        f"tea/__pycache__/__init__.{TAG}.pyc",
    }


def test_without_being_asked_for_there_is_none(shop):
    assert not [name for name in contents(package(shop, target=TARGET)) if name.endswith(".pyc")]


def test_it_is_never_checked_against_the_source_and_names_no_folder_of_this_machine(shop, tmp_path):
    for name, content in contents(compiled(shop)).items():
        if name.endswith(".pyc"):
            assert struct.unpack_from("<I", content, 4) == (UNCHECKED_HASH,)
            assert str(tmp_path).encode() not in content
            assert b"/tmp" not in content


def test_python_runs_it_without_looking_at_the_source(shop, tmp_path):
    """Even where the source says something else, which is how one sees which of the two runs."""
    folder = tmp_path / "unpacked"
    zipfile.ZipFile(compiled(shop).file).extractall(folder)
    (folder / "logic" / "__init__.py").write_text("x = 2\n")
    code = f"import sys; sys.path.insert(0, {str(folder)!r}); import logic; print(logic.x)"
    done = subprocess.run(
        [sys.executable, "-I", "-c", code],
        capture_output=True,
        text=True,
        check=True,
    )  # fmt: skip
    assert done.stdout == "1\n"


def test_the_same_source_gives_the_same_bytes_in_another_folder_and_with_another_hash_seed(
    shop, tmp_path, monkeypatch
):
    first = compiled(shop)
    monkeypatch.setenv("PYTHONHASHSEED", "7")
    monkeypatch.setenv("PYTHONOPTIMIZE", "2")
    other = tmp_path / "elsewhere"
    write(other, {str(path.relative_to(shop)): path.read_bytes() for path in (shop / "src").rglob("*.*")})
    assert compiled(other).sha256_hex == first.sha256_hex
    assert made(compiled(shop, refresh=True)) == made(first)


def test_the_source_folder_stays_as_it_is(shop):
    before = sorted((shop / "src").rglob("*"))
    compiled(shop)
    assert sorted((shop / "src").rglob("*")) == before


def test_a_pattern_for_the_source_is_one_for_its_bytecode(shop):
    names = set(contents(compiled(shop, exclude=("tea/__init__.py", "logic/"))))
    assert not [name for name in names if name.startswith(("tea/__pycache__/", "logic/"))]
    assert "tea/old.py" in names


def test_a_layer_takes_the_bytecode_of_the_dependencies_along(shop):
    built = compiled(shop, layer=True)
    assert f"python/tea/__pycache__/__init__.{TAG}.pyc" in contents(built.layer)
    assert f"__pycache__/app.{TAG}.pyc" in contents(built)


def test_the_compiler_is_named_for_another_release_may_write_other_bytes(shop):
    version = ".".join(map(str, sys.version_info[:3]))
    assert f"bytecode of Python {version}: another release may write others" in compiled(shop).notes


@pytest.mark.usefixtures("wheels")
def test_without_such_a_python_it_says_how_to_get_one(project, monkeypatch):
    monkeypatch.setenv("PATH", "")
    monkeypatch.setenv("UV_PYTHON_INSTALL_DIR", str(project / "none"))
    with pytest.raises(UsageError) as raised:
        compiled(project, target=Target("3.29", "arm64", "aarch64-manylinux_2_34"))
    (problem,) = raised.value.problems
    assert problem.what == "there is no Python 3.29 here to compile `orders` with"
    assert problem.fix == "`uv python install 3.29`, put one on the PATH, or take `bytecode` out"
    assert not (project / "out").exists()


@pytest.mark.skipif(not other_pythons(), reason="no other Python here")
def test_another_python_on_the_path_compiles_for_its_own_runtime(project, wheels, monkeypatch):
    python = Path(other_pythons()[-1])
    monkeypatch.setenv("PATH", f"{python.parent}{os.pathsep}{os.environ['PATH']}")
    version = python.name.removeprefix("python")
    wheel(wheels, "tea")
    write(project, {"src/requirements.txt": "tea\n"})
    built = compiled(project, target=Target(version, "x86_64", "x86_64-manylinux_2_34"))
    tag = f"cpython-{version.replace('.', '')}"
    assert {f"__pycache__/app.{tag}.pyc", f"tea/__pycache__/__init__.{tag}.pyc"} <= set(contents(built))


@pytest.mark.usefixtures("wheels")
def test_a_compiler_without_room_is_an_error_and_no_smaller_package(project, monkeypatch, tmp_path):
    """As compileall ends on a full disk: with files left out, and a word about each."""
    broken = tmp_path / "python"
    broken.write_text(
        f'#!/bin/sh\ncase "$*" in *compileall*) echo "OSError: [Errno 28] No space left on device";;'
        f' *) exec {sys.executable} "$@";; esac\n'
    )
    broken.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(broken))
    with pytest.raises(ApitoolError, match="could not compile") as raised:
        compiled(project)
    assert raised.value.problems[0].seen == "OSError: [Errno 28] No space left on device"
    assert not list((project / "out").glob("*.zip"))


def test_compiling_that_takes_long_is_heard_of(shop, monkeypatch):
    monkeypatch.setattr(child_process, "TICK", 0.01)
    said = []
    compiled(shop, progress=said.append)
    assert re.fullmatch(rf"compiling the dependencies for Python {HERE}, \d+ s", said[-1])


def test_a_change_of_the_option_is_a_change(shop):
    first = package(shop, target=TARGET)
    write(shop, {"src/app.py": HANDLER})
    assert compiled(shop).sha256_hex != first.sha256_hex
    assert package(shop, target=TARGET).sha256_hex == first.sha256_hex


@pytest.mark.parametrize(
    ("name", "source"),
    [
        ("a/__pycache__/b.cpython-313.pyc", "a/b.py"),
        ("__pycache__/b.cpython-313.pyc", "b.py"),
        ("a/__pycache__/b.cpython-313.opt-1.pyc", "a/__pycache__/b.cpython-313.opt-1.pyc"),
        ("a/b.pyc", "a/b.pyc"),
        ("a/b.py", "a/b.py"),
    ],
)
def test_which_source_bytecode_is_of(name, source):
    assert source_of_bytecode(name) == source
    assert bytecode.Compiler("", "3.13.0", "cpython-313").of("a/b.py") == "a/__pycache__/b.cpython-313.pyc"


def test_bytecode_may_be_left_out_by_its_own_name():
    assert not Selection.of((), ("__pycache__/",)).keeps("a/__pycache__/b.cpython-313.pyc")
    assert not Selection.of((), ("b.py",)).keeps("a/__pycache__/b.cpython-313.pyc")
    assert Selection.of((), ("c.py",)).keeps("a/__pycache__/b.cpython-313.pyc")
