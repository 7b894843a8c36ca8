"""The typed project: what `apitool.toml` says, after validation.

Everything downstream reads `Project` and never the file. Defaults live here and nowhere else; units are in
the names or the descriptions. `File` is the file's own shape, from which the JSON Schema for editors is made;
its rules about one value are in `values.py`, those about several in the rule files. What a name turns into on
AWS is in `names.py`.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field
from pydantic_core import PydanticCustomError, PydanticKnownError

from apitool.project import values

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
_Days = Literal[
    1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653
]
GATEWAY_TIMEOUT_MS = 29_000
"""The longest API Gateway waits for an integration; then it answers 504 while the function runs on."""


def _by(rule: Callable[[str], Refusal | None]) -> AfterValidator:
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


def _route(value: object) -> object:
    """`"GET /orders" = "orders"` is short for `{ function = "orders" }`."""
    return {"function": value} if isinstance(value, str) else value


RetentionDays = Annotated[_Days, BeforeValidator(_whole)]
"""What PutRetentionPolicy of CloudWatch Logs takes."""
Name = Annotated[str, _by(values.name)]
StageName = Annotated[str, _by(values.stage_name)]
RelativePath = Annotated[Path, BeforeValidator(_path, json_schema_input_type=str)]
Environment = dict[Annotated[str, _by(values.environment_name)], str]
TableVariables = dict[Annotated[str, _by(values.environment_name)], str]
StageVariables = dict[
    Annotated[str, _by(values.stage_variable_name)], Annotated[str, _by(values.stage_variable_value)]
]
Tags = dict[Annotated[str, _by(values.tag_key)], Annotated[str, _by(values.tag_value)]]
Attribute = Annotated[str, _by(values.attribute)]
Patterns = Annotated[tuple[Annotated[str, _by(values.file_pattern)], ...], Field(strict=False)]


class _Table(BaseModel):
    """A table of the file: unknown keys are errors, values never change after loading."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, allow_inf_nan=False)


class Function(_Table):
    """One Lambda function. `tables` maps an environment variable to the table whose name it carries."""

    source: RelativePath = Field(
        description="Folder of the code, relative to apitool.toml.", examples=["lambda_src/orders"]
    )
    handler: Annotated[str, _by(values.handler)] = Field(
        description="What Lambda calls: `module.function`.", examples=["app.handler"]
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


class Table(_Table):
    """One DynamoDB table, billed per request."""

    hash_key: Attribute = Field(description="Attribute of the partition key.", examples=["orderId"])
    hash_key_type: KeyType = Field("S", description="Type of the partition key: string, number, binary.")
    range_key: Attribute | None = Field(
        None, description="Attribute of the sort key.", examples=["createdAt"]
    )
    range_key_type: KeyType = Field("S", description="Type of the sort key: string, number, binary.")
    ttl_attribute: Attribute | None = Field(
        None,
        description="Attribute with the time an item expires, in seconds since 1970.",
        examples=["expiresAt"],
    )
    point_in_time_recovery: bool = Field(default=True, description="Keep 35 days of backups.")
    deletion_protection: bool = Field(default=False, description="Refuse to delete the table.")


class RouteOptions(_Table):
    """What a route says beside its method and path."""

    function: str = Field(description="The function that answers.", examples=["orders"])
    timeout_ms: int = Field(
        GATEWAY_TIMEOUT_MS,
        ge=50,
        le=GATEWAY_TIMEOUT_MS,
        description="Milliseconds the gateway waits for the function before it answers 504.",
    )
    operation_name: Annotated[str, _by(values.operation_name)] | None = Field(
        None,
        description="`requestContext.operationName` of the event, unique in the API.",
        examples=["ListOrders"],
    )


class Route(RouteOptions):
    """One method of one resource. Written `"GET /orders" = "orders"`, or as a table when it has options."""

    method: HttpMethod
    path: str

    @property
    def key(self) -> str:
        """The route as the file writes it, e.g. `GET /orders/{orderId}`."""
        return f"{self.method} {self.path}"


class Cors(_Table):
    """Preflight answered by the gateway (a MOCK integration), and headers on the gateway's own errors."""

    allow_origin: Annotated[str, _by(values.origin)] = Field(
        "*", description="`*`, or the one origin that may call.", examples=["https://app.example.com"]
    )
    allow_methods: Annotated[tuple[Annotated[str, _by(values.cors_method)], ...], Field(strict=False)] = (
        Field((), description="Default: the methods of the resource.", examples=[["GET", "POST"]])
    )
    allow_headers: Annotated[tuple[Annotated[str, _by(values.header_name)], ...], Field(strict=False)] = (
        Field(("Content-Type", "Authorization"), description="Request headers a browser may send.")
    )
    allow_credentials: bool = Field(
        default=False, description="Allow cookies and HTTP authentication; not with origin `*`."
    )
    max_age: int = Field(600, ge=0, le=86_400, description="Seconds a browser keeps the preflight's answer.")


class Api(_Table):
    """Settings of the RestApi itself."""

    description: str | None = Field(None, description="Shown in the console.", examples=["Orders"])
    binary_media_types: Annotated[tuple[Annotated[str, _by(values.media_type)], ...], Field(strict=False)] = (
        Field(
            (),
            description="Content types that reach the function as base64; also those it may answer with.",
            examples=[["image/png", "application/octet-stream"]],
        )
    )
    cors: Cors | None = Field(
        None, description="CORS. Without it there is none.", examples=[{"allow_origin": "*"}]
    )


class Throttle(_Table):
    """Throttling of every method of a stage, by method settings."""

    rate: float = Field(gt=0, description="Requests per second, lasting.", examples=[50])
    burst: int = Field(gt=0, description="Requests at once.", examples=[100])


class StageSettings(_Table):
    """What a stage says beside its name."""

    local: bool = Field(default=False, description="Lives in the embedded AWS on the developer's machine.")
    throttle: Throttle | None = Field(
        None, description="Default: the account's limits.", examples=[{"rate": 50, "burst": 100}]
    )
    log_level: LogLevel = Field("error", description="Execution log; `full` logs bodies and headers too.")
    access_logs: bool = Field(default=True, description="One JSON line for each request.")
    log_retention_days: RetentionDays = Field(30, description="Days the stage's logs are kept.")
    variables: StageVariables = Field(
        {}, description="Stage variables, in clear: no secrets.", examples=[{"color": "blue"}]
    )
    tags: Tags = Field({}, description="Tags of everything in the stage.", examples=[{"team": "orders"}])


class Stage(StageSettings):
    """One stage, and where it lives: the embedded AWS (`local = true`) or AWS."""

    name: str


class ReviewWaiver(_Table):
    """A finding of `apitool review` that somebody accepted, for a time."""

    rule: str = Field(description="The rule's id.", examples=["route-open"])
    on: str = Field(
        "*", description="Pattern for what it was found on, `*` for anything.", examples=["GET /health"]
    )
    reason: Annotated[str, Field(min_length=1)] = Field(description="Why it is accepted.")
    expires: date = Field(description="Last day it holds; after it the finding counts again.")


class Review(_Table):
    """What `apitool review` makes of its findings."""

    fail_on: Literal["error", "warning", "note", "never"] = Field(
        "never", description="Findings as bad as this, or worse, end a review with 5."
    )
    severities: dict[str, Literal["error", "warning", "note", "off"]] = Field(
        {}, description="Severities other than the rules' own.", examples=[{"drift": "warning"}]
    )
    waivers: dict[Name, ReviewWaiver] = Field(
        {},
        description="Findings that are accepted, by a name of yours.",
        examples=[
            {"health": {"rule": "route-open", "reason": "for the load balancer", "expires": "2027-01-31"}}
        ],
    )


class _Common(_Table):
    """What file and project have alike."""

    name: Name = Field(description="Name of the API; prefix of all names on AWS.", examples=["orders"])
    region: Annotated[str, _by(values.region)] = Field(
        description="AWS region of all stages.", examples=["eu-central-1"]
    )
    functions: dict[Name, Function] = Field(
        description="Lambda functions by name.",
        examples=[{"orders": {"source": "lambda_src/orders", "handler": "app.handler"}}],
    )
    tables: dict[Name, Table] = Field(
        {}, description="DynamoDB tables by name.", examples=[{"orders": {"hash_key": "orderId"}}]
    )
    api: Api = Field(
        default_factory=Api, description="The RestApi: its description, binary media types, CORS."
    )
    review: Review = Field(default_factory=Review, description="Severities, waivers, limit of reviews.")
    smoke: Annotated[str, _by(values.url_path)] | None = Field(
        None,
        description="Path requested after `up`. Default: the first GET route without parameters.",
        examples=["/orders"],
    )
    state_bucket: Annotated[str, _by(values.bucket)] | None = Field(
        None,
        description="S3 bucket of the Terraform state. Default: one bucket per account and region.",
        examples=["acme-terraform-state"],
    )


class File(_Common):
    """apitool.toml: what an API is. Everything else is derived from it."""

    routes: dict[
        str, Annotated[RouteOptions, BeforeValidator(_route, json_schema_input_type=str | RouteOptions)]
    ] = Field(
        description='Functions by `METHOD /path`, e.g. "GET /orders/{orderId}" = "orders".',
        examples=[{"GET /orders": "orders"}],
    )
    stages: dict[StageName, StageSettings] = Field(
        description="Stages by name.", examples=[{"dev": {"local": True}}]
    )
    default_stage: str | None = Field(
        None,
        description="Stage that commands work on unless told. Default: the one local stage, else the first.",
        examples=["dev"],
    )


class Project(_Common):
    """Everything `apitool.toml` says. `root` is the folder it stands in; paths are relative to it."""

    root: Path
    file: Path
    routes: tuple[Route, ...]
    stages: dict[str, Stage]
    default_stage: str
