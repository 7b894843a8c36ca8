"""A deployment package on disk, and what is known of it."""

from __future__ import annotations

import base64
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from apitool.package import sizes

if TYPE_CHECKING:
    from pathlib import Path

    from apitool.errors import Problem
    from apitool.package.sizes import Contributor


@dataclass(frozen=True, slots=True)
class Package:
    """Sizes are bytes; `contributors` are the biggest parts, biggest first.

    `left_out` are secrets in the source folder, which stayed there; `notes` are worth a look, `warnings` will
    hardly be what was meant. `layer` holds the dependencies when they go apart.
    """

    function: str
    file: Path
    sha256_hex: str
    size: int
    unzipped_size: int
    contributors: tuple[Contributor, ...]
    left_out: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    warnings: tuple[Problem, ...] = ()
    layer: Package | None = None
    reused: bool = field(default=False, compare=False)  # nothing had changed

    @property
    def sha256_base64(self) -> str:
        """As Lambda (`CodeSha256`) and Terraform (`source_code_hash`) write it."""
        return base64.b64encode(bytes.fromhex(self.sha256_hex)).decode()

    @property
    def too_big_to_upload(self) -> bool:
        """Whether Lambda takes it from S3 only."""
        return self.size > sizes.ZIPPED_LIMIT

    def with_findings(
        self,
        *,
        left_out: tuple[str, ...],
        notes: tuple[str, ...],
        warnings: tuple[Problem, ...],
        layer: Package | None,
    ) -> Package:
        return replace(self, left_out=left_out, notes=notes, warnings=warnings, layer=layer)
