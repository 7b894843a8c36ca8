"""What is right of a file: a key may be missing, but what is there has its type and passed its own rule.

The rules about several values read this, so one mistake does not hide the others.
"""

from __future__ import annotations

from typing import TypedDict


class FunctionDraft(TypedDict, total=False):
    source: str
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


class Draft(TypedDict, total=False):
    name: str
    functions: dict[str, FunctionDraft]
    tables: dict[str, TableDraft]
    routes: dict[str, RouteDraft]
    api: ApiDraft
    stages: dict[str, StageDraft]
    smoke: str
    default_stage: str
