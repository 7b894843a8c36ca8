"""A deployment package on disk, and what is known of it."""

from __future__ import annotations

from binascii import b2a_base64
from typing import TYPE_CHECKING, NamedTuple

from apitool.package import sizes

if TYPE_CHECKING:
    from pathlib import Path

    from apitool.errors import Problem
    from apitool.package.sizes import Contributor


class Package(NamedTuple):
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
    reused: bool = False  # nothing had changed

    @property
    def sha256_base64(self) -> str:
        """As Lambda (`CodeSha256`) and Terraform (`source_code_hash`) write it."""
        return b2a_base64(bytes.fromhex(self.sha256_hex), newline=False).decode()

    @property
    def too_big_to_upload(self) -> bool:
        """Whether Lambda takes it from S3 only."""
        return self.size > sizes.ZIPPED_LIMIT
