"""The environment Terraform runs in.

Terraform obeys some twenty variables without saying so: `TF_CLI_ARGS_plan=-destroy` plans a destruction,
`TF_WORKSPACE` opens another state, `TF_LOG=trace` writes secrets. So every `TF_*` of the caller goes, but for
the few that can only help, and what we need is set.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_KEPT_PREFIXES = ("TF_TOKEN_",)  # credentials of private registries
_KEPT = frozenset(
    {
        "TF_APPEND_USER_AGENT",
        "TF_REGISTRY_CLIENT_TIMEOUT",
        "TF_REGISTRY_DISCOVERY_RETRY",
    }
)
_ALSO_DROPPED = frozenset({"CHECKPOINT_DISABLE", "TERRAFORM_CONFIG"})
_SECRET_PARTS = ("SECRET", "TOKEN", "PASSWORD", "ACCESS_KEY")

GOGC = "200"
"""Collect garbage when the heap has grown by 200 %: a fifth less CPU (a plan 4.4 → 3.4 s, provider 5.100);
400 gains nothing more."""


def child_environment(
    ambient: Mapping[str, str],
    target: Mapping[str, str | None],
    *,
    data_folder: Path,
    cli_config: Path | None = None,
    plugin_cache: Path | None = None,
) -> dict[str, str]:
    """What Terraform gets: the caller's environment without what steers Terraform, ours, the target's.

    A target's None takes a variable away. A target with an endpoint of its own (the embedded AWS) starts from
    no `AWS_*` at all: a profile of the caller's would win over made-up credentials.
    """
    environment = {name: value for name, value in ambient.items() if not _steers_terraform(name)}
    if "AWS_ENDPOINT_URL" in target:
        environment = {name: value for name, value in environment.items() if not name.startswith("AWS_")}
    if not _usable_folder(environment.get("TMPDIR")):
        environment.pop("TMPDIR", None)  # else: "Unrecognized remote plugin message" from the provider
    environment |= {"GOGC": environment.get("GOGC", GOGC)}
    environment |= settings(data_folder=data_folder, cli_config=cli_config, plugin_cache=plugin_cache)
    environment |= {name: value for name, value in target.items() if value is not None}
    for name in (name for name, value in target.items() if value is None):
        environment.pop(name, None)
    return environment


def settings(*, data_folder: Path, cli_config: Path | None, plugin_cache: Path | None) -> dict[str, str]:
    """Terraform's own variables, as we set them."""
    chosen = {
        "TF_IN_AUTOMATION": "1",
        "TF_INPUT": "0",
        "CHECKPOINT_DISABLE": "1",
        "TF_DATA_DIR": str(data_folder),
        "TF_WORKSPACE": "default",  # wins over a `terraform workspace select` made in the folder by hand
    }
    if cli_config is not None:
        chosen["TF_CLI_CONFIG_FILE"] = str(cli_config)
    if plugin_cache is not None:
        chosen["TF_PLUGIN_CACHE_DIR"] = str(plugin_cache)
    return chosen


def is_secret(name: str) -> bool:
    """Whether a variable's value must not be written down."""
    return any(part in name.upper() for part in _SECRET_PARTS)


def _steers_terraform(name: str) -> bool:
    if name in _ALSO_DROPPED:
        return True
    return name.startswith("TF_") and name not in _KEPT and not name.startswith(_KEPT_PREFIXES)


def _usable_folder(value: str | None) -> bool:
    try:
        return value is not None and Path(value).is_dir()
    except (OSError, ValueError):
        return False
