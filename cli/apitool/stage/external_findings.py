"""What other tools found, from the SARIF files they wrote."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from apitool.errors import UsageError
from apitool.review import sarif

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from apitool.review.finding import Finding

_LARGEST = 64 << 20  # bytes; checkov writes about 2 KB a result
_FIX = "checkov --framework terraform_plan --file plan.json --output sarif, and hand in that file"


def read(files: Iterable[Path]) -> tuple[Finding, ...]:
    """The findings in all of them.

    Raises:
        UsageError: one of them can't be read, or is no SARIF.
    """
    return tuple(finding for file in files for finding in sarif.read(_parsed(file), file.name))


def _parsed(file: Path) -> object:
    try:
        if file.stat().st_size > _LARGEST:
            raise UsageError(f"`{file}` is too big", seen=f"{file.stat().st_size:,} bytes", fix=_FIX)
        return json.loads(file.read_bytes())
    except OSError as error:
        raise UsageError(f"`{file}` can't be read", seen=error.strerror or str(error), fix=_FIX) from error
    except (ValueError, RecursionError):
        raise UsageError(f"`{file}` is not SARIF", seen="it is no JSON", fix=_FIX) from None
