"""Terraform's own plan file, as far as it can be read without Terraform: which state it was made from.

A plan file is a zip: `tfplan`, the state it starts from (`tfstate`), the configuration. Terraform applies it
only to a state of the same lineage and serial; knowing them saves starting it to be refused.
"""

from __future__ import annotations

import json
import zipfile
from dataclasses import dataclass
from typing import TYPE_CHECKING

from apitool.errors import StaleError
from apitool.terraform.document import mapping, number, text

if TYPE_CHECKING:
    from pathlib import Path
    from typing import IO

_PLAN, _STATE = "tfplan", "tfstate"


@dataclass(frozen=True, slots=True)
class StateMark:
    """One version of a state. No state yet: an empty lineage and serial 0, as Terraform has it."""

    lineage: str = ""
    serial: int = 0

    @classmethod
    def of(cls, state: object) -> StateMark:
        """The mark of a state's JSON."""
        document = mapping(state)
        return cls(text(document.get("lineage")), number(document.get("serial")))


def is_plan(names: set[str]) -> bool:
    """Whether a zip with these members is Terraform's plan."""
    return {_PLAN, _STATE} <= names


def state_of(file: Path | IO[bytes]) -> StateMark:
    """The state a plan starts from.

    Raises:
        StaleError: the file is cut, or no plan.
    """
    try:
        with zipfile.ZipFile(file) as plan:
            return StateMark.of(json.loads(plan.read(_STATE)))
    except (zipfile.BadZipFile, KeyError, ValueError, OSError) as error:
        raise StaleError(
            "the saved plan can't be read", seen=str(error), fix="plan again: `apitool plan --out FILE`"
        ) from error
