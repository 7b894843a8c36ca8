"""A bundle: one zip with everything that applying a plan takes.

    bundle.json          what it is, with a digest of each other member
    plan.tfplan          Terraform's plan, with the configuration in it
    plan.json            the same as `terraform show -json` gives it: a review needs no Terraform
    packages/*.zip       the deployment packages, as the plan names them

It holds the functions' environments in clear, as Terraform's own plan does: mode 0600, to be kept like the
state. The same content gives the same bytes.
"""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import struct
import zipfile
import zlib
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING

from apitool.errors import ApitoolError, StaleError, UsageError
from apitool.package import publication
from apitool.stage.saved import manifest as manifests
from apitool.terraform import private_file

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path
    from typing import IO

    from apitool.stage.saved.manifest import Manifest

MANIFEST, PLAN, DOCUMENT = "bundle.json", "plan.tfplan", "plan.json"
PACKAGES = "packages/"
_MEMBER = re.compile(r"plan\.tfplan|plan\.json|packages/[A-Za-z0-9_.-]+\.zip")
_EPOCH = (1980, 1, 1, 0, 0, 0)  # the first moment a zip knows: the same content, the same bytes
_PRIVATE = 0o100600 << 16  # a regular file for its owner alone, where Info-ZIP keeps the mode
_LONGEST_MANIFEST = 4 << 20  # bytes; a function adds some 300
_CHUNK = 1 << 20  # bytes
_AGAIN = "plan again: `apitool plan --out FILE`"
# What reading a zip, and JSON in it, ends with when any bit of it may be another.
_SPOILED = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    OSError,
    EOFError,
    NotImplementedError,
    RuntimeError,
    ValueError,
    KeyError,
    TypeError,
    AttributeError,
)


class Bundle:
    """A bundle that was read: every member is what `manifest` says."""

    def __init__(self, file: Path, archive: zipfile.ZipFile, manifest: Manifest) -> None:
        self.file, self.manifest = file, manifest
        self._archive = archive

    def member(self, name: str) -> bytes:
        return self._archive.read(name)

    def extract(self, name: str, to: Path) -> None:
        """Into a file for us alone, whole or not at all."""
        with private_file.replacing(to) as file, self._archive.open(name) as member:
            shutil.copyfileobj(member, file, _CHUNK)


def write(file: Path, manifest: Manifest, members: Mapping[str, bytes | Path]) -> None:
    """Write a bundle with these members; their digests go into the manifest.

    Raises:
        ApitoolError: it can't be written there.
    """
    try:
        with private_file.replacing(file) as stream, zipfile.ZipFile(stream, "w") as archive:
            data = manifest.data() | {"members": {name: _digest(members[name]) for name in sorted(members)}}
            _add(archive, MANIFEST, json.dumps(data, indent=2, sort_keys=True).encode())
            for name in sorted(members):
                _add(archive, name, members[name])
    except OSError as error:
        raise ApitoolError(
            f"the bundle `{file}` can't be written",
            seen=error.strerror or str(error),
            fix="name a file in a folder that can be written",
        ) from error


def _add(archive: zipfile.ZipFile, name: str, content: bytes | Path) -> None:
    entry = zipfile.ZipInfo(name, _EPOCH)
    entry.external_attr = _PRIVATE
    stored = name.startswith(PACKAGES) or name == PLAN  # zips already
    entry.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
    with archive.open(entry, "w", force_zip64=True) as member:
        if isinstance(content, bytes):
            member.write(content)
            return
        with content.open("rb") as source:
            shutil.copyfileobj(source, member, _CHUNK)


@contextmanager
def opened(file: Path) -> Iterator[Bundle]:
    """A bundle, checked as a whole before anything in it is used.

    Raises:
        UsageError: there is no such file, or it is something else.
        StaleError: it is cut, damaged or changed.
    """
    with ExitStack() as held:
        try:
            stream = held.enter_context(file.open("rb"))
        except OSError as error:
            seen = error.strerror or str(error)
            raise UsageError(
                f"the bundle `{file}` can't be read", seen=seen, fix="correct the path"
            ) from error
        try:
            archive = held.enter_context(zipfile.ZipFile(stream))
            manifest = _checked(file, archive)
        except _SPOILED as error:
            raise _damaged(file, str(error) or type(error).__name__) from error
        yield Bundle(file, archive, manifest)


def is_bundle(names: set[str]) -> bool:
    """Whether a zip with these members is a bundle."""
    return MANIFEST in names


def _checked(file: Path, archive: zipfile.ZipFile) -> Manifest:
    names = archive.namelist()
    if not is_bundle(set(names)):
        raise UsageError(
            f"`{file}` is no bundle",
            seen=f"a zip without {MANIFEST}",
            fix="`apitool plan --out FILE` makes one; Terraform's own plan is for `apitool review`",
        )
    if archive.getinfo(MANIFEST).file_size > _LONGEST_MANIFEST:
        raise _damaged(file, f"{MANIFEST} is too long")
    manifest = manifests.read(json.loads(archive.read(MANIFEST)))
    if sorted(names) != sorted([MANIFEST, *manifest.members]) or not _expected(manifest):
        raise _damaged(file, "other members than it says it has")
    for name, digest in manifest.members.items():
        with archive.open(name) as member:
            if _of_stream(member) != digest:
                raise _damaged(file, f"{name} is not what was written")
    return manifest


def _expected(manifest: Manifest) -> bool:
    """The plan, and each package that is not in S3, under the digest the plan was made with."""
    inside = {f"{PACKAGES}{each.file}": each.sha256 for each in manifest.packages.values() if not each.s3}
    named = all(_MEMBER.fullmatch(name) for name in manifest.members)
    same = all(manifest.members.get(name) == digest for name, digest in inside.items())
    return named and same and {PLAN, DOCUMENT} | inside.keys() == manifest.members.keys()


def _damaged(file: Path, seen: str) -> StaleError:
    return StaleError(f"the bundle `{file}` is cut, damaged or was changed", seen=seen, fix=_AGAIN)


def _digest(content: bytes | Path) -> str:
    if isinstance(content, bytes):
        return hashlib.sha256(content).hexdigest()
    return publication.digest(content)


def _of_stream(stream: IO[bytes]) -> str:
    digest = hashlib.sha256()
    while chunk := stream.read(_CHUNK):
        digest.update(chunk)
    return digest.hexdigest()
