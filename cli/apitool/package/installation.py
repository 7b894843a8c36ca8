"""Requirements of any form -> what uv is asked to install, in one run of it or two.

Locks are exported to a requirements file with hashes. What has none (folders of this machine, version
control) can't be installed in a run that demands hashes: it goes into a second one, without its dependencies,
which the lock has named already.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from apitool.errors import ApitoolError, UsageError
from apitool.package import local_projects, poetry_lock, uv, uv_failures
from apitool.package.requirements import Form, lines

if TYPE_CHECKING:
    from pathlib import Path

    from apitool.package.requirements import Requirements

EXPORT = (
    "export", "--no-dev", "--no-emit-project", "--no-editable",
    "--format", "requirements.txt", "--no-header", "--no-annotate",
)  # fmt: skip
OUT_OF_DATE = "needs to be updated, but `--locked` was provided"


@dataclass(frozen=True, slots=True)
class Installation:
    """One run of uv, in the folder `cwd`. `given` is its requirements when they are in no file.

    `projects` are folders of this machine, by the names of what is in them: always built, and always anew.
    """

    arguments: tuple[str, ...]
    cwd: Path
    given: str | None = None
    projects: tuple[str, ...] = ()


def of(requirements: Requirements) -> list[Installation]:
    """Raises ApitoolError when a lock can't be read."""
    folder = requirements.path.parent
    if requirements.form is Form.UV_LOCK:
        return _of_lines(_exported(requirements), folder)
    if requirements.form is Form.POETRY_LOCK:
        return _of_lines(poetry_lock.as_requirements(requirements.path, requirements.texts[0]), folder)
    preview = ("--preview-features", "pylock") if requirements.form is Form.PYLOCK else ()
    hashed = ("--require-hashes",) if requirements.locked else ()
    projects = tuple(local_projects.names(requirements.local_paths))
    file = ("--requirement", str(requirements.path))
    return [Installation((*file, *preview, *hashed), folder, projects=projects)]


def _exported(requirements: Requirements) -> str:
    """uv.lock as uv itself writes it out.

    `--locked` compares it with what it was made of, and asks the index only if they differ. What else keeps
    uv from comparing (a project whose metadata must be built first, without a network) is no reason to stop.
    """
    project = ("--project", str(requirements.project or requirements.path.parent))
    command = [*EXPORT, *project, *uv.COMMON]
    done = uv.run([*command, "--locked"], cwd=requirements.path.parent)
    if OUT_OF_DATE in " ".join(done.stderr.split()):  # uv wraps its words
        raise UsageError(
            f"`{requirements.path}` is not the lock of what `pyproject.toml` asks for now",
            seen="uv would have to update it",
            fix="`uv lock`, and review what it changes",
        )
    if done.returncode:
        done = uv.run([*command, "--frozen"], cwd=requirements.path.parent)
    if done.returncode:
        raise ApitoolError(
            f"uv could not read `{requirements.path}`", seen=uv_failures.said(done.stderr), fix="`uv lock`"
        )
    return done.stdout


def _of_lines(text: str, cwd: Path) -> list[Installation]:
    all_lines = lines(text)
    hashed = [line for line in all_lines if "--hash" in line]
    bare = [line for line in all_lines if "--hash" not in line]
    runs = []
    if hashed:
        runs.append(_run(hashed, cwd, "--require-hashes"))
    if bare:  # uv would take what it built of a folder before
        runs.append(
            _run(bare, cwd, "--no-deps", "--no-verify-hashes", "--refresh", "--only-binary", ":none:")
        )
    return runs


def _run(wanted: list[str], cwd: Path, *how: str) -> Installation:
    return Installation(("--requirement", "-", *how), cwd, "".join(f"{line}\n" for line in wanted))
