"""Deployment packages, unpacked: one folder per SHA-256, made once, never changed."""

from __future__ import annotations

import hashlib
import io
import shutil
import tempfile
import zipfile
from pathlib import Path

from apitool.errors import ApitoolError

_MAX_UNPACKED = 262_144_000  # bytes; Lambda's own limit, 250 MiB


def unpacked(package: bytes, cache: Path) -> Path:
    """The folder a package's bytes unpack to (what Lambda mounts at /var/task or /opt).

    Raises:
        ApitoolError: not a zip file, too large, or an entry that leads out of the folder.
    """
    target = cache / hashlib.sha256(package).hexdigest()
    if not target.is_dir():
        cache.mkdir(parents=True, exist_ok=True)
        aside = Path(tempfile.mkdtemp(dir=cache, prefix=".unpacking-"))
        try:
            _unpack(package, aside)
            aside.rename(target)
        except OSError:
            if not target.is_dir():  # else another thread was first, with the same bytes
                raise
        finally:
            shutil.rmtree(aside, ignore_errors=True)
    return target


def _unpack(package: bytes, target: Path) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(package)) as archive:
            _check(archive)
            for entry in archive.infolist():
                path = Path(archive.extract(entry, target))
                if mode := (entry.external_attr >> 16) & 0o777:
                    path.chmod(mode | 0o700 if entry.is_dir() else mode | 0o400)
    except zipfile.BadZipFile as error:
        raise ApitoolError(
            "the deployment package can't be unpacked",
            seen=str(error),
            fix="build it again: `apitool package`",
        ) from error


def _check(archive: zipfile.ZipFile) -> None:
    size = sum(entry.file_size for entry in archive.infolist())
    if size > _MAX_UNPACKED:
        raise ApitoolError(
            "the deployment package is too large unpacked",
            seen=f"{size} bytes, Lambda takes {_MAX_UNPACKED}",
            fix="leave out what the runtime brings along (boto3), or use a layer",
        )
    for entry in archive.infolist():
        if entry.filename.startswith("/") or ".." in Path(entry.filename).parts:
            raise ApitoolError(
                "the deployment package has an entry that leads out of its folder",
                seen=repr(entry.filename),
                fix="build it again: `apitool package`",
            )
