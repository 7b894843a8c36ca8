"""The API as an OpenAPI document: as it is declared, or as it is deployed."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Literal

from apitool.aws import export, stage_settings
from apitool.errors import UsageError
from apitool.project import names
from apitool.project.deployed import ACCOUNT_ID
from apitool.project.openapi import document

if TYPE_CHECKING:
    from apitool.project.model import Project, Stage
    from apitool.stage.target import Target

Form = Literal["yaml", "json"]
_EXTENSION = "x-amazon-apigateway-"


def declared(project: Project, stage: Stage, *, extensions: bool) -> dict[str, Any]:
    """What Terraform declares the API with. Needs no AWS: the account in its ARNs is made up."""
    made: dict[str, Any] = json.loads(json.dumps(document(project, stage, account_id=ACCOUNT_ID)))
    return made if extensions else _for_clients(made)


def deployed(target: Target, *, extensions: bool) -> dict[str, Any]:
    """What the stage serves, from GetExport.

    Raises:
        UsageError: the stage is not up.
    """
    name = names.rest_api(target.project.name, target.stage.name)
    rest_api_id = stage_settings.find_rest_api(target.account, name)
    if rest_api_id is None or not stage_settings.read(target.account, rest_api_id, target.stage.name):
        raise not_up(target.name)
    return export.document(target.account, rest_api_id, target.stage.name, extensions=extensions)


def not_up(name: str) -> UsageError:
    return UsageError(f"{name} is not up", fix="apitool up, or leave out --deployed")


def written(made: dict[str, Any], form: Form) -> str:
    """The document as text, keys in their order."""
    if form == "json":
        return json.dumps(made, indent=2, ensure_ascii=False)
    import yaml  # noqa: PLC0415 - 15 ms that JSON does not need

    text: str = yaml.safe_dump(made, sort_keys=False, allow_unicode=True, width=110)
    return text.rstrip("\n")


def _for_clients(made: dict[str, Any]) -> dict[str, Any]:
    """Without API Gateway's extensions; ANY, which OpenAPI has not, goes with them."""
    kept: dict[str, Any] = _without(made)
    return kept


def _without(value: Any) -> Any:  # noqa: ANN401 - JSON of any shape
    if isinstance(value, dict):
        return {key: _without(each) for key, each in value.items() if not key.startswith(_EXTENSION)}
    return [_without(each) for each in value] if isinstance(value, list) else value
