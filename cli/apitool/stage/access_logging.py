"""The access log of a stage, on and off by hand.

Terraform owns it: `access_logs` in apitool.toml, and the log group with its retention. What is switched here
lasts until the next `up`; what is not declared can't be switched on, for it has no group.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from apitool.aws import log_groups
from apitool.errors import UsageError
from apitool.logs import access_switch
from apitool.project import names
from apitool.proxy.access_log import JOIN_KEYS

if TYPE_CHECKING:
    from apitool.aws.stage_settings import StageSettings
    from apitool.logs.levels import PatchOperation
    from apitool.stage.target import Target
# As Terraform's jsonencode writes it, so that a plan sees no difference.
_FORMAT = json.dumps(dict(sorted(JOIN_KEYS.items())), separators=(",", ":"))


def switched_on(target: Target, settings: StageSettings) -> tuple[PatchOperation, ...]:
    """The patch operations to the access log as it is declared.

    Raises:
        UsageError: it is not declared, so there is no log group for it.
    """
    group = names.access_log_group(target.project.name, target.stage.name)
    destination = log_groups.arn_of(target.account, group)
    if destination is None:
        raise UsageError(
            f"the access log of `{target.stage.name}` has no log group",
            seen=f"no group {group}; access_logs = {str(target.stage.access_logs).lower()} in apitool.toml",
            fix=f"access_logs = true, then `apitool up {target.options}`",
        )
    return access_switch.on(settings.settings, destination, _FORMAT)


def switched_off(settings: StageSettings) -> tuple[PatchOperation, ...]:
    return access_switch.off(settings.settings)


def sentence(target: Target, *, on: bool) -> str | None:
    """What the next `up` makes of it, when that is not the same."""
    if on == target.stage.access_logs:
        return None
    return (
        f"the next `up` turns the access log {'off' if on else 'on'} again: apitool.toml says"
        f" access_logs = {str(target.stage.access_logs).lower()}"
    )
