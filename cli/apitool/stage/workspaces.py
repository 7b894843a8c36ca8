"""The Terraform workspaces of a target: one for the stage, one for the account's CloudWatch role."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from apitool.aws import state_bucket
from apitool.stage import packaging
from apitool.terraform import binary, roots
from apitool.terraform.backend import S3Backend, account_key, stage_key
from apitool.terraform.listener import Silent
from apitool.terraform.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from apitool.console import Console, Step
    from apitool.stage.target import Target
    from apitool.terraform.binary import Binary
    from apitool.terraform.events import Resource


_ACCOUNT = "aws_api_gateway_account"
_SAY_EVERY = 60  # seconds between two words where nothing can be drawn over itself, as in CI


def for_stage(target: Target, variables: Mapping[str, object]) -> Workspace:
    """The stage's workspace, with variables and backend written down. `with` holds the folder."""
    key = stage_key(target.project.name, target.stage.name)
    return _prepared(target, "api", target.stage_folder, key, variables)


def for_account(target: Target) -> Workspace:
    """The workspace of the account's CloudWatch role."""
    variables = {"region": target.account.region, "account_id": target.account.id}
    return _prepared(target, "account", target.account_folder, account_key(target.account.region), variables)


def terraform(target: Target) -> Binary:
    """The Terraform that runs for this project."""
    project = target.project.root
    return binary.find(project, os.environ, project / ".apitool" / "terraform-versions.json")


def ensure_state_bucket(target: Target, console: Console, *, yes: bool) -> None:
    """Make the bucket for Terraform's state on first use; on AWS only after asking.

    Raises:
        GateError: the answer was no.
    """
    bucket = target.state_bucket
    if state_bucket.exists(target.account, bucket):
        return
    if not (yes or target.embedded):
        console.confirm(
            f"There is no bucket for Terraform's state yet. Make `{bucket}` in {target.account.region} "
            "(versioned, encrypted, TLS only, no public access)?"
        )
    with console.step("state", f"making the bucket {bucket}") as step:
        state_bucket.create(target.account, bucket, tls_only=not target.embedded)
        step.text = f"s3://{bucket}"
        step.skipped = target.embedded


def _prepared(
    target: Target, root: roots.Root, folder: Path, key: str, variables: Mapping[str, object]
) -> Workspace:
    project = target.project.root
    workspace = Workspace(
        roots.find(root, project),
        folder,
        target.terraform_environment(),
        terraform(target),
        packages=packaging.folder(project),
    )
    backend = S3Backend(target.state_bucket, key, target.account.region, embedded=target.embedded)
    workspace.prepare(variables, backend)
    return workspace


@dataclass
class Drawn(Silent):
    """A listener that draws Terraform's progress as the text of a step, and counts what is done."""

    step: Step
    done: int = 0

    def note(self, text: str) -> None:
        self.step.update(text)

    def started(self, resource: Resource, action: str) -> None:
        self.step.update(f"{action} {resource.address}")

    def running(self, resource: Resource, action: str, seconds: int) -> None:
        text = f"{action} {resource.address}, {seconds} s"
        if resource.type == _ACCOUNT:
            text = f"waiting for IAM to let API Gateway use the role, {seconds} s; 33 to 84 s are usual"
        self.step.update(text)
        if seconds % _SAY_EVERY == 0 and not self.step.console.on_terminal:
            self.step.console.say(f"… {text}")

    def completed(self, resource: Resource, action: str, seconds: int) -> None:  # noqa: ARG002 - Listener's signature
        self.done += 1
        self.step.update(f"{action} {resource.address} done")

    def stopping(self, signal: str, waiting_for: Sequence[str], *, again: bool) -> None:
        waiting = f", waiting for {', '.join(waiting_for)}" if waiting_for else ""
        told = "already stopping" if again else "stopping after what is under way"
        self.step.console.say(f"{signal}: {told}{waiting}; the state will be saved")
