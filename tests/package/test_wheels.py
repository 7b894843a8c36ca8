"""The command line for uv, and what is built from source where there is no wheel."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from tests.package.projects import ARM, contents, package, sdist, wheel, write

from apitool.errors import ApitoolError
from apitool.package import installation, uv, wheels
from apitool.package.installation import Installation
from apitool.package.requirements import Requirements
from apitool.package.target import Target

FILE = Path("/project/requirements.txt")
COMMON = [
    "pip", "install", "--target", "/into", "--no-editable",
    "--python", sys.executable, "--no-progress", "--color", "never", "--no-python-downloads",
]  # fmt: skip


def argv(text: str, target: Target, **options) -> list[str]:
    (only,) = installation.of(Requirements(FILE, (text,)))
    return wheels.argv(only, target, Path("/into"), **options)


def test_a_lock_for_a_runtime():
    assert argv("a==1 --hash=sha256:00\n", ARM) == [
        *COMMON,
        "--python-version", "3.13", "--python-platform", "aarch64-manylinux_2_34",
        "--only-binary", ":all:", "--requirement", str(FILE), "--require-hashes",
    ]  # fmt: skip


def test_loose_requirements_for_this_machine():
    assert argv("a\n", Target.host()) == [*COMMON, "--only-binary", ":all:", "--requirement", str(FILE)]


def test_wheels_of_a_folder_only_and_one_package_built():
    assert argv("a\n", Target.host(), built=["tea"], index=["--no-index"]) == [
        *COMMON,
        "--only-binary", ":all:", "--no-binary", "tea", "--requirement", str(FILE), "--no-index",
    ]  # fmt: skip


def test_a_folder_of_this_machine_is_built_anew_each_time():
    wanted = Installation(("--requirement", str(FILE)), FILE.parent, projects=("lib",))
    command = wheels.argv(wanted, Target.host(), Path("/into"))
    assert command[-6:] == ["--no-binary", "lib", "--refresh-package", "lib", "--requirement", str(FILE)]


def test_a_pure_package_that_is_published_as_source_only_is_built(project, wheels):
    sdist(wheels, "tea")
    write(project / "src", {"requirements.txt": "tea\n"})
    said = []
    built = package(project, progress=said.append)
    assert contents(built)["tea.py"] == b"version = '1.0'\n"
    assert "built from source, since they have no wheel: tea" in built.notes
    assert "building tea, which has no wheel, from source" in said


def test_a_wheel_is_taken_before_a_newer_source(project, wheels):
    wheel(wheels, "tea", "1.0")
    sdist(wheels, "tea", "2.0")
    write(project / "src", {"requirements.txt": "tea\n"})
    built = package(project)
    assert "tea-1.0.dist-info/METADATA" in contents(built)


@pytest.mark.parametrize("architecture", ["arm64", "x86_64"])
@pytest.mark.parametrize("runtime", ["python3.13", "python3.11"])
def test_an_extension_that_is_published_as_source_only_is_refused(project, wheels, architecture, runtime):
    sdist(wheels, "tea", compiled=True)
    write(project / "src", {"requirements.txt": "tea\n"})
    with pytest.raises(ApitoolError, match=r"`tea==1\.0` has no wheel for Python 3") as raised:
        package(project, architecture=architecture, runtime=runtime)
    (problem,) = raised.value.problems
    assert "for this machine" in problem.seen
    assert not list((project / "out").glob("*.zip"))


def test_an_extension_with_wheels_for_others_is_not_even_tried(project, wheels, monkeypatch):
    sdist(wheels, "tea", compiled=True)
    for python in ("cp311", "cp312"):
        wheel(wheels, "tea", tag=f"{python}-{python}-manylinux_2_17_x86_64")
    wheel(wheels, "tea", tag="cp313-cp313-macosx_11_0_arm64")
    wheel(wheels, "tea", "1.2", tag="cp313-cp313-manylinux_2_28_aarch64")
    wheel(wheels, "tea", "2.0", tag="cp313-cp313-manylinux_2_28_aarch64")
    write(project / "src", {"requirements.txt": "tea==1.0\n"})
    commands = []
    real = uv.run
    monkeypatch.setattr(uv, "run", lambda *a, **k: (commands.append(a[0]), real(*a, **k))[1])
    with pytest.raises(ApitoolError) as raised:
        package(project)
    (problem,) = raised.value.problems
    assert problem.what == "`tea==1.0` has no wheel for Python 3.13 on aarch64-manylinux_2_34"
    assert problem.seen == "its wheels: manylinux_2_17_x86_64 (cp311, cp312); macosx_11_0_arm64 (cp313)"
    assert problem.fix == "tea 1.2 has one: name it in requirements.txt"
    assert not any("--no-binary" in command for command in commands)


@pytest.mark.usefixtures("wheels")
def test_a_build_that_fails_is_named_with_its_last_word(project, wheels):
    sdist(wheels, "tea", setup="raise RuntimeError('no tea today')\n")
    write(project / "src", {"requirements.txt": "tea\n"})
    with pytest.raises(ApitoolError, match=r"`tea==1\.0` has no wheel") as raised:
        package(project)
    assert raised.value.problems[0].seen.endswith(
        "building it from source failed: RuntimeError: no tea today"
    )


def test_passwords_are_never_in_the_arguments(tmp_path, monkeypatch):
    monkeypatch.setenv("PIP_INDEX_URL", "https://me:s3cret@127.0.0.1:9/simple")
    seen = {}

    class Recorded(subprocess.Popen):
        def __init__(self, command, **options):
            seen.update(command=command, environment=options["env"])
            super().__init__([sys.executable, "-c", ""], **options)

    monkeypatch.setattr(subprocess, "Popen", Recorded)
    wheels.install(Requirements(tmp_path / "requirements.txt", ("a\n",)), ARM, tmp_path)
    assert "s3cret" not in " ".join(seen["command"])
    assert "s3cret" in seen["environment"]["UV_INDEX_URL"]
