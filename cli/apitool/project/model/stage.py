"""`[stages.<name>]`."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from apitool.project import arns
from apitool.project.model.base import Section
from apitool.project.model.fields import (
    LogLevel,
    Name,
    RelativePath,
    RetentionDays,
    StageVariables,
    Tags,
    by,
)
from apitool.project.model.function_platform import FunctionPlatform, KeyArn
from apitool.project.model.route_settings import Cache, RouteSettings
from apitool.project.model.stage_edge import AccessLog, Canary, Domain, Endpoint, VpcLinks
from apitool.project.model.throttle import Throttle


class StageSettings(Section):
    """What a stage says beside its name."""

    local: bool = Field(default=False, description="Lives in the embedded AWS on the developer's machine.")
    throttle: Throttle | None = Field(
        None, description="Default: the account's limits.", examples=[{"rate": 50, "burst": 100}]
    )
    cache: Cache | None = Field(None, description="Default: no answer is kept.", examples=[{"size": "0.5"}])
    metrics: bool = Field(default=True, description="Count requests, errors and time of each method.")
    routes: dict[str, RouteSettings] = Field(
        {}, description="What is otherwise for single routes.", examples=[{"GET /orders": {"cache_ttl": 60}}]
    )
    log_level: LogLevel = Field("error", description="Execution log; `full` logs bodies and headers too.")
    access_logs: bool = Field(default=True, description="One JSON line for each request.")
    access_log: AccessLog | None = Field(
        None,
        description="Where the access log goes, and its fields.",
        examples=[{"fields": {"tenant": "$context.authorizer.tenant"}}],
    )
    log_kms_key_arn: KeyArn | None = Field(
        None,
        description="KMS key of the stage's logs. Default: CloudWatch's own.",
        examples=["arn:aws:kms:eu-central-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab"],
    )
    production: bool = Field(
        default=False, description="It has real callers: bodies are logged only with `allow_data_trace`."
    )
    allow_data_trace: bool = Field(default=False, description='Allow log_level = "full" in production.')
    tracing: bool = Field(default=False, description="Trace requests with X-Ray.")
    endpoint: Endpoint = Field(
        default_factory=Endpoint, description="Regional, edge or private.", examples=[{"type": "edge"}]
    )
    resource_policy: RelativePath | None = Field(
        None, description="File with the API's resource policy, JSON.", examples=["policies/prod.json"]
    )
    domain: Domain | None = Field(
        None, description="Custom domain. Default: none.", examples=[{"name": "api.example.com"}]
    )
    web_acl_arn: Annotated[str, by(arns.web_acl)] | None = Field(
        None,
        description="Web ACL of WAF before the stage.",
        examples=[
            "arn:aws:wafv2:eu-central-1:123456789012:regional/webacl/orders/1234abcd-12ab-34cd-56ef-1234567890ab"
        ],
    )
    client_certificate: bool = Field(
        default=False, description="Show HTTP backends a certificate of the stage's own."
    )
    canary: Canary | None = Field(
        None,
        description="Part of the requests, answered otherwise.",
        examples=[{"percent": 10, "variables": {"color": "green"}}],
    )
    vpc_links: VpcLinks = Field(
        {},
        description="Network load balancers by the name a route reaches them under.",
        examples=[
            {
                "internal": "arn:aws:elasticloadbalancing:eu-central-1:123456789012:"
                "loadbalancer/net/internal/0a1b2c3d4e5f6071"
            }
        ],
    )
    log_retention_days: RetentionDays = Field(30, description="Days the stage's logs are kept.")
    variables: StageVariables = Field(
        {}, description="Stage variables, in clear: no secrets.", examples=[{"color": "blue"}]
    )
    tags: Tags = Field({}, description="Tags of everything in the stage.", examples=[{"team": "orders"}])
    functions: dict[Name, FunctionPlatform] = Field(
        {},
        description="Settings of functions that are others in this stage, by the function's name.",
        examples=[{"orders": {"reserved_concurrency": 50}}],
    )


class Stage(StageSettings):
    """One stage, and where it lives: the embedded AWS (`local = true`) or AWS."""

    name: str
