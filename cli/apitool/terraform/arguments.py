"""What Terraform is asked, as data. `runner.py` turns it into an argument list, with python-terraform.

Always: no questions, no colour. Files are named by absolute path, because Terraform runs in the root module.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

Value = str | bool | list[str]
"""A list is an option given several times."""


@dataclass(frozen=True, slots=True)
class Invocation:
    """`terraform {command} -{flag}… -{option}={value}… {argument}…`"""

    command: str
    flags: tuple[str, ...] = ()
    options: Mapping[str, Value] = field(default_factory=dict)
    arguments: tuple[str, ...] = ()


def init(*, backend: Path | None = None) -> Invocation:
    """`-reconfigure`: where the state is stands in the backend file, whatever this folder pointed to before.
    `-lockfile=readonly`: the committed lock file decides which provider runs.
    """
    options: dict[str, Value] = {"input": False, "lockfile": "readonly"}
    if backend is not None:
        options["backend-config"] = str(backend)
    return Invocation("init", ("json", "no-color", "reconfigure"), options)


def plan(
    *,
    out: Path,
    variables: Path | None = None,
    destroy: bool = False,
    refresh: bool = True,
    targets: Sequence[str] = (),
    lock_timeout: int = 0,
) -> Invocation:
    """`lock_timeout` in seconds: how long to wait for somebody else's lock on the state."""
    options: dict[str, Value] = {"input": False, "out": str(out), "lock-timeout": f"{lock_timeout}s"}
    options |= _chosen(variables, targets, refresh=refresh)
    flags = ("json", "no-color", "detailed-exitcode", *(("destroy",) if destroy else ()))
    return Invocation("plan", flags, options)


def apply(saved_plan: Path, *, lock_timeout: int = 0) -> Invocation:
    """Apply a saved plan: exactly that. Its variables are in it."""
    options: dict[str, Value] = {"input": False, "lock-timeout": f"{lock_timeout}s"}
    return Invocation("apply", ("json", "no-color"), options, (str(saved_plan),))


def apply_now(
    *,
    variables: Path | None = None,
    destroy: bool = False,
    refresh: bool = True,
    targets: Sequence[str] = (),
    lock_timeout: int = 0,
) -> Invocation:
    """Plan and apply in one go, for where nobody looks in between: a third quicker than the two."""
    options: dict[str, Value] = {"input": False, "lock-timeout": f"{lock_timeout}s"}
    options |= _chosen(variables, targets, refresh=refresh)
    flags = ("json", "no-color", "auto-approve", *(("destroy",) if destroy else ()))
    return Invocation("apply", flags, options)


def show(saved_plan: Path) -> Invocation:
    return Invocation("show", ("json", "no-color"), arguments=(str(saved_plan),))


def output() -> Invocation:
    return Invocation("output", ("json", "no-color"))


def state_push(state: Path) -> Invocation:
    return Invocation("state push", arguments=(str(state),))


def untaint(address: str, *, lock_timeout: int = 0) -> Invocation:
    return Invocation("untaint", ("no-color",), {"lock-timeout": f"{lock_timeout}s"}, (address,))


def state_rm(addresses: Sequence[str], *, lock_timeout: int = 0) -> Invocation:
    """Forget objects: they go on existing."""
    return Invocation("state rm", options={"lock-timeout": f"{lock_timeout}s"}, arguments=tuple(addresses))


def _chosen(variables: Path | None, targets: Sequence[str], *, refresh: bool) -> dict[str, Value]:
    chosen: dict[str, Value] = {}
    if variables is not None:
        chosen["var-file"] = str(variables)
    if targets:
        chosen["target"] = list(targets)
    if not refresh:
        chosen["refresh"] = False
    return chosen
