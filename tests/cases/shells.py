"""The two programs that serve an API on this machine: the embedded AWS, and `apitool serve`.

Both are asked at a port; what differs is how an API gets there and how its log is read.
"""

from __future__ import annotations

import asyncio
import json
import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Protocol

import boto3
from botocore.config import Config
from tests.cases.case import ACCOUNT, FUNCTIONS, REGION
from tests.cases.functions import Functions
from tests.cases.wire import Answered, ask

from apitool.local import ports, service
from apitool.local.runtime.function import FunctionVersion
from apitool.local.serve.served import Served
from apitool.local.serve.serving import Serving
from apitool.project.load import load
from apitool.proxy.method_settings import StageSettings
from apitool.proxy.openapi import rest_api
from apitool.proxy.stage import DeployedStage

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.cases.case import Api, Case, Sent

ROLE = f"arn:aws:iam::{ACCOUNT}:role/cases"
PATIENCE = 5.0  # seconds for the lines of a log to be there


class Shell(Protocol):
    name: str
    port: int

    def answer(self, case: Case) -> Answered: ...
    def log_of(self, api: Api, request_id: str) -> list[str]: ...


class EmbeddedShell:
    """APIs are put, deployed and given a stage with boto3, as AWS wants it; each once."""

    name = "embedded"

    def __init__(self, folder: Path, control_url: str, port: int) -> None:
        self.port = port
        self.control_url = control_url
        self._functions = Functions(folder / "next.json")
        self._ids: dict[str, str] = {}
        self._make_functions()

    def client(self, name: str) -> Any:
        return boto3.client(
            name,
            region_name=REGION,
            endpoint_url=self.control_url,
            aws_access_key_id="test",
            aws_secret_access_key="test",
            config=Config(retries={"max_attempts": 0}, proxies={}),
        )

    def returning(self, value: object) -> None:
        """What functions return from now on."""
        self._functions.returning(value)

    def answer(self, case: Case) -> Answered:
        host = f"{self.id_of(case.api)}.execute-api.{REGION}.amazonaws.com"
        self.returning(case.returns)
        return ask(self.port, case.sent.wire(host), head_only=_bodiless(case.sent))

    def id_of(self, api: Api) -> str:
        if api.name not in self._ids:
            self._ids[api.name] = self._deploy(api)
        return self._ids[api.name]

    def log_of(self, api: Api, request_id: str) -> list[str]:
        group = f"API-Gateway-Execution-Logs_{self.id_of(api)}/{api.stage}"
        prefix = f"({request_id}) "
        lines = self._until(group, prefix, lambda lines: any("Method completed" in line for line in lines))
        return [line.removeprefix(prefix) for line in lines]

    def access_log_of(self, api: Api, request_id: str) -> dict[str, str]:
        (line,) = self._until(f"access-{api.name}", request_id, bool)
        return dict(json.loads(line))

    def _until(self, group: str, mark: str, there: Any) -> list[str]:
        logs, deadline = self.client("logs"), time.monotonic() + PATIENCE
        while True:
            try:
                events = logs.filter_log_events(logGroupName=group)["events"]
            except logs.exceptions.ResourceNotFoundException:
                events = []
            lines = [event["message"] for event in events if mark in event["message"]]
            if there(lines) or time.monotonic() > deadline:
                return lines
            time.sleep(0.02)

    def _make_functions(self) -> None:
        iam, functions = self.client("iam"), self.client("lambda")
        trusted = {"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"Service": _SERVICES}}
        logging = {"Effect": "Allow", "Action": "logs:*", "Resource": "*"}
        iam.create_role(RoleName="cases", AssumeRolePolicyDocument=_policy(trusted))
        iam.put_role_policy(RoleName="cases", PolicyName="logs", PolicyDocument=_policy(logging))
        self.client("apigateway").update_account(
            patchOperations=[{"op": "replace", "path": "/cloudwatchRoleArn", "value": ROLE}]
        )
        for name in FUNCTIONS:
            functions.create_function(
                FunctionName=name,
                Runtime="python3.13",
                Handler="app.handler",
                Role=ROLE,
                Code={"ZipFile": self._functions.package},
            )
            if name != "forbidden":
                functions.add_permission(
                    FunctionName=name,
                    StatementId="gateway",
                    Action="lambda:InvokeFunction",
                    Principal="apigateway.amazonaws.com",
                )
        functions.put_function_concurrency(FunctionName="throttled", ReservedConcurrentExecutions=0)

    def _deploy(self, api: Api) -> str:
        gateway = self.client("apigateway")
        made = gateway.create_rest_api(name=api.name, endpointConfiguration={"types": [api.endpoint]})["id"]
        gateway.put_rest_api(restApiId=made, mode="overwrite", body=json.dumps(api.document))
        deployment = gateway.create_deployment(restApiId=made)["id"]
        gateway.create_stage(
            restApiId=made, stageName=api.stage, deploymentId=deployment, variables=dict(api.variables)
        )
        self.client("logs").create_log_group(logGroupName=f"access-{api.name}")
        group = f"arn:aws:logs:{REGION}:{ACCOUNT}:log-group:access-{api.name}"
        self.patch(
            made,
            api.stage,
            ("/*/*/logging/loglevel", "INFO"),
            ("/*/*/logging/dataTrace", "true"),
            ("/accessLogSettings/destinationArn", group),
            ("/accessLogSettings/format", ACCESS_LOG),
        )
        return str(made)

    def patch(self, api_id: str, stage: str, *changes: tuple[str, str]) -> None:
        operations = [{"op": "replace", "path": path, "value": value} for path, value in changes]
        self.client("apigateway").update_stage(restApiId=api_id, stageName=stage, patchOperations=operations)


_SERVICES = ["lambda.amazonaws.com", "apigateway.amazonaws.com"]
ACCESS_VARIABLES = [
    "requestId",
    "status",
    "integrationStatus",
    "integration.status",
    "integration.integrationStatus",
    "integration.error",
    "error.message",
    "error.responseType",
    "httpMethod",
    "resourcePath",
]
ACCESS_LOG = json.dumps({name: f"$context.{name}" for name in ACCESS_VARIABLES})


def _policy(*statements: dict[str, Any]) -> str:
    return json.dumps({"Version": "2012-10-17", "Statement": statements})


class ServeShell:
    """The API takes the place of the one before, as after a save."""

    name = "serve"

    def __init__(self, folder: Path, serving: Serving) -> None:
        self.port = serving.port
        self._serving = serving
        self._functions = Functions(folder / "next.json")
        self._code = folder / "src"
        (self._code / "app.py").write_text(self._functions.code)

    def answer(self, case: Case) -> Answered:
        stage = _deployed(case.api)
        self._functions.returning(case.returns)
        project = self._serving.served.project
        known = {
            f"arn:aws:lambda:{REGION}:{ACCOUNT}:function:{name}": self._function(name) for name in FUNCTIONS
        }
        self._serving.take(Served(project, project.stages["dev"], stage, known))
        return ask(self.port, case.sent.wire(stage.domain_name), head_only=_bodiless(case.sent))

    def log_of(self, api: Api, request_id: str) -> list[str]:
        del api
        request = f"GET /_apitool/requests/{request_id} HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\n"
        known = ask(self.port, f"{request}Connection: close\r\n\r\n".encode()).json
        return list(known["gateway_log"])

    def _function(self, name: str) -> FunctionVersion:
        return FunctionVersion(
            name=name,
            version="$LATEST",
            arn=f"arn:aws:lambda:{REGION}:{ACCOUNT}:function:{name}",
            handler="app.handler",
            code=self._code,
            memory_mb=128,
            timeout_s=3.0,
            environment={},
            region=REGION,
            log_group=f"/aws/lambda/{name}",
            reserved_concurrency=0 if name == "throttled" else None,
        )


def _deployed(api: Api) -> DeployedStage:
    settings = StageSettings(variables=dict(api.variables))
    return DeployedStage(
        name=api.stage,
        api=rest_api(api.document),
        rest_api_id="a1b2c3d4e5",
        deployment_id="dep123",
        account_id=ACCOUNT,
        region=REGION,
        endpoint_type=api.endpoint,  # type: ignore[arg-type]
        settings=settings,
    )


def _bodiless(sent: Sent) -> bool:
    return sent.method == "HEAD"


TOML = """\
name = "cases"
region = "us-east-1"
[functions.answers]
source = "src"
handler = "app.handler"
[routes]
"ANY /{proxy+}" = "answers"
[stages.dev]
local = true
"""


@contextmanager
def embedded(folder: Path) -> Iterator[EmbeddedShell]:
    endpoint = service.ensure(folder, region=REGION)
    try:
        yield EmbeddedShell(folder, endpoint.control_url, endpoint.gateway_port)
    finally:
        service.stop(folder)


@contextmanager
def serve(folder: Path) -> Iterator[ServeShell]:
    """On a loop of its own thread."""
    (folder / "src").mkdir()
    (folder / "src/app.py").write_text("def handler(event, context): ...\n")
    (folder / "apitool.toml").write_text(TOML)
    project = load(folder).project
    first = Served(project, project.stages["dev"], _placeholder(), {})
    loop, up, ended = asyncio.new_event_loop(), threading.Event(), asyncio.Event()
    serving = Serving(first, lambda _save: first, ports.listen(), say=_quiet, warn=_quiet)

    async def life() -> None:
        async with serving:
            up.set()
            await ended.wait()

    thread = threading.Thread(target=lambda: loop.run_until_complete(life()))
    thread.start()
    assert up.wait(10)
    try:
        yield ServeShell(folder, serving)
    finally:
        loop.call_soon_threadsafe(ended.set)
        thread.join(20)
        assert not thread.is_alive()
        loop.close()


def _placeholder() -> DeployedStage:
    return DeployedStage(name="dev", api=rest_api({"paths": {}}), rest_api_id="a1b2c3d4e5", deployment_id="d")


def _quiet(_said: object) -> None:
    pass
