"""The embedded AWS for tests: one process per test worker, on ports of its own, for a project of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from apitool.local import service

if TYPE_CHECKING:
    from collections.abc import Iterator

    from apitool.local.endpoint import Endpoint


@pytest.fixture(scope="session")
def embedded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Endpoint]:
    project = tmp_path_factory.mktemp("embedded-aws")
    yield service.ensure(project, region="eu-central-1")
    service.stop(project)


@pytest.fixture(scope="session")
def clients(embedded: Endpoint):
    """`clients("apigateway")`: a boto3 client of the embedded AWS."""
    import boto3  # noqa: PLC0415 - 0.2 s that most tests of this folder don't need
    from botocore.config import Config  # noqa: PLC0415

    def client(name: str):
        return boto3.client(
            name,
            region_name=embedded.region,
            endpoint_url=embedded.control_url,
            aws_access_key_id="test",
            aws_secret_access_key="test",
            config=Config(retries={"max_attempts": 0}, proxies={}),
        )

    return client
