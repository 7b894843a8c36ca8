"""`[functions.<name>]`."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from apitool.project import values
from apitool.project.model.base import Section
from apitool.project.model.fields import (
    Architecture,
    Environment,
    Patterns,
    RelativePath,
    RetentionDays,
    Runtime,
    TableVariables,
    by,
)
from apitool.project.model.function_platform import FunctionPlatform


class _FunctionCode(Section):
    """What is the same in every stage. `tables`: environment variable to the table whose name it carries."""

    source: RelativePath = Field(
        description="Folder of the code, relative to apitool.toml.", examples=["lambda_src/orders"]
    )
    handler: Annotated[str, by(values.handler)] = Field(
        description="What Lambda calls: `module.function`.", examples=["app.handler"]
    )
    description: Annotated[str, Field(max_length=256)] | None = Field(
        None, description="Shown in the console.", examples=["Lists and reads orders"]
    )
    runtime: Runtime = Field("python3.13", description="Lambda runtime.")
    architecture: Architecture = Field("arm64", description="Instruction set; packages are resolved for it.")
    memory: int = Field(256, ge=128, le=10_240, description="MB. Lambda gives CPU in proportion.")
    timeout: int = Field(
        10, ge=1, le=900, description="Seconds. Keep it at 28 or less: the gateway gives up after 29."
    )
    environment: Environment = Field(
        {}, description="Environment variables, in clear: no secrets.", examples=[{"LOG_LEVEL": "INFO"}]
    )
    tables: TableVariables = Field(
        {},
        description="Tables it may use, by the environment variable that carries the table's name.",
        examples=[{"TABLE_NAME": "orders"}],
    )
    log_retention_days: RetentionDays = Field(30, description="Days its log is kept.")
    requirements: RelativePath | None = Field(
        None,
        description="Requirements or lock file. Default: the first there is of requirements.txt, pylock.toml,"
        " uv.lock, poetry.lock and pyproject.toml in the source folder.",
        examples=["lambda_src/orders/requirements.txt"],
    )
    include: Patterns = Field(
        (),
        description="Files that go into the package that a rule or `exclude` leaves out, as patterns.",
        examples=[["vendor/node_modules/"]],
    )
    exclude: Patterns = Field(
        (),
        description="Files that stay out, dependencies' files too, as patterns of .gitignore.",
        examples=[["tests/", "*.md"]],
    )
    bundle_sdk: bool = Field(
        default=False,
        description="Package boto3, botocore and s3transfer too, instead of using the runtime's.",
    )
    bytecode: bool = Field(
        default=False,
        description="Package compiled modules too, which a cold start need not compile then.",
    )


class Function(FunctionPlatform, _FunctionCode):
    """One Lambda function: its code, and what it has on AWS."""
