"""What a plan of this stage would be made of now, read without starting Terraform."""

from __future__ import annotations

import hashlib
import json
import os
from typing import TYPE_CHECKING

from apitool import __version__
from apitool.aws import state_object
from apitool.package import source_digest
from apitool.package.target import Target as Platform
from apitool.stage.saved.manifest import Facts
from apitool.terraform import initialised, mirror, roots
from apitool.terraform.backend import stage_key
from apitool.terraform.document import mapping
from apitool.terraform.plan_file import StateMark

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from apitool.stage.target import Target


def of(target: Target, terraform: str, variables: Mapping[str, object], state: StateMark) -> Facts:
    """`terraform` is its version; `variables` are the root's. `state` is the one a plan starts from."""
    return Facts(
        target=_target(target),
        tools=_tools(target, terraform),
        configuration=_configuration(target, variables),
        sources=sources(target),
        state=state,
    )


def state_now(target: Target) -> StateMark:
    """The state as it lies in its bucket."""
    return StateMark.of(state_object.document(target.account, target.state_bucket, _key(target)))


def _target(target: Target) -> dict[str, str]:
    return {
        "project": target.project.name,
        "stage": target.stage.name,
        "account": target.account.id,
        "region": target.account.region,
        "AWS": "embedded" if target.embedded else "real",
        "state": f"s3://{target.state_bucket}/{_key(target)}",
    }


def _key(target: Target) -> str:
    return stage_key(target.project.name, target.stage.name)


def _tools(target: Target, terraform: str) -> dict[str, str]:
    locked = mirror.locked(roots.find("api", target.project.root) / ".terraform.lock.hcl")
    return {
        "apitool": __version__,
        "Terraform": terraform,
        **{provider.address.rsplit("/", 1)[-1] + " provider": provider.version for provider in locked},
    }


def _configuration(target: Target, variables: Mapping[str, object]) -> dict[str, str]:
    """By what people call it: the modules, and each part of what apitool.toml comes to."""
    parts: dict[str, object] = {**variables, "log_level": target.stage.log_level}
    functions = mapping(parts["functions"])
    # Packages are told as code: where one lies, and its digest, follow from the source.
    parts["functions"] = {
        name: {key: value for key, value in mapping(each).items() if key != "package"}
        for name, each in functions.items()
    }
    digests = {name: _digest(json.dumps(part, sort_keys=True, default=str)) for name, part in parts.items()}
    return {**digests, "Terraform modules": _modules(roots.find("api", target.project.root))}


def _modules(root: Path) -> str:
    files = {
        os.path.relpath(file, root): _digest(file.read_text(encoding="utf-8", errors="surrogateescape"))
        for file in initialised.configuration(root)
    }
    return _digest(json.dumps(files, sort_keys=True))


def sources(target: Target) -> dict[str, str]:
    """By function: a digest of what its package is made of."""
    project = target.project
    return {
        name: source_digest.of(
            function, project.root, Platform.host() if target.embedded else Platform.of(function)
        )
        for name, function in project.functions.items()
    }


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogateescape")).hexdigest()
