"""What answers a route, and what the gateway makes of request and answer on the way."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from apitool.project import arns, mapping_values
from apitool.project.model.base import Section
from apitool.project.model.fields import GATEWAY_TIMEOUT_MS, HttpMethod, RelativePath, by
from apitool.project.model.function_platform import Statement

IntegrationType = Literal["AWS_PROXY", "AWS", "HTTP_PROXY", "HTTP", "MOCK"]
PassthroughBehavior = Literal["WHEN_NO_MATCH", "WHEN_NO_TEMPLATES", "NEVER"]
ContentHandling = Literal["CONVERT_TO_TEXT", "CONVERT_TO_BINARY"]
InvocationType = Literal["RequestResponse", "Event"]


class Template(Section):
    """A mapping template: `text`, which is read from `file` when there is one."""

    file: RelativePath | None = Field(
        None, description="File with the template, in Velocity.", examples=["templates/quote.vtl"]
    )
    text: str | None = Field(
        None, description="The template itself; written alone, as text, it means the same.", examples=["{}"]
    )


def _template(value: object) -> object:
    """`"application/json" = "{}"` is short for `{ text = "{}" }`."""
    return {"text": value} if isinstance(value, str) else value


Templates = dict[
    Annotated[str, by(mapping_values.template_type)],
    Annotated[Template, BeforeValidator(_template, json_schema_input_type=str | Template)],
]
"""Mapping templates by media type."""


class ResponseOptions(Section):
    """How an answer of the endpoint becomes the route's: method response and integration response in one."""

    status: int = Field(ge=100, le=599, description="Status the client gets.", examples=[400])
    pattern: str | None = Field(
        None,
        min_length=1,
        description="Regular expression the function's errorMessage, or the endpoint's status, matches as a"
        " whole. Default: takes what no other response takes.",
        examples=[".*not found.*"],
    )
    headers: dict[
        Annotated[str, by(mapping_values.response_header)], Annotated[str, by(mapping_values.response_source)]
    ] = Field(
        {},
        description="Headers, by name: a constant in single quotes, or where it is taken from.",
        examples=[{"Cache-Control": "'no-store'"}],
    )
    templates: Templates = Field(
        {},
        description="Templates for the body, by media type. Default: the endpoint's body.",
        examples=[{"application/json": "{\"message\": $input.json('$.errorMessage')}"}],
    )
    content_handling: ContentHandling | None = Field(
        None, description="Turn the body into text (base64) or into bytes. Default: as it is."
    )


class IntegrationOptions(Section):
    """What answers a route. Which keys go with which integration: `project/integrations.py`."""

    function: str | None = Field(
        None, description="The function that answers: AWS_PROXY and AWS.", examples=["orders"]
    )
    integration: IntegrationType = Field(
        "AWS_PROXY", description="What answers, and whether the gateway maps request and response."
    )
    uri: Annotated[str, by(mapping_values.endpoint)] | None = Field(
        None,
        description="The endpoint of HTTP and HTTP_PROXY, or the service AWS calls instead of a function;"
        " `{name}` is the route's parameter.",
        examples=["https://example.com/orders/{orderId}"],
    )
    http_method: HttpMethod | None = Field(
        None,
        description="Method the endpoint is called with. Default: the route's own; POST for an action.",
        examples=["POST"],
    )
    credentials: Annotated[str, by(arns.credentials)] | None = Field(
        None,
        description="ARN of the role that AWS and AWS_PROXY call with, or `arn:aws:iam::*:user/*` for the"
        " caller's own credentials.",
        examples=["arn:aws:iam::123456789012:role/gateway"],
    )
    statements: Annotated[tuple[Statement, ...], Field(strict=False)] = Field(
        (),
        description="What the role may do that is made for an AWS integration without function.",
        examples=[
            [{"actions": ["sqs:SendMessage"], "resources": ["arn:aws:sqs:eu-central-1:123456789012:orders"]}]
        ],
    )
    tables: Annotated[tuple[str, ...], Field(strict=False)] = Field(
        (),
        description="Tables that the `uri`'s action of DynamoDB is granted on; a template finds the name on"
        " AWS in `$stageVariables.table_NAME`.",
        examples=[["orders"]],
    )
    vpc_link: Annotated[str, by(mapping_values.vpc_link)] | None = Field(
        None, description="Id of the VPC link the endpoint is reached through.", examples=["a1b2c3"]
    )
    invocation_type: InvocationType = Field(
        "RequestResponse", description="`Event` invokes the function asynchronously: the answer is empty."
    )
    timeout_ms: int = Field(
        GATEWAY_TIMEOUT_MS,
        ge=50,
        le=GATEWAY_TIMEOUT_MS,
        description="Milliseconds the gateway waits for the answer before it answers 504.",
    )
    request_parameters: dict[
        Annotated[str, by(mapping_values.request_target)], Annotated[str, by(mapping_values.request_source)]
    ] = Field(
        {},
        description="Headers, query and path parameters of the call, by where they go.",
        examples=[{"integration.request.header.X-Tenant": "method.request.header.X-Tenant"}],
    )
    request_templates: Templates = Field(
        {},
        description="Templates for the call's body, by the request's Content-Type.",
        examples=[{"application/json": {"file": "templates/quote.vtl"}}],
    )
    passthrough_behavior: PassthroughBehavior | None = Field(
        None, description="What happens to a body no template is for. Default: WHEN_NO_MATCH."
    )
    content_handling: ContentHandling | None = Field(
        None, description="Turn the request's body into text (base64) or into bytes. Default: as it is."
    )
    responses: Annotated[tuple[ResponseOptions, ...], Field(strict=False)] = Field(
        (), description="Responses. Default: 200 with the endpoint's body.", examples=[[{"status": 200}]]
    )
