"""Which file says what a function depends on: the one named in apitool.toml, else the first of the usual.

    requirements.txt, pylock.toml, uv.lock, poetry.lock, pyproject.toml

in the source folder, in this order. For a source folder that is a member of a uv workspace the `uv.lock` of
the workspace counts, wherever above it stands inside the project.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from apitool.errors import UsageError
from apitool.package import requirements
from apitool.package.requirements import Form, Requirements

if TYPE_CHECKING:
    from pathlib import Path

    from apitool.package.declaration import Packaged

USUAL = (Form.REQUIREMENTS, Form.PYLOCK, Form.UV_LOCK, Form.POETRY_LOCK, Form.PYPROJECT)
# Locks of other tools: the command that turns one into a requirements file with hashes.
ELSEWHERE = {
    "Pipfile.lock": "`pipenv requirements --hash > requirements.txt`",
    "pdm.lock": "`pdm export -o requirements.txt`",
    "requirements.in": "`uv pip compile --generate-hashes --no-header requirements.in -o requirements.txt`",
}


def find(function: Packaged, root: Path) -> Requirements | None:
    """None when the function depends on nothing.

    Raises UsageError for a file that is missing, can't be read, or is another tool's.
    """
    if function.requirements:
        return _read(root / function.requirements, root)
    source = root / function.source
    usual = next((source / name for name in USUAL if (source / name).is_file()), None)
    if usual:
        return _read(usual, root)
    for name, command in ELSEWHERE.items():
        if (source / name).is_file():
            raise UsageError(f"`{source / name}` can't be installed from", fix=f"{command} in that folder")
    return None


def _read(path: Path, root: Path) -> Requirements | None:
    if path.name == Form.PYPROJECT:
        return _of_project(path, root)
    if path.name == Form.UV_LOCK:
        return _locked(path, path.parent / Form.PYPROJECT, Form.UV_LOCK)
    if path.name == Form.POETRY_LOCK:
        return Requirements(path, (requirements.text_of(path),), Form.POETRY_LOCK, path.parent)
    if path.name.startswith("pylock.") and path.suffix == ".toml":
        return Requirements(path, (requirements.text_of(path),), Form.PYLOCK)
    if command := ELSEWHERE.get(path.name) if path.suffix == ".lock" else None:
        raise UsageError(f"`{path}` can't be installed from", fix=f"{command} in its folder")
    return requirements.read(path)


def _of_project(path: Path, root: Path) -> Requirements | None:
    """A pyproject.toml, or the lock that belongs to it."""
    for name in (Form.PYLOCK, Form.POETRY_LOCK):
        if (lock := path.parent / name).is_file():
            return _read(lock, root)
    text = requirements.text_of(path)
    data = _parsed(path, text)
    above = [folder for folder in (path.parent, *path.parent.parents) if folder.is_relative_to(root)]
    lock_of_workspace = next(
        (folder / Form.UV_LOCK for folder in above if (folder / Form.UV_LOCK).is_file()), None
    )
    if lock_of_workspace and "project" in data:
        return _locked(lock_of_workspace, path, Form.UV_LOCK)
    return _unlocked(path, text, data)


def _unlocked(path: Path, text: str, data: dict[str, Any]) -> Requirements | None:
    project = data.get("project", {})
    if "dependencies" in project.get("dynamic", []):
        raise UsageError(
            f"the dependencies of `{path}` are dynamic: only its build backend knows them",
            fix="`uv pip compile --generate-hashes --no-header pyproject.toml -o requirements.txt`",
        )
    if "poetry" in data.get("tool", {}) and "dependencies" in data["tool"]["poetry"]:
        raise UsageError(f"`{path}` has no lock beside it", fix="`poetry lock`")
    return Requirements(path, (text,), Form.PYPROJECT) if project.get("dependencies") else None


def _locked(lock: Path, project: Path, form: Form) -> Requirements:
    texts = (requirements.text_of(lock), requirements.text_of(project))
    return Requirements(lock, texts, form, project.parent)


def _parsed(path: Path, text: str) -> dict[str, Any]:
    import tomllib  # noqa: PLC0415 - 12 ms that a requirements.txt doesn't need

    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise UsageError(f"`{path}` is not TOML", seen=str(error), fix="correct it") from None
