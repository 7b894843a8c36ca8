"""What moto imports and never uses here, kept out: a fifth of the process's start.

`openapi_spec_validator` brings pydantic-settings and jsonschema. moto calls it for `failOnWarnings=true`,
and then with a meaning that is not AWS's; `corrections/openapi_import.py` never lets it.
"""

from __future__ import annotations

import sys
from types import ModuleType

_PACKAGE = "openapi_spec_validator"


class OpenAPIValidationError(Exception):
    """Stands for the package's own; never raised."""


def spare() -> None:
    """Before the first import of moto."""
    if _PACKAGE in sys.modules:
        return
    package, validation, exceptions = (
        ModuleType(name) for name in (_PACKAGE, f"{_PACKAGE}.validation", f"{_PACKAGE}.validation.exceptions")
    )
    vars(package)["validate"] = _validate
    vars(exceptions)["OpenAPIValidationError"] = OpenAPIValidationError
    sys.modules.update({each.__name__: each for each in (package, validation, exceptions)})


def _validate(_document: object) -> None:
    raise NotImplementedError("moto's own validation of OpenAPI documents is switched off")
