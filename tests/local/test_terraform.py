"""The real Terraform and the real provider take the embedded AWS for AWS: apply, nothing to do, destroy."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.local.deploy import Deployed, package
from tests.local.terraform_root import Root, client_of

from apitool.local import service

if TYPE_CHECKING:
    from collections.abc import Iterator

    from apitool.local.endpoint import Endpoint

pytestmark = [pytest.mark.embedded, pytest.mark.terraform]

CONFIGURATION = Path(__file__).parent / "configuration" / "small"
CODE = """
def handler(event, context):
    return {"body": event["stageVariables"]["colour"] + event["pathParameters"]["orderId"]}
"""


@pytest.fixture
def endpoint(tmp_path: Path) -> Iterator[Endpoint]:
    """One of its own: it sets the account's role."""
    yield service.ensure(tmp_path / "project", region="eu-central-1")
    service.stop(tmp_path / "project")


def test_apply_then_no_changes_then_a_request_then_destroy(tmp_path: Path, endpoint: Endpoint) -> None:
    clients = client_of(endpoint)
    location = {"LocationConstraint": endpoint.region}
    clients("s3").create_bucket(Bucket="state", CreateBucketConfiguration=location)
    root = Root(tmp_path / "root", endpoint, CONFIGURATION)
    (root.folder / "app.zip").write_bytes(package(CODE))
    backend = {"bucket": "state", "key": "small", "use_lockfile": "true", "use_path_style": "true"}
    options = [f"-backend-config={key}={value}" for key, value in backend.items()]
    variables = ["-var", f"package={root.folder / 'app.zip'}"]

    root.run("init", "-lockfile=readonly", *options)
    root.run("apply", "-auto-approve", *variables)
    assert "No changes." in root.run("plan", "-detailed-exitcode", *variables)

    api = clients("apigateway").get_rest_apis()["items"][0]["id"]
    deployed = Deployed(clients, endpoint.url("small"), api, "small", "small")
    assert deployed.get("/orders/7").body == b"blue7"
    assert deployed.get("/nope").headers["Access-Control-Allow-Origin"] == "*"
    assert len(deployed.logged("/aws/apigateway/small/access", wanted=2)) == 2

    assert "destroyed" in root.run("destroy", "-auto-approve", *variables)
    assert clients("apigateway").get_rest_apis()["items"] == []
    assert clients("lambda").list_functions()["Functions"] == []
    assert clients("dynamodb").list_tables()["TableNames"] == []
    assert clients("iam").list_roles()["Roles"] == []
    assert clients("logs").describe_log_groups()["logGroups"] == []
