"""A probe: what AWS does where moto does not. It passes with a correction in place and fails without it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import boto3
from botocore.exceptions import ClientError

if TYPE_CHECKING:
    from collections.abc import Callable

ACCOUNT = "123456789012"
REGION = "eu-central-1"
FUNCTION = f"arn:aws:lambda:{REGION}:{ACCOUNT}:function:orders"
URI = f"arn:aws:apigateway:{REGION}:lambda:path/2015-03-31/functions/{FUNCTION}/invocations"
PROXY = {"type": "AWS_PROXY", "httpMethod": "POST", "uri": URI}
NO_API = (404, "NotFoundException", f"Invalid API identifier specified {ACCOUNT}:ghost")
NO_RESOURCE = (404, "NotFoundException", "Invalid Resource identifier specified")
NO_METHOD = (404, "NotFoundException", "Invalid Method identifier specified")
NO_STATUS = (404, "NotFoundException", "Invalid Response status code specified")
MOCK = {"type": "MOCK", "requestTemplates": {"application/json": '{"statusCode": 200}'}}


@dataclass(frozen=True)
class Probe:
    correction: str  # `Owner.method`
    look: Callable[[], None]

    @property
    def name(self) -> str:
        return self.look.__name__


PROBES: list[Probe] = []


def probes(correction: str) -> Callable[[Callable[[], None]], Callable[[], None]]:
    def of(look: Callable[[], None]) -> Callable[[], None]:
        PROBES.append(Probe(correction, look))
        return look

    return of


def client(name: str) -> Any:
    return boto3.client(name, region_name=REGION, aws_access_key_id="k", aws_secret_access_key="s")


def refusal(call: Callable[..., Any], **arguments: Any) -> tuple[int, str, str]:
    """Status, code and message of what a call is refused with."""
    try:
        answer = call(**arguments)
    except ClientError as error:
        response = error.response
        status = response["ResponseMetadata"]["HTTPStatusCode"]
        return status, response["Error"]["Code"], response["Error"]["Message"]
    raise AssertionError(f"not refused: {answer}")


def operations(*written: tuple[str, str, str | None]) -> list[dict[str, str]]:
    """`op`, `path` and `value` of patch operations."""
    return [
        {"op": op, "path": path} | ({} if value is None else {"value": value}) for op, path, value in written
    ]


def empty() -> tuple[str, str]:
    """An API without anything, and its root resource."""
    made = client("apigateway").create_rest_api(name="a")
    return str(made["id"]), str(made["rootResourceId"])


def document(**paths: Any) -> dict[str, Any]:
    """`orders=…` is the path item of `/orders`."""
    return {
        "openapi": "3.0.1",
        "info": {"title": "orders", "version": "1"},
        "paths": {f"/{name}": item for name, item in paths.items()}
        or {"/orders": {"get": {"x-amazon-apigateway-integration": PROXY}}},
    }


def api_of(body: dict[str, Any]) -> str:
    api = client("apigateway").create_rest_api(name="orders")["id"]
    client("apigateway").put_rest_api(restApiId=api, mode="overwrite", body=json.dumps(body))
    return str(api)


def deployed(body: dict[str, Any] | None = None) -> tuple[str, str]:
    """An API with one deployment, and that deployment."""
    api = api_of(body or document())
    return api, str(client("apigateway").create_deployment(restApiId=api)["id"])


def staged() -> tuple[str, str]:
    api, deployment = deployed()
    client("apigateway").create_stage(restApiId=api, stageName="dev", deploymentId=deployment)
    return api, deployment


def role(name: str = "role", *, service: str = "lambda.amazonaws.com") -> str:
    trust = {
        "Statement": [{"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"Service": service}}]
    }
    made = client("iam").create_role(RoleName=name, AssumeRolePolicyDocument=json.dumps(trust))
    return str(made["Role"]["Arn"])


def unsupported(path: str, op: str) -> tuple[int, str, str]:
    text = f"Invalid patch path  '{path}' specified for op '{op}'. Please choose supported operations"
    return 400, "BadRequestException", text


def unknown(path: str, known: str) -> tuple[int, str, str]:
    text = f"Invalid patch path  '{path}' specified for op 'replace'. Must be one of: [{known}]"
    return 400, "BadRequestException", text


def method(*parameters: str) -> dict[str, Any]:
    api, root = empty()
    at = {"restApiId": api, "resourceId": root, "httpMethod": "GET"}
    declared = dict.fromkeys(parameters, False)
    client("apigateway").put_method(**at, authorizationType="NONE", requestParameters=declared)
    return at


def mocked() -> dict[str, Any]:
    """A method with an integration and a response of each kind."""
    call, at = client("apigateway"), method()
    call.put_integration(**at, **MOCK)
    call.put_method_response(**at, statusCode="200")
    call.put_integration_response(**at, statusCode="200", selectionPattern="")
    return at
