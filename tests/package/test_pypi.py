"""Against the real package index: a pure wheel and a compiled one, for Lambda and for this machine."""

from __future__ import annotations

import shutil
import subprocess
import sys
import zipfile
import zlib
from typing import TYPE_CHECKING

import pytest
from tests.package.other_pythons import built_by, other_pythons
from tests.package.projects import contents, package, write
from uv import find_uv_bin

from apitool.errors import ApitoolError
from apitool.package import elf
from apitool.package.target import Target

if TYPE_CHECKING:
    from pathlib import Path


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


def processors(package) -> set[str]:
    """For which processors its machine code is, every ELF file looked at."""
    found = (elf.read(content) for content in contents(package).values())
    return {binary.cpu for binary in found if binary}


@pytest.mark.parametrize(
    ("runtime", "architecture", "processor"),
    [
        ("python3.13", "arm64", "aarch64"),
        pytest.param("python3.11", "x86_64", "x86_64", marks=pytest.mark.slow),
        pytest.param("python3.11", "arm64", "aarch64", marks=pytest.mark.slow),
        pytest.param("python3.13", "x86_64", "x86_64", marks=pytest.mark.slow),
    ],
)
def test_compiled_wheels_are_the_runtimes_not_this_machines(locked, runtime, architecture, processor):
    built = package(locked, runtime=runtime, architecture=architecture)
    names = set(contents(built))
    assert {"app.py", "iniconfig/__init__.py", "markupsafe/__init__.py"} <= names
    assert processors(built) == {processor}
    tag = runtime.removeprefix("python").replace(".", "")
    assert any(name.startswith(f"markupsafe/_speedups.cpython-{tag}-") for name in names)


@pytest.mark.slow
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


@pytest.mark.slow
def test_loose_requirements_give_the_same_package_as_their_lock(locked):
    first = package(locked)
    write(locked / "src", {"requirements.txt": LOOSE})
    assert package(locked).sha256_hex == first.sha256_hex


@pytest.mark.slow
@pytest.mark.usefixtures("lock")
def test_a_version_without_a_wheel_for_the_runtime_is_refused_with_what_there_is(project):
    write(project / "src", {"requirements.txt": "psycopg2-binary==2.9.5\n"})
    with pytest.raises(ApitoolError) as raised:
        package(project)
    (problem,) = raised.value.problems
    assert problem.what == "`psycopg2-binary==2.9.5` has no wheel for Python 3.13 on aarch64-manylinux_2_34"
    assert problem.seen.startswith("its wheels: manylinux_2_24_aarch64 (cp310, cp311, cp38, cp39)")
    assert problem.fix == "psycopg2-binary 2.9.10 has one: name it in requirements.txt"


@pytest.mark.slow
@pytest.mark.usefixtures("lock")
def test_a_pure_package_without_any_wheel_is_built(project):
    write(project / "src", {"requirements.txt": "docopt==0.6.2\n"})
    built = package(project)
    assert "docopt.py" in contents(built)
    assert "built from source, since they have no wheel: docopt" in built.notes


@pytest.mark.slow
@pytest.mark.usefixtures("lock")
def test_large_compiled_packages_are_for_the_runtime_alone_and_the_same_built_by_two_pythons(
    project, tmp_path
):
    write(project / "src", {"requirements.in": "pydantic\norjson\ncryptography\n"})
    flags = ["--universal", "--python-version", "3.13", "--generate-hashes", "--no-header", "--quiet"]
    command = [find_uv_bin(), "pip", "compile", *flags, "requirements.in", "-o", "requirements.txt"]
    subprocess.run(command, cwd=project / "src", check=True)
    built = package(project)
    assert {"pydantic/__init__.py", "orjson/__init__.py", "cryptography/__init__.py"} <= set(contents(built))
    assert processors(built) == {"aarch64"}
    pythons = other_pythons()
    if not pythons or "ng" in zlib.ZLIB_RUNTIME_VERSION:
        pytest.skip("no other Python here, or a zlib that packs differently")
    other = shutil.copytree(project / "src", tmp_path / "elsewhere" / "src").parent
    assert built_by(pythons[-1], other)[0] == built.sha256_hex


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
