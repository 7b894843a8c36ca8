"""What is right of a file: a key may be missing, but what is there has its type and passed its own rule.

The rules about several values read this, so one mistake does not hide the others.
"""

from __future__ import annotations

from typing import TypedDict


class StatementDraft(TypedDict, total=False):
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
    request_parameters: dict[str, str]
    request_templates: dict[str, str | dict[str, str]]
    responses: list[ResponseDraft]
    operation_name: str


class CorsDraft(TypedDict, total=False):
    allow_origin: str
    allow_methods: list[str]
    allow_headers: list[str]
    allow_credentials: bool


class ApiDraft(TypedDict, total=False):
    binary_media_types: list[str]
    cors: CorsDraft


class StageDraft(TypedDict, total=False):
    local: bool
    variables: dict[str, str]
    tags: dict[str, str]
    functions: dict[str, PlatformDraft]


class Draft(TypedDict, total=False):
    name: str
    functions: dict[str, FunctionDraft]
    tables: dict[str, TableDraft]
    routes: dict[str, RouteDraft]
    api: ApiDraft
    stages: dict[str, StageDraft]
    smoke: str
    default_stage: str
