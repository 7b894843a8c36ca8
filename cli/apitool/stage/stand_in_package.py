"""A package that stands in for all others where none is needed: a destruction must not wait for a source that
builds. Nothing of it ever runs.
"""

from __future__ import annotations

import base64
import hashlib
import io
import zipfile
from typing import TYPE_CHECKING

from apitool.stage import packaging, prepare
from apitool.terraform.variables import Package

if TYPE_CHECKING:
    from apitool.stage.target import Target

_EARLIEST = (1980, 1, 1, 0, 0, 0)  # of what a zip can say; a fixed time makes the same bytes every time


def variables(target: Target) -> dict[str, object]:
    """The variables of `terraform/api` for the stage, with the stand-in for every function's package."""
    content = _zip()
    file = packaging.folder(target.project.root) / "stand-in.zip"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)
    package = Package(file, base64.b64encode(hashlib.sha256(content).digest()).decode())
    return prepare.variables(target, dict.fromkeys(target.project.functions, package))


def _zip() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr(zipfile.ZipInfo("about-to-go.txt", _EARLIEST), "this function is being destroyed\n")
    return stream.getvalue()
