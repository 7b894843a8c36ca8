"""Files that let anyone run plain `terraform` on a stage: what apitool set, and the exact commands.

No secrets: of the target's environment only what is none is written down. The embedded AWS's credentials are
made up, and written down too.
"""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from apitool.terraform.environment import is_secret
from apitool.terraform.private_file import write

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_MISLEADING = ("TF_CLI_ARGS", "TF_CLI_ARGS_init", "TF_CLI_ARGS_plan", "TF_CLI_ARGS_apply", "TF_LOG")


def write_files(
    folder: Path,
    command: str,
    settings: Mapping[str, str],
    target: Mapping[str, str | None],
    *,
    variables: Path | None,
    backend: Path | None,
) -> None:
    """`command` is how Terraform is called: program and root module."""
    write(folder / "env.sh", _environment(settings, target))
    write(folder / "README.md", _readme(folder, command, variables, backend))


def _environment(settings: Mapping[str, str], target: Mapping[str, str | None]) -> str:
    made_up = _on_this_machine(target.get("AWS_ENDPOINT_URL"))
    lines = [
        "# Read by `. ./env.sh`: what apitool sets for Terraform. Holds no secrets.",
        *_unset(_MISLEADING),
    ]
    lines += [f"export {name}={shlex.quote(value)}" for name, value in sorted(settings.items())]
    for name, value in sorted(target.items()):
        if value is None:
            lines += _unset([name])
        elif is_secret(name) and not made_up:
            lines.append(f"# {name} is secret: set it yourself")
        else:
            lines.append(f"export {name}={shlex.quote(value)}")
    return "\n".join(lines) + "\n"


def _unset(names: tuple[str, ...] | list[str]) -> list[str]:
    return [f"unset {' '.join(names)}"]


def _on_this_machine(url: str | None) -> bool:
    return url is not None and urlsplit(url).hostname in {"127.0.0.1", "localhost", "::1"}


def _readme(folder: Path, command: str, variables: Path | None, backend: Path | None) -> str:
    from_backend = f" -backend-config={shlex.quote(str(backend))}" if backend else ""
    from_variables = f" -var-file={shlex.quote(str(variables))}" if variables else ""
    return f"""# Plain Terraform for this stage

Everything apitool gives to Terraform is in this folder. In a shell:

```
cd {shlex.quote(str(folder))}
. ./env.sh
{command} init -reconfigure -lockfile=readonly{from_backend}
{command} plan{from_variables}
{command} apply{from_variables}
```

| file | what it is |
|---|---|
| `variables.tfvars.json` | the variables; holds the functions' environments, so keep it private |
| `backend.tfbackend.json` | where the state is |
| `env.sh` | the environment, without credentials |
| `terraform.tfrc` | where the provider comes from, when a mirror was found |
| `root/` | the root module, by links, with the deployment packages in `packages/` |
| `data/` | Terraform's own folder (`TF_DATA_DIR`) |
| `plan.tfplan` | the last plan; holds secrets |
| `logs/` | what Terraform said, one file a command |
| `lock` | held while apitool or its Terraform is at work here |
"""
