"""How a stage stands: read from the account, without starting Terraform."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from apitool.aws import deployed_routes, stage_settings
from apitool.logs.levels import STAGE_WIDE, level_of
from apitool.project import names
from apitool.project.openapi_rules import operations

if TYPE_CHECKING:
    from collections.abc import Iterable

    from apitool.project.model import LogLevel
    from apitool.stage.target import Target


@dataclass(frozen=True, slots=True)
class Standing:
    """A stage that is up. `missing` is declared and not deployed, `extra` the other way round.

    `settings_extra`: methods with settings of their own that nobody declared. No plan shows them.
    """

    url: str
    rest_api_id: str
    deployment_id: str
    log_level: LogLevel
    routes: list[str]
    missing: list[str]
    extra: list[str]
    settings_extra: list[str]

    def data(self) -> dict[str, Any]:
        return {
            "up": True,
            "url": self.url,
            "rest_api_id": self.rest_api_id,
            "deployment_id": self.deployment_id,
            "log_level": self.log_level,
            "routes": self.routes,
            "routes_missing": self.missing,
            "routes_extra": self.extra,
            "settings_extra": self.settings_extra,
        }


def read(target: Target) -> Standing | None:
    """How the stage stands; None when it is not up."""
    rest_api_id = stage_settings.find_rest_api(
        target.account, names.rest_api(target.project.name, target.stage.name)
    )
    settings = rest_api_id and stage_settings.read(target.account, rest_api_id, target.stage.name)
    if not settings:
        return None
    found = deployed_routes.read(target.account, settings.rest_api_id, settings.name)
    declared = {route.key for route in target.project.routes} | {*operations(target.project.document or {})}
    deployed = [
        route
        for route, integration in found.items()
        if route in declared or not deployed_routes.is_preflight(route, integration)
    ]
    return Standing(
        url=target.url(names.invoke_url(settings.rest_api_id, target.account.region, settings.name)),
        rest_api_id=settings.rest_api_id,
        deployment_id=settings.deployment_id,
        log_level=level_of(settings.method_settings.get(STAGE_WIDE)),
        routes=deployed,
        missing=sorted(declared - set(deployed)),
        extra=sorted(set(deployed) - declared),
        settings_extra=sorted(_routes_of(settings.method_settings) - target.stage.routes.keys()),
    )


def _routes_of(keys: Iterable[str]) -> set[str]:
    """`~1orders~1{id}/GET` → `GET /orders/{id}`."""
    pairs = (key.rsplit("/", 1) for key in keys if key != STAGE_WIDE)
    return {f"{verb} {resource.replace('~1', '/')}" for resource, verb in pairs}
