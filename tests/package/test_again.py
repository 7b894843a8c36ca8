"""`apitool package` a second time: without reading the project anew, and never from what is out of date."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time

import pytest
from tests.package.projects import HANDLER, write

from apitool.package import unchanged

PROJECT = """\
name = "shop"
region = "eu-central-1"
[functions.orders]
source = "src"
handler = "app.handler"
[routes]
"GET /orders" = "orders"
[stages.prod]
"""
RUN = "import sys; from apitool.entry import run; run(); print('typer' in sys.modules, file=sys.stderr)"


@pytest.fixture
def shop(project):
    """A project older than a tick of the file system's clock, whose functions have been packaged."""
    write(project, {"apitool.toml": PROJECT})
    settle()
    assert read_anew(package(project))
    return project


def settle():
    time.sleep(unchanged.TICK / unchanged.SECOND + 0.02)


def package(cwd, *arguments, **environment):
    return subprocess.run(
        [sys.executable, "-c", RUN, "package", *arguments],
        cwd=cwd,
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=False,
    )


def read_anew(done):
    """Whether the command line was needed, which never returns from a command."""
    return not done.stderr.endswith("False\n")


def test_the_second_time_nothing_is_read_anew_and_the_answer_is_the_same(shop):
    again = package(shop)
    assert not read_anew(again)
    assert again.stdout == package(shop, "--stage", "prod").stdout
    assert "unchanged" in again.stderr


@pytest.mark.parametrize("arguments", [("-o", "json"), ("--list",), ("--layer",), ("--stage", "prod")])
def test_with_options_the_project_is_read(shop, arguments):
    assert read_anew(package(shop, *arguments))


def test_with_an_option_in_the_environment_the_project_is_read(shop):
    done = package(shop, APITOOL_OUTPUT="json")
    assert json.loads(done.stdout)["orders"]["unchanged"]


def test_a_changed_project_is_read(shop):
    write(shop, {"apitool.toml": PROJECT.replace("app.handler", "app.nothing")})
    done = package(shop)
    assert done.returncode == 2
    assert "nothing" in done.stderr


def test_a_changed_source_is_packaged_and_what_is_wrong_with_it_said(shop):
    write(shop, {"src/app.py": HANDLER + "# more\n"})
    done = package(shop)
    assert not read_anew(done)
    assert "unchanged" not in done.stderr
    write(shop, {"src/app.py": "def handler(:\n"})
    broken = package(shop)
    assert broken.returncode == 2
    assert "app.py:1" in broken.stderr
    assert "Traceback" not in broken.stderr


def test_a_project_with_warnings_gives_them_every_time(shop):
    write(shop, {"apitool.toml": PROJECT.replace("[routes]", "timeout = 60\n[routes]")})
    settle()
    said = [package(shop).stderr for _ in range(2)]
    assert all("warning: " in each for each in said)


@pytest.mark.parametrize("record", [b"", b"[]", b"{}", b'{"apitool": 1}', b"\xff"])
def test_a_damaged_record_is_as_none(shop, record):
    file = shop / ".apitool" / "packages" / "declared.json"
    assert file.exists()
    file.write_bytes(record)
    assert read_anew(package(shop))
    assert not read_anew(package(shop))
