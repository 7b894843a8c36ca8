"""A plan to review, in whichever form it comes: a bundle, Terraform's own file, its JSON; a file or stdin."""

from __future__ import annotations

import json
import os
import sys
import tempfile
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from apitool.errors import StaleError, UsageError
from apitool.review import fingerprint
from apitool.stage.saved import bundle
from apitool.terraform import foreign_plan, plan_file

if TYPE_CHECKING:
    from collections.abc import Mapping

STDIN = Path("-")
_ZIP = b"PK\x03\x04"
_LARGEST = 256 << 20  # bytes of a plan's JSON; 300 routes have 0.7 MB
_LARGEST_BUNDLE = 2 << 30  # bytes; forty packages of the most Lambda takes
_JSON = "terraform show -json FILE > plan.json, and review that"


@dataclass(frozen=True, slots=True)
class GivenPlan:
    """`title` says what it is of."""

    title: str
    document: Mapping[str, object]
    fingerprint: str


def read(file: Path) -> GivenPlan:
    """The plan in `file`; `-` is stdin.

    Raises:
        UsageError: it can't be read, or is no plan.
        StaleError: a bundle that was cut or changed.
        ApitoolError: Terraform can't read it.
    """
    if file != STDIN:
        return _of_file(file, file.name)
    content = sys.stdin.buffer.read(_LARGEST_BUNDLE)
    with tempfile.TemporaryDirectory() as folder:  # mode 0700
        kept = Path(folder) / "stdin"
        kept.write_bytes(content)
        return _of_file(kept, "stdin")


def _of_file(file: Path, title: str) -> GivenPlan:
    try:
        with file.open("rb") as stream:
            start = stream.read(len(_ZIP))
        size = file.stat().st_size
    except OSError as error:
        raise UsageError(f"`{title}` can't be read", seen=error.strerror or str(error), fix=_JSON) from error
    if start == _ZIP:
        return _of_zip(file, title)
    if size > _LARGEST:
        raise UsageError(f"`{title}` is too big for a plan", seen=f"{size:,} bytes", fix=_JSON)
    document = _parsed(file.read_bytes(), title)
    return GivenPlan(title, document, fingerprint.of(document, {}))


def _of_zip(file: Path, title: str) -> GivenPlan:
    try:
        with zipfile.ZipFile(file) as archive:
            names = set(archive.namelist())
    except zipfile.BadZipFile as error:
        raise StaleError(f"`{title}` is cut or damaged", seen=str(error), fix="plan again") from error
    if plan_file.is_plan(names):
        document = foreign_plan.show(file, os.environ)
        return GivenPlan(title, document, fingerprint.of(document, {}))
    with bundle.opened(file) as saved:
        document = _parsed(saved.member(bundle.DOCUMENT), title)
        target = saved.manifest.facts.target
        digests = {name: each.sha256 for name, each in saved.manifest.packages.items()}
        mark = fingerprint.of(document, digests, bytes.fromhex(saved.manifest.fingerprint_key))
        return GivenPlan(f"{target.get('project', '')}/{target.get('stage', '')}", document, mark)


def _parsed(content: bytes, title: str) -> Mapping[str, object]:
    try:
        document = json.loads(content)
    except (ValueError, RecursionError):
        raise UsageError(f"`{title}` is not the JSON of a plan", seen="it is no JSON", fix=_JSON) from None
    if not isinstance(document, dict):
        raise UsageError(f"`{title}` is not the JSON of a plan", seen="JSON, but no object", fix=_JSON)
    return document
