"""Source folders, wheels and builds for the tests of `apitool.package`."""

from __future__ import annotations

import base64
import hashlib
import zipfile
from pathlib import Path
from typing import Any

from apitool.package.build import Package, build
from apitool.package.target import Target
from apitool.project.model import Function

HANDLER = "def handler(event, context):\n    return {'statusCode': 200}\n"
ARM = Target("3.13", "arm64", "aarch64-manylinux_2_34")


def write(root: Path, files: dict[str, str | bytes]) -> Path:
    for name, content in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return root


def package(root: Path, *, target: Target | None = None, **options: Any) -> Package:
    """Build `root/src` into `root/out`. Options of Function by their names, others go to `build`."""
    known = {name: options.pop(name) for name in list(options) if name in Function.model_fields}
    function = Function(**{"source": Path("src"), "handler": "app.handler"} | known)
    options = {"name": "orders", "root": root, "out": root / "out"} | options
    return build(function, target=target or Target.of(function), **options)


def contents(package: Package) -> dict[str, bytes]:
    with zipfile.ZipFile(package.file) as opened:
        assert opened.testzip() is None
        return {name: opened.read(name) for name in opened.namelist()}


def wheel(
    folder: Path,
    name: str,
    version: str = "1.0",
    *,
    files: dict[str, str] | None = None,
    needs: tuple[str, ...] = (),
    tag: str = "py3-none-any",
    scripts: str = "",
) -> str:
    """Write a wheel into `folder`; returns its pin with the hash, as a line of a requirements file."""
    about = f"{name}-{version}.dist-info"
    metadata = f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n"
    members = files if files is not None else {f"{name}/__init__.py": f"version = {version!r}\n"}
    members = members | {
        f"{about}/METADATA": metadata + "".join(f"Requires-Dist: {need}\n" for need in needs),
        f"{about}/WHEEL": f"Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: {tag}\n",
    }
    if scripts:
        members[f"{about}/entry_points.txt"] = f"[console_scripts]\n{scripts}\n"
    record = "".join(f"{member},{_hash(text)},{len(text)}\n" for member, text in members.items())
    members[f"{about}/RECORD"] = f"{record}{about}/RECORD,,\n"
    folder.mkdir(exist_ok=True)
    path = folder / f"{name}-{version}-{tag}.whl"
    with zipfile.ZipFile(path, "w") as opened:
        for member, text in members.items():
            opened.writestr(zipfile.ZipInfo(member, (2020, 1, 1, 0, 0, 0)), text)
    return f"{name}=={version} --hash=sha256:{hashlib.sha256(path.read_bytes()).hexdigest()}\n"


def _hash(text: str) -> str:
    digest = base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest())
    return f"sha256={digest.decode().rstrip('=')}"
