"""A view of a root module: a folder of links to it, in which Terraform runs.

The same module runs for many stages at once, may be read-only, and lies in another place on each machine. In
the view Terraform leaves what it leaves (`errored.tfstate`), finds what we add, and every path it is told is
relative, so that a saved plan names the same files on every machine.

Local modules are found by relative paths (`../modules/table`), so the view has the folders above the root
too, up to where all modules are below: for `terraform/api` that is `terraform/`.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from apitool.terraform import initialised

if TYPE_CHECKING:
    from collections.abc import Mapping

PACKAGES = "packages"  # the name in a root of the folder with the deployment packages
_STAYS_BEHIND = {".terraform", "errored.tfstate"}


def make(root: Path, folder: Path, added: Mapping[str, Path]) -> Path:
    """Make the view of `root` below `folder`, or bring it up to date; the root in it.

    `added`: names in the root and what they link to. What is no link stays: Terraform may have written it.
    """
    original, inside = _from_top(root)
    view = folder
    for part in inside.parts:
        _link(view, {each.name: each for each in original.iterdir() if each.name != part})
        original, view = original / part, view / part
    entries = {each.name: each for each in original.iterdir() if each.name not in _STAYS_BEHIND}
    _link(view, {**entries, **added})
    return view


def place(root: Path, folder: Path) -> Path:
    """Where `make` puts the root."""
    return folder / _from_top(root)[1]


def _from_top(root: Path) -> tuple[Path, Path]:
    """The folder that has the root and all local modules below it, and the root's path from there."""
    folders = list(initialised.module_folders(root))
    top = Path(os.path.commonpath(folders))
    return top, folders[0].relative_to(top)


def _link(folder: Path, wanted: Mapping[str, Path]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for there in folder.iterdir():
        if there.is_symlink() and (there.name not in wanted or there.readlink() != wanted[there.name]):
            there.unlink()
    for name, original in wanted.items():
        link = folder / name
        if not link.is_symlink():
            link.unlink(missing_ok=True)  # a file of the root's that was written through the view, by hand
            link.symlink_to(original)
