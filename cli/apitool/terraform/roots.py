"""Where the Terraform root modules are.

A project's own `terraform/api` wins (`apitool init --vendor` makes one), then the copy in the installed
package, then the checkout this code runs from.
"""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from apitool.errors import ApitoolError

Root = Literal["api", "account"]

_PACKAGE = Path(__file__).resolve().parent.parent


def find(root: Root, project: Path, *, package: Path = _PACKAGE) -> Path:
    """The folder of a root module.

    Raises:
        ApitoolError: there is none; this installation is broken.
    """
    candidates = places(root, project, package)
    for folder in candidates:
        if any(folder.glob("*.tf")):
            return folder
    raise ApitoolError(
        f"the Terraform root module `{root}` is missing",
        seen="no *.tf in " + ", ".join(str(folder) for folder in candidates),
        fix="install apitool again, or put the module into the project's own folder",
    )


def places(root: Root, project: Path, package: Path = _PACKAGE) -> tuple[Path, Path, Path]:
    """Where it may be, best first. `package` is the folder of the `apitool` package."""
    return (
        project.resolve() / "terraform" / root,
        package / "_terraform" / root,
        package.parent.parent / "terraform" / root,
    )
