"""CORS as a browser sees it: a page of another origin calls the gateway, preflight and all."""

from __future__ import annotations

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from tests.serve.conftest import Running
from tests.serve.test_page import CHROMIUM

TOML = """\
name = "shop"
region = "eu-central-1"
[functions.orders]
source = "src"
handler = "app.handler"
[functions.authorize]
source = "src"
handler = "app.authorize"
[routes]
"PUT /orders" = "orders"
[authorizers.staff]
type = "token"
function = "authorize"
[api]
authorizer = "staff"
cors = {{ allow_origin = "{origin}" }}
[stages.dev]
local = true
"""
HANDLERS = """\
def handler(event, context):
    return {{"statusCode": 200, "headers": {{"Access-Control-Allow-Origin": "{origin}"}}, "body": "put"}}
def authorize(event, context):
    effect = "Allow" if event["authorizationToken"] == "ada" else "Deny"
    statement = {{"Action": "execute-api:Invoke", "Effect": effect, "Resource": event["methodArn"]}}
    return {{"principalId": "ada", "policyDocument": {{"Version": "2012-10-17", "Statement": [statement]}}}}
"""
FETCH = """async ([url, token]) => {
    try {
        const answer = await fetch(url, { method: "PUT", headers: token ? { Authorization: token } : {} });
        return `${answer.status} ${await answer.text()}`;
    } catch (error) {
        return `blocked: ${error.name}`;
    }
}"""


class Page(BaseHTTPRequestHandler):
    """A page of the browser application, at whatever path."""

    def do_GET(self):
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(b"<p>the application")

    def log_message(self, *_arguments):
        """Say nothing: the tests' output is pytest's."""


@pytest.fixture(scope="module")
def application():
    """The port of a web server: its `localhost` may call the API, its `127.0.0.1` is another origin."""
    with ThreadingHTTPServer(("127.0.0.1", 0), Page) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server.server_port
        server.shutdown()
        thread.join(10)


@pytest.fixture(scope="module")
def guarded(application, tmp_path_factory):
    folder, origin = tmp_path_factory.mktemp("guarded"), f"http://localhost:{application}"
    (folder / "src").mkdir()
    (folder / "apitool.toml").write_text(TOML.format(origin=origin))
    (folder / "src/app.py").write_text(HANDLERS.format(origin=origin))
    with Running(folder).going() as running:
        yield running


@pytest.fixture(scope="module")
def page_on(application, guarded):
    """`page_on(host)`: a function that calls the API with a token, from a page of that host."""
    if CHROMIUM is None:
        pytest.skip("chromium is not installed")
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    url = f"http://127.0.0.1:{guarded.port}/dev/orders"
    with playwright.sync_playwright() as started:
        browser = started.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])

        def on(host):
            page = browser.new_page()
            page.goto(f"http://{host}:{application}/")
            return lambda token: page.evaluate(FETCH, [url, token])

        yield on
        browser.close()


def test_the_origin_that_may_passes_the_preflight_and_reads_the_answer(page_on):
    assert page_on("localhost")("ada") == "200 put"


def test_it_reads_why_the_gateway_turned_it_away(page_on):
    fetch = page_on("localhost")
    assert fetch("mallory").startswith("403 ")
    assert fetch("") == '401 {"message":"Unauthorized"}'


def test_another_origin_is_blocked_by_the_browser(page_on):
    assert page_on("127.0.0.1")("ada") == "blocked: TypeError"
