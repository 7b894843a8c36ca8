"""PutRestApi and ImportRestApi: keep the document, and let moto's importer see what it can take."""

from __future__ import annotations

import json
from copy import deepcopy
from typing import TYPE_CHECKING, Any

from moto.apigateway.models import APIGatewayBackend

from apitool.local.corrections import documentation, documents, integrations, refusals
from apitool.local.corrections.correction import correction
from apitool.local.corrections.importable import importable, merged
from apitool.proxy.openapi import INTEGRATION, DocumentError, rest_api

if TYPE_CHECKING:
    from collections.abc import Callable

    from moto.apigateway.models import RestAPI


@correction(
    APIGatewayBackend,
    "put_rest_api",
    "moto drops gateway responses and policy, breaks on path-level parameters and MOCK integrations "
    "(a 500, retried for minutes), duplicates resources, and leaves half an API when it refuses",
)
def put_rest_api(  # noqa: PLR0917 - moto's signature
    original: Callable[..., RestAPI],
    backend: APIGatewayBackend,
    function_id: str,
    api_doc: dict[str, Any],
    fail_on_warnings: bool,  # noqa: FBT001 - moto's signature
    mode: str = "merge",
) -> RestAPI:
    del fail_on_warnings  # moto would validate the shortened document; AWS's own warnings are not known
    api = backend.get_rest_api(function_id)
    _check(api_doc)
    document = deepcopy(api_doc)
    replaces = mode == "overwrite"
    if mode == "merge":
        document = merged(documents.current(api), document)
        mode = "overwrite"
    before = (api.resources, api.default)
    try:
        original(backend, function_id, importable(document), fail_on_warnings=False, mode=mode)
    except Exception:
        api.resources, api.default = before
        raise
    _keep_root(api, api.root_resource_id)
    _settings(api, document)
    documents.imported(api, document)
    _parts(api, document, overwrite=replaces)
    return api


@correction(
    APIGatewayBackend, "import_rest_api", "moto answers 500 to a document without title or description"
)
def import_rest_api(
    original: Callable[..., RestAPI], backend: APIGatewayBackend, api_doc: dict[str, Any], *_rest: object
) -> RestAPI:
    _check(api_doc)
    info = {"title": "", "description": None, **api_doc.get("info", {})}
    return original(backend, {**api_doc, "info": info}, fail_on_warnings=False)


def _check(document: dict[str, Any]) -> None:
    """What the gateway could not serve is refused here, before anything is changed."""
    if not isinstance(document.get("paths"), dict):
        raise refusals.BadRequestException(refusals.INVALID_DOCUMENT)
    try:
        rest_api(document)
    except DocumentError as error:
        raise refusals.BadRequestException(f"Errors found during import:\n\t{error}") from error


def _keep_root(api: RestAPI, root_id: str) -> None:
    """AWS keeps the root resource and its id; moto makes a new one and still names the old."""
    made = api.default
    del api.resources[made.id]
    for resource in api.resources.values():
        if resource.parent_id == made.id:
            resource.parent_id = root_id
    made.id = root_id
    api.resources = {root_id: made, **api.resources}


def _parts(api: RestAPI, document: dict[str, Any], *, overwrite: bool) -> None:
    """Models and documentation, and what moto drops of integrations."""
    written = document.get(documentation.EXTENSION, {}).get("documentationParts", [])
    documentation.imported(api, written, overwrite=overwrite)
    if overwrite:
        api.models.clear()
    for name, schema in document.get("components", {}).get("schemas", {}).items():
        api.add_model(name, schema.get("description"), json.dumps(schema), "application/json")
    for resource in api.resources.values():
        for method in resource.resource_methods.values():
            known = documents.OPERATIONS.get(method)
            if known is not None and method.method_integration is not None:
                integrations.keep(method.method_integration, known.operation.get(INTEGRATION, {}))


def _settings(api: RestAPI, document: dict[str, Any]) -> None:
    """What the document says about the RestApi itself."""
    if (types := document.get("x-amazon-apigateway-binary-media-types")) is not None:
        api.binaryMediaTypes = list(types)
    if (size := document.get("x-amazon-apigateway-minimum-compression-size")) is not None:
        api.minimum_compression_size = size
    if source := document.get("x-amazon-apigateway-api-key-source"):
        api.api_key_source = source


CORRECTIONS = (put_rest_api, import_rest_api)
