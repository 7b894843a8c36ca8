"""Other tools that make a deployment package of the same function, each in a virtual environment of its own.

They are installed by uv into a cache folder when they are first measured. What can't be installed or doesn't
run is left out, with a line that says why.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from uv import find_uv_bin

if TYPE_CHECKING:
    from collections.abc import Callable

CACHE = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "apitool" / "benchmark-peers"
# Some build for the Python they run on, and for no other. apitool.toml takes none newer than 3.13.
RUNTIME = f"python3.{min(sys.version_info.minor, 13)}"
PACKAGE_PY = "TERRAFORM_AWS_LAMBDA_PACKAGE_PY"  # variable with the path of that module's package.py
ENVIRONMENT = {
    "AWS_DEFAULT_REGION": "eu-central-1",
    "AWS_ACCESS_KEY_ID": "none",
    "AWS_SECRET_ACCESS_KEY": "none",
    "AWS_EC2_METADATA_DISABLED": "true",
    "SAM_CLI_TELEMETRY": "0",
}


class UnavailableError(Exception):
    """A peer that can't be measured here, and why."""


@dataclass(frozen=True)
class Peer:
    """`run` makes the package in a folder that `prepare` has laid out; `built` is what it leaves there."""

    name: str
    prepare: Callable[[Path], None]
    run: Callable[[Path], None]
    built: tuple[str, ...]

    def forget(self, root: Path) -> None:
        """Make the next run a cold one."""
        for name in self.built:
            shutil.rmtree(root / name, ignore_errors=True)


def all_of(source: Callable[[Path], None]) -> list[Peer]:
    """Every peer. `source` writes handler and requirements into a folder."""

    def in_src(root: Path) -> None:
        source(root / "src")

    def for_sam(root: Path) -> None:
        in_src(root)
        (root / "template.yaml").write_text(SAM_TEMPLATE)
        _tool("aws-sam-cli", "sam")

    def for_chalice(root: Path) -> None:
        source(root)
        (root / "app.py").write_text(CHALICE_APP)
        (root / ".chalice").mkdir()
        (root / ".chalice" / "config.json").write_text(CHALICE_CONFIG)
        _tool("chalice", "chalice")

    def for_zappa(root: Path) -> None:
        source(root)
        (root / "zappa_settings.json").write_text(ZAPPA_SETTINGS)
        _tool("zappa", "zappa", "-r", str(root / "requirements.txt"))

    def for_package_py(root: Path) -> None:
        in_src(root)
        _package_py()

    return [
        Peer("sam build", for_sam, _run("aws-sam-cli", "sam", "build"), (".aws-sam",)),
        Peer("sam build --cached", for_sam, _run("aws-sam-cli", "sam", "build", "--cached"), (".aws-sam",)),
        Peer(
            "chalice package",
            for_chalice,
            _run("chalice", "chalice", "package", "out"),
            ("out", ".chalice/deployments"),
        ),
        Peer("zappa package", for_zappa, _run("zappa", "zappa", "package", "dev", "-o", "out.zip"), ()),
        Peer("terraform-aws-lambda package.py", for_package_py, _run_package_py, ("builds",)),
    ]


SAM_TEMPLATE = f"""\
Transform: AWS::Serverless-2016-10-31
Resources:
  Orders:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: src
      Handler: app.handler
      Runtime: {RUNTIME}
      Architectures: [x86_64]
"""
CHALICE_APP = """\
from chalice import Chalice
app = Chalice(app_name="bench")
@app.route("/")
def index():
    return {}
"""
CHALICE_CONFIG = json.dumps({"version": "2.0", "app_name": "bench", "stages": {"dev": {}}})
ZAPPA_SETTINGS = json.dumps({
    "dev": {
        "app_function": "app.handler",
        "aws_region": "eu-central-1",
        "project_name": "bench",
        "runtime": RUNTIME,
        "s3_bucket": "bench",
    }
})  # fmt: skip


def _tool(package: str, program: str, *more: str) -> Path:
    """The program of a package, installed into an environment of its own if it isn't there."""
    folder = CACHE / f"{package}-{RUNTIME}-compiled"
    path = folder / "bin" / program
    if not path.exists() or more:
        uv = os.fsdecode(find_uv_bin())
        if not path.exists():
            _checked(
                [uv, "venv", "--quiet", "--seed", "--clear", "--python", sys.executable, str(folder)], Path()
            )
        python = str(folder / "bin" / "python")
        install = [uv, "pip", "install", "--quiet", "--compile-bytecode", "--python", python]  # as pip would
        _checked([*install, package, *more], Path())
    return path


def _run(package: str, program: str, *arguments: str) -> Callable[[Path], None]:
    def run(root: Path) -> None:
        path = _tool(package, program)
        _checked([str(path), *arguments], root, VIRTUAL_ENV=str(path.parents[1]), PATH=_first(path.parent))

    return run


def _run_package_py(root: Path) -> None:
    """As the Terraform module calls it: `prepare` at plan, `build` at apply."""
    script = _package_py()
    query = {
        "paths": json.dumps({"module": str(script.parent), "root": str(root), "cwd": str(root)}),
        "artifacts_dir": "builds",
        "runtime": RUNTIME,
        "source_path": json.dumps([{"path": "src", "pip_requirements": True}]),
        "hash_extra": "",
        "hash_internal": json.dumps([]),
        "recreate_missing_package": "true",
        "quiet": "true",
    }
    prepared = json.loads(_checked([sys.executable, str(script), "prepare"], root, given=json.dumps(query)))
    command = [sys.executable, str(script), "build", "--timestamp", prepared["timestamp"]]
    _checked([*command, prepared["build_plan_filename"]], root, PATH=_first(Path(sys.executable).parent))


def _package_py() -> Path:
    path = Path(os.environ.get(PACKAGE_PY, ""))
    if not path.is_file():
        raise UnavailableError(
            f"it is on no package index: set {PACKAGE_PY} to its path in a clone of the module"
        )
    return path


def _first(folder: Path) -> str:
    return f"{folder}{os.pathsep}{os.environ['PATH']}"


def _checked(command: list[str], cwd: Path, given: str = "", **environment: str) -> str:
    """What it wrote to stdout. Raises UnavailableError with its last words."""
    done = subprocess.run(
        command,
        cwd=cwd,
        env=os.environ | ENVIRONMENT | environment,
        input=given,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        last = (done.stderr or done.stdout).strip().splitlines()[-1:]
        raise UnavailableError(f"`{Path(command[0]).name}` failed: {''.join(last)[:200]}")
    return done.stdout
