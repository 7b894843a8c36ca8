"""Fetch the pinned Terraform into `.tools/`, when there is none that will do.

`make setup` runs it as `python -m apitool.terraform.release`: one line of output, nothing done when the PATH
has a good one. The archive is checked against a pinned SHA-256 before it is opened.
"""

from __future__ import annotations

import hashlib
import http.client
import os
import shutil
import sys
import tempfile
import urllib.error
import urllib.request
import zipfile
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from apitool.errors import ApitoolError, UsageError
from apitool.terraform import binary, platforms
from apitool.terraform.binary import TOOLS, Binary

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import IO

VERSION = "1.11.4"
BASE_VARIABLE = "APITOOL_TERRAFORM_RELEASES"
BASE = "https://releases.hashicorp.com/terraform"
SHA256 = {
    # terraform_1.11.4_SHA256SUMS, as published
    "darwin_amd64": "a56d5002b9f7647291faccc3dd1a70350e60fb61e4c45037629508b8fdc2575b",
    "darwin_arm64": "867e0808fa971217043e25b7a792b10720c79b1546f8a68479b74f138be73e18",
    "linux_amd64": "1ce994251c00281d6845f0f268637ba50c0005657eb3cf096b92f753b42ef4dc",
    "linux_arm64": "a43d1d0da9b9bab214a8305a39db0e40869572594ccf50c416a7756499143633",
}
_TIMEOUT = 60  # seconds without a byte
_LARGEST = 200 << 20  # bytes; the archive has 27 MiB, the binary in it 86 MiB
_CHUNK = 1 << 20  # bytes
_MEMBER = "terraform"


def ensure(project: Path, environ: Mapping[str, str]) -> tuple[Binary, bool]:
    """A Terraform that will do, fetched if there is none; and whether it was fetched.

    Raises:
        ApitoolError: it can't be had.
    """
    try:
        return binary.find(project, environ), False
    except UsageError:
        raise  # the one the user named will not do: fetching another would not be used
    except ApitoolError:
        install(project / TOOLS, base=environ.get(BASE_VARIABLE) or BASE)
        return binary.find(project, environ), True


def install(
    tools: Path, *, base: str = BASE, platform: str | None = None, sums: Mapping[str, str] = SHA256
) -> Path:
    """Fetch, check, unpack. Puts `terraform` in place as the last step, whole.

    Raises:
        ApitoolError: no pinned release for this platform, not to be fetched, or not what was pinned.
    """
    platform = platform or platforms.current()
    if platform not in sums:
        raise ApitoolError(
            f"there is no pinned Terraform for {platform}",
            seen=f"pinned: {', '.join(sorted(sums))}",
            fix=f"install Terraform {VERSION} and put it on the PATH",
        )
    url = f"{base.rstrip('/')}/{VERSION}/terraform_{VERSION}_{platform}.zip"
    tools.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=tools, prefix=".terraform-") as folder:
        archive = Path(folder) / "release.zip"
        _check(url, _fetch(url, archive), sums[platform])
        unpacked = _unpack(archive, Path(folder))
        return unpacked.replace(tools / _MEMBER)


def _fetch(url: str, archive: Path) -> str:
    """Write what is at `url` to `archive`; its SHA-256."""
    if not url.startswith(("https://", "http://")):
        raise UsageError(f"{BASE_VARIABLE} must be an http or https address", seen=url)
    digest = hashlib.sha256()
    try:
        with urllib.request.urlopen(url, timeout=_TIMEOUT) as response, archive.open("wb") as file:  # noqa: S310 - scheme checked above
            for chunk in _chunks(response):
                digest.update(chunk)
                file.write(chunk)
    except (OSError, ValueError, http.client.HTTPException) as error:
        if isinstance(error, urllib.error.HTTPError):
            error.close()
        raise ApitoolError(
            f"Terraform {VERSION} can't be fetched",
            seen=f"{url}: {error}",
            fix=f"install Terraform {VERSION} and put it on the PATH, or name a mirror in {BASE_VARIABLE}",
        ) from error
    return digest.hexdigest()


def _chunks(response: IO[bytes]) -> Iterator[bytes]:
    size = 0
    while chunk := response.read(_CHUNK):
        size += len(chunk)
        if size > _LARGEST:
            raise OSError(f"more than {_LARGEST} bytes")
        yield chunk


def _check(url: str, seen: str, expected: str) -> None:
    if seen != expected:
        raise ApitoolError(
            "the fetched Terraform is not the pinned one, and was thrown away",
            seen=f"{url} has SHA-256 {seen}, expected {expected}",
            fix=f"try again; if it stays so, don't trust the source: install Terraform {VERSION} yourself",
        )


def _unpack(archive: Path, folder: Path) -> Path:
    """Take the one file we want out of the archive, by its exact name: no other path in it is ever used."""
    unpacked = folder / _MEMBER
    try:
        with (
            zipfile.ZipFile(archive) as release,
            release.open(_MEMBER) as member,
            unpacked.open("xb") as file,
        ):
            if release.getinfo(_MEMBER).file_size > _LARGEST:
                raise zipfile.BadZipFile(f"`{_MEMBER}` has more than {_LARGEST} bytes")
            shutil.copyfileobj(member, file, _CHUNK)
    except (zipfile.BadZipFile, KeyError, NotImplementedError) as error:
        raise ApitoolError(
            f"the fetched archive holds no `{_MEMBER}`",
            seen=str(error),
            fix=f"install Terraform {VERSION} and put it on the PATH",
        ) from error
    unpacked.chmod(0o755)
    return unpacked


def main() -> int:
    project = Path.cwd()
    try:
        found, fetched = ensure(project, os.environ)
    except ApitoolError as error:
        for problem in error.problems:
            sys.stderr.write(f"error: {problem.what}; {problem.seen}\n  fix: {problem.fix}\n")
        return error.exit_code
    where = found.path
    with suppress(ValueError):
        where = where.relative_to(project)
    sys.stdout.write(f"Terraform {found.version} {'fetched into' if fetched else 'is there:'} {where}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
