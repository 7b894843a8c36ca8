"""Types of single values: `values.py` says what a value must be, these make pydantic ask it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, Field
from pydantic_core import PydanticCustomError, PydanticKnownError

from apitool.project import access_values, values

if TYPE_CHECKING:
    from collections.abc import Callable

    from apitool.project.values import Refusal


Runtime = Literal["python3.10", "python3.11", "python3.12", "python3.13"]
"""What the AWS provider 5.100 takes; it refuses python3.14 at plan."""
Architecture = Literal["x86_64", "arm64"]
HttpMethod = Literal["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "ANY"]
KeyType = Literal["S", "N", "B"]
"""Type of a DynamoDB key attribute: string, number, binary."""
LogLevel = Literal["off", "error", "info", "full"]
"""Execution logging of a stage. `full` is INFO with data trace: bodies and headers are logged."""
ApiKeySource = Literal["HEADER", "AUTHORIZER"]
Validator = Literal["none", "body", "parameters", "all"]
"""What a request validator looks at."""
_Days = Literal[
    1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653
]
GATEWAY_TIMEOUT_MS = 29_000
"""The longest API Gateway waits for an integration; then it answers 504 while the function runs on."""


def by(rule: Callable[[str], Refusal | None]) -> AfterValidator:
    """A rule of `values.py` as a validator; `shape.py` turns the error back into text."""

    def check(value: str) -> str:
        if refusal := rule(value):
            raise PydanticCustomError("refused", "{must}", {"must": refusal.must, "fix": refusal.fix})
        return value

    return AfterValidator(check)


def _path(value: object) -> object:
    """A path of the file, which has only text."""
    if isinstance(value, Path):
        return value
    if not isinstance(value, str):
        raise PydanticKnownError("string_type")
    if refusal := values.relative_path(value):
        raise PydanticCustomError("refused", "{must}", {"must": refusal.must, "fix": refusal.fix})
    return Path(value)


def _whole(value: object) -> object:
    """Python takes true for 1, also in a Literal."""
    if isinstance(value, bool):
        raise PydanticKnownError("int_type")
    return value


def _filled(value: tuple[object, ...]) -> tuple[object, ...]:
    """After the elements: one that is wrong is not missing."""
    if not value:
        raise PydanticCustomError(
            "refused", "{must}", {"must": "must have at least one element", "fix": None}
        )
    return value


FILLED = AfterValidator(_filled)
"""For an array that says nothing when it is empty."""
RetentionDays = Annotated[_Days, BeforeValidator(_whole)]
"""What PutRetentionPolicy of CloudWatch Logs takes."""
Name = Annotated[str, by(values.name)]
StageName = Annotated[str, by(values.stage_name)]
RelativePath = Annotated[Path, BeforeValidator(_path, json_schema_input_type=str)]
Environment = dict[Annotated[str, by(values.environment_name)], str]
TableVariables = dict[Annotated[str, by(values.environment_name)], str]
StageVariables = dict[
    Annotated[str, by(values.stage_variable_name)], Annotated[str, by(values.stage_variable_value)]
]
Tags = dict[Annotated[str, by(values.tag_key)], Annotated[str, by(values.tag_value)]]
Scopes = Annotated[tuple[Annotated[str, by(access_values.scope)], ...], Field(strict=False)]
CacheKeyParameters = Annotated[
    tuple[Annotated[str, by(access_values.cache_key_parameter)], ...], Field(strict=False)
]
RequiredParameters = Annotated[
    tuple[Annotated[str, by(access_values.required_parameter)], ...], Field(strict=False)
]
Attribute = Annotated[str, by(values.attribute)]
Patterns = Annotated[tuple[Annotated[str, by(values.file_pattern)], ...], Field(strict=False)]
