"""What moto drops of a function's configuration, and what UpdateFunctionConfiguration can change."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from moto.awslambda.models import LambdaFunction

from apitool.local.corrections.correction import correction

if TYPE_CHECKING:
    from collections.abc import Callable

_KEPT = ("LoggingConfig", "DeadLetterConfig", "FileSystemConfigs")
_UPDATED = {
    "TracingConfig": "tracing_config",
    "KMSKeyArn": "kms_key_arn",
    "EphemeralStorage": "ephemeral_storage",
}
_ATTRIBUTE = "_apitool_configuration"  # on the function, so that a published version copies it


@correction(
    LambdaFunction,
    "__init__",
    "moto drops logging, dead letters, file systems: a permanent diff, a new version at each apply",
)
def created(
    original: Callable[..., None],
    function: LambdaFunction,
    account_id: str,
    spec: dict[str, Any],
    *rest: object,
    **named: object,
) -> None:
    original(function, account_id, spec, *rest, **named)
    setattr(function, _ATTRIBUTE, {key: spec[key] for key in _KEPT if spec.get(key)})


@correction(
    LambdaFunction,
    "get_configuration",
    "moto shows none of them; AWS shows a logging configuration for every function",
)
def shown(
    original: Callable[..., dict[str, Any]], function: LambdaFunction, *rest: object, **named: object
) -> dict[str, Any]:
    kept = configuration(function)
    logging = {
        "LogFormat": "Text",
        "LogGroup": f"/aws/lambda/{function.function_name}",
        **kept.get("LoggingConfig", {}),
    }
    if logging["LogFormat"] == "JSON":  # as AWS answers; see provider issue #42181 for what 5.x makes of it
        logging = {"ApplicationLogLevel": "INFO", "SystemLogLevel": "INFO", **logging}
    found = {**original(function, *rest, **named), "LoggingConfig": logging}
    if target := kept.get("DeadLetterConfig", {}).get("TargetArn"):
        found["DeadLetterConfig"] = {"TargetArn": target}
    if systems := kept.get("FileSystemConfigs"):
        found["FileSystemConfigs"] = systems
    return found


@correction(LambdaFunction, "update_configuration", "moto drops half of the configuration on an update")
def updated(
    original: Callable[..., dict[str, Any]], function: LambdaFunction, config_updates: dict[str, Any]
) -> dict[str, Any]:
    given = {key: config_updates[key] for key in _KEPT if key in config_updates}
    # a new dictionary: published versions share the old one
    setattr(function, _ATTRIBUTE, {**configuration(function), **given})
    for key, attribute in _UPDATED.items():
        if key in config_updates:
            value = config_updates[key]
            setattr(function, attribute, value["Size"] if key == "EphemeralStorage" else value)
    variables = {"Environment": {"Variables": {}, **(config_updates.get("Environment") or {})}}
    return original(function, {**config_updates, **(variables if "Environment" in config_updates else {})})


def configuration(function: LambdaFunction) -> dict[str, Any]:
    """What of `_KEPT` was set, as it was set."""
    kept: dict[str, Any] = getattr(function, _ATTRIBUTE, {})
    return kept


CORRECTIONS = (created, shown, updated)
