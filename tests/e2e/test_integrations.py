"""Routes beside AWS_PROXY, applied by the real Terraform and answered over HTTP; and an API of any size.

The tests are steps of one story and run in order, in one worker (`--dist loadfile`).
"""

from __future__ import annotations

import json
import re
import threading
import time
import urllib.error
import urllib.request
from collections import Counter
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import boto3
import pytest
from tests.e2e.conftest import CommandLine
from tests.e2e.wire import between

from apitool.local import service
from apitool.project.quotas import NEW_STAGE_CALLS

pytestmark = [pytest.mark.terraform, pytest.mark.embedded, pytest.mark.slow]

TOML = """\
name = "quotes"
region = "eu-central-1"

[functions.quotes]
source = "src"
handler = "app.handler"

[routes."POST /quotes"]
function = "quotes"
integration = "AWS"
passthrough_behavior = "NEVER"
request_templates = { "application/json" = { file = "quote.vtl" } }

[[routes."POST /quotes".responses]]
status = 200

[[routes."POST /quotes".responses]]
status = 400
pattern = '.*\\[400\\].*'
headers = { X-Refused = "'yes'" }
templates = { "application/json" = '{"message": $input.json("$.errorMessage")}' }

[routes."POST /quotes/later"]
function = "quotes"
integration = "AWS"
invocation_type = "Event"
responses = [{ status = 202, templates = { "application/json" = '{"queued": true}' } }]

[routes."GET /rates/{currency}"]
integration = "HTTP_PROXY"
uri = "ENDPOINT/v1/{currency}"
request_parameters = { "integration.request.header.X-Stage" = "context.stage" }

[routes."PUT /drafts/{id}"]
integration = "AWS"
uri = "arn:aws:apigateway:eu-central-1:dynamodb:action/PutItem"
tables = ["drafts"]
request_templates = { "application/json" = { file = "put.vtl" } }
responses = [
  { status = 201, templates = { "application/json" = "{}" } },
  { status = 400, pattern = '4\\d{2}', templates = { "application/json" = '{"why": "not stored"}' } },
]

[routes."GET /drafts/{id}"]
integration = "AWS"
uri = "arn:aws:apigateway:eu-central-1:dynamodb:action/GetItem"
tables = ["drafts"]
request_templates = { "application/json" = { file = "get.vtl" } }
responses = [{ status = 200, templates = { "application/json" = '{"text": $input.json("$.Item.text.S")}' } }]

[tables.drafts]
hash_key = "id"

[routes."GET /health"]
integration = "MOCK"
responses = [{ status = 200, templates = { "application/json" = '{"status": "up"}' } }]

[stages.dev]
local = true
log_level = "off"
"""
CODE = """
def handler(event, context):
    if event.get("slow"):
        import time
        time.sleep(5)
    if not event.get("items"):
        raise ValueError("[400] no items")
    return {"customer": event["customer"], "total": len(event["items"])}
"""
PUT = """\
{
  "TableName": "$stageVariables.table_drafts",
  "Item": { "id": { "S": "$input.params('id')" }, "text": { "S": $input.json('$.text') } }
}
"""
GET = """\
{ "TableName": "$stageVariables.table_drafts", "Key": { "id": { "S": "$input.params('id')" } } }
"""
TEMPLATE = """\
{"customer": "$input.params('X-Tenant')", "items": $input.json('$.items')}
"""


class Endpoint(BaseHTTPRequestHandler):
    """Somebody else's API."""

    def do_GET(self):
        body = json.dumps({"path": self.path, "stage": self.headers["X-Stage"]}).encode()
        self.send_response(203)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


@pytest.fixture(scope="module")
def endpoint():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Endpoint)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture(scope="module")
def project(tmp_path_factory, endpoint):
    folder = tmp_path_factory.mktemp("quotes")
    (folder / "src").mkdir()
    (folder / "src/app.py").write_text(CODE)
    for name, template in (("quote", TEMPLATE), ("put", PUT), ("get", GET)):
        (folder / f"{name}.vtl").write_text(template)
    (folder / "apitool.toml").write_text(TOML.replace("ENDPOINT", endpoint))
    line = CommandLine(folder)
    service.ensure(folder, region="eu-central-1")
    yield line
    line("local", "stop")


@pytest.fixture(scope="module")
def wire(project):
    """Before the control plane: it hears every request that is sent there."""
    with between(project.folder) as wire:
        yield wire


@pytest.fixture(scope="module")
def url(project):
    return project.json("up", "--yes")["url"]


def call(method, url, body=None, headers=()):
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(url, data=data, method=method, headers=dict(headers))
    if data is not None and not request.has_header("Content-type"):
        request.add_header("Content-Type", "application/json")
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return answer.status, answer.headers, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.headers, error.read().decode()


def test_the_function_gets_what_the_template_makes_and_its_value_is_the_answer(url):
    tenant = {"X-Tenant": "acme"}
    status, _, body = call("POST", f"{url}/quotes", {"items": [1, 2], "customer": "?"}, tenant)
    assert (status, json.loads(body)) == (200, {"customer": "acme", "total": 2})


def test_an_error_becomes_the_status_headers_and_body_of_its_response(url):
    status, headers, body = call("POST", f"{url}/quotes", {"items": []})
    assert (status, headers["X-Refused"], json.loads(body)) == (400, "yes", {"message": "[400] no items"})


def test_a_type_without_template_is_refused(url):
    status, _, body = call("POST", f"{url}/quotes", {}, {"Content-Type": "text/plain"})
    assert (status, body) == (415, '{"message":"Unsupported Media Type"}')


def test_an_event_is_not_waited_for(url):
    started = time.monotonic()
    status, _, body = call("POST", f"{url}/quotes/later", {"slow": True})
    assert (status, json.loads(body)) == (202, {"queued": True})
    assert time.monotonic() - started < 5


def test_another_api_is_passed_through_with_the_parameter_of_the_path(url):
    status, _, body = call("GET", f"{url}/rates/EUR")
    assert (status, json.loads(body)) == (203, {"path": "/v1/EUR", "stage": "dev"})


def test_an_item_is_stored_and_read_without_a_function(url):
    assert call("PUT", f"{url}/drafts/a", {"text": "tea"})[0] == 201
    status, _, body = call("GET", f"{url}/drafts/a")
    assert (status, json.loads(body)) == (200, {"text": "tea"})
    status, _, body = call("PUT", f"{url}/drafts/b", {"text": 7})
    assert status == 400, body


def test_each_route_has_a_role_that_may_do_its_action_and_nothing_else(project, url):
    assert url
    endpoint = service.running(project.folder)
    iam = boto3.client(
        "iam",
        endpoint_url=endpoint.control_url,
        region_name=endpoint.region,
        aws_access_key_id="a",
        aws_secret_access_key="a",
    )
    names = [
        role["RoleName"] for role in iam.list_roles()["Roles"] if "may call" in role.get("Description", "")
    ]
    granted = {
        action
        for name in names
        for statement in iam.get_role_policy(RoleName=name, PolicyName="own")["PolicyDocument"]["Statement"]
        for action in statement["Action"]
    }
    assert (len(names), granted) == (2, {"dynamodb:PutItem", "dynamodb:GetItem"})


def test_a_mock_answers_alone(url):
    status, _, body = call("GET", f"{url}/health")
    assert (status, json.loads(body)) == (200, {"status": "up"})


def test_the_next_plan_has_nothing_to_do(project, url):
    assert project.json("status")["url"] == url
    assert project("plan", "--detailed-exitcode").stdout == "no changes\n"


def test_status_and_the_export_know_every_route(project, url):
    status = project.json("status")
    assert status["url"] == url
    assert (status["routes_missing"], status["routes_extra"]) == ([], [])
    exported = project.json("openapi", "--deployed")
    assert exported["paths"].keys() == project.json("openapi")["paths"].keys()
    assert "x-amazon-apigateway-integration" not in project("openapi", "--deployed", "--docs").stdout


def many(routes):
    """A project whose API has so many routes, each with a resource of its own but the first."""
    keys = ("/", *(f"/r{number}" for number in range(1, routes)))
    lines = "".join(f'"GET {path}" = "quotes"\n' for path in keys)
    head = TOML.partition("[routes")[0].replace('"quotes"\n', f'"of-{routes}"\n', 1)
    return f"{head}[routes]\n{lines}\n[stages.dev]\nlocal = true\nlog_level = 'off'\n"


def asked_of_api_gateway(wire, start):
    """How often each operation was asked for since `start`, whatever the RestApi's id is."""
    plain = (re.sub(r"/(restapis|deployments)/[^/]+", r"/\1/ID", each) for each in wire.said[start:])
    names = {"CreateRestApi", "PutRestApi", "CreateDeployment", "CreateStage", "UpdateStage"}
    return Counter(each for each in plain if each in names or " /restapis" in each)


@pytest.mark.slow
def test_an_api_of_300_routes_asks_as_often_as_one_of_3(project, wire):
    (project.folder / "src/app.py").write_text("def handler(event, context):\n    return {}\n")
    counts = {}
    for routes in (3, 300):
        (project.folder / "apitool.toml").write_text(many(routes))
        start = len(wire.said)
        said = project("up", "--yes")
        counts[routes] = asked_of_api_gateway(wire, start)
        assert f"resources {routes} of 300" in said.stderr
        project("plan", "--detailed-exitcode")
    assert counts[3] == counts[300]
    assert (counts[300]["PutRestApi"], counts[300]["CreateDeployment"]) == (1, 1)
    assert abs(counts[300].total() - NEW_STAGE_CALLS) <= 2, counts[300]  # `up` says "about"
