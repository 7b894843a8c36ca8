"""Where the project is: `apitool.toml` in a folder or one of its parents, as git looks for `.git`."""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn

from apitool.errors import UsageError

if TYPE_CHECKING:
    from pathlib import Path

FILE_NAME = "apitool.toml"

SMALLEST = """\
name   = "orders"
region = "eu-central-1"

[functions.orders]
source  = "src"         # the folder with app.py
handler = "app.handler" # def handler(event, context)

[routes]
"GET /orders" = "orders"

[stages.dev]
local = true
"""


def find(folder: Path) -> Path | None:
    """The nearest `apitool.toml` at or above `folder`, or None."""
    start = folder.resolve()
    for candidate in (start, *start.parents):
        if (file := candidate / FILE_NAME).exists():
            return file
    return None


def project_file(folder_or_file: Path) -> Path:
    """The project's file, absolute: the one named, or the nearest above the folder.

    Raises:
        UsageError: there is none, or nobody may look.
    """
    try:
        if folder_or_file.is_dir():
            return find(folder_or_file) or _refuse_folder(folder_or_file)
        if folder_or_file.exists():
            return folder_or_file.absolute()
    except OSError as error:
        raise UsageError(
            f"can't look for {FILE_NAME} there", seen=f"{folder_or_file}: {error.strerror}"
        ) from None
    raise UsageError(
        f"there is no such file or folder: {folder_or_file}",
        fix=f"name the folder that holds {FILE_NAME}",
    )


def _refuse_folder(folder: Path) -> NoReturn:
    raise UsageError(
        f"no {FILE_NAME} in this folder or above it",
        seen=str(folder.resolve()),
        fix=f"go to the project's folder, or write {FILE_NAME}; the smallest is\n{SMALLEST}".rstrip(),
    )
