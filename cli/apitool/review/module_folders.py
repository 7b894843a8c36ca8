"""Where the HCL of each module of a plan lies: by the sources in its configuration."""

from __future__ import annotations

import os.path
from pathlib import Path
from typing import TYPE_CHECKING

from apitool.terraform.document import at, mapping, text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


def of(configuration: Mapping[str, object], root: Path, installed: Mapping[str, str]) -> dict[str, Path]:
    """Folder by module address without keys, `module.a.module.b.`; `""` is the root's.

    `installed`: folder below the root by Terraform's own key, `a.b`, for modules that are not local.
    """
    return dict(_folders(mapping(configuration.get("root_module")), "", root, root, installed))


def _folders(
    module: Mapping[str, object], prefix: str, folder: Path, root: Path, installed: Mapping[str, str]
) -> Iterator[tuple[str, Path]]:
    yield prefix, folder
    for name, call in mapping(module.get("module_calls")).items():
        inner = f"{prefix}module.{name}."
        source = text(at(call, "source"))
        key = inner.removeprefix("module.").removesuffix(".").replace(".module.", ".")
        if source.startswith((".", "/")):
            below = folder / source
        elif key in installed:
            below = root / installed[key]
        else:
            continue
        yield from _folders(mapping(at(call, "module")), inner, _normal(below), root, installed)


def _normal(folder: Path) -> Path:
    """Without `a/../b`: a pull request names files that way."""
    return Path(os.path.normpath(folder))
