"""The project at one stage, as the variables of the `api` root module (terraform/api/variables.tf).

The file these become holds the functions' environments: private, and never shown.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from apitool.project import names
from apitool.project.function_platform import functions_at
from apitool.project.service_integrations import table_variables
from apitool.terraform.access_variables import access_variables, asked_of_callers
from apitool.terraform.edge_variables import edge_variables
from apitool.terraform.function_variables import platform
from apitool.terraform.root_view import PACKAGES
from apitool.terraform.route_variables import route_variable
from apitool.terraform.stage_variables import stage_settings

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from apitool.project.model import Cors, Function, Project, Stage, Table


@dataclass(frozen=True, slots=True)
class Package:
    """A deployment package in the folder of packages, named by its content.

    `sha256` as Lambda writes it: base64 of the digest of the file. `s3` is bucket, key and version of its
    object, when Lambda takes it from there.
    """

    file: Path
    sha256: str
    s3: tuple[str, str, str | None] | None = None


@dataclass(frozen=True, slots=True)
class Hosting:
    """What the functions run on instead of what the project says: the embedded AWS has one interpreter."""

    runtime: str
    architecture: str


def api_variables(
    project: Project,
    stage: Stage,
    packages: Mapping[str, Package],
    *,
    account_id: str | None = None,
    hosting: Hosting | None = None,
) -> dict[str, object]:
    """Variables for the whole project. `packages` by function key, one for each function."""
    return {
        "name": project.name,
        "stage": stage.name,
        "region": project.region,
        "account_id": account_id,
        "api": {
            "name": names.rest_api(project.name, stage.name),
            "description": project.api.description,
            "binary_media_types": list(project.api.binary_media_types),
            "cors": _cors(project.api.cors),
            "api_key_source": project.api.api_key_source,
            "minimum_compression_size": project.api.minimum_compression_size,
        },
        "openapi": None if project.document is None else json.dumps(project.document, ensure_ascii=False),
        "routes": {
            route.key: route_variable(route, partial(names.member, project.name, stage.name))
            | asked_of_callers(project, route)
            for route in project.routes
        },
        **access_variables(project, stage),
        "functions": {
            key: _function(names.member(project.name, stage.name, key), function, packages[key], hosting)
            for key, function in functions_at(project, stage).items()
        },
        "tables": {
            key: _table(names.member(project.name, stage.name, key), table)
            for key, table in project.tables.items()
        },
        **stage_settings(stage),
        **edge_variables(project, stage, embedded=hosting is not None),
        "log_retention_days": stage.log_retention_days,
        "stage_variables": {**table_variables(project, stage), **stage.variables},
        "tags": dict(stage.tags),
    }


def _cors(cors: Cors | None) -> dict[str, object] | None:
    if cors is None:
        return None
    return {
        "allow_origin": cors.allow_origin,
        "allow_methods": list(cors.allow_methods),
        "allow_headers": list(cors.allow_headers),
        "allow_credentials": cors.allow_credentials,
        "max_age": cors.max_age,
    }


def _function(name: str, function: Function, package: Package, hosting: Hosting | None) -> dict[str, object]:
    return {
        "name": name,
        "handler": function.handler,
        "runtime": hosting.runtime if hosting else function.runtime,
        "architecture": hosting.architecture if hosting else function.architecture,
        "memory": function.memory,
        "timeout": function.timeout,
        "environment": dict(function.environment),
        "tables": dict(function.tables),
        "log_retention_days": function.log_retention_days,
        "package": _package(package),
        "description": function.description,
        **platform(function, embedded=hosting is not None),
    }


def _package(package: Package) -> dict[str, object]:
    if package.s3 is None:
        return {"file": f"{PACKAGES}/{package.file.name}", "sha256": package.sha256}
    bucket, key, version = package.s3
    return {"s3": {"bucket": bucket, "key": key, "version": version}, "sha256": package.sha256}


def _table(name: str, table: Table) -> dict[str, object]:
    return {
        "name": name,
        "hash_key": table.hash_key,
        "hash_key_type": table.hash_key_type,
        "range_key": table.range_key,
        "range_key_type": table.range_key_type,
        "ttl_attribute": table.ttl_attribute,
        "point_in_time_recovery": table.point_in_time_recovery,
        "deletion_protection": table.deletion_protection,
    }
