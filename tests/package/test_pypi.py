"""Against the real package index: a pure wheel and a compiled one, for Lambda and for this machine."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from typing import TYPE_CHECKING

import pytest
from tests.package.projects import contents, package, write
from uv import find_uv_bin

from apitool.errors import ApitoolError
from apitool.package.target import Target

if TYPE_CHECKING:
    from pathlib import Path


AARCH64, X86_64 = 0xB7, 0x3E  # e_machine of the ELF header
LOOSE = "markupsafe==3.0.3\niniconfig==2.3.0\n"


@pytest.fixture(scope="session")
def lock(tmp_path_factory) -> str:
    """The two packages with the hashes of all their files, as uv writes them; asked once a session."""
    folder = tmp_path_factory.mktemp("lock")
    write(folder, {"requirements.in": LOOSE})
    command = [
        find_uv_bin(),
        "pip",
        "compile",
        "--quiet",
        "--generate-hashes",
        "--no-header",
        "requirements.in",
    ]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip(f"no package index in reach: {done.stderr.strip()[:200]}")
    return done.stdout


@pytest.fixture
def locked(project: Path, lock: str) -> Path:
    return write(project / "src", {"requirements.txt": lock}).parent


def machines(package) -> set[int]:
    """Machine of every shared object in it."""
    objects = [content for name, content in contents(package).items() if name.endswith(".so")]
    assert all(content[:4] == b"\x7fELF" for content in objects)
    return {int.from_bytes(content[18:20], "little") for content in objects}


@pytest.mark.parametrize(("architecture", "machine"), [("arm64", AARCH64), ("x86_64", X86_64)])
@pytest.mark.parametrize("runtime", ["python3.11", "python3.13"])
def test_compiled_wheels_are_the_runtimes_not_this_machines(locked, runtime, architecture, machine):
    built = package(locked, runtime=runtime, architecture=architecture)
    names = set(contents(built))
    assert {"app.py", "iniconfig/__init__.py", "markupsafe/__init__.py"} <= names
    assert machines(built) == {machine}
    tag = runtime.removeprefix("python").replace(".", "")
    assert any(name.startswith(f"markupsafe/_speedups.cpython-{tag}-") for name in names)


def test_the_package_for_this_machine_runs_here(locked, tmp_path):
    built = package(locked, target=Target.host())
    zipfile.ZipFile(built.file).extractall(tmp_path / "unpacked")
    code = (
        "import app, markupsafe._speedups, importlib.metadata as m;"
        " print(app.handler({}, None), m.version('markupsafe'))"
    )
    done = subprocess.run(
        [sys.executable, "-I", "-c", f"import sys; sys.path.insert(0, '.'); {code}"],
        cwd=tmp_path / "unpacked",
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout == "{'statusCode': 200} 3.0.3\n", done.stderr


def test_loose_requirements_give_the_same_package_as_their_lock(locked):
    first = package(locked)
    write(locked / "src", {"requirements.txt": LOOSE})
    assert package(locked).sha256_hex == first.sha256_hex


@pytest.mark.usefixtures("lock")
def test_a_package_with_no_wheel_at_all_is_named_with_the_target(project):
    write(project / "src", {"requirements.txt": "psycopg2==2.9.9\n"})
    with pytest.raises(ApitoolError) as raised:
        package(project)
    (problem,) = raised.value.problems
    assert problem.what == "`psycopg2==2.9.9` has no wheel for Python 3.13 on aarch64-manylinux_2_34"
    assert problem.fix


def test_an_index_out_of_reach_is_an_error_without_its_password(project, monkeypatch, tmp_path):
    for name in ("UV_NO_INDEX", "UV_FIND_LINKS", "UV_INDEX_URL", "UV_DEFAULT_INDEX"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PIP_CONFIG_FILE", "/dev/null")
    monkeypatch.delenv("PIP_FIND_LINKS", raising=False)
    monkeypatch.setenv("PIP_INDEX_URL", "http://me:s3cret@127.0.0.1:9/simple")
    monkeypatch.setenv("UV_HTTP_RETRIES", "0")
    monkeypatch.setenv("UV_CACHE_DIR", str(tmp_path / "cache"))
    write(project / "src", {"requirements.txt": "iniconfig\n"})
    with pytest.raises(ApitoolError, match="the package index can't be reached") as raised:
        package(project)
    assert "s3cret" not in repr(raised.value.problems)
    assert "127.0.0.1:9" in raised.value.problems[0].seen
