"""Source folders, wheels and builds for the tests of `apitool.package`."""

from __future__ import annotations

import base64
import hashlib
import sys
import tarfile
import zipfile
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from apitool.package.build import build
from apitool.package.target import Target
from apitool.project.model import Function

if TYPE_CHECKING:
    from apitool.package.package import Package

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


def made(package: Package) -> Package:
    """The same package, whether it was built just now or lay there."""
    return package._replace(reused=False, layer=package.layer and made(package.layer))


def contents(package: Package) -> dict[str, bytes]:
    with zipfile.ZipFile(package.file) as opened:
        assert opened.testzip() is None
        return {name: opened.read(name) for name in opened.namelist()}


def wheel(
    folder: Path,
    name: str,
    version: str = "1.0",
    *,
    files: dict[str, str | bytes] | None = None,
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


def _hash(text: str | bytes) -> str:
    content = text.encode() if isinstance(text, str) else text
    digest = base64.urlsafe_b64encode(hashlib.sha256(content).digest())
    return f"sha256={digest.decode().rstrip('=')}"


def sdist(folder: Path, name: str, version: str = "1.0", *, compiled: bool = False, setup: str = "") -> Path:
    """Write a source distribution into `folder` that builds with `backend.py` of its own, and no network."""
    top = f"{name}-{version}"
    tag = (
        f"cp3{sys.version_info.minor}-cp3{sys.version_info.minor}-linux_x86_64"
        if compiled
        else "py3-none-any"
    )
    files = {
        "PKG-INFO": f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n",
        "pyproject.toml": '[build-system]\nrequires = []\nbuild-backend = "backend"\nbackend-path = ["."]\n'
        f'[project]\nname = "{name}"\nversion = "{version}"\n',
        "backend.py": BACKEND.format(name=name, version=version, tag=tag, setup=setup),
    }
    folder.mkdir(exist_ok=True)
    path = folder / f"{top}.tar.gz"
    with tarfile.open(path, "w:gz") as opened:
        for member, text in files.items():
            about = tarfile.TarInfo(f"{top}/{member}")
            about.size = len(text.encode())
            opened.addfile(about, BytesIO(text.encode()))
    return path


BACKEND = """\
import zipfile
from pathlib import Path
def build_wheel(folder, config_settings=None, metadata_directory=None):
    {setup}
    name = "{name}-{version}-{tag}.whl"
    about = "{name}-{version}.dist-info"
    with zipfile.ZipFile(Path(folder) / name, "w") as made:
        made.writestr("{name}.py", "version = '{version}'\\n")
        made.writestr(about + "/METADATA", "Metadata-Version: 2.1\\nName: {name}\\nVersion: {version}\\n")
        made.writestr(about + "/WHEEL", "Wheel-Version: 1.0\\nRoot-Is-Purelib: true\\nTag: {tag}\\n")
        made.writestr(about + "/RECORD", "")
    return name
"""
