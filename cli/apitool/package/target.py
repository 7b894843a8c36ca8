"""What a package is built for: Python version, architecture, and the C library its wheels may ask for."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from apitool.package.declaration import Packaged
    from apitool.project.model import Architecture

# Lambda's runtimes up to python3.11 run on Amazon Linux 2, later ones on Amazon Linux 2023.
# uv knows manylinux tags by glibc version; 2.17 is the highest it has up to Amazon Linux 2's 2.26.
AMAZON_LINUX_2, AMAZON_LINUX_2023 = "manylinux_2_17", "manylinux_2_34"
GLIBC = {AMAZON_LINUX_2: (2, 26), AMAZON_LINUX_2023: (2, 34)}
FIRST_ON_AMAZON_LINUX_2023 = 12  # minor version of Python 3

CPU: dict[Architecture, str] = {"arm64": "aarch64", "x86_64": "x86_64"}
ARCHITECTURE: dict[str, Architecture] = {"aarch64": "arm64", "arm64": "arm64"}  # as uname says it


class Target(NamedTuple):
    """`platform` is uv's `--python-platform`; None is this machine, where the embedded AWS runs functions."""

    python: str  # "3.13"
    architecture: Architecture
    platform: str | None

    @classmethod
    def of(cls, function: Packaged) -> Target:
        """The Lambda runtime of a function."""
        python = function.runtime.removeprefix("python")
        libc = AMAZON_LINUX_2023 if minor(python) >= FIRST_ON_AMAZON_LINUX_2023 else AMAZON_LINUX_2
        return cls(python, function.architecture, f"{CPU[function.architecture]}-{libc}")

    @classmethod
    def host(cls) -> Target:
        """What the embedded AWS runs functions with: the Python that runs now, on this machine."""
        python = f"{sys.version_info.major}.{sys.version_info.minor}"
        return cls(python, ARCHITECTURE.get(os.uname().machine, "x86_64"), None)

    @property
    def cpu(self) -> str:
        """The architecture as Linux, wheels and ELF write it."""
        return CPU[self.architecture]

    @property
    def glibc(self) -> tuple[int, int] | None:
        """Version of the runtime's C library; None for this machine, whose loader is there to be asked."""
        return GLIBC[self.platform.partition("-")[2]] if self.platform else None

    def __str__(self) -> str:
        return f"Python {self.python} on {self.platform or f'this machine ({os.uname().machine})'}"


def minor(python: str) -> int:
    """13 of "3.13"."""
    return int(python.partition(".")[2])
