"""Which pull request is meant, and how GitHub is reached."""

from __future__ import annotations

import json
import os
import shutil
import sys

import pytest
from tests.github.stub import Failure, serving

from apitool.errors import CredentialsError, UsageError
from apitool.github import place
from apitool.github.answer import Request
from apitool.github.gh import Gh
from apitool.github.rest import Rest

LIST = Request("GET", "repos/acme/orders/issues/12/comments?per_page=100&page=1")


def test_options_beat_the_environment():
    found = place.pull_request({"GITHUB_REPOSITORY": "a/b", "GITHUB_REF": "refs/pull/1/merge"}, "c/d", 2)
    assert str(found) == "c/d#2"


def test_a_job_says_which_pull_request_by_its_event(tmp_path):
    event = tmp_path / "event.json"
    event.write_text(json.dumps({"pull_request": {"number": 7}}))
    environment = {"GITHUB_REPOSITORY": "acme/orders", "GITHUB_EVENT_PATH": str(event)}
    assert str(place.pull_request(environment, None, None)) == "acme/orders#7"


def test_a_job_says_which_pull_request_by_its_ref():
    environment = {"GITHUB_REPOSITORY": "acme/orders", "GITHUB_REF": "refs/pull/31/merge"}
    assert place.pull_request(environment, None, None).number == 31


@pytest.mark.parametrize(
    "environment",
    [
        {},
        {"GITHUB_REPOSITORY": "acme/orders"},
        {"GITHUB_REPOSITORY": "acme/orders/../x", "GITHUB_REF": "refs/pull/1/merge"},
        {"GITHUB_REPOSITORY": "acme/orders", "GITHUB_REF": "refs/heads/main", "GITHUB_EVENT_PATH": "/none"},
    ],
)
def test_what_is_not_said_is_asked_for(environment):
    with pytest.raises(UsageError, match="which"):
        place.pull_request(environment, None, None)


def test_without_gh_and_token_there_is_no_way():
    with pytest.raises(CredentialsError, match="no token"):
        place.carrier({"PATH": ""})


@pytest.mark.parametrize(
    ("api", "graphql"),
    [
        ("", "https://api.github.com/graphql"),
        ("https://github.example.com/api/v3", "https://github.example.com/api/graphql"),
    ],
)
def test_an_enterprise_server_is_reached_by_the_job_s_address(api, graphql):
    found = place.carrier({"PATH": "", "GITHUB_TOKEN": "t", "GITHUB_API_URL": api})
    assert isinstance(found, Rest)
    assert found.graphql == graphql


def test_the_token_never_goes_out_in_clear():
    with pytest.raises(UsageError, match="without encryption"):
        Rest("http://api.example.com", "https://api.example.com/graphql", "t")


_FAKE = """#!{python}
# What `gh api --include` does, over the stub of the API.
import os, sys, urllib.error, urllib.request
assert sys.argv[1:3] == ["api", "--include"], sys.argv
method, path = sys.argv[sys.argv.index("--method") + 1], sys.argv[sys.argv.index("--method") + 2]
data = sys.stdin.buffer.read() if "--input" in sys.argv else None
if not os.environ.get("GH_TOKEN"):
    sys.exit(4)
made = urllib.request.Request(os.environ["STUB"] + "/" + path, data=data, method=method)
made.add_header("Authorization", "token " + os.environ["GH_TOKEN"])
try:
    answer, code = urllib.request.urlopen(made), 0
except urllib.error.HTTPError as error:
    answer, code = error, 1
sys.stdout.write(f"HTTP/1.1 {{answer.status}} x\\r\\n")
for name, value in answer.headers.items():
    sys.stdout.write(f"{{name}}: {{value}}\\r\\n")
sys.stdout.write("\\r\\n" + answer.read().decode())
sys.exit(code)
"""


@pytest.fixture
def fake_gh(tmp_path):
    program = tmp_path / "gh"
    program.write_text(_FAKE.format(python=sys.executable))
    program.chmod(0o755)
    return tmp_path


def test_gh_is_used_when_it_is_there(fake_gh):
    with serving() as github:
        github.add("hello")
        found = place.carrier({"PATH": str(fake_gh), "GITHUB_TOKEN": "canary", "STUB": github.url})
        assert isinstance(found, Gh)
        answer = found.send(LIST)
        assert answer.status == 200
        assert answer.data[0]["body"] == "hello"
        assert found.send(Request("POST", "repos/acme/orders/issues/12/comments", {"body": "made"})).ok
        assert [comment["body"] for comment in github.comments] == ["hello", "made"]
        assert "canary" not in repr(found)


def test_what_gh_is_refused_comes_back_with_its_headers(fake_gh):
    with serving() as github:
        github.failures = [Failure(403, {"Retry-After": "9"}, "secondary rate limit")]
        answer = Gh(str(fake_gh / "gh"), {"GH_TOKEN": "t", "STUB": github.url}).send(LIST)
        assert (answer.status, answer.headers["retry-after"]) == (403, "9")


def test_gh_that_is_not_logged_in_is_a_401(fake_gh):
    assert Gh(str(fake_gh / "gh"), {}).send(LIST).status == 401


def test_gh_without_an_answer_says_why(tmp_path):
    program = tmp_path / "gh"
    program.write_text("#!/bin/sh\necho 'error connecting to api.github.com' >&2\nexit 1\n")
    program.chmod(0o755)
    answer = Gh(str(program), {}).send(LIST)
    assert (answer.status, answer.text) == (0, "error connecting to api.github.com")


@pytest.mark.skipif(shutil.which("gh") is None, reason="gh is not installed")
def test_the_real_gh_reaches_the_api_with_pages_and_refusals(tmp_path):
    """gh speaks plain HTTP to one host only, its developers' own; a proxy leads that to the stub."""
    with serving() as github:
        github.add("hello")
        environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(tmp_path),
            "GH_HOST": "github.localhost",
            "GH_TOKEN": "t",
            "GH_ENTERPRISE_TOKEN": "t",
            "HTTP_PROXY": github.url,
            "http_proxy": github.url,
        }
        found = place.carrier(environment)
        assert found.send(LIST).data[0]["body"] == "hello"
        assert (
            found.send(Request("POST", "repos/acme/orders/issues/12/comments", {"body": "made"})).status
            == 201
        )
        github.failures = [Failure(403, {"Retry-After": "9"}, "secondary rate limit")]
        assert found.send(LIST).headers["retry-after"] == "9"


def test_a_gh_that_can_not_be_run_is_no_traceback(tmp_path):
    answer = Gh(str(tmp_path / "missing"), {}).send(LIST)
    assert (answer.status, answer.text) == (0, "gh can't be run: No such file or directory")
