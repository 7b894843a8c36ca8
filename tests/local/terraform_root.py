"""A root module that the real Terraform runs against an embedded AWS."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any

from apitool.terraform import mirror

if TYPE_CHECKING:
    from apitool.local.endpoint import Endpoint

LOCK_FILE = Path(__file__).parents[2] / "terraform" / "api" / ".terraform.lock.hcl"
PATIENCE = 240  # seconds for one run of Terraform


class Root:
    """The files of `configuration` in a folder of their own."""

    def __init__(self, folder: Path, endpoint: Endpoint, configuration: Path) -> None:
        self.folder = folder
        shutil.copytree(configuration, folder)
        inherited = {k: v for k, v in os.environ.items() if not k.startswith(("AWS_", "TF_"))}
        own = {**self._installation(), "TF_IN_AUTOMATION": "1"}
        self._environment = {**inherited, **endpoint.environment(), **own}
        shutil.copy(LOCK_FILE, folder)

    def run(self, *arguments: str, exits: int = 0) -> str:
        ended = subprocess.run(
            ["terraform", *arguments, "-no-color", "-input=false"],
            cwd=self.folder,
            env=self._environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=PATIENCE,
        )
        assert ended.returncode == exits, ended.stdout + ended.stderr
        return ended.stdout

    def _installation(self) -> dict[str, str]:
        """Where this machine has the provider."""
        providers = mirror.locked(LOCK_FILE)
        source = mirror.find(providers, os.environ, Path.home())
        if source.kind == "user":
            return {"TF_CLI_CONFIG_FILE": str(source.path)}
        text = mirror.cli_configuration(source, providers)
        if text is None:
            return {}
        (self.folder / "terraform.tfrc").write_text(text)
        return {"TF_CLI_CONFIG_FILE": str(self.folder / "terraform.tfrc")}


def client_of(endpoint: Endpoint) -> Any:
    import boto3  # noqa: PLC0415 - 0.2 s

    def client(name: str) -> Any:
        return boto3.client(
            name,
            region_name=endpoint.region,
            endpoint_url=endpoint.control_url,
            aws_access_key_id="test",
            aws_secret_access_key="test",
        )

    return client
