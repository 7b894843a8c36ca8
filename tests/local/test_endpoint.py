from __future__ import annotations

import os
from typing import TYPE_CHECKING

from apitool.local.endpoint import Endpoint

if TYPE_CHECKING:
    import pytest

ENDPOINT = Endpoint("http://127.0.0.1:4000", 5000, 1, 0.0, "eu-west-1", "0.1.0")


def test_the_stage_comes_first_in_its_url() -> None:
    assert ENDPOINT.url("dev") == "http://127.0.0.1:5000/dev"


def test_the_environment_leads_to_the_embedded_aws_and_nowhere_else() -> None:
    environment = ENDPOINT.environment()
    assert environment["AWS_ENDPOINT_URL"] == "http://127.0.0.1:4000"
    assert environment["AWS_REGION"] == environment["AWS_DEFAULT_REGION"] == "eu-west-1"
    assert environment["AWS_EC2_METADATA_DISABLED"] == "true"
    assert environment["AWS_CONFIG_FILE"] == environment["AWS_SHARED_CREDENTIALS_FILE"] == os.devnull


def test_no_proxy_stands_between(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("no_proxy", "example.org")
    assert ENDPOINT.environment()["no_proxy"] == "example.org,127.0.0.1"
    monkeypatch.setenv("no_proxy", "127.0.0.1,example.org")
    assert ENDPOINT.environment()["NO_PROXY"] == "127.0.0.1,example.org"
