"""A root module that also imports objects: a copy with `import` blocks, which can stand in a root only.

https://developer.hashicorp.com/terraform/language/import
"""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from apitool.terraform import initialised

if TYPE_CHECKING:
    from collections.abc import Mapping


def root_with_imports(root: Path, folder: Path, imports: Mapping[str, str]) -> Path:
    """Copy `root` and its local modules into `folder`, with imports (address to id); the new root."""
    shutil.rmtree(folder, ignore_errors=True)
    files = [file.resolve() for file in initialised.configuration(root)]
    top = Path(os.path.commonpath(files))
    for file in files:
        copy = folder / file.relative_to(top)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file, copy)
    copied = folder / root.resolve().relative_to(top)
    (copied / "adopted.tf").write_text(import_blocks(imports), encoding="utf-8")
    return copied


def import_blocks(imports: Mapping[str, str]) -> str:
    """One block an object. Addresses are Terraform's own, ids are data."""
    return "\n".join(
        f"import {{\n  to = {address}\n  id = {_literal(identity)}\n}}\n"
        for address, identity in imports.items()
    )


def _literal(text: str) -> str:
    """A string of HCL that is not a template."""
    return json.dumps(text, ensure_ascii=False).replace("${", "$${").replace("%{", "%%{")
