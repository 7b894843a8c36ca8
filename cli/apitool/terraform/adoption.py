"""A root module that also imports objects: a file of `import` blocks, which can stand in a root only.

https://developer.hashicorp.com/terraform/language/import
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_FILE = "adopted.tf"


def write(view: Path, imports: Mapping[str, str]) -> None:
    """Let the root in `view` import these, address to id; none takes the file away."""
    if imports:
        (view / _FILE).write_text(import_blocks(imports), encoding="utf-8")
    else:
        (view / _FILE).unlink(missing_ok=True)


def import_blocks(imports: Mapping[str, str]) -> str:
    """One block an object. Addresses are Terraform's own, ids are data."""
    return "\n".join(
        f"import {{\n  to = {address}\n  id = {_literal(identity)}\n}}\n"
        for address, identity in imports.items()
    )


def _literal(text: str) -> str:
    """A string of HCL that is not a template."""
    return json.dumps(text, ensure_ascii=False).replace("${", "$${").replace("%{", "%%{")
