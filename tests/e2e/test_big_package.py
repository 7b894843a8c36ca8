"""A package over 50 MB: through the state's bucket to Lambda, once for both stages, gone with the last one.

The tests are steps of one story and run in order, in one worker (`--dist loadfile`).
"""

from __future__ import annotations

import random
import re

import pytest

pytestmark = [pytest.mark.terraform, pytest.mark.embedded, pytest.mark.slow]

SIZE = 51 << 20  # bytes, of what no deflater makes smaller
DEV, PROD = ("--stage", "dev", "--local"), ("--stage", "prod", "--local")


@pytest.fixture(scope="module")
def key(apitool):
    """Where the package lies in the bucket, after the stage `dev` came up with it."""
    source = re.search(r'(?m)^source *= *"([^"]+)"', (apitool.folder / "apitool.toml").read_text())[1]
    noise = random.Random(1)  # noqa: S311 - the same bytes every time
    (apitool.folder / source / "model.bin").write_bytes(noise.randbytes(SIZE))
    said = apitool("up", *DEV, "--yes").stderr
    assert "✓ upload" in said
    package = apitool.json("package", *DEV)["orders"]
    assert package["through_s3"]
    return f"packages/orders/orders-{package['sha256']}.zip"


def keys(apitool) -> list[str]:
    client = apitool.clients()("s3")
    (bucket,) = (each["Name"] for each in client.list_buckets()["Buckets"] if "apitool-state" in each["Name"])
    return [
        each["Key"] for each in client.list_objects_v2(Bucket=bucket, Prefix="packages/").get("Contents", [])
    ]


def test_the_function_runs_what_lies_in_the_bucket(apitool, key):
    assert keys(apitool) == [key]
    code = apitool.clients()("lambda").get_function(FunctionName="orders-dev-orders")["Configuration"]
    assert code["CodeSize"] > SIZE


def test_nothing_is_sent_and_nothing_planned_a_second_time(apitool, key):
    assert "✓ upload" not in apitool("up", *DEV, "--yes", "--refresh").stderr
    assert keys(apitool) == [key]


def test_a_second_stage_takes_the_same_object(apitool, key):
    assert "✓ upload" not in apitool("up", *PROD, "--yes").stderr
    assert keys(apitool) == [key]


def test_it_stays_as_long_as_a_stage_runs_it_and_goes_with_the_last(apitool, key):
    apitool("down", *DEV, "--yes")
    assert keys(apitool) == [key]
    assert f"{key}: no stage runs it" in apitool("down", *PROD, "--yes").stderr
    assert keys(apitool) == []
