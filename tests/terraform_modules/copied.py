"""`terraform/` of this checkout, and a folder of a copy of it to run Terraform in."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path
from subprocess import PIPE, STDOUT, CompletedProcess, run

SOURCE = Path(__file__).parents[2] / "terraform"
LOCK_FILE = SOURCE / "api" / ".terraform.lock.hcl"


@dataclass(frozen=True)
class Folder:
    """One folder of the copy, and Terraform to run in it."""

    path: Path
    program: Path
    environment: dict[str, str]

    def terraform(self, *arguments: str) -> CompletedProcess[str]:
        return run(
            [self.program, *arguments],
            cwd=self.path,
            env=self.environment,
            stdout=PIPE,
            stderr=STDOUT,
            text=True,
            check=False,
        )

    def initialise(self) -> Folder:
        """Install modules and the provider, which has to have one of the committed checksums."""
        if not (self.path / LOCK_FILE.name).exists():
            shutil.copy(LOCK_FILE, self.path)
        done = self.terraform("init", "-backend=false", "-lockfile=readonly", "-input=false", "-no-color")
        assert done.returncode == 0, done.stdout
        return self
