"""Packages that are too big to be sent to Lambda itself, through the state's bucket."""

from __future__ import annotations

from typing import TYPE_CHECKING

from apitool.aws import package_object, spare_packages
from apitool.aws.package_object import PackageObject
from apitool.errors import ApitoolError
from apitool.package import sizes
from apitool.stage import workspaces
from apitool.terraform.backend import stage_key

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

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
    key = package_object.key_of(target.project.name, package.function, package.sha256_hex)
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


def in_use(target: Target) -> set[str]:
    """Keys of the packages in S3 that the stage runs. Raises ApitoolError when its state can't be read."""
    key = stage_key(target.project.name, target.stage.name)
    return spare_packages.named_by(target.account, target.state_bucket, key)


def remove_spare(target: Target, console: Console, given_up: Collection[str] = ()) -> None:
    """Remove packages from S3 that no stage runs: those that were `given_up` just now, and week-old ones.

    That they can't be removed, for want of a permission perhaps, is said and no reason to fail.
    """
    account, bucket = target.account, target.state_bucket
    try:
        for key in spare_packages.find(account, bucket, target.project.name, given_up):
            with console.step("remove", f"s3://{bucket}/{key}: no stage runs it"):
                spare_packages.remove(account, bucket, key)
    except ApitoolError as error:
        first = error.problems[0]
        console.say(f"note: old packages stay in s3://{bucket}: {first.seen or first.what}")
