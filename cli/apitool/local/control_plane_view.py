"""What the data plane reads of the control plane: stages, functions, permissions. Knows moto's objects.

Read from moto's backends in this process, without HTTP, once per change (see `changes.py`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from moto.apigateway.models import apigateway_backends
from moto.awslambda.exceptions import UnknownAliasException, UnknownFunctionException
from moto.awslambda.models import lambda_backends

from apitool.local import lambda_permission
from apitool.local.alias_weights import chosen
from apitool.local.changes import Changes, PerChange
from apitool.local.corrections import documents
from apitool.local.corrections.function_configuration import configuration
from apitool.local.corrections.stage_settings import settings_of
from apitool.local.endpoint import ACCOUNT_ID
from apitool.local.function_code import unpacked
from apitool.local.runtime.function import FunctionVersion
from apitool.local.served_stage import ServedStage
from apitool.local.turn import turn
from apitool.local.usage_plans import usage_plans
from apitool.proxy.gates import Gates
from apitool.proxy.openapi import rest_api
from apitool.proxy.response_cache import ResponseCache
from apitool.proxy.stage import DeployedStage
from apitool.proxy.throttle import Throttle
from apitool.proxy.usage.meter import UsageMeter

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from moto.apigateway.models import RestAPI, Stage
    from moto.awslambda.models import LambdaBackend, LambdaFunction

_FUNCTION_ARN = re.compile(
    r"arn:[\w-]+:lambda:(?P<region>[\w-]+):\d{12}:function:(?P<name>[\w-]+)(?::(?P<qualifier>[\w$-]+))?"
)


@dataclass(frozen=True, slots=True)
class _Found:
    function: LambdaFunction
    backend: LambdaBackend


@dataclass(frozen=True, slots=True)
class _Shares:
    """Of an alias: its own version, and the shares of others."""

    own: str = ""
    additional: Mapping[str, float] = field(default_factory=dict)


class ControlPlaneView:
    """`code` is the folder deployment packages are unpacked to."""

    def __init__(self, changes: Changes, code: Path) -> None:
        self._code = code
        self._stages: PerChange[ServedStage | None] = PerChange(changes)
        self._functions: PerChange[FunctionVersion | None] = PerChange(changes)
        self._shares: PerChange[_Shares] = PerChange(changes)
        self._permissions: PerChange[bool] = PerChange(changes)
        self._gates: dict[tuple[str, str], Gates] = {}
        self._meters: dict[str, UsageMeter] = {}

    def stage(self, name: str, api_id: str | None = None) -> ServedStage | None:
        """The stage of that name: of the API named, else of the one made last that has it."""
        return self._stages.get((name, api_id), lambda: self._find_stage(name, api_id))

    def flush_authorizers(self, api_id: str, stage: str) -> None:
        """Ask a stage's authorizers again, whoever they have let in."""
        gates = self._gates.get((api_id, stage))
        if gates is not None and gates.authorizers is not None:
            gates.authorizers.flush()

    def flush_answers(self, api_id: str, stage: str) -> None:
        """Forget what a stage has kept of its integrations' answers."""
        gates = self._gates.get((api_id, stage))
        if gates is not None and gates.answers is not None:
            gates.answers.flush()

    def version(self, arn: str, draw: Callable[[], float]) -> str | None:
        """The version that is next, of an alias that shares its callers among several; None of any other ARN.

        `draw` gives a number from 0 up to, not including, 1, and is asked only where there is a choice.
        """
        shares = self._shares.get(arn, lambda: _shares(arn))
        return chosen(shares.own, shares.additional, draw()) if shares.additional else None

    def function(self, arn: str, version: str | None = None) -> FunctionVersion | None:
        """What an ARN with or without alias leads to, or the version that was chosen of it. Blocks the first
        time: its package is unpacked.
        """
        return self._functions.get((arn, version), lambda: self._find_function(arn, version))

    def known_function(self, arn: str, version: str | None = None) -> FunctionVersion | None:
        """The same, only if it was looked up since the last change: never blocks."""
        return self._functions.known((arn, version))

    def permits(self, function_arn: str, source_arn: str) -> bool:
        """Whether the function's resource policy lets API Gateway call it for this method."""
        return self._permissions.get((function_arn, source_arn), lambda: _permits(function_arn, source_arn))

    @turn()
    def _find_stage(self, name: str, api_id: str | None) -> ServedStage | None:
        having = [
            api
            for backend in list(apigateway_backends[ACCOUNT_ID].values())
            for api in list(backend.apis.values())
            if name in api.stages and api_id in {None, api.id}
        ]
        if not having:
            return None
        api = max(reversed(having), key=lambda each: each.create_date)  # the last one of the same second
        return _served(api, api.stages[name], self._gates_of(api, name))

    def _gates_of(self, api: RestAPI, stage: str) -> Gates:
        """Those of a stage are kept; keys and plans are the region's, and read anew after every change."""
        meter = self._meters.setdefault(api.region_name, UsageMeter())
        meter.plans = usage_plans(apigateway_backends[ACCOUNT_ID][api.region_name])
        return self._gates.setdefault((api.id, stage), Gates(Throttle(), meter, answers=ResponseCache()))

    def _find_function(self, arn: str, version: str | None) -> FunctionVersion | None:
        with turn():
            found = _find(arn, version)
            if found is None:
                return None
            function, package = _configured(found, arn), found.function.code_bytes
            layers = _layer_packages(found)
        return replace(
            function,
            code=unpacked(package, self._code),
            layers=tuple(unpacked(layer, self._code) for layer in layers),
        )


def _configured(found: _Found, arn: str) -> FunctionVersion:
    """Without its code: unpacking takes long, and nobody's turn."""
    function = found.function
    logging = configuration(function).get("LoggingConfig", {})
    latest = found.backend.get_function(function.function_name)
    return FunctionVersion(
        name=function.function_name,
        version=str(function.version),
        arn=arn,
        handler=str(function.handler),
        code=Path(),
        memory_mb=int(function.memory_size),
        timeout_s=float(function.timeout),
        environment=dict(function.environment_vars),
        region=function.region,
        log_group=logging.get("LogGroup", f"/aws/lambda/{function.function_name}"),
        runtime=str(function.run_time),
        log_format="JSON" if logging.get("LogFormat") == "JSON" else "Text",
        log_level=logging.get("ApplicationLogLevel"),
        reserved_concurrency=latest.reserved_concurrency,
    )


def _layer_packages(found: _Found) -> list[bytes]:
    layers = (found.backend.layers_versions_by_arn(layer["Arn"]) for layer in found.function.layers)
    return [layer.code_bytes for layer in layers if layer is not None]


def _served(api: RestAPI, stage: Stage, gates: Gates) -> ServedStage | None:
    deployed = _deployed(api, stage, str(stage.deployment_id))
    if deployed is None:
        return None
    canary: dict[str, Any] = dict(deployed.settings.canary or {})
    of_canary = _deployed(api, stage, canary["deploymentId"]) if canary.get("deploymentId") else None
    role = apigateway_backends[ACCOUNT_ID][api.region_name].account.cloudwatch_role_arn
    return ServedStage(
        deployed=deployed,
        gates=gates,
        canary=replace(of_canary, serves_canary=True) if of_canary else None,
        execution_log=bool(role),
    )


def _deployed(api: RestAPI, stage: Stage, deployment_id: str) -> DeployedStage | None:
    deployment = api.deployments.get(deployment_id)
    document = documents.SNAPSHOTS.get(deployment) if deployment is not None else None
    if document is None:
        return None
    types = api.endpoint_configuration.get("types", ["EDGE"])
    return DeployedStage(
        name=str(stage.name),
        api=rest_api(document, resource_ids={each.get_path(): each.id for each in api.resources.values()}),
        rest_api_id=api.id,
        deployment_id=deployment_id,
        account_id=ACCOUNT_ID,
        region=api.region_name,
        endpoint_type=types[0],
        settings=settings_of(stage),
    )


@turn()
def _permits(function_arn: str, source_arn: str) -> bool:
    found = _find(function_arn)
    return found is not None and lambda_permission.permits(
        found.function.policy.statements,
        function_arn=function_arn,
        source_arn=source_arn,
        source_account=ACCOUNT_ID,
    )


@turn()
def _shares(arn: str) -> _Shares:
    parts = _FUNCTION_ARN.fullmatch(arn)
    if parts is None or parts["qualifier"] is None:
        return _Shares()
    try:
        alias = lambda_backends[ACCOUNT_ID][parts["region"]].get_alias(parts["qualifier"], parts["name"])
    except (UnknownAliasException, UnknownFunctionException):
        return _Shares()
    routing: dict[str, Any] = dict(cast("Any", alias.routing_config) or {})
    return _Shares(str(alias.function_version), dict(routing.get("AdditionalVersionWeights") or {}))


def _find(arn: str, version: str | None = None) -> _Found | None:
    parts = _FUNCTION_ARN.fullmatch(arn)
    if parts is None:
        return None
    backend = lambda_backends[ACCOUNT_ID][parts["region"]]
    try:
        return _Found(backend.get_function(parts["name"], version or parts["qualifier"]), backend)
    except UnknownFunctionException:
        return None
