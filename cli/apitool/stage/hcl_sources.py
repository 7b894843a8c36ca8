"""The HCL a plan was made from, for the lines of its findings."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from apitool.review import module_folders
from apitool.terraform.document import at, sequence, text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_INSTALLED = Path(".terraform") / "modules" / "modules.json"  # where Terraform notes what it fetched


def read(root: Path, configuration: Mapping[str, object]) -> tuple[dict[Path, str], dict[str, Path]]:
    """The texts by file, and the folder of each module; nothing where the root is not here."""
    folders = module_folders.of(configuration, near(root), _installed(root))
    return _texts(set(folders.values())), folders


def first_root(folders: Iterable[Path]) -> Path | None:
    """The first folder that has HCL in it."""
    return next((folder for folder in folders if any(folder.glob("*.tf"))), None)


def near(file: Path) -> Path:
    """The file as a pull request names it: relative, when it is below the working folder."""
    try:
        return file.absolute().relative_to(Path.cwd())
    except (ValueError, OSError):
        return file


def _texts(folders: Iterable[Path]) -> dict[Path, str]:
    files = [file for folder in sorted(folders) for file in sorted(folder.glob("*.tf"))]
    return {file: file.read_text(encoding="utf-8", errors="replace") for file in files}


def _installed(root: Path) -> dict[str, str]:
    try:
        noted = json.loads((root / _INSTALLED).read_bytes())
    except (OSError, ValueError):
        return {}
    records = sequence(at(noted, "Modules"))
    return {text(at(record, "Key")): text(at(record, "Dir")) for record in records if text(at(record, "Key"))}
