"""What this machine brings along: Python, uv, Terraform, the provider, a folder to write to."""

from __future__ import annotations

import os
import platform
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from apitool.package import uv
from apitool.stage.doctor.sign import bad, good, looking_at, poor
from apitool.terraform import binary, mirror, roots

if TYPE_CHECKING:
    from apitool.project.model import Project
    from apitool.stage.doctor.sign import Sign

_SOURCES = {
    "user": "from where the CLI configuration {path} says",
    "mirror": "from the mirror {path}",
    "implied": "from the user's own mirror or configuration",
    "registry": "from the registry: the first `up` downloads it (150 MB)",
}
_LITTLE = 1 << 30  # bytes; the provider alone takes 700 MB unpacked


def look(project: Project) -> list[Sign]:
    signs: list[Sign] = []
    with looking_at("python", signs):
        signs.append(good("python", f"{platform.python_version()} ({platform.machine()})"))
    with looking_at("uv", signs):
        signs.append(good("uv", uv.version()))
    with looking_at("terraform", signs):
        found = binary.find(project.root, os.environ)
        signs.append(good("terraform", f"{found.version}, {found.path}"))
    with looking_at("provider", signs):
        signs.append(_provider(project))
    signs.append(_folder(project.root))
    return signs


def _provider(project: Project) -> Sign:
    lock = roots.find("api", project.root) / ".terraform.lock.hcl"
    providers = mirror.locked(lock)
    if not providers:
        return poor("provider", f"no lock file {lock}", "terraform providers lock   (in that folder)")
    source = mirror.find(providers, os.environ, Path.home())
    name = ", ".join(f"{each.address.rpartition('/')[2]} {each.version}" for each in providers)
    return good("provider", f"{name} {_SOURCES[source.kind].format(path=source.path)}")


def _folder(root: Path) -> Sign:
    """What is made goes to `.apitool/`, and Terraform's plugins talk through sockets in TMPDIR."""
    for folder in (root, Path(tempfile.gettempdir())):
        if not os.access(folder, os.W_OK | os.X_OK):
            return bad("disk", f"{folder} can't be written to", f"make {folder} writable")
    free = shutil.disk_usage(root).free
    if free < _LITTLE:
        return poor("disk", f"{free >> 20} MB free in {root}", "make room: provider and packages need 1 GB")
    return good("disk", f"{free >> 30} GB free")
