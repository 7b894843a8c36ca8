"""Accounts for tests: one of the embedded AWS, one without credentials."""

from __future__ import annotations

import pytest

from apitool.aws.account import Account
from apitool.local import service


@pytest.fixture(scope="session")
def account(tmp_path_factory):
    project = tmp_path_factory.mktemp("embedded-aws")
    endpoint = service.ensure(project, region="eu-central-1")
    yield Account(endpoint.region, environment=endpoint.environment())
    service.stop(project)
