"""The whole file, and what becomes of it: the project."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from apitool.project import access_values, values
from apitool.project.model.api import Api
from apitool.project.model.authorizer import Authorizer, AuthorizerName
from apitool.project.model.base import Section
from apitool.project.model.fields import Name, RelativePath, StageName, by
from apitool.project.model.function import Function
from apitool.project.model.gateway_response import GatewayResponse, ResponseType
from apitool.project.model.review import Review
from apitool.project.model.route import Route, RouteOptions, written_out
from apitool.project.model.stage import Stage, StageSettings
from apitool.project.model.table import Table
from apitool.project.model.usage_plan import ApiKey, UsagePlan


class _Common(Section):
    """What file and project have alike."""

    name: Name = Field(description="Name of the API; prefix of all names on AWS.", examples=["orders"])
    region: Annotated[str, by(values.region)] = Field(
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
    authorizers: dict[AuthorizerName, Authorizer] = Field(
        {},
        description="Authorizers by name.",
        examples=[{"staff": {"type": "token", "function": "authorize"}}],
    )
    api_keys: dict[Name, ApiKey] = Field(
        {}, description="API keys by name.", examples=[{"mobile": {"description": "The mobile app"}}]
    )
    usage_plans: dict[Name, UsagePlan] = Field(
        {}, description="Usage plans by name.", examples=[{"partners": {"api_keys": ["mobile"]}}]
    )
    models: dict[Annotated[str, by(access_values.model_name)], RelativePath] = Field(
        {},
        description="Models of bodies by name: files with a JSON schema, draft 4.",
        examples=[{"Order": "schemas/order.json"}],
    )
    gateway_responses: dict[ResponseType, GatewayResponse] = Field(
        {},
        description="Answers the gateway makes itself, by type.",
        examples=[{"UNAUTHORIZED": {"headers": {"WWW-Authenticate": "'Bearer'"}}}],
    )
    review: Review = Field(default_factory=Review, description="Severities, waivers, limit of reviews.")
    smoke: Annotated[str, by(values.url_path)] | None = Field(
        None,
        description="Path requested after `up`. Default: the first GET route without parameters.",
        examples=["/orders"],
    )
    openapi: RelativePath | None = Field(
        None,
        description="An OpenAPI 3.0 document of your own, JSON or YAML, that the routes are taken from.",
        examples=["openapi.yaml"],
    )
    state_bucket: Annotated[str, by(values.bucket)] | None = Field(
        None,
        description="S3 bucket of the Terraform state. Default: one bucket per account and region.",
        examples=["acme-terraform-state"],
    )


class File(_Common):
    """apitool.toml: what an API is. Everything else is derived from it."""

    routes: dict[
        str, Annotated[RouteOptions, BeforeValidator(written_out, json_schema_input_type=str | RouteOptions)]
    ] = Field(
        {},
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
    document: dict[str, Any] | None = Field(None, repr=False)
    """The user's own OpenAPI document, read."""
    routes: tuple[Route, ...]
    stages: dict[str, Stage]
    default_stage: str
