"""Record the golden plans again: `python -m tests.review.record`, some fifteen minutes.
`… record nested` records the plans of one root only: `api`, `foreign`, `nested`.

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
from tests.review.scenarios import BASE, EDITS, FILES, FOREIGN, NESTED, OURS

from apitool.local import service
from apitool.terraform import binary, mirror
from apitool.terraform.environment import child_environment

if TYPE_CHECKING:
    from apitool.local.endpoint import Endpoint

REPOSITORY = Path(__file__).parents[2]
TERRAFORM = REPOSITORY / "terraform"
LOCK_FILE = TERRAFORM / "api" / ".terraform.lock.hcl"
PLANS = Path(__file__).parent / "plans"
_KEPT = ("format_version", "terraform_version", "variables", "errored", "checks")
_KEPT_OF_CHANGE = ("address", "previous_address", "mode", "type", "name", "index", "change", "action_reason")


@dataclass(frozen=True)
class Root:
    """A root module in a copy, and Terraform to run in it."""

    path: Path
    program: str
    environment: dict[str, str]
    endpoint: Endpoint

    def terraform(self, *arguments: str, may_fail: bool = False) -> str:
        done = subprocess.run(
            [self.program, *arguments],
            cwd=self.path,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode and not may_fail:
            raise RuntimeError(f"terraform {arguments}: {done.stdout[-3000:]}{done.stderr[-3000:]}")
        return done.stdout

    def plan(self, variables: dict[str, Any], *more: str, may_fail: bool = False) -> dict[str, Any]:
        """Terraform keeps the plan of a run that ended with an error, too."""
        text = json.dumps(variables)
        for package in self.path.glob("*.zip"):
            digest = base64.b64encode(hashlib.sha256(package.read_bytes()).digest()).decode()
            text = text.replace(f"sha256 of {package.name}", digest)
        (self.path / "all.auto.tfvars.json").write_text(text)
        self.terraform("plan", "-input=false", "-out=it.tfplan", *more, may_fail=may_fail)
        return json.loads(self.terraform("show", "-json", "it.tfplan"))


def main() -> None:
    wanted = sys.argv[1:]
    with tempfile.TemporaryDirectory() as work:
        tree = shutil.copytree(
            TERRAFORM, Path(work) / "terraform", ignore=shutil.ignore_patterns(".terraform", "*.tfstate*")
        )
        for foreign in ("foreign", "nested"):
            shutil.copytree(Path(__file__).parent / foreign, tree / foreign)
            shutil.copy(LOCK_FILE, tree / foreign)
        endpoint = service.ensure(Path(work), region="eu-central-1")
        try:
            _let_the_account_log(endpoint)
            for name, base, scenarios in (
                ("api", BASE, OURS),
                ("foreign", {}, FOREIGN),
                ("nested", {}, NESTED),
            ):
                if not wanted or name in wanted:
                    prefix = "" if name == "api" else f"{name}_"
                    record(_root(tree / name, Path(work), endpoint), base, scenarios, prefix)
        finally:
            service.stop(Path(work))


def _let_the_account_log(endpoint: Endpoint) -> None:
    """Access logs need a role of the account's."""
    iam = _client("iam", endpoint)
    trust = {
        "Effect": "Allow",
        "Action": "sts:AssumeRole",
        "Principal": {"Service": "apigateway.amazonaws.com"},
    }
    role = iam.create_role(
        RoleName="logs",
        AssumeRolePolicyDocument=json.dumps({"Version": "2012-10-17", "Statement": [trust]}),
    )["Role"]
    iam.attach_role_policy(
        RoleName="logs",
        PolicyArn="arn:aws:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs",
    )
    operation = {"op": "replace", "path": "/cloudwatchRoleArn", "value": role["Arn"]}
    _client("apigateway", endpoint).update_account(patchOperations=[operation])


def record(root: Root, base: dict[str, Any], scenarios: dict[str, dict[str, Any]], prefix: str) -> None:
    machine = str(root.path.parent)
    keep(f"{prefix}first_plan", root.plan(base), machine)
    root.terraform("apply", "-input=false", "it.tfplan")
    if prefix == "nested_":
        _by_hand(root.endpoint)
    for name, given in scenarios.items():
        sys.stderr.write(f"{name}\n")
        more = {root.path / file: text for file, text in FILES.get(name, {}).items()}
        for file, text in more.items():
            file.write_text(text)
        as_it_was = _edit(root.path / "main.tf", EDITS.get(name, []))
        keep(name, root.plan({**base, **given}, "-refresh=false", may_fail=name == "nested_errored"), machine)
        if as_it_was:
            (root.path / "main.tf").write_text(as_it_was)
        for file in more:
            file.unlink()
    keep(f"{prefix}taken_down", root.plan(base, "-refresh=false", "-destroy"), machine)
    if prefix == "nested_":
        _change_behind_its_back(root.endpoint)
        keep("nested_drift", root.plan(base), machine)


def _edit(file: Path, edits: list[tuple[str, str]]) -> str:
    """Returns the text as it was, empty when there is nothing to edit."""
    before = file.read_text() if edits else ""
    text = before
    for old, new in edits:
        assert old in text, f"{file}: {old}"
        text = text.replace(old, new)
    if edits:
        file.write_text(text)
    return before


def _by_hand(endpoint: Endpoint) -> None:
    """Something to import."""
    logs = _client("logs", endpoint)
    logs.create_log_group(logGroupName="/shop/by-hand")
    logs.put_retention_policy(logGroupName="/shop/by-hand", retentionInDays=30)


def _change_behind_its_back(endpoint: Endpoint) -> None:
    _client("lambda", endpoint).update_function_configuration(FunctionName="shop", Timeout=25)


def _client(service_name: str, endpoint: Endpoint) -> Any:
    secret = {"aws_access_key_id": "embedded", "aws_secret_access_key": "embedded"}
    return boto3.client(
        service_name, endpoint_url=endpoint.control_url, region_name=endpoint.region, **secret
    )


def _root(path: Path, work: Path, endpoint: Endpoint) -> Root:
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
    environment = child_environment(os.environ, endpoint.environment(), data_folder=data, cli_config=rc)
    root = Root(path, program, environment, endpoint)
    root.terraform("init", "-input=false")
    return root


def keep(name: str, plan: dict[str, Any], machine: str) -> None:
    kept: dict[str, Any] = {key: plan[key] for key in _KEPT if key in plan}
    for key in ("resource_changes", "resource_drift"):
        kept[key] = [
            {each: change[each] for each in _KEPT_OF_CHANGE if each in change}
            for change in plan.get(key, [])
            if change["mode"] == "managed" and _reviewed(change)
        ]
    outputs = plan.get("output_changes", {})
    kept["output_changes"] = {key: value for key, value in outputs.items() if value["actions"] != ["no-op"]}
    kept["configuration"] = {"root_module": _what_refers(plan["configuration"]["root_module"])}
    text = json.dumps(kept, separators=(",", ":"), sort_keys=True)
    assert machine not in text, f"{name}: a path of this machine"
    PLANS.mkdir(exist_ok=True)
    (PLANS / f"{name}.json").write_text(text + "\n")


def _reviewed(change: dict[str, Any]) -> bool:
    """What stays as it is counts only where routes are put together from it."""
    stays = change["change"]["actions"] == ["no-op"]
    noted = "previous_address" in change or "importing" in change["change"]
    return not stays or noted or _shapes_routes(change["type"])


def _shapes_routes(kind: str) -> bool:
    return kind.startswith(("aws_api_gateway_", "aws_lambda_", "aws_iam_role_policy"))


def _what_refers(module: dict[str, Any]) -> dict[str, Any]:
    """The expressions of what shapes routes, and how modules hand values in and out."""
    named = ("address", "expressions", "for_each_expression")
    resources = [
        {key: resource[key] for key in named if key in resource}
        for resource in module.get("resources", [])
        if _shapes_routes(resource["type"])
    ]
    calls = {
        name: {
            **{key: call[key] for key in ("source", "expressions", "for_each_expression") if key in call},
            "module": _what_refers(call["module"]),
        }
        for name, call in module.get("module_calls", {}).items()
    }
    return {"resources": resources, "module_calls": calls, "outputs": module.get("outputs", {})}


if __name__ == "__main__":
    main()
