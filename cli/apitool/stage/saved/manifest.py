"""What a bundle says about the plan in it: all that has to be the same when it is applied."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from apitool.terraform.plan_file import StateMark

if TYPE_CHECKING:
    from collections.abc import Mapping

FORMAT = 1
"""Counts up when a bundle of before can't be applied any more."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What a plan is made of and for. Each mapping has names as people know them; digests are SHA-256 in hex.

    `target`: project, stage, account, region, where the state is. `tools`: versions. `configuration`: the
    modules and each part of apitool.toml. `sources`: by function.
    """

    target: Mapping[str, str]
    tools: Mapping[str, str]
    configuration: Mapping[str, str]
    sources: Mapping[str, str]
    state: StateMark


@dataclass(frozen=True, slots=True)
class SavedPackage:
    """`file` is its name in the folder of packages; `s3` bucket, key and version, if it is in S3."""

    file: str
    sha256: str
    s3: tuple[str, str, str | None] | None = None


@dataclass(frozen=True, slots=True)
class Manifest:
    """`created` in UTC. `fingerprint_key` in hex: the state bucket has it too. `members`: name to digest."""

    created: datetime
    facts: Facts
    packages: Mapping[str, SavedPackage]
    fingerprint: str
    fingerprint_key: str
    members: Mapping[str, str] = field(default_factory=dict)

    def data(self) -> dict[str, Any]:
        return {"format": FORMAT, **asdict(self), "created": self.created.isoformat()}


def read(data: Any) -> Manifest:  # noqa: ANN401 - JSON of a file that may hold anything
    """The other way of `Manifest.data`.

    Raises:
        KeyError, TypeError, ValueError: this is no manifest, or of another format.
    """
    if data["format"] != FORMAT:
        raise ValueError(f"format {data['format']}")
    facts = dict(data["facts"])
    return Manifest(
        created=datetime.fromisoformat(data["created"]),
        facts=Facts(**{**facts, "state": StateMark(**facts["state"])}),
        packages={name: _package(each) for name, each in data["packages"].items()},
        fingerprint=str(data["fingerprint"]),
        fingerprint_key=str(data["fingerprint_key"]),
        members=dict(data["members"]),
    )


def _package(data: Mapping[str, Any]) -> SavedPackage:
    bucket_key_version = data["s3"]
    return SavedPackage(data["file"], data["sha256"], bucket_key_version and tuple(bucket_key_version))
