"""How fast a deployment package is made, against the barest way to make one, in turns.

    python tests/benchmarks/bench_package.py [ROUNDS]

The floor is `uv pip install --target` into a new folder, and `zipfile` over everything in it: no checks, no
cache, no guarantees. Both find uv's download cache warm; a first round, which warms it, is not counted.
Printed are the medians of the rounds, in seconds, and their ratio to the floor's.
"""

# ruff: noqa: T201 - printing is what a benchmark is for

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

from uv import find_uv_bin

from apitool.package import wheels
from apitool.package.build import build
from apitool.package.target import Target
from apitool.project.model import Function

if TYPE_CHECKING:
    from collections.abc import Callable

REQUIREMENTS = "aws-lambda-powertools\npydantic\nrequests\n"
HANDLER = "def handler(event, context):\n    return {'statusCode': 200, 'body': ''}\n"
FUNCTION = Function(source=Path("src"), handler="app.handler", runtime="python3.12", architecture="x86_64")
TARGET = Target.of(FUNCTION)


def floor(root: Path) -> None:
    """Install and zip, with no thought for what goes in."""
    into = Path(tempfile.mkdtemp(dir=root))
    command = [find_uv_bin(), "pip", "install", "--quiet", "--target", str(into), "--only-binary", ":all:"]
    command += ["--python", sys.executable, "--python-version", TARGET.python]
    command += ["--python-platform", str(TARGET.platform), "-r", str(root / "src" / "requirements.txt")]
    subprocess.run(command, check=True, env=wheels.environment(os.environ))
    shutil.copy(root / "src" / "app.py", into)
    with zipfile.ZipFile(root / "floor.zip", "w", zipfile.ZIP_DEFLATED) as zipped:
        for path in sorted(into.rglob("*")):
            zipped.write(path, path.relative_to(into))
    shutil.rmtree(into)


def package(root: Path) -> None:
    build(FUNCTION, name="bench", root=root, target=TARGET, out=root / "out")


def change_a_line(root: Path, number: int) -> None:
    (root / "src" / "app.py").write_text(f"{HANDLER}# change {number}\n")


def measured(root: Path, number: int) -> dict[str, float]:
    shutil.rmtree(root / "out", ignore_errors=True)
    times = {"floor": timed(floor, root), "cold": timed(package, root), "unchanged": timed(package, root)}
    change_a_line(root, number)
    return times | {"one line changed": timed(package, root)}


def timed(work: Callable[[Path], None], root: Path) -> float:
    start = time.perf_counter()
    work(root)
    return time.perf_counter() - start


def main(rounds: int = 5) -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        (root / "src").mkdir()
        (root / "src" / "app.py").write_text(HANDLER)
        (root / "src" / "requirements.txt").write_text(REQUIREMENTS)
        runs = [measured(root, number) for number in range(rounds + 1)][1:]
    medians = {name: statistics.median(run[name] for run in runs) for name in runs[0]}
    print(f"handler + {', '.join(REQUIREMENTS.split())} for {TARGET}; medians of {rounds}")
    for name, seconds in medians.items():
        print(f"  {name:<17} {seconds:7.3f} s   {seconds / medians['floor']:6.3f} of the floor")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
