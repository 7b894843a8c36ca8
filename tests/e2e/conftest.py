"""A project in a folder of its own, and the command line as a user runs it, in a clean environment."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import boto3
import pytest
from tests.e2e import overdue

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parents[2]
PATIENCE = 300  # seconds; an `up` from nothing takes 25 on a quiet machine


@dataclass
class CommandLine:
    """`apitool` in one project folder."""

    folder: Path
    environment: dict[str, str] = field(default_factory=dict)
    said: list[str] = field(default_factory=list)  # everything it ever wrote, for canaries

    def argv(self, *arguments: str) -> list[str]:
        return [sys.executable, "-P", "-m", "apitool", *arguments]

    def clean_environment(self) -> dict[str, str]:
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("AWS_", "APITOOL_", "TF_VAR", "CI"))}
        return kept | overdue.LISTENING | self.environment

    def start(self, *arguments: str, **options: Any) -> subprocess.Popen[str]:
        return subprocess.Popen(
            self.argv(*arguments),
            cwd=self.folder,
            env=self.clean_environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            **options,
        )

    def __call__(self, *arguments: str, exits: int = 0) -> subprocess.CompletedProcess[str]:
        process = self.start(*arguments)
        try:
            out, err = process.communicate(timeout=PATIENCE)
        except subprocess.TimeoutExpired:
            said = overdue.ended(process, self.folder)
            pytest.fail(f"{process.args} did not end within {PATIENCE} s\n{said}", pytrace=False)
        self.said += [out, err]
        ended = subprocess.CompletedProcess(arguments, process.returncode, out, err)
        assert ended.returncode == exits, f"exit {ended.returncode}, not {exits}\n{out}\n{err}"
        assert "Traceback" not in err, err
        return ended

    def json(self, *arguments: str, exits: int = 0) -> Any:
        return json.loads(self(*arguments, "-o", "json", exits=exits).stdout)

    def clients(self) -> Callable[[str], Any]:
        """boto3 clients of the project's embedded AWS, by service."""
        status = self.json("local", "status")

        def client(service: str) -> Any:
            return boto3.client(
                service,
                endpoint_url=status["control_url"],
                region_name=status["region"],
                aws_access_key_id="embedded",
                aws_secret_access_key="embedded",
            )

        return client


def new_project(folder: Path) -> CommandLine:
    """The sample project of this repository, without its Terraform: the shipped one is used."""
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copy(ROOT / "apitool.toml", folder)
    shutil.copytree(ROOT / "lambda_src", folder / "lambda_src", ignore=shutil.ignore_patterns("__pycache__"))
    return CommandLine(folder)


@pytest.fixture(scope="module")
def apitool(tmp_path_factory):
    """A project for the tests of one file, its embedded AWS ended afterwards."""
    line = new_project(tmp_path_factory.mktemp("project"))
    yield line
    line("local", "stop")
