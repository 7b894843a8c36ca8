"""`apitool package` as a user runs it: what it prints as text and as JSON, what it says when it cannot."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time

import pytest
from tests.package.projects import HANDLER, wheel, write

PROJECT = """\
name = "shop"
region = "eu-central-1"
[functions.orders]
source = "src"
handler = "app.handler"
exclude = ["*.md"]
[functions.tea]
source = "tea"
handler = "app.handler"
[routes]
"GET /orders" = "orders"
"GET /tea" = "tea"
[stages.prod]
"""


@pytest.fixture
def shop(project, wheels):
    wheel(wheels, "leaf", files={"leaf/__init__.py": "x = 1\n" * 300, "leaf/README.md": ""})
    write(project, {"apitool.toml": PROJECT, "src/requirements.txt": "leaf\n", "tea/app.py": HANDLER})
    write(project, {"src/.env": "PASSWORD=x", "tea/conf.py": f"KEY = 'AKIA{'Z7' * 8}'\n"})
    return project


def apitool(cwd, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "apitool", "package", *arguments],
        cwd=cwd,
        env=os.environ | {"PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_text_names_file_digest_sizes_biggest_parts_and_files(shop):
    done = apitool(shop, "--list")
    assert done.returncode == 0, done.stderr
    orders, tea = done.stdout.split("\n\n")
    lines = orders.splitlines()
    assert lines[0].startswith("orders  .apitool/packages/orders-")
    assert lines[1].startswith("  sha256 ")
    assert lines[2].endswith("unzipped of 250.0 MB")
    assert lines[3].split()[:2] == ["leaf", "█" * 24]
    assert [line.split()[-1] for line in lines[-3:]] == [
        "app.py",
        "leaf-1.0.dist-info/METADATA",
        "leaf/__init__.py",
    ]
    assert tea.startswith("tea  .apitool/packages/tea-")
    assert "like secrets: .env" in done.stderr
    assert f"--> {shop}/tea/conf.py:1:1" in done.stderr
    assert "AKIA" not in done.stdout + done.stderr


def test_the_json_says_the_same_and_whether_anything_was_done(shop):
    time.sleep(0.1)  # a tick of the file system's clock, see unchanged.py
    first, second = (json.loads(apitool(shop, "-o", "json", "--list").stdout) for _ in range(2))
    assert set(first) == {"orders", "tea"}
    orders = first["orders"]
    assert orders["file"].endswith(f"-{orders['sha256'][:16]}.zip")
    assert sum(file["size_bytes"] for file in orders["files"]) == orders["unzipped_size_bytes"]
    assert {file["name"] for file in orders["files"]} == {
        "app.py", "leaf/__init__.py", "leaf-1.0.dist-info/METADATA"
    }  # fmt: skip
    assert [first["tea"]["unchanged"], second["tea"]["unchanged"]] == [False, True]
    assert second["tea"]["warnings"] == first["tea"]["warnings"] != []


def test_a_layer_is_a_package_of_its_own(shop):
    made = json.loads(apitool(shop, "-o", "json", "--layer", "--list").stdout)
    assert set(made) == {"orders", "orders-layer", "tea"}
    assert [file["name"] for file in made["orders"]["files"]] == ["app.py"]
    assert all(file["name"].startswith("python/") for file in made["orders-layer"]["files"])


def test_what_is_wrong_with_one_function_is_named_and_nothing_is_printed(shop):
    write(shop, {"tea/app.py": "def handler(event): ...\n"})
    done = apitool(shop)
    assert (done.returncode, done.stdout) == (2, "")
    assert "handler `app.handler` can't be called with (event, context)" in done.stderr
    assert "Traceback" not in done.stderr
