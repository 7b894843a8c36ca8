"""Where a stage lives: AWS, or the AWS embedded on this machine. The same steps run against both."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.util import find_spec
from typing import TYPE_CHECKING

from apitool.aws import state_bucket
from apitool.aws.account import Account
from apitool.errors import UsageError
from apitool.local import service
from apitool.project import names

if TYPE_CHECKING:
    from pathlib import Path

    from apitool.local.endpoint import Endpoint
    from apitool.project.model import Project, Stage


@dataclass(frozen=True)
class Target:
    """A stage and the account it is in. `endpoint` is the embedded AWS, when the stage lives there."""

    project: Project
    stage: Stage
    account: Account
    endpoint: Endpoint | None

    @property
    def embedded(self) -> bool:
        return self.endpoint is not None

    @property
    def title(self) -> str:
        """For people: `orders/prod on AWS 123456789012 eu-central-1`."""
        if self.embedded:
            return f"{self.name} on the embedded AWS"
        return f"{self.name} on AWS account {self.account.id}, {self.account.region}"

    @property
    def name(self) -> str:
        """What is typed to confirm a `down`."""
        return f"{self.project.name}/{self.stage.name}"

    @property
    def options(self) -> str:
        """How it is named to another command: `--stage prod --local`."""
        return f"--stage {self.stage.name}{' --local' if self.embedded and not self.stage.local else ''}"

    @property
    def rest_api_name(self) -> str:
        return names.rest_api(self.project.name, self.stage.name)

    @property
    def tags(self) -> dict[str, str]:
        """What everything of the stage carries, and nothing else: set in `terraform/api/provider.tf`."""
        return {"apitool:project": self.project.name, "apitool:stage": self.stage.name}

    @property
    def made_here(self) -> Path:
        """The folder for what this target makes; `prod` on AWS and `prod --local` never share one."""
        return self.project.root / ".apitool" / ("embedded" if self.embedded else "aws")

    @property
    def stage_folder(self) -> Path:
        return self.made_here / "stages" / self.stage.name

    @property
    def account_folder(self) -> Path:
        return self.made_here / "account"

    @property
    def state_bucket(self) -> str:
        return self.project.state_bucket or state_bucket.default_name(self.account)

    def terraform_environment(self) -> dict[str, str | None]:
        """What Terraform's process environment gets on top of its own; None takes a variable away."""
        if self.endpoint is not None:
            return {"AWS_PROFILE": None, "AWS_SESSION_TOKEN": None, **self.endpoint.environment()}
        profile = {"AWS_PROFILE": self.account.profile} if self.account.profile else {}
        return {"AWS_REGION": self.account.region, **profile}

    def url(self, invoke_url: str) -> str:
        """Where the API answers: Terraform's invoke URL on AWS, the gateway's on this machine."""
        return invoke_url if self.endpoint is None else self.endpoint.url(self.stage.name)


def is_embedded(stage: Stage, *, local: bool) -> bool:
    return local or stage.local


def start(
    project: Project, stage: Stage, *, local: bool, profile: str | None = None, port: int | None = None
) -> Target:
    """The target, with the embedded AWS started when it is needed, or the AWS credentials checked.

    Raises:
        CredentialsError: no usable AWS credentials.
        UsageError: the embedded AWS is not installed, or `port` can't be had.
    """
    if not is_embedded(stage, local=local):
        return _on_aws(project, stage, profile)
    _need_the_embedded_aws()
    return _on_this_machine(project, stage, service.ensure(project.root, region=project.region, port=port))


def find(project: Project, stage: Stage, *, local: bool, profile: str | None = None) -> Target | None:
    """The target as it is now: None when it would be the embedded AWS and that does not run."""
    if not is_embedded(stage, local=local):
        return _on_aws(project, stage, profile)
    endpoint = service.running(project.root)
    return None if endpoint is None else _on_this_machine(project, stage, endpoint)


def _on_aws(project: Project, stage: Stage, profile: str | None) -> Target:
    account = Account(project.region, profile)
    _ = account.id  # asks STS: without credentials nothing else needs to start
    return Target(project, stage, account, endpoint=None)


def _on_this_machine(project: Project, stage: Stage, endpoint: Endpoint) -> Target:
    account = Account(endpoint.region, environment=endpoint.environment())
    return Target(project, stage, account, endpoint)


def missing_modules() -> list[str]:
    """What the embedded AWS is made of and is not installed here."""
    return [module for module in ("flask", "httptools", "moto") if find_spec(module) is None]


def _need_the_embedded_aws() -> None:
    if missing := missing_modules():
        raise UsageError(
            "the embedded AWS is not installed",
            seen=f"no module named {', '.join(missing)}",
            fix="pip install 'apitool[local]'",
        )
