"""Record the golden plans again: `python -m tests.review.record`, some eight minutes.

The real Terraform and provider apply each base to an embedded AWS, then plan every scenario over it. Kept of
`show -json` is what a review reads; nothing of the machine.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import boto3
from tests.review.scenarios import BASE, FOREIGN, OURS

from apitool.local import service
from apitool.terraform import binary, mirror
from apitool.terraform.environment import child_environment

if TYPE_CHECKING:
    from apitool.local.endpoint import Endpoint

REPOSITORY = Path(__file__).parents[2]
TERRAFORM = REPOSITORY / "terraform"
LOCK_FILE = TERRAFORM / "api" / ".terraform.lock.hcl"
PLANS = Path(__file__).parent / "plans"
_KEPT = ("format_version", "terraform_version", "variables")
_KEPT_OF_CHANGE = ("address", "previous_address", "mode", "type", "name", "index", "change", "action_reason")


@dataclass(frozen=True)
class Root:
    """A root module in a copy, and Terraform to run in it."""

    path: Path
    program: str
    environment: dict[str, str]

    def terraform(self, *arguments: str) -> str:
        done = subprocess.run(
            [self.program, *arguments],
            cwd=self.path,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise RuntimeError(f"terraform {arguments}: {done.stdout[-3000:]}{done.stderr[-3000:]}")
        return done.stdout

    def plan(self, variables: dict[str, Any], *more: str) -> dict[str, Any]:
        text = json.dumps(variables)
        for package in self.path.glob("*.zip"):
            digest = base64.b64encode(hashlib.sha256(package.read_bytes()).digest()).decode()
            text = text.replace(f"sha256 of {package.name}", digest)
        (self.path / "all.auto.tfvars.json").write_text(text)
        self.terraform("plan", "-input=false", "-out=it.tfplan", *more)
        return json.loads(self.terraform("show", "-json", "it.tfplan"))


def main() -> None:
    wanted = sys.argv[1:]
    with tempfile.TemporaryDirectory() as work:
        tree = shutil.copytree(
            TERRAFORM, Path(work) / "terraform", ignore=shutil.ignore_patterns(".terraform", "*.tfstate*")
        )
        shutil.copytree(Path(__file__).parent / "foreign", tree / "foreign")
        shutil.copy(LOCK_FILE, tree / "foreign")
        endpoint = service.ensure(Path(work), region="eu-central-1")
        try:
            _let_the_account_log(endpoint)
            for name, base, scenarios in (("api", BASE, OURS), ("foreign", {}, FOREIGN)):
                if not wanted or name in wanted:
                    prefix = "" if name == "api" else "foreign_"
                    record(_root(tree / name, Path(work), endpoint.environment()), base, scenarios, prefix)
        finally:
            service.stop(Path(work))


def _let_the_account_log(endpoint: Endpoint) -> None:
    """Access logs need a role of the account's."""
    secret = {"aws_access_key_id": "embedded", "aws_secret_access_key": "embedded"}
    at = {"endpoint_url": endpoint.control_url, "region_name": endpoint.region, **secret}
    trust = {
        "Effect": "Allow",
        "Action": "sts:AssumeRole",
        "Principal": {"Service": "apigateway.amazonaws.com"},
    }
    role = boto3.client("iam", **at).create_role(
        RoleName="logs",
        AssumeRolePolicyDocument=json.dumps({"Version": "2012-10-17", "Statement": [trust]}),
    )["Role"]
    boto3.client("iam", **at).attach_role_policy(
        RoleName="logs",
        PolicyArn="arn:aws:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs",
    )
    operation = {"op": "replace", "path": "/cloudwatchRoleArn", "value": role["Arn"]}
    boto3.client("apigateway", **at).update_account(patchOperations=[operation])


def record(root: Root, base: dict[str, Any], scenarios: dict[str, dict[str, Any]], prefix: str) -> None:
    keep(f"{prefix}first_plan", root.plan(base), str(root.path.parent))
    root.terraform("apply", "-input=false", "it.tfplan")
    for name, given in scenarios.items():
        keep(name, root.plan({**base, **given}, "-refresh=false"), str(root.path.parent))
    keep(f"{prefix}taken_down", root.plan(base, "-refresh=false", "-destroy"), str(root.path.parent))


def _root(path: Path, work: Path, target: dict[str, str]) -> Root:
    (path / "backend_override.tf").write_text('terraform {\n  backend "local" {}\n}\n')
    for package, text in (("package.zip", "1"), ("other.zip", "2")):
        with zipfile.ZipFile(path / package, "w") as archive:
            archive.writestr(zipfile.ZipInfo("app.py"), f"def handler(event, context):\n    return {text}\n")
    source = mirror.find(mirror.locked(LOCK_FILE), os.environ, Path.home())
    text = mirror.cli_configuration(source, mirror.locked(LOCK_FILE))
    rc = work / "terraform.rc" if text is not None else source.path
    if text is not None:
        rc.write_text(text)
    data = work / f"{path.name}-data"
    program = str(binary.find(REPOSITORY, os.environ).path)
    root = Root(path, program, child_environment(os.environ, target, data_folder=data, cli_config=rc))
    root.terraform("init", "-input=false")
    return root


def keep(name: str, plan: dict[str, Any], machine: str) -> None:
    kept: dict[str, Any] = {key: plan[key] for key in _KEPT if key in plan}
    kept["resource_changes"] = [
        {key: change[key] for key in _KEPT_OF_CHANGE if key in change}
        for change in plan.get("resource_changes", [])
        if change["mode"] == "managed" and _reviewed(change)
    ]
    outputs = plan.get("output_changes", {})
    kept["output_changes"] = {key: value for key, value in outputs.items() if value["actions"] != ["no-op"]}
    kept["configuration"] = {"root_module": _only_gateway(plan["configuration"]["root_module"])}
    text = json.dumps(kept, separators=(",", ":"), sort_keys=True)
    assert machine not in text, f"{name}: a path of this machine"
    PLANS.mkdir(exist_ok=True)
    (PLANS / f"{name}.json").write_text(text + "\n")


def _reviewed(change: dict[str, Any]) -> bool:
    """What stays as it is counts only where routes are put together from it."""
    return change["change"]["actions"] != ["no-op"] or change["type"] in {
        "aws_api_gateway_resource",
        "aws_api_gateway_method",
        "aws_api_gateway_integration",
        "aws_api_gateway_authorizer",
        "aws_api_gateway_request_validator",
        "aws_api_gateway_rest_api",
        "aws_api_gateway_integration_response",
    }


def _only_gateway(module: dict[str, Any]) -> dict[str, Any]:
    """The expressions of explicit gateway resources: what says which resource a method belongs to."""
    resources = [
        {key: resource[key] for key in ("address", "expressions", "for_each_expression") if key in resource}
        for resource in module.get("resources", [])
        if resource["type"].startswith("aws_api_gateway_")
    ]
    return {"resources": resources}


if __name__ == "__main__":
    main()
