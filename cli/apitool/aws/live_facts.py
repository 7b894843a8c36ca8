"""A few reads that tell whether a stage is still what was applied: a second instead of a plan's five.

They see the stage and its settings, the deployment's routes, each function's code, configuration, permission
and alias, and each table. They do not see IAM policies or log retention: `up --refresh` does, by a plan.
"""

from __future__ import annotations

import hashlib
import json
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

from apitool.aws.refusals import calling

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from types_boto3_apigateway import APIGatewayClient
    from types_boto3_dynamodb import DynamoDBClient
    from types_boto3_lambda import LambdaClient

    from apitool.aws.account import Account

# Change without anybody changing anything, or with every look.
_VOLATILE = {"ResponseMetadata", "lastUpdatedDate", "ItemCount", "TableSizeBytes", "RuntimeVersionConfig"}


def digest(account: Account, outputs: Mapping[str, Any]) -> str:
    """SHA-256 over what AWS says of everything the root's outputs name.

    Raises:
        ApitoolError: something is missing or may not be read.
    """
    with ThreadPoolExecutor() as pool, calling("read back what is up"):
        facts = list(pool.map(lambda read: read(), _reads(account, outputs)))
    return hashlib.sha256(json.dumps(facts, sort_keys=True, default=str).encode()).hexdigest()


def _reads(account: Account, outputs: Mapping[str, Any]) -> list[Callable[[], Any]]:
    gateway: APIGatewayClient = account.client("apigateway")
    stage = {"restApiId": outputs["rest_api_id"], "stageName": outputs["stage"]}
    return [
        lambda: _steady(gateway.get_stage(**stage)),
        lambda: _export(gateway, stage),
        *_functions(account.client("lambda"), outputs["functions"]),
        *_tables(account.client("dynamodb"), outputs["tables"]),
    ]


def _functions(client: LambdaClient, functions: Mapping[str, Any]) -> list[Callable[[], Any]]:
    def of(function: Mapping[str, str]) -> list[Any]:
        alias = {"FunctionName": function["name"], "Qualifier": function["alias"]}
        return [
            _steady(client.get_function_configuration(**alias)),
            _steady(client.get_policy(**alias)),
        ]

    return [lambda function=function: of(function) for function in functions.values()]  # type: ignore[misc]


def _tables(client: DynamoDBClient, tables: Mapping[str, Any]) -> list[Callable[[], Any]]:
    return [
        lambda name=table["name"]: _steady(client.describe_table(TableName=name))  # type: ignore[misc]
        for table in tables.values()
    ]


def _export(client: APIGatewayClient, stage: Mapping[str, str]) -> str:
    export = client.get_export(
        restApiId=stage["restApiId"],
        stageName=stage["stageName"],
        exportType="oas30",
        parameters={"extensions": "integrations"},
        accepts="application/json",
    )
    document = json.loads(export["body"].read())
    document.get("info", {}).pop("version", None)  # AWS writes the time of the deployment here
    return json.dumps(document, sort_keys=True)


def _steady(value: Any) -> Any:  # noqa: ANN401 - any answer of boto3
    """The value without what changes by itself."""
    if isinstance(value, dict):
        return {key: _steady(inner) for key, inner in value.items() if key not in _VOLATILE}
    if isinstance(value, list):
        return [_steady(inner) for inner in value]
    return value
