"""Which file says what a function depends on, and what becomes of each kind."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from tests.package.projects import HANDLER, contents, package, wheel, write
from uv import find_uv_bin

from apitool.errors import ApitoolError, UsageError
from apitool.package import declared
from apitool.package.requirements import Form
from apitool.project.model import Function

PROJECT = '[project]\nname = "orders"\nversion = "0"\nrequires-python = ">=3.11"\ndependencies = [{}]\n'
LIBRARY = '[build-system]\nrequires = []\nbuild-backend = "backend"\nbackend-path = ["."]\n'
BACKEND = """\
import zipfile
from pathlib import Path
def build_wheel(folder, config_settings=None, metadata_directory=None):
    with zipfile.ZipFile(Path(folder) / "lib-0-py3-none-any.whl", "w") as made:
        for path in Path("lib").glob("*.py"):
            made.write(path, f"lib/{path.name}")
        about = "lib-0.dist-info"
        made.writestr(f"{about}/METADATA", "Metadata-Version: 2.1\\nName: lib\\nVersion: 0\\n")
        made.writestr(f"{about}/WHEEL", "Wheel-Version: 1.0\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n")
        made.writestr("lib-0.dist-info/RECORD", "")
    return "lib-0-py3-none-any.whl"
build_editable = build_wheel
"""


def uv(folder: Path, *arguments: str) -> None:
    subprocess.run([find_uv_bin(), *arguments], cwd=folder, check=True, capture_output=True)


def library(folder: Path, code: str) -> None:
    write(
        folder,
        {
            "pyproject.toml": f'{LIBRARY}[project]\nname = "lib"\nversion = "0"\n',
            "backend.py": BACKEND,
            "lib/__init__.py": code,
        },
    )


def form(root: Path, **options) -> Form | None:
    found = declared.find(Function(source=Path("src"), handler="app.handler", **options), root)
    return found and found.form


def test_the_first_of_the_usual_files_counts(tmp_path):
    assert form(write(tmp_path, {"src/app.py": ""})) is None
    write(tmp_path, {"src/pyproject.toml": PROJECT.format('"tea"')})
    assert form(tmp_path) is Form.PYPROJECT
    for name in ("poetry.lock", "uv.lock", "pylock.toml", "requirements.txt"):
        write(tmp_path, {f"src/{name}": ""})
        assert form(tmp_path) == name


@pytest.mark.parametrize("name", ["uv.lock", "poetry.lock", "pylock.toml", "pylock.prod.toml", "any.txt"])
def test_a_file_named_in_apitool_toml_wins(tmp_path, name):
    write(tmp_path, {"src/requirements.txt": "", "src/pyproject.toml": "", f"other/{name}": ""})
    write(tmp_path, {"other/pyproject.toml": ""})
    known = {"pylock.prod.toml": Form.PYLOCK, "any.txt": Form.REQUIREMENTS}
    assert form(tmp_path, requirements=Path("other", name)) == known.get(name, name)


@pytest.mark.parametrize("text", ["", "[tool.ruff]\nline-length = 9\n", PROJECT.format("")])
def test_a_pyproject_without_dependencies_asks_for_nothing(tmp_path, text):
    assert form(write(tmp_path, {"src/pyproject.toml": text})) is None


@pytest.mark.parametrize(
    ("name", "text", "fix"),
    [
        ("Pipfile.lock", "{}", "`pipenv requirements --hash > requirements.txt` in that folder"),
        ("pdm.lock", "", "`pdm export -o requirements.txt` in that folder"),
        ("requirements.in", "tea", "`uv pip compile"),
        ("pyproject.toml", '[project]\nname = "a"\ndynamic = ["dependencies"]\n', "`uv pip compile"),
        ("pyproject.toml", "[tool.poetry.dependencies]\ntea = '*'\n", "`poetry lock`"),
        ("pyproject.toml", "[project\n", "correct it"),
        ("poetry.lock", "[[package\n", "`poetry lock`"),
        (
            "poetry.lock",
            '[metadata]\nlock-version = "2.0"\n',
            "`poetry lock` with Poetry 2, or `poetry export",
        ),
    ],
)
def test_what_cant_be_installed_from_exactly_is_refused_with_the_command_that_can(project, name, text, fix):
    write(project / "src", {name: text})
    with pytest.raises(UsageError) as raised:
        package(project)
    assert raised.value.problems[0].fix.startswith(fix)


def test_the_dependencies_of_a_pyproject_are_installed(project, wheels):
    wheel(wheels, "tea")
    write(project / "src", {"pyproject.toml": PROJECT.format('"tea"')})
    built = package(project)
    assert "tea/__init__.py" in contents(built)
    assert "pyproject.toml" not in contents(built)
    assert built.notes[0].startswith("pyproject.toml has no hashes")


def test_a_uv_lock_is_installed_as_locked_without_development_and_extras(project, wheels, index):
    for name, version in (("tea", "1.0"), ("leaf", "1.0"), ("spoon", "1.0"), ("mug", "1.0")):
        wheel(wheels, name, version, needs=("leaf",) if name == "tea" else ())
    groups = '[dependency-groups]\ndev = ["spoon"]\n[project.optional-dependencies]\nmore = ["mug"]\n'
    write(project / "src", {"pyproject.toml": PROJECT.format('"tea"') + groups})
    uv(project / "src", "lock", "--default-index", index)
    wheel(wheels, "tea", "2.0")
    built = package(project)
    assert {name.partition("/")[0] for name in contents(built)} == {
        "app.py", "tea", "tea-1.0.dist-info", "leaf", "leaf-1.0.dist-info"
    }  # fmt: skip
    assert built.notes == ()


def test_a_wheel_that_is_not_the_locked_one_is_refused(project, wheels, index, monkeypatch):
    wheel(wheels, "tea")
    write(project / "src", {"pyproject.toml": PROJECT.format('"tea"')})
    uv(project / "src", "lock", "--default-index", index)
    wheel(wheels, "tea", files={"tea/__init__.py": "evil = True\n"})
    monkeypatch.setenv("UV_CACHE_DIR", str(project / "another-cache"))  # which has never seen the real one
    with pytest.raises(ApitoolError, match=r"`tea==1.0` is not the file that uv.lock names by its hash"):
        package(project)


def test_members_of_a_workspace_are_locked_together_and_code_of_the_neighbour_is_taken_along(
    project, wheels, index
):
    wheel(wheels, "tea")
    write(project, {"pyproject.toml": '[tool.uv.workspace]\nmembers = ["src", "lib"]\n'})
    source = "[tool.uv.sources]\nlib = { workspace = true }\n"
    write(project / "src", {"pyproject.toml": PROJECT.format('"tea", "lib"') + source})
    library(project / "lib", "taste = 1\n")
    uv(project, "lock", "--default-index", index)
    assert contents(package(project))["lib/__init__.py"] == b"taste = 1\n"
    library(project / "lib", "taste = 2\n")
    built = package(project)
    assert contents(built)["lib/__init__.py"] == b"taste = 2\n"
    assert "tea/__init__.py" in contents(built)


@pytest.mark.usefixtures("wheels")
@pytest.mark.parametrize("line", ["./../lib", "-e ../lib", "lib @ {file}"])
def test_a_folder_of_this_machine_is_built_again_when_it_changes_and_only_then(project, line, monkeypatch):
    library(project / "lib", "taste = 1\n")
    line = line.format(file=(project / "lib").as_uri())
    write(project / "src", {"requirements.txt": f"{line}\n"})
    assert contents(package(project))["lib/__init__.py"] == b"taste = 1\n"
    library(project / "lib", "taste = 2\n")
    assert contents(package(project))["lib/__init__.py"] == b"taste = 2\n"
    monkeypatch.setattr("apitool.package.wheels.install", None)
    assert contents(package(project))["lib/__init__.py"] == b"taste = 2\n"


def test_a_pylock_is_installed_as_locked(project, wheels, index):
    wheel(wheels, "tea")
    write(project / "src", {"in.txt": "tea\n"})
    flags = ("--universal", "--default-index", index, "-o", "pylock.toml")
    uv(project / "src", "pip", "compile", "in.txt", *flags)
    wheel(wheels, "tea", "2.0")
    built = package(project)
    assert "tea-1.0.dist-info/METADATA" in contents(built)
    assert built.notes == ()


POETRY = """\
[[package]]
name = "tea"
version = "1.0"
optional = false
groups = ["main", "dev"]
markers = {{main = "python_version >= '3.13'", dev = "python_version < '3'"}}
files = [{{file = "tea-1.0-py3-none-any.whl", hash = "{tea}"}}]

[package.source]
type = "legacy"
url = "https://index.example.com/simple"

[[package]]
name = "spoon"
version = "1.0"
optional = false
groups = ["dev"]
files = []

[[package]]
name = "mug"
version = "1.0"
optional = true
groups = ["main"]
markers = "extra == 'more'"
files = []

[[package]]
name = "older"
version = "1.0"
optional = false
groups = ["main"]
markers = "python_version < '3.12'"
files = [{{file = "older-1.0-py3-none-any.whl", hash = "sha256:00"}}]

[metadata]
lock-version = "2.1"
"""


def test_a_poetry_lock_is_installed_as_locked_without_poetry(project, wheels):
    (tea,) = (part.partition("=")[2] for part in wheel(wheels, "tea").split() if part.startswith("--hash"))
    wheel(wheels, "tea", "2.0")
    write(project / "src", {"poetry.lock": POETRY.format(tea=tea), "app.py": HANDLER})
    built = package(project)
    assert set(contents(built)) == {"app.py", "tea/__init__.py", "tea-1.0.dist-info/METADATA"}
    assert built.notes == ()


@pytest.mark.parametrize("kind", ["git", "directory", "file"])
def test_what_a_poetry_lock_has_no_hash_for_is_refused_by_name(project, kind):
    text = POETRY.replace('type = "legacy"', f'type = "{kind}"').format(tea="sha256:00")
    write(project / "src", {"poetry.lock": text})
    with pytest.raises(UsageError) as raised:
        package(project)
    (problem,) = raised.value.problems
    assert (
        problem.what == f"`tea` of `{project / 'src' / 'poetry.lock'}` can't be installed from the lock alone"
    )
    assert (problem.seen, problem.fix[:16]) == (f"it comes from a {kind}", "`poetry export -")


def test_a_uv_lock_older_than_its_project_is_refused(project, wheels, index):
    for name in ("tea", "leaf"):
        wheel(wheels, name)
    write(project / "src", {"pyproject.toml": PROJECT.format('"tea"')})
    uv(project / "src", "lock", "--default-index", index)
    write(project / "src", {"pyproject.toml": PROJECT.format('"tea", "leaf"')})
    with pytest.raises(
        UsageError, match=r"uv.lock` is not the lock of what `pyproject.toml` asks for"
    ) as raised:
        package(project)
    assert raised.value.problems[0].fix.startswith("`uv lock`")


def test_a_uv_lock_whose_project_has_to_be_built_to_be_compared_is_taken_as_it_is(project, wheels, index):
    wheel(wheels, "tea")
    write(project / "src", {"pyproject.toml": PROJECT.format('"tea"')})
    uv(project / "src", "lock", "--default-index", index)
    backend = '[build-system]\nrequires = ["nowhere"]\nbuild-backend = "nowhere"\n'
    dynamic = PROJECT.format('"tea"').replace('version = "0"', 'dynamic = ["version"]')
    write(project / "src", {"pyproject.toml": dynamic + backend})
    assert "tea/__init__.py" in contents(package(project))


def test_a_uv_lock_that_is_none_is_an_error_of_ours(project):
    write(project / "src", {"uv.lock": "not = a lock\n", "pyproject.toml": PROJECT.format('"tea"')})
    with pytest.raises(ApitoolError, match=r"uv could not read `.*uv.lock`"):
        package(project)


def test_a_wheel_is_refused_that_is_not_the_one_of_any_kind_of_lock(project, wheels, index, monkeypatch):
    wheel(wheels, "tea")
    write(project / "src", {"in.txt": "tea\n"})
    uv(
        project / "src",
        "pip",
        "compile",
        "in.txt",
        "--universal",
        "--default-index",
        index,
        "-o",
        "pylock.toml",
    )
    wheel(wheels, "tea", files={"tea/__init__.py": "evil = True\n"})
    monkeypatch.setenv("UV_CACHE_DIR", str(project / "another-cache"))
    with pytest.raises(ApitoolError, match=r"`tea==1.0` is not the file that pylock.toml names by its hash"):
        package(project)
