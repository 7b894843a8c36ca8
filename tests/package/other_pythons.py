"""Builds by other interpreters of this machine, whose package must be the same."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

import apitool

BUILD = """
import sys, zlib
from pathlib import Path
from types import SimpleNamespace
from apitool.package.build import build
from apitool.package.target import Target
root = Path(sys.argv[1])
function = SimpleNamespace(source=Path("src"), handler="app.handler", requirements=None,
    include=(), exclude=(), bundle_sdk=False, bytecode=False)
target = Target("3.13", "arm64", "aarch64-manylinux_2_34")
print(build(function, name="orders", root=root, target=target, out=root / "out").sha256_hex)
print(zlib.ZLIB_RUNTIME_VERSION)
"""
CLI = Path(apitool.__file__).parents[1]


def other_pythons() -> list[str]:
    """Interpreters of this machine that apitool supports, other than this one."""
    names = [f"python3.{minor}" for minor in range(11, 16) if minor != sys.version_info.minor]
    found = {shutil.which(name) for name in names}
    pyenv = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv")) / "versions"
    for name in names:
        found |= {str(path) for path in pyenv.glob(f"{name.removeprefix('python')}.*/bin/{name}")}
    return sorted(path for path in found if path and "shims" not in path)  # pyenv's shims need a choice made


def built_by(python: str, root: Path, **environ: str) -> tuple[str, str]:
    """Digest of the package, and the version of the zlib that packed it."""
    path = f"{CLI}{os.pathsep}{sysconfig.get_paths()['purelib']}"
    done = subprocess.run(
        [python, "-c", BUILD, str(root)],
        env=os.environ | {"PYTHONPATH": path} | environ,
        cwd="/",
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    digest, version = done.stdout.split()
    return digest, version
