"""The JSON of a plan file that somebody else's `terraform plan -out` wrote, or ours.

`terraform show` needs the providers' schemas, so it runs where `terraform init` has run: here, beside the
file, or in the folder of the stage whose plan it is.
"""

from __future__ import annotations

import json
import shlex
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from apitool.errors import ApitoolError, UsageError
from apitool.terraform import arguments, binary, ending, environment
from apitool.terraform.diagnostics import Circumstances
from apitool.terraform.document import mapping
from apitool.terraform.listener import Silent
from apitool.terraform.record import Record
from apitool.terraform.runner import Runner

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_VIEW_DEPTHS = ("root", "root/*", "root/*/*")  # root_view.py; the root lies as deep as its modules want


@dataclass(frozen=True, slots=True)
class Initialised:
    """A folder to run in, and Terraform's data folder for it."""

    folder: Path
    data: Path


def show(plan: Path, environ: Mapping[str, str]) -> Mapping[str, object]:
    """The plan as JSON; holds secrets in clear, and is not kept on disk.

    Raises:
        UsageError: nowhere near has `terraform init` been run.
        ApitoolError: Terraform can't read it, e.g. with the providers that are there.
    """
    plan = plan.absolute()
    found = next(_initialised(plan, environ), None)
    try:
        return _shown(plan, found or Initialised(Path.cwd(), Path.cwd() / ".terraform"), environ)
    except ApitoolError as error:
        if found is not None:
            raise
        raise UsageError(
            f"`{plan.name}` is Terraform's plan, and Terraform is not initialised here to read it",
            seen=f"no providers below {Path.cwd()} or {plan.parent}",
            fix=f"run this where `terraform init` was run, or there: terraform show -json {plan.name}",
        ) from error


def _shown(plan: Path, at: Initialised, environ: Mapping[str, str]) -> Mapping[str, object]:
    program = binary.find(Path.cwd(), environ).path
    with tempfile.TemporaryDirectory() as folder:  # mode 0700
        runner = Runner(program, at.folder, _environment(at, environ), Path(folder))
        record = Record(Silent())
        invocation = arguments.show(plan)
        finished = runner.run(invocation, record)
        by_hand = f"cd {shlex.quote(str(at.folder))} && terraform"
        circumstances = Circumstances(doing="show", root=at.folder, by_hand=by_hand, secrets=())
        error = ending.error_of(finished, record, circumstances, runner.stderr_of(invocation.command))
        if error is not None:
            raise error
        return dict(mapping(json.loads(runner.stdout_of(invocation.command).read_bytes())))


def _initialised(plan: Path, environ: Mapping[str, str]) -> Iterator[Initialised]:
    """Places where the providers are, likeliest first."""
    if named := environ.get("TF_DATA_DIR"):
        yield from _with_providers(Path.cwd(), Path.cwd() / named)
    for folder in (Path.cwd(), plan.parent):
        yield from _with_providers(folder, folder / ".terraform")
    for depth in _VIEW_DEPTHS:  # a stage's folder of ours
        for lock in plan.parent.glob(f"{depth}/.terraform.lock.hcl"):
            yield from _with_providers(lock.parent, plan.parent / "data")


def _with_providers(folder: Path, data: Path) -> Iterator[Initialised]:
    if (data / "providers").is_dir():
        yield Initialised(folder, data)


def _environment(at: Initialised, environ: Mapping[str, str]) -> dict[str, str]:
    own = environ.get("TF_CLI_CONFIG_FILE")
    return environment.child_environment(
        environ, {}, data_folder=at.data, cli_config=Path(own) if own else None
    )
