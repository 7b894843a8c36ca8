"""The declaration a deployment snapshots and the gateway serves: resources, methods, integrations."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from apitool.proxy.route_tree import tree_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from apitool.proxy.authorizers.authorizer import Authorizer
    from apitool.proxy.route_tree import Node

Passthrough = Literal["WHEN_NO_MATCH", "WHEN_NO_TEMPLATES", "NEVER"]
ContentHandling = Literal["CONVERT_TO_BINARY", "CONVERT_TO_TEXT"]
ApiKeySource = Literal["HEADER", "AUTHORIZER"]
AuthorizationType = Literal["NONE", "AWS_IAM", "CUSTOM", "COGNITO_USER_POOLS"]
CALLER = "arn:aws:iam::*:user/*"  # `credentials`: the caller's own, passed on
DEFAULT_TIMEOUT_MS = 29_000  # PutIntegration's default; recorded on AWS 2026


@dataclass(frozen=True, slots=True)
class IntegrationResponse:
    """How an integration's answer becomes the method's. `pattern` selects it; `default` takes the rest."""

    pattern: str
    status: int
    parameters: Mapping[str, str] = field(default_factory=dict)  # method.response.header.X -> expression
    templates: Mapping[str, str] = field(default_factory=dict)  # media type -> template
    content_handling: ContentHandling | None = None


@dataclass(frozen=True, slots=True)
class Integration:
    """`type` as AWS spells it: AWS_PROXY, AWS, HTTP_PROXY, HTTP, MOCK."""

    type: str
    uri: str = ""
    http_method: str = ""
    timeout_ms: int = DEFAULT_TIMEOUT_MS
    request_parameters: Mapping[str, str] = field(default_factory=dict)
    request_templates: Mapping[str, str] = field(default_factory=dict)  # media type -> template
    responses: tuple[IntegrationResponse, ...] = ()
    passthrough: Passthrough = "WHEN_NO_MATCH"
    content_handling: ContentHandling | None = None
    cache_key_parameters: tuple[str, ...] = ()  # `method.request.querystring.page`, or a mapped parameter
    credentials: str = ""  # ARN of a role, or `CALLER`; empty leaves it to the target's own policy


@dataclass(frozen=True, slots=True)
class Method:
    """One verb of a resource. `security` names the schemes the document asks for, as written."""

    verb: str  # `GET`, …, or `ANY`
    integration: Integration | None = None
    operation_name: str | None = None
    authorization: AuthorizationType = "NONE"
    identity_header: str | None = None  # where the authorizer's token is looked for
    authorizer: Authorizer | None = None
    scopes: tuple[str, ...] = ()  # of an access token, one of which a Cognito authorizer asks for
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
    """`tree` is made from the resources, once."""

    resources: tuple[Resource, ...]
    binary_media_types: tuple[str, ...] = ()
    gateway_responses: Mapping[str, GatewayResponse] = field(default_factory=dict)
    minimum_compression_size: int | None = None  # bytes; None is off
    models: Mapping[str, Any] = field(default_factory=dict)  # JSON schemas by name
    policy: Mapping[str, Any] | None = None  # the resource policy, parsed
    api_key_source: ApiKeySource = "HEADER"
    tree: Node = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "tree", tree_of(self.resources))
