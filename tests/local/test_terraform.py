"""The real Terraform and the real provider take the embedded AWS for AWS: apply, nothing to do, destroy."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from tests.local.deploy import Deployed, package

from apitool.local import service
from apitool.terraform import mirror

if TYPE_CHECKING:
    from collections.abc import Iterator

    from apitool.local.endpoint import Endpoint

pytestmark = [pytest.mark.embedded, pytest.mark.terraform]

CONFIGURATION = Path(__file__).parent / "configuration" / "main.tf"
LOCK_FILE = Path(__file__).parents[2] / "terraform" / "api" / ".terraform.lock.hcl"
CODE = """
def handler(event, context):
    return {"body": event["stageVariables"]["colour"] + event["pathParameters"]["orderId"]}
"""
PATIENCE = 240  # seconds for one run of Terraform


class Root:
    """A root module in a folder of its own, with its state in the embedded AWS's S3."""

    def __init__(self, folder: Path, endpoint: Endpoint) -> None:
        self.folder = folder
        inherited = {k: v for k, v in os.environ.items() if not k.startswith(("AWS_", "TF_"))}
        own = {**self._installation(), "TF_IN_AUTOMATION": "1"}
        self._environment = {**inherited, **endpoint.environment(), **own}
        (folder / "app.zip").write_bytes(package(CODE))
        shutil.copy(CONFIGURATION, folder)
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


@pytest.fixture
def endpoint(tmp_path: Path) -> Iterator[Endpoint]:
    """One of its own: it sets the account's role."""
    yield service.ensure(tmp_path / "project", region="eu-central-1")
    service.stop(tmp_path / "project")


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


def test_apply_then_no_changes_then_a_request_then_destroy(tmp_path: Path, endpoint: Endpoint) -> None:
    clients = client_of(endpoint)
    location = {"LocationConstraint": endpoint.region}
    clients("s3").create_bucket(Bucket="state", CreateBucketConfiguration=location)
    (tmp_path / "root").mkdir()
    root = Root(tmp_path / "root", endpoint)
    backend = {"bucket": "state", "key": "small", "use_lockfile": "true", "use_path_style": "true"}
    options = [f"-backend-config={key}={value}" for key, value in backend.items()]
    variables = ["-var", f"package={root.folder / 'app.zip'}"]

    root.run("init", "-lockfile=readonly", *options)
    root.run("apply", "-auto-approve", *variables)
    assert "No changes." in root.run("plan", "-detailed-exitcode", *variables)

    api = clients("apigateway").get_rest_apis()["items"][0]["id"]
    deployed = Deployed(clients, endpoint.url("small"), api, "small", "small")
    assert deployed.get("/orders/7").body == b"blue7"
    assert deployed.get("/nope").headers["Access-Control-Allow-Origin"] == "*"
    assert len(deployed.logged("/aws/apigateway/small/access", wanted=2)) == 2

    assert "destroyed" in root.run("destroy", "-auto-approve", *variables)
    assert clients("apigateway").get_rest_apis()["items"] == []
    assert clients("lambda").list_functions()["Functions"] == []
    assert clients("dynamodb").list_tables()["TableNames"] == []
    assert clients("iam").list_roles()["Roles"] == []
    assert clients("logs").describe_log_groups()["logGroups"] == []
