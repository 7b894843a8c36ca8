"""A function's environment variables in this process, as Lambda would set them."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from apitool.project import names

if TYPE_CHECKING:
    import pytest

    from apitool.project.model import Project, Stage

# Never the developer's own: a handler under test must not reach an account by accident.
_CREDENTIALS = {
    "AWS_ACCESS_KEY_ID": "testing",
    "AWS_SECRET_ACCESS_KEY": "testing",
    "AWS_SESSION_TOKEN": "testing",
}


def prepared(patch: pytest.MonkeyPatch, project: Project, stage: Stage, name: str) -> None:
    """Set what the function gets. What is set already stays, credentials aside: tests may choose tables."""
    patch.delenv("AWS_PROFILE", raising=False)
    for variable, value in _CREDENTIALS.items():
        patch.setenv(variable, value)
    for variable, value in variables(project, stage, name).items():
        if variable not in os.environ:
            patch.setenv(variable, value)


def variables(project: Project, stage: Stage, name: str) -> dict[str, str]:
    function = project.functions[name]
    full_name = names.member(project.name, stage.name, name)
    tables = {
        variable: names.member(project.name, stage.name, table) for variable, table in function.tables.items()
    }
    return {
        "AWS_REGION": project.region,
        "AWS_DEFAULT_REGION": project.region,
        "AWS_EC2_METADATA_DISABLED": "true",  # else boto3 looks for an instance role for seconds
        "AWS_LAMBDA_FUNCTION_NAME": full_name,
        "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": str(function.memory),
        "AWS_LAMBDA_FUNCTION_VERSION": "$LATEST",
        "LAMBDA_TASK_ROOT": str(project.root / function.source),
        "_HANDLER": function.handler,
        **function.environment,
        **tables,
    }
