"""UpdateStage: patch operations applied to settings, refused as AWS refuses them.

One refusal refuses the whole call. The order of checks is AWS's: paths and values of each operation first,
then the account's CloudWatch role, then the content of the access-log format (recorded by stackd).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from apitool.proxy import patch_texts as texts
from apitool.proxy.canary_patch import copy_from_canary, remove_override, replace_in_canary
from apitool.proxy.method_settings import FIELDS, VERBS, StageSettings, new_entry, with_entry
from apitool.proxy.patch_refused import PatchOperation, PatchRefused, PatchRefusedError
from apitool.proxy.setting_values import parse_boolean, parse_setting

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable

__all__ = ["PatchOperation", "PatchRefused", "apply_patch", "method_setting_of"]

_REQUEST_IDS = ("$context.requestId", "$context.extendedRequestId")
_ACCESS_LOG = {
    "/accessLogSettings/destinationArn": "access_log_destination",
    "/accessLogSettings/format": "access_log_format",
}


@dataclass(frozen=True, slots=True)
class MethodSetting:
    """A patch path read as `/{resource}/{verb}/{setting}`; `key` is AWS's, kept as written."""

    key: str
    setting: str


def apply_patch(
    settings: StageSettings,
    operations: Iterable[PatchOperation],
    *,
    account_has_role: bool,
    deployments: Collection[str] | None = None,
) -> StageSettings | PatchRefused:
    """The settings after an UpdateStage, or AWS's refusal.

    Args:
        settings: the stage before.
        operations: in the order sent; later ones see what earlier ones did.
        account_has_role: whether the account has a CloudWatch role.
        deployments: ids that exist; None skips that check.
    """
    wanted = tuple(operations)
    try:
        changed = settings
        for operation in wanted:
            changed = _apply(changed, operation, deployments)
        _check_role(wanted, changed, account_has_role=account_has_role)
        _check_format(settings, changed)
    except PatchRefusedError as refusal:
        return refusal.refused
    return changed


def method_setting_of(path: str) -> MethodSetting | None:
    """Read a path as a method setting; None when it is none.

    The last two parts are the setting, the one before is the verb, and all that is left is the resource: so
    AWS takes `/pg/{p}/GET/…` unescaped, and reads `/~1*~1*/logging/loglevel` as a verb called `~1*~1*`.
    """
    head, _, name = path.removeprefix("/").rpartition("/")
    head, _, group = head.rpartition("/")
    resource, _, verb = head.rpartition("/")
    setting = f"{group}/{name}"
    whole_stage = resource == "*" and verb == "*"
    one_method = bool(resource) and resource != "*" and verb in VERBS
    if not path.startswith("/") or setting not in FIELDS or not (whole_stage or one_method):
        return None
    return MethodSetting(f"{resource}/{verb}", setting)


def _apply(
    settings: StageSettings, operation: PatchOperation, deployments: Collection[str] | None
) -> StageSettings:
    match operation.op:
        case "remove":
            return _remove(settings, operation.path)
        case "copy":
            return copy_from_canary(settings, operation)
        case "replace" | "add":
            return _set(settings, operation, deployments)
        case _:
            raise PatchRefusedError(f"Invalid patch operation: {operation.op}", recorded=False)


def _remove(settings: StageSettings, path: str) -> StageSettings:
    """Anything but the four things that can be removed is read as `{resource}/{verb}` (recorded)."""
    if path == "/accessLogSettings":
        return replace(settings, access_log_destination=None, access_log_format=None)
    if path == "/canarySettings":
        return replace(settings, canary=None)
    if path.startswith("/variables/") and path.count("/") == 2:  # noqa: PLR2004 - `/variables/{name}`
        name = path.removeprefix("/variables/")
        return replace(settings, variables={k: v for k, v in settings.variables.items() if k != name})
    without = remove_override(settings, path)
    if without is not None:
        return without
    key = path.removeprefix("/")
    if key not in settings.method_settings:
        raise PatchRefusedError(texts.nothing_to_remove(key))
    kept = {name: entry for name, entry in settings.method_settings.items() if name != key}
    return replace(settings, method_settings=kept)


def _set(
    settings: StageSettings, operation: PatchOperation, deployments: Collection[str] | None
) -> StageSettings:
    path, value = operation.path, operation.value or ""
    if path == "/accessLogSettings" or path.startswith("/accessLogSettings/"):
        return _set_access_log(settings, path, value)
    if path.startswith("/variables/") and path.count("/") == 2:  # noqa: PLR2004 - `/variables/{name}`
        name = path.removeprefix("/variables/")
        return replace(settings, variables={**settings.variables, name: value})
    if path.startswith("/canarySettings/"):
        return replace_in_canary(settings, operation, deployments)
    if path in _MEMBERS:
        return _set_member(settings, operation, deployments)
    return _set_method_setting(settings, operation)


def _set_access_log(settings: StageSettings, path: str, value: str) -> StageSettings:
    if path not in _ACCESS_LOG:
        raise PatchRefusedError(texts.ACCESS_LOG_PATHS)
    if not value:
        raise PatchRefusedError(texts.EMPTY_ACCESS_LOG)
    if path == "/accessLogSettings/destinationArn":
        if not value.startswith("arn:"):
            raise PatchRefusedError(texts.invalid_arn(value))
        return replace(settings, access_log_destination=value)
    return replace(settings, access_log_format=value)


def _set_member(
    settings: StageSettings, operation: PatchOperation, deployments: Collection[str] | None
) -> StageSettings:
    if operation.op == "add":
        raise PatchRefusedError(texts.invalid_add(operation.path), recorded=False)
    value = operation.value or ""
    if operation.path == "/deploymentId" and deployments is not None and value not in deployments:
        raise PatchRefusedError(texts.NO_DEPLOYMENT)
    name, parse = _MEMBERS[operation.path]
    changes: dict[str, Any] = {name: parse(value)}
    return replace(settings, **changes)


def _set_method_setting(settings: StageSettings, operation: PatchOperation) -> StageSettings:
    target = method_setting_of(operation.path)
    if target is None:
        raise PatchRefusedError(texts.invalid_path(operation.path))
    if operation.op == "add":
        raise PatchRefusedError(texts.invalid_add(operation.path), recorded=False)
    entry = dict(settings.method_settings.get(target.key) or new_entry(settings))
    entry[FIELDS[target.setting]] = parse_setting(target.setting, operation.value or "")
    return with_entry(settings, target.key, entry)


def _check_role(
    operations: tuple[PatchOperation, ...], changed: StageSettings, *, account_has_role: bool
) -> None:
    """Logging at ERROR or INFO and access logs need the role; OFF with data trace needs none (recorded)."""
    if account_has_role:
        return
    for operation in operations:
        target = method_setting_of(operation.path)
        level = target is not None and target.setting == "logging/loglevel" and operation.value != "OFF"
        access_log = operation.path in _ACCESS_LOG and changed.access_log_destination is not None
        if operation.op in {"add", "replace"} and (level or access_log):
            raise PatchRefusedError(texts.NO_ROLE)


def _check_format(before: StageSettings, after: StageSettings) -> None:
    written = after.access_log_format
    if written is None or written == before.access_log_format:
        return
    if not any(variable in written for variable in _REQUEST_IDS):
        raise PatchRefusedError(texts.format_without_request_id(written))
    if "\n" in written.rstrip("\n"):
        raise PatchRefusedError(
            "Access Log format must be single line, new line character is allowed only "
            f"at end of the format: '{written}'",
            recorded=False,
        )


def _text(value: str) -> str:
    return value


def _named(value: str) -> str | None:
    return value or None


_MEMBERS: dict[str, tuple[str, Callable[[str], object]]] = {
    "/deploymentId": ("deployment_id", _text),
    "/description": ("description", _text),
    "/cacheClusterEnabled": ("cache_cluster_enabled", parse_boolean),
    "/cacheClusterSize": ("cache_cluster_size", _text),
    "/clientCertificateId": ("client_certificate_id", _text),
    # not in the list AWS's refusals show; the provider and AWS's own controller for Kubernetes send it
    "/documentationVersion": ("documentation_version", _named),
    "/tracingEnabled": ("tracing_enabled", parse_boolean),
}
