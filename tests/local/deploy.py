"""An API with one function, made with boto3 in the embedded AWS; each under names of its own."""

from __future__ import annotations

import io
import json
import time
import urllib.error
import urllib.request
import zipfile
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

ACCOUNT = "123456789012"
REGION = "eu-central-1"
INTEGRATION = "x-amazon-apigateway-integration"
TRUST = {
    "Version": "2012-10-17",
    "Statement": [
        {
            "Effect": "Allow",
            "Action": "sts:AssumeRole",
            "Principal": {"Service": ["lambda.amazonaws.com", "apigateway.amazonaws.com"]},
        }
    ],
}
LOGGING = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "logs:*", "Resource": "*"}]}


@dataclass(frozen=True)
class Reply:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


@dataclass(frozen=True)
class Deployed:
    """`stage` is unique in the embedded AWS, as its gateway wants it."""

    clients: Any
    url: str
    api: str
    stage: str
    function: str

    @property
    def alias(self) -> str:
        return f"arn:aws:lambda:{REGION}:{ACCOUNT}:function:{self.function}:live"

    def request(
        self, method: str, path: str, body: bytes | None = None, headers: dict[str, str] | None = None
    ) -> Reply:
        request = urllib.request.Request(self.url + path, method=method, data=body, headers=headers or {})
        try:
            with urllib.request.urlopen(request, timeout=20) as answer:
                return Reply(answer.status, dict(answer.headers), answer.read())
        except urllib.error.HTTPError as error:
            with error:
                return Reply(error.code, dict(error.headers), error.read())

    def get(self, path: str) -> Reply:
        return self.request("GET", path)

    def patch(self, *operations: tuple[str, str, str]) -> dict[str, Any]:
        patches = [{"op": op, "path": path, "value": value} for op, path, value in operations]
        answer = self.clients("apigateway").update_stage(
            restApiId=self.api, stageName=self.stage, patchOperations=patches
        )
        return dict(answer)

    def put_code(self, code: str) -> None:
        """A new version, and the alias on it."""
        call = self.clients("lambda")
        call.update_function_code(FunctionName=self.function, ZipFile=package(code))
        version = call.publish_version(FunctionName=self.function)["Version"]
        call.update_alias(FunctionName=self.function, Name="live", FunctionVersion=version)

    def logged(self, group: str, wanted: int = 1, patience: float = 2.0) -> list[str]:
        """Messages of a group, once there are as many as wanted; else what there is after a while."""
        deadline = time.monotonic() + patience
        while True:
            messages = self._messages(group)
            if len(messages) >= wanted or time.monotonic() > deadline:
                return messages
            time.sleep(0.02)

    def _messages(self, group: str) -> list[str]:
        logs = self.clients("logs")
        try:
            return [each["message"] for each in logs.filter_log_events(logGroupName=group)["events"]]
        except logs.exceptions.ResourceNotFoundException:
            return []

    @property
    def execution_log(self) -> str:
        return f"API-Gateway-Execution-Logs_{self.api}/{self.stage}"


def package(code: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("app.py", code)
    return stream.getvalue()


def role(clients: Any, name: str) -> str:
    made = clients("iam").create_role(RoleName=name, AssumeRolePolicyDocument=json.dumps(TRUST))
    clients("iam").put_role_policy(RoleName=name, PolicyName="logs", PolicyDocument=json.dumps(LOGGING))
    return str(made["Role"]["Arn"])


def integration(arn: str, **more: Any) -> dict[str, Any]:
    uri = f"arn:aws:apigateway:{REGION}:lambda:path/2015-03-31/functions/{arn}/invocations"
    return {INTEGRATION: {"type": "AWS_PROXY", "httpMethod": "POST", "uri": uri, **more}}


def document(**paths: Any) -> dict[str, Any]:
    """`orders={…}` is the path item of `/orders`."""
    items = {f"/{path}": item for path, item in paths.items()}
    return {"openapi": "3.0.1", "info": {"title": "t", "version": "1"}, "paths": items}


def deploy(clients: Any, url_of: Any, code: str, *, permit: bool = True, **function: Any) -> Deployed:
    """Routes: any verb of `/{proxy+}`, and `GET /soon` with an integration timeout of 300 ms."""
    name = f"f{uuid4().hex[:8]}"
    lambdas, gateway = clients("lambda"), clients("apigateway")
    lambdas.create_function(
        FunctionName=name,
        Runtime="python3.13",
        Handler="app.handler",
        Role=role(clients, name),
        Code={"ZipFile": package(code)},
        **function,
    )
    version = lambdas.publish_version(FunctionName=name)["Version"]
    arn = lambdas.create_alias(FunctionName=name, Name="live", FunctionVersion=version)["AliasArn"]
    body = document(
        **{"{proxy+}": {"x-amazon-apigateway-any-method": integration(arn)}},
        soon={"get": integration(arn, timeoutInMillis=300)},
    )
    api = gateway.create_rest_api(name=name)["id"]
    gateway.put_rest_api(restApiId=api, mode="overwrite", body=json.dumps(body))
    deployment = gateway.create_deployment(restApiId=api)["id"]
    gateway.create_stage(restApiId=api, stageName=name, deploymentId=deployment)
    if permit:
        lambdas.add_permission(
            FunctionName=name,
            Qualifier="live",
            StatementId="gateway",
            Action="lambda:InvokeFunction",
            Principal="apigateway.amazonaws.com",
            SourceArn=f"arn:aws:execute-api:{REGION}:{ACCOUNT}:{api}/{name}/*",
        )
    return Deployed(clients, url_of(name), api, name, name)
