"""How fast a deployment package is made, beside the other tools that make one, in turns.

    python tests/benchmarks/bench_package.py [ROUNDS] [--alone]

One function with a handler and three requirements, built cold (download caches warm, nothing of an earlier
build), unchanged, and with one line of the handler changed. The tools take turns, round by round, so that a
busy machine slows all of them; a first round warms the caches and is not counted. Printed are medians in
seconds, and in brackets how many times as long as `apitool package` each took.

Every tool is compiled before, as pip does when it installs one: what PYTHONDONTWRITEBYTECODE keeps from being
written is no difference between tools. `apitool package` is the command with all it imports; `build()` the
same work within a running Python, as `up` does it. The floor is `uv pip install --target` and `zipfile`: no
checks, no cache, no guarantees. With `--alone` the other tools (package_peers.py) are left out.
"""

from __future__ import annotations

import compileall
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import zipfile
from pathlib import Path

from uv import find_uv_bin

import apitool
from apitool.package import uv_environment
from apitool.package.build import build
from apitool.package.target import Target
from apitool.project.model import Function

sys.path.insert(0, str(Path(__file__).parent))
import package_peers
from package_peers import RUNTIME, Peer, UnavailableError

REQUIREMENTS = "aws-lambda-powertools\npydantic\nrequests\n"
HANDLER = "def handler(event, context):\n    return {'statusCode': 200, 'body': ''}\n"
FUNCTION = Function(source=Path("src"), handler="app.handler", runtime=RUNTIME, architecture="x86_64")
TARGET = Target.of(FUNCTION)
PROJECT = f"""\
name = "bench"
region = "eu-central-1"
[functions.orders]
source = "src"
handler = "app.handler"
runtime = "{RUNTIME}"
architecture = "x86_64"
[routes]
"GET /orders" = "orders"
[stages.prod]
"""
APITOOL = Path(sys.executable).with_name("apitool")  # what users start, as they start the others
CELLS = ("cold", "unchanged", "one line changed")


def source(folder: Path) -> None:
    folder.mkdir(exist_ok=True)
    (folder / "app.py").write_text(HANDLER)
    (folder / "requirements.txt").write_text(REQUIREMENTS)


def in_src(root: Path) -> None:
    source(root / "src")
    (root / "apitool.toml").write_text(PROJECT)


def command(root: Path) -> None:
    subprocess.run([APITOOL, "package"], cwd=root, check=True, capture_output=True)


def in_process(root: Path) -> None:
    build(FUNCTION, name="orders", root=root, target=TARGET, out=root / "out")


def floor(root: Path) -> None:
    """Install and zip, with no thought for what goes in."""
    into = Path(tempfile.mkdtemp(dir=root))
    install = [find_uv_bin(), "pip", "install", "--quiet", "--target", str(into), "--only-binary", ":all:"]
    install += ["--python", sys.executable, "--python-version", TARGET.python]
    install += ["--python-platform", str(TARGET.platform), "-r", str(root / "src" / "requirements.txt")]
    subprocess.run(install, check=True, env=uv_environment.of(os.environ))
    shutil.copy(root / "src" / "app.py", into)
    with zipfile.ZipFile(root / "floor.zip", "w", zipfile.ZIP_DEFLATED) as zipped:
        for path in sorted(into.rglob("*")):
            zipped.write(path, path.relative_to(into))
    shutil.rmtree(into)


OURS = [
    Peer("apitool package", in_src, command, (".apitool",)),
    Peer("apitool, build() alone", in_src, in_process, ("out",)),
    Peer("floor: uv --target, zipfile", in_src, floor, ()),
]


def measured(tool: Peer, root: Path, number: int) -> dict[str, float]:
    """Seconds of the three cells, in one folder, one after the other."""
    tool.forget(root)
    seconds = {"cold": timed(tool, root), "unchanged": timed(tool, root)}
    handler = next(path for path in (root / "src" / "app.py", root / "app.py") if path.exists())
    with handler.open("a") as file:
        file.write(f"# change {number}\n")
    return seconds | {"one line changed": timed(tool, root)}


def timed(tool: Peer, root: Path) -> float:
    start = time.perf_counter()
    tool.run(root)
    return time.perf_counter() - start


def prepared(tools: list[Peer], folder: Path) -> dict[str, Path]:
    """A folder for each tool that works here, after a round that warms the caches."""
    roots: dict[str, Path] = {}
    for number, tool in enumerate(tools):
        root = folder / str(number)
        root.mkdir()
        try:
            tool.prepare(root)
            measured(tool, root, 0)
            roots[tool.name] = root
        except UnavailableError as error:
            print(f"  left out: {tool.name}: {error}", file=sys.stderr)
    return roots


def table(medians: dict[str, dict[str, float]]) -> None:
    ours = medians[OURS[0].name]
    print(f"  {'':<32}{''.join(f'{cell:>22}' for cell in CELLS)}")
    for name, seconds in medians.items():
        cells = [f"{seconds[cell]:.3f} s ({seconds[cell] / ours[cell]:.2f}x)" for cell in CELLS]
        print(f"  {name:<32}{''.join(f'{cell:>22}' for cell in cells)}")


def main(rounds: int, tools: list[Peer]) -> None:
    compileall.compile_dir(Path(apitool.__file__).parent, quiet=1)
    with tempfile.TemporaryDirectory() as folder:
        roots = prepared(tools, Path(folder))
        runs: dict[str, list[dict[str, float]]] = {name: [] for name in roots}
        for number in range(1, rounds + 1):
            for tool in tools:
                if tool.name in roots:
                    runs[tool.name].append(measured(tool, roots[tool.name], number))
    medians = {
        name: {cell: statistics.median(run[cell] for run in some) for cell in CELLS}
        for name, some in runs.items()
    }
    print(f"handler + {', '.join(REQUIREMENTS.split())} for {TARGET}; medians of {rounds}")
    table(medians)


if __name__ == "__main__":
    alone = "--alone" in sys.argv
    counts = [int(each) for each in sys.argv[1:] if each.isdigit()]
    main(counts[0] if counts else 3, OURS if alone else OURS + package_peers.all_of(source))
