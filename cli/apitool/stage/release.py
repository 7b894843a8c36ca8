"""What was applied last, so that an `up` with nothing to do need not start Terraform to find that out.

The record holds a digest of everything that went in (variables with the packages' digests, the Terraform
configuration, the target) and one of what AWS said right after the apply. When both are the same today, there
is nothing to do. It holds no values: the outputs are names, ids and ARNs.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from apitool import __version__
from apitool.aws import live_facts
from apitool.errors import ApitoolError, CredentialsError
from apitool.terraform import initialised, private_file, roots

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from apitool.stage.target import Target


@dataclass(frozen=True, slots=True)
class Release:
    """`inputs` and `facts` are SHA-256 in hex; `outputs` the root module's."""

    inputs: str
    facts: str
    outputs: Mapping[str, Any]


def inputs_of(target: Target, variables: Mapping[str, object]) -> str:
    """A digest of everything that decides what `up` makes of the stage."""
    digest = hashlib.sha256()
    going_in = {
        "apitool": __version__,
        "bucket": target.state_bucket,
        "log_level": target.stage.log_level,
        "log_levels": {key: settings.log_level for key, settings in target.stage.routes.items()},
        "variables": variables,
    }
    digest.update(json.dumps(going_in, sort_keys=True, default=str).encode())
    for file in initialised.configuration(roots.find("api", target.project.root)):
        digest.update(file.read_bytes())
    return digest.hexdigest()


def standing(target: Target, inputs: str) -> Release | None:
    """The last release, if it was made of the same and AWS still says the same. Reads only."""
    last = _read(_file(target))
    if last is None or last.inputs != inputs:
        return None
    try:
        same = live_facts.digest(target.account, last.outputs) == last.facts
    except CredentialsError:
        raise
    except ApitoolError:  # something is gone or unreadable: let a plan say what
        return None
    return last if same else None


def record(target: Target, inputs: str, outputs: Mapping[str, Any]) -> None:
    """Remember what is up now."""
    release = Release(inputs, live_facts.digest(target.account, outputs), outputs)
    private_file.write(_file(target), json.dumps(asdict(release), indent=2))


def forget(target: Target) -> None:
    """Before anything is changed: an interrupted apply must not look like the release before it."""
    _file(target).unlink(missing_ok=True)


def _file(target: Target) -> Path:
    return target.stage_folder / "release.json"


def _read(file: Path) -> Release | None:
    try:
        return Release(**json.loads(file.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None
