"""`[api]`."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from apitool.project import values
from apitool.project.model.base import Section
from apitool.project.model.fields import ApiKeySource, Validator, by


class Cors(Section):
    """Preflight answered by the gateway (a MOCK integration), and headers on the gateway's own errors."""

    allow_origin: Annotated[str, by(values.origin)] = Field(
        "*", description="`*`, or the one origin that may call.", examples=["https://app.example.com"]
    )
    allow_methods: Annotated[tuple[Annotated[str, by(values.cors_method)], ...], Field(strict=False)] = Field(
        (), description="Default: the methods of the resource.", examples=[["GET", "POST"]]
    )
    allow_headers: Annotated[tuple[Annotated[str, by(values.header_name)], ...], Field(strict=False)] = Field(
        ("Content-Type", "Authorization"), description="Request headers a browser may send."
    )
    allow_credentials: bool = Field(
        default=False, description="Allow cookies and HTTP authentication; not with origin `*`."
    )
    max_age: int = Field(600, ge=0, le=86_400, description="Seconds a browser keeps the preflight's answer.")


class Api(Section):
    """Settings of the RestApi itself."""

    description: str | None = Field(None, description="Shown in the console.", examples=["Orders"])
    binary_media_types: Annotated[tuple[Annotated[str, by(values.media_type)], ...], Field(strict=False)] = (
        Field(
            (),
            description="Content types that reach the function as base64; also those it may answer with.",
            examples=[["image/png", "application/octet-stream"]],
        )
    )
    cors: Cors | None = Field(
        None, description="CORS. Without it there is none.", examples=[{"allow_origin": "*"}]
    )
    authorizer: str | None = Field(
        None, description="The authorizer of every route that names none of its own.", examples=["staff"]
    )
    api_key: bool = Field(default=False, description="Ask for an API key on every route.")
    api_key_source: ApiKeySource = Field(
        "HEADER", description="Where keys come from: `x-api-key`, or what a Lambda authorizer answers."
    )
    validator: Validator = Field("none", description="What is checked of every request.")
    minimum_compression_size: int | None = Field(
        None,
        ge=0,
        le=10_485_760,
        description="Bytes from which answers are compressed for clients that take it. Default: never.",
        examples=[1024],
    )
