"""Documentation parts and versions, which moto does not know.

Recorded by LocalStack, TestApiGatewayApiDocumentationPart and test_documentation_parts_and_versions.
"""

from __future__ import annotations

import json
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

import yaml
from moto.apigateway.responses import APIGatewayResponse
from moto.apigateway.urls import url_paths

from apitool.local.corrections import refusals, stage_settings
from apitool.local.corrections.correction import correction
from apitool.local.corrections.identifiers import short
from apitool.local.corrections.patches import asked_of, replacements

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from moto.apigateway.models import RestAPI

_API = "{0}/restapis/(?P<function_id>[^/]+)/documentation"
for _path in ("parts", "parts/(?P<part_id>[^/]+)", "versions", "versions/(?P<version>[^/]+)"):
    url_paths.setdefault(f"{_API}/{_path}/?$", APIGatewayResponse.dispatch)

EXTENSION = "x-amazon-apigateway-documentation"
_WITHOUT_PATH = frozenset({"API", "AUTHORIZER", "MODEL"})

Answer = tuple[int, dict[str, int], str]


@dataclass(slots=True)
class _Documentation:
    """Parts and versions as AWS shows them, by id and by version."""

    parts: dict[str, dict[str, Any]] = field(default_factory=dict)
    versions: dict[str, dict[str, Any]] = field(default_factory=dict)


_OF: WeakKeyDictionary[RestAPI, _Documentation] = WeakKeyDictionary()


@correction(APIGatewayResponse, "create_documentation_part", "moto has no documentation")
def create_part(_original: Callable[..., Any] | None, response: APIGatewayResponse) -> Answer:
    asked = json.loads(response.body or "{}")
    location = {key: value for key, value in asked["location"].items() if value}
    part = {"id": short(), "location": location, "properties": asked["properties"]}
    _documentation(response).parts[part["id"]] = part
    return 201, {"status": 201}, json.dumps(part)


@correction(APIGatewayResponse, "get_documentation_parts", "moto has no documentation")
def get_parts(_original: Callable[..., Any] | None, response: APIGatewayResponse) -> str:
    return json.dumps({"item": list(_documentation(response).parts.values())})


@correction(APIGatewayResponse, "get_documentation_part", "moto has no documentation")
def get_part(_original: Callable[..., Any] | None, response: APIGatewayResponse) -> str:
    return json.dumps(_part(response))


@correction(APIGatewayResponse, "update_documentation_part", "moto has no documentation")
def update_part(_original: Callable[..., Any] | None, response: APIGatewayResponse) -> str:
    part = _part(response)
    changed = replacements(asked_of(response), ("/properties",))
    part["properties"] = changed.get("/properties", part["properties"])
    return json.dumps(part)


@correction(APIGatewayResponse, "delete_documentation_part", "moto has no documentation")
def delete_part(_original: Callable[..., Any] | None, response: APIGatewayResponse) -> Answer:
    documentation = _documentation(response)  # the API's 404 here, where reading has the part's (recorded)
    del documentation.parts[_part(response)["id"]]
    return 202, {"status": 202}, ""


@correction(APIGatewayResponse, "import_documentation_parts", "moto has no documentation")
def import_parts(_original: Callable[..., Any] | None, response: APIGatewayResponse) -> str:
    api = response.backend.get_rest_api(response.path.split("/")[2])
    try:
        document = yaml.safe_load(response.body)
        written = document[EXTENSION]["documentationParts"]
    except (yaml.YAMLError, KeyError, TypeError) as error:
        raise refusals.BadRequestException(refusals.INVALID_IMPORT) from error
    ids = imported(api, written, overwrite=response.querystring.get("mode") == ["overwrite"])
    return json.dumps({"ids": ids, "warnings": []})


@correction(APIGatewayResponse, "create_documentation_version", "moto has no documentation")
def create_version(_original: Callable[..., Any] | None, response: APIGatewayResponse) -> Answer:
    asked = json.loads(response.body or "{}")
    name = asked["documentationVersion"]
    version = {"version": name, "createdDate": int(time.time())} | _described(asked.get("description"))
    _documentation(response).versions[name] = version
    if stage := asked.get("stageName"):
        found = response.backend.get_stage(response.path.split("/")[2], stage)
        stage_settings.unknown(found).documentation_version = name
    return 201, {"status": 201}, json.dumps(version)


@correction(APIGatewayResponse, "get_documentation_versions", "moto has no documentation")
def get_versions(_original: Callable[..., Any] | None, response: APIGatewayResponse) -> str:
    return json.dumps({"item": list(_documentation(response).versions.values())})


@correction(APIGatewayResponse, "get_documentation_version", "moto has no documentation")
def get_version(_original: Callable[..., Any] | None, response: APIGatewayResponse) -> str:
    return json.dumps(_version(response))


@correction(APIGatewayResponse, "update_documentation_version", "moto has no documentation")
def update_version(_original: Callable[..., Any] | None, response: APIGatewayResponse) -> str:
    version = _version(response)
    changed = replacements(asked_of(response), ("/description",))
    if "/description" in changed:
        version.pop("description", None)
        version |= _described(changed["/description"])
    return json.dumps(version)


@correction(APIGatewayResponse, "delete_documentation_version", "moto has no documentation")
def delete_version(_original: Callable[..., Any] | None, response: APIGatewayResponse) -> Answer:
    del _documentation(response).versions[_version(response)["version"]]
    return 202, {"status": 202}, ""


def _documentation(response: APIGatewayResponse) -> _Documentation:
    api = response.backend.get_rest_api(response.path.split("/")[2])  # raises AWS's 404
    return _OF.setdefault(api, _Documentation())


def imported(api: RestAPI, written: Iterable[dict[str, Any]], *, overwrite: bool) -> list[str]:
    """Parts as a document has them; the ids they get."""
    parts = _OF.setdefault(api, _Documentation()).parts
    if overwrite:
        parts.clear()
    made = [_of_document(each) for each in written]
    parts.update({each["id"]: each for each in made})
    return [each["id"] for each in made]


def _of_document(part: dict[str, Any]) -> dict[str, Any]:
    """Where no path is given, it is that of the root (recorded)."""
    location = dict(part["location"])
    if location["type"] not in _WITHOUT_PATH:
        location.setdefault("path", "/")
    return {"id": short(), "location": location, "properties": json.dumps(part["properties"])}


def _part(response: APIGatewayResponse) -> dict[str, Any]:
    """AWS speaks of the part where the API is missing too."""
    _, _, api_id, _, _, part_id = response.path.rstrip("/").split("/")
    if api_id not in response.backend.apis or part_id not in _documentation(response).parts:
        raise refusals.NotFound(refusals.INVALID_DOCUMENTATION_PART)
    return _documentation(response).parts[part_id]


def _version(response: APIGatewayResponse) -> dict[str, Any]:
    name = response.path.rstrip("/").rpartition("/")[2]
    versions = _documentation(response).versions
    if name not in versions:
        raise refusals.NotFound(refusals.INVALID_DOCUMENTATION_VERSION)
    return versions[name]


def _described(description: str | None) -> dict[str, str]:
    return {"description": description} if description else {}


CORRECTIONS = (
    create_part,
    get_parts,
    get_part,
    update_part,
    delete_part,
    import_parts,
    create_version,
    get_versions,
    get_version,
    update_version,
    delete_version,
)
