"""What the environment sets, seen from a fresh execution environment: a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys

from tests.lambda_src.conftest import SOURCE
from tests.lambda_src.events import proxy_event

INVOKE = """
import json, sys
from types import SimpleNamespace
import app
names = "function_name memory_limit_in_mb invoked_function_arn aws_request_id".split()
context = SimpleNamespace(**dict.fromkeys(names, "x"))
sys.stderr.write(json.dumps(app.handler(json.loads(sys.argv[1]), context)))
"""


def run(environment: dict[str, str], code: str, *argv: str) -> subprocess.CompletedProcess[str]:
    keep = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return subprocess.run(
        [sys.executable, "-c", code, *argv],
        cwd=SOURCE,
        env=keep | environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def invoke(environment: dict[str, str], event: dict) -> dict:
    done = run(environment, INVOKE, json.dumps(event))
    assert done.returncode == 0, done.stderr
    return json.loads(done.stderr)


def test_the_origin_of_cors_is_configurable_and_on_every_answer(environment):
    answer = invoke(environment | {"ALLOW_ORIGIN": "https://shop.example"}, proxy_event("GET", "/nowhere"))
    assert answer["statusCode"] == 404
    assert answer["multiValueHeaders"]["Access-Control-Allow-Origin"] == ["https://shop.example"]


def test_a_base_path_of_a_custom_domain_is_taken_off(environment):
    mapped = environment | {"BASE_PATH": "/shop"}
    assert invoke(mapped, proxy_event("PATCH", "/shop/orders"))["statusCode"] == 405
    assert invoke(mapped, proxy_event("PATCH", "/orders"))["statusCode"] == 405
    assert invoke(mapped, proxy_event("PATCH", "/shopping/orders"))["statusCode"] == 404


def test_a_missing_table_name_fails_the_init_not_a_request(environment):
    done = run({k: v for k, v in environment.items() if k != "TABLE_NAME"}, "import app")
    assert done.returncode == 1
    assert "KeyError: 'TABLE_NAME'" in done.stderr


def test_init_loads_nothing_the_api_does_not_use(environment):
    done = run(environment, "import app, sys; print(*sorted(sys.modules))")
    loaded = set(done.stdout.split())
    assert "aws_lambda_powertools.event_handler.api_gateway" in loaded
    assert not loaded & {"pydantic", "requests", "aws_xray_sdk", "boto3.dynamodb.conditions"}


def test_requirements_are_pinned_with_hashes_and_name_no_index():
    text = (SOURCE / "requirements.txt").read_text()
    pins = [line for line in text.splitlines() if line and not line.startswith(" ")]
    assert [pin.partition("==")[0] for pin in pins] == [
        "aws-lambda-powertools",
        "jmespath",
        "typing-extensions",
    ]
    assert text.count("--hash=sha256:") >= len(pins)
    assert "://" not in text


def test_every_try_of_a_stuck_table_ends_within_the_functions_timeout(module):
    config = module.table.client.meta.config
    tries = config.retries["total_max_attempts"]
    # Back-off of the standard mode: up to 1 s before the second try, up to 2 s before the third.
    assert tries * config.read_timeout + sum(2**n for n in range(tries - 1)) < 10
    assert config.connect_timeout <= config.read_timeout
