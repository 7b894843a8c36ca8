"""The sample handler as Lambda loads it: its folder on the path, its environment set, a table behind it.

The table is moto's DynamoDB server on a loopback port of its own; the handler's boto3 is the real one.
"""

from __future__ import annotations

import importlib.util
import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from moto.server import ThreadedMotoServer
from tests.lambda_src.events import proxy_event

if TYPE_CHECKING:
    from types import ModuleType

SOURCE = Path(__file__).parents[2] / "lambda_src" / "orders"
TABLE = "orders-test-orders"


@dataclass(frozen=True)
class LambdaContext:
    function_name: str = "orders-test-orders"
    memory_limit_in_mb: int = 256
    invoked_function_arn: str = "arn:aws:lambda:eu-central-1:123456789012:function:orders-test-orders"
    aws_request_id: str = "c6af9ac6-7b61-11e6-9a41-93e8deadbeef"


@dataclass(frozen=True)
class Answer:
    """The handler's return, taken apart the way the gateway takes it apart."""

    status: int
    headers: dict[str, str]
    body: str

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def message(self) -> str:
        return self.json["message"]


@dataclass(frozen=True)
class Api:
    module: ModuleType
    dynamodb: Any

    def handle(self, event: dict[str, Any]) -> Answer:
        """Invoke, hold the return to the proxy response contract, and read it."""
        returned = json.loads(json.dumps(self.module.handler(event, LambdaContext())))
        assert set(returned) <= {"statusCode", "headers", "multiValueHeaders", "body", "isBase64Encoded"}
        assert type(returned["statusCode"]) is int
        assert type(returned["body"]) is str
        assert returned["isBase64Encoded"] is False
        values = returned["multiValueHeaders"]
        assert all(type(v) is str for line in values.values() for v in line)
        headers = {name.lower(): ", ".join(line) for name, line in values.items()}
        assert headers["access-control-allow-origin"] == "*"
        return Answer(returned["statusCode"], headers, returned["body"])

    def call(self, method: str, path: str, document: object = None, **event: Any) -> Answer:
        if document is not None:
            event["body"] = json.dumps(document)
            event.setdefault("headers", {"Content-Type": "application/json"})
        return self.handle(proxy_event(method, path, **event))

    def create(self, item: str = "tea", quantity: int = 2) -> dict[str, Any]:
        return self.call("POST", "/orders", {"item": item, "quantity": quantity}).json

    def seed(self, count: int, status: str = "active") -> None:
        puts = [{"PutRequest": {"Item": row(f"{status}-{number:04}", status)}} for number in range(count)]
        for start in range(0, count, 25):  # what one BatchWriteItem takes
            self.dynamodb.batch_write_item(RequestItems={TABLE: puts[start : start + 25]})


def row(order_id: str, status: str = "active") -> dict[str, dict[str, str]]:
    """An order as it lies in the table."""
    then = "2026-01-01T00:00:00.000Z"
    texts = {"orderId": order_id, "item": "tea", "status": status, "createdAt": then, "updatedAt": then}
    return {name: {"S": value} for name, value in texts.items()} | {"quantity": {"N": "1"}}


@pytest.fixture(scope="session")
def endpoint():
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture(scope="session")
def environment(endpoint: str) -> dict[str, str]:
    return {
        "TABLE_NAME": TABLE,
        "AWS_ENDPOINT_URL": endpoint,
        "AWS_REGION": "eu-central-1",
        "AWS_DEFAULT_REGION": "eu-central-1",
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test",
        "AWS_EC2_METADATA_DISABLED": "true",
        "LOG_LEVEL": "INFO",
    }


@pytest.fixture(scope="session")
def module(environment: dict[str, str]):
    """`app`, initialised once as in an execution environment; the path and the environment are put back."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("AWS_PROFILE", "AWS_SESSION_TOKEN", "ALLOW_ORIGIN", "BASE_PATH", "POWERTOOLS_DEV"):
            patch.delenv(name, raising=False)
        for name, value in environment.items():
            patch.setenv(name, value)
        patch.syspath_prepend(SOURCE)
        spec = importlib.util.spec_from_file_location("orders_app", SOURCE / "app.py")
        assert spec is not None
        assert spec.loader is not None
        loaded = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(loaded)
        yield loaded
    for name in [n for n in sys.modules if n.partition(".")[0] == "orders"]:
        del sys.modules[name]


@pytest.fixture
def api(module: ModuleType):
    client = module.table.client
    client.create_table(
        TableName=TABLE,
        KeySchema=[{"AttributeName": "orderId", "KeyType": "HASH"}],
        AttributeDefinitions=[{"AttributeName": "orderId", "AttributeType": "S"}],
        BillingMode="PAY_PER_REQUEST",
    )
    yield Api(module, client)
    client.delete_table(TableName=TABLE)
