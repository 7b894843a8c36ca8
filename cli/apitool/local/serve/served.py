"""What is served: a stage and the functions its integrations and authorizers name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from apitool.local.runtime.function import FunctionVersion
from apitool.project import names
from apitool.project.deployed import ACCOUNT_ID, deployed_stage
from apitool.project.openapi import alias_arn

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from apitool.project.model import Project, Stage
    from apitool.proxy.stage import DeployedStage


@dataclass(frozen=True, slots=True)
class Served:
    """`functions` by the ARN an integration invokes. Replaced as a whole when something was saved."""

    project: Project
    stage: Stage
    deployed: DeployedStage
    functions: Mapping[str, FunctionVersion]


def served(
    project: Project, stage: Stage, dependencies: Mapping[str, Path | None], *, save: int = 0
) -> Served:
    """The project at a stage, run from its source folders.

    Args:
        project: what to serve.
        stage: with which variables and throttle.
        dependencies: folder of the installed dependencies by function, None for one without.
        save: counts up with every save: another number means other code in the same folder.
    """
    functions = {
        alias_arn(project, stage, name, account_id=ACCOUNT_ID): function_version(
            project, stage, name, dependencies.get(name), save=save
        )
        for name in project.functions
    }
    return Served(project, stage, deployed_stage(project, stage), functions)


def function_version(
    project: Project, stage: Stage, name: str, dependencies: Path | None, *, save: int = 0
) -> FunctionVersion:
    """A function as the runtime takes it: its source folder stands for the unpacked package."""
    function = project.functions[name]
    full_name = names.member(project.name, stage.name, name)
    tables = {
        variable: names.member(project.name, stage.name, table) for variable, table in function.tables.items()
    }
    return FunctionVersion(
        name=full_name,
        version="$LATEST",
        arn=alias_arn(project, stage, name, account_id=ACCOUNT_ID),
        handler=function.handler,
        code=project.root / function.source,
        memory_mb=function.memory,
        timeout_s=float(function.timeout),
        environment={**function.environment, **tables},
        region=project.region,
        log_group=names.function_log_group(full_name),
        layers=() if dependencies is None else (dependencies,),
        code_sha256=str(save),
    )
