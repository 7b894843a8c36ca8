"""Packages that are too big to be sent to Lambda itself, through the state's bucket."""

from __future__ import annotations

from typing import TYPE_CHECKING

from apitool.aws import package_object
from apitool.aws.package_object import PackageObject
from apitool.package import sizes
from apitool.stage import workspaces

if TYPE_CHECKING:
    from collections.abc import Mapping

    from apitool.console import Console
    from apitool.package.package import Package
    from apitool.stage.target import Target


def uploads(
    target: Target, built: Mapping[str, Package], console: Console, *, yes: bool
) -> dict[str, PackageObject]:
    """Where Lambda finds the packages over 50 MB, by function; uploaded if they are not there.

    Raises:
        GateError: the bucket is not there, and making it was not confirmed.
    """
    big = {name: package for name, package in built.items() if package.too_big_to_upload}
    if not big:
        return {}
    workspaces.ensure_state_bucket(target, console, yes=yes)
    return {name: _uploaded(target, package, console) for name, package in big.items()}


def _uploaded(target: Target, package: Package, console: Console) -> PackageObject:
    key = f"packages/{target.project.name}/{package.function}-{package.sha256_hex}.zip"
    place = PackageObject(target.state_bucket, key)
    whole = f"{package.function} {sizes.shown(package.size)}"
    with console.step("upload", f"{whole} to s3://{place.bucket}") as step:
        step.skipped = True  # until something is sent

        def told(sent: int, size: int) -> None:
            step.skipped = False
            step.update(f"{package.function} {sizes.shown(sent)} of {sizes.shown(size)}")

        found = package_object.ensure(target.account, place, package.file, package.sha256_base64, told)
        step.text = f"{whole} to s3://{place.bucket}"
    return found
