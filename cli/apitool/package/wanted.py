"""What one function asks for, and the name under which the answer is kept.

Read before every build, also one with nothing to do: so it imports nothing that only an installation needs.
"""

from __future__ import annotations

import hashlib
import json
import os
import zlib
from functools import cached_property
from typing import TYPE_CHECKING

from apitool.package.selection import EVERYTHING

if TYPE_CHECKING:
    from apitool.package.requirements import Requirements
    from apitool.package.selection import Selection
    from apitool.package.target import Target

LAYOUT = 2  # raise it when the same inputs shall give another zip
KEY_LENGTH = 32  # hexadecimal digits


class Wanted:
    """What one function asks for. `selection` only bounds what counts for Lambda's limit."""

    def __init__(
        self,
        function: str,
        requirements: Requirements,
        target: Target,
        *,
        bundle_sdk: bool = False,
        selection: Selection = EVERYTHING,
    ) -> None:
        self.function = function
        self.requirements = requirements
        self.target = target
        self.bundle_sdk = bundle_sdk
        self.selection = selection

    @cached_property
    def key(self) -> str | None:
        """The name of the zip in the cache; None when nothing says whether it is still what it was."""
        requirements = self.requirements
        local = _fingerprint(requirements)
        if local is None:
            return None
        decides: list[object] = [
            LAYOUT,
            str(self.target),
            self.target.architecture,
            self.bundle_sdk,
            requirements.form,
            requirements.texts,
            local,
            zlib.ZLIB_RUNTIME_VERSION,
        ]
        if not requirements.locked:
            decides.append(_index_settings())
        # Only the digest is kept: what goes in may hold the password of an index.
        return hashlib.sha256(json.dumps(decides, sort_keys=True).encode()).hexdigest()[:KEY_LENGTH]


def _fingerprint(requirements: Requirements) -> str | None:
    """Of the projects of this machine it names; None when nothing says which those are."""
    if not requirements.traceable:
        return None
    if not requirements.local_paths:
        return ""
    from apitool.package import local_projects  # noqa: PLC0415 - rarely needed

    return local_projects.fingerprint(requirements.local_paths)


def _index_settings() -> dict[str, str]:
    """Where uv would look, and for what: without hashes that decides too."""
    from apitool.package import uv_environment  # noqa: PLC0415 - not needed with a lock

    return {name: value for name, value in uv_environment.of(os.environ).items() if name.startswith("UV_")}
