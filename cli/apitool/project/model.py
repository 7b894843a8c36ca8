"""The typed project: what `apitool.toml` says, after validation.

Everything downstream reads these values and never the file. Defaults live here and nowhere else; units are
in the names or the comments. What a name turns into on AWS is in `names.py`.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

Runtime = Literal["python3.10", "python3.11", "python3.12", "python3.13", "python3.14"]
Architecture = Literal["x86_64", "arm64"]
HttpMethod = Literal["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "ANY"]
LogLevel = Literal["off", "error", "info", "full"]
"""Execution logging of a stage. `full` is INFO with data trace: bodies and headers are logged."""


class _Table(BaseModel):
    """A table of the file: unknown keys are errors, values never change after loading."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Function(_Table):
    """One Lambda function. `tables` maps an environment variable to the table whose name it carries."""

    source: Path
    handler: str
    runtime: Runtime = "python3.13"
    architecture: Architecture = "arm64"
    memory: Annotated[int, Field(ge=128, le=10240)] = 256  # MB
    timeout: Annotated[int, Field(ge=1, le=900)] = 10  # seconds
    environment: dict[str, str] = {}
    tables: dict[str, str] = {}
    log_retention_days: int = 30
    requirements: Path | None = None  # default: requirements.txt in the source folder, if there is one


class Table(_Table):
    """One DynamoDB table, billed per request."""

    hash_key: str
    hash_key_type: Literal["S", "N", "B"] = "S"
    range_key: str | None = None
    range_key_type: Literal["S", "N", "B"] = "S"
    ttl_attribute: str | None = None
    point_in_time_recovery: bool = True
    deletion_protection: bool = False


class Route(_Table):
    """One method of one resource. Written `"GET /orders" = "orders"`, or as a table when it has options."""

    method: HttpMethod
    path: str
    function: str
    timeout_ms: Annotated[int, Field(ge=50)] = 29_000  # the gateway's own limit, unless raised by AWS
    operation_name: str | None = None

    @property
    def key(self) -> str:
        """The route as the file writes it, e.g. `GET /orders/{orderId}`."""
        return f"{self.method} {self.path}"


class Cors(_Table):
    """Preflight answered by the gateway (a MOCK integration), and headers on the gateway's own errors."""

    allow_origin: str = "*"
    allow_methods: tuple[str, ...] = ()  # default: the methods of the resource
    allow_headers: tuple[str, ...] = ("Content-Type", "Authorization")
    allow_credentials: bool = False
    max_age: Annotated[int, Field(ge=0, le=86_400)] = 600  # seconds


class Api(_Table):
    """Settings of the RestApi itself."""

    description: str | None = None
    binary_media_types: tuple[str, ...] = ()
    cors: Cors | None = None


class Throttle(_Table):
    """Throttling of every method of a stage, by method settings."""

    rate: Annotated[float, Field(gt=0)]  # requests per second
    burst: Annotated[int, Field(gt=0)]  # requests


class Stage(_Table):
    """One stage, and where it lives: the embedded AWS (`local = true`) or AWS."""

    name: str
    local: bool = False
    throttle: Throttle | None = None
    log_level: LogLevel = "error"
    access_logs: bool = True
    log_retention_days: int = 30
    variables: dict[str, str] = {}
    tags: dict[str, str] = {}


class Project(_Table):
    """Everything `apitool.toml` says. `root` is the folder it stands in; paths are relative to it."""

    root: Path
    file: Path
    name: str
    region: str
    functions: dict[str, Function]
    tables: dict[str, Table] = {}
    routes: tuple[Route, ...]
    api: Api = Api()
    stages: dict[str, Stage]
    smoke: str | None = None  # path requested after `up`; default: the first GET route without parameters
