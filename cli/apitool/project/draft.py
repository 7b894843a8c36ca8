"""What is right of a file: a key may be missing, but what is there has its type and passed its own rule.

The rules about several values read this, so one mistake does not hide the others.
"""

from __future__ import annotations

from typing import TypedDict


class StatementDraft(TypedDict, total=False):
    actions: list[str]
    resources: list[str]
    any_resource: bool


class PlatformDraft(TypedDict, total=False):
    ephemeral_storage: int
    file_system: dict[str, object]
    provisioned_concurrency: int
    reserved_concurrency: int
    snap_start: bool
    statements: list[StatementDraft]
    vpc: dict[str, object]


class FunctionDraft(PlatformDraft, total=False):
    source: str
    runtime: str
    handler: str
    timeout: int
    environment: dict[str, str]
    tables: dict[str, str]
    requirements: str


class TableDraft(TypedDict, total=False):
    hash_key: str
    range_key: str
    ttl_attribute: str


class ResponseDraft(TypedDict, total=False):
    status: int
    pattern: str
    templates: dict[str, str | dict[str, str]]


class RouteDraft(TypedDict, total=False):
    function: str
    integration: str
    uri: str
    http_method: str
    invocation_type: str
    credentials: str
    statements: list[StatementDraft]
    tables: list[str]
    request_parameters: dict[str, str]
    request_templates: dict[str, str | dict[str, str]]
    responses: list[ResponseDraft]
    operation_name: str
    authorizer: str
    scopes: list[str]
    api_key: bool
    validator: str
    model: str
    required_parameters: list[str]
    cache_key_parameters: list[str]


class AuthorizerDraft(TypedDict, total=False):
    type: str
    function: str
    identity_sources: list[str]
    identity_validation: str
    ttl: int
    user_pools: list[str]
    scopes: list[str]


class QuotaDraft(TypedDict, total=False):
    period: str
    offset: int


class UsagePlanDraft(TypedDict, total=False):
    api_keys: list[str]
    quota: QuotaDraft
    routes: dict[str, object]


class CorsDraft(TypedDict, total=False):
    allow_origin: str
    allow_methods: list[str]
    allow_headers: list[str]
    allow_credentials: bool


class ApiDraft(TypedDict, total=False):
    binary_media_types: list[str]
    cors: CorsDraft
    authorizer: str
    api_key: bool
    api_key_source: str
    validator: str


class RouteSettingsDraft(TypedDict, total=False):
    metrics: bool
    cache: bool
    cache_ttl: int


class DomainDraft(TypedDict, total=False):
    certificate_arn: str
    endpoint: str
    mutual_tls: dict[str, str]


class CanaryDraft(TypedDict, total=False):
    percent: float
    deployment_id: str
    variables: dict[str, str]


class EndpointDraft(TypedDict, total=False):
    type: str
    ip_address_type: str
    vpc_endpoint_ids: list[str]


class StageDraft(TypedDict, total=False):
    access_log: dict[str, object]
    access_logs: bool
    allow_data_trace: bool
    canary: CanaryDraft
    domain: DomainDraft
    endpoint: EndpointDraft
    local: bool
    cache: dict[str, object]
    metrics: bool
    routes: dict[str, RouteSettingsDraft]
    log_level: str
    production: bool
    resource_policy: str
    variables: dict[str, str]
    tags: dict[str, str]
    functions: dict[str, PlatformDraft]


class Draft(TypedDict, total=False):
    name: str
    functions: dict[str, FunctionDraft]
    tables: dict[str, TableDraft]
    routes: dict[str, RouteDraft]
    api: ApiDraft
    authorizers: dict[str, AuthorizerDraft]
    api_keys: dict[str, object]
    usage_plans: dict[str, UsagePlanDraft]
    models: dict[str, str]
    stages: dict[str, StageDraft]
    openapi: str
    smoke: str
    default_stage: str
