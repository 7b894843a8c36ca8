"""The declaration a deployment snapshots and the gateway serves: resources, methods, integrations."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

AuthorizationType = Literal["NONE", "AWS_IAM", "CUSTOM", "COGNITO_USER_POOLS"]
DEFAULT_TIMEOUT_MS = 29_000  # PutIntegration's default; recorded on AWS 2026
_ID_ALPHABET = "abcdefghijklmnopqrstuvwxyz0123456789"


@dataclass(frozen=True, slots=True)
class IntegrationResponse:
    """How an integration's answer becomes the method's. `pattern` selects it; `default` takes the rest."""

    pattern: str
    status: int
    parameters: Mapping[str, str] = field(default_factory=dict)  # method.response.header.X -> 'static'
    templates: Mapping[str, str] = field(default_factory=dict)  # media type -> template


@dataclass(frozen=True, slots=True)
class Integration:
    """`type` as AWS spells it. AWS_PROXY and MOCK are served; others are kept so that they can be named."""

    type: str
    uri: str = ""
    http_method: str = ""
    timeout_ms: int = DEFAULT_TIMEOUT_MS
    request_parameters: Mapping[str, str] = field(default_factory=dict)
    request_templates: Mapping[str, str] = field(default_factory=dict)
    responses: tuple[IntegrationResponse, ...] = ()


@dataclass(frozen=True, slots=True)
class Method:
    """One verb of a resource. `security` names the schemes the document asks for, as written."""

    verb: str  # `GET`, …, or `ANY`
    integration: Integration | None = None
    operation_name: str | None = None
    authorization: AuthorizationType = "NONE"
    identity_header: str | None = None  # where the authorizer's token is looked for
    api_key_required: bool = False
    security: tuple[str, ...] = ()
    validates_parameters: bool = False
    required_parameters: tuple[str, ...] = ()  # `method.request.header.X`, in document order
    validates_body: bool = False
    body_schema: Mapping[str, Any] | None = None  # JSON schema of an application/json body


@dataclass(frozen=True, slots=True)
class Resource:
    path: str
    id: str  # 6 lower-case letters and digits
    methods: Mapping[str, Method] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class GatewayResponse:
    """A customised answer of the gateway's own, by response type (`DEFAULT_5XX`, `THROTTLED`, …)."""

    type: str
    status: int | None = None  # None: the status of the error itself
    parameters: Mapping[str, str] = field(
        default_factory=dict
    )  # gatewayresponse.header.X -> 'static' or mapping
    templates: Mapping[str, str] = field(default_factory=dict)  # media type -> template


@dataclass(frozen=True, slots=True)
class RestApi:
    resources: tuple[Resource, ...]
    binary_media_types: tuple[str, ...] = ()
    gateway_responses: Mapping[str, GatewayResponse] = field(default_factory=dict)
    minimum_compression_size: int | None = None  # bytes; None is off
    models: Mapping[str, Any] = field(default_factory=dict)  # JSON schemas by name


def resource_id(path: str) -> str:
    """Six characters like AWS's own, the same for the same path in every run."""
    number = int.from_bytes(hashlib.sha256(path.encode(errors="replace")).digest()[:8])
    digits = []
    for _ in range(6):
        number, digit = divmod(number, len(_ID_ALPHABET))
        digits.append(_ID_ALPHABET[digit])
    return "".join(digits)
