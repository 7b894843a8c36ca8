"""A stage's cache over HTTP, switched by UpdateStage as on AWS."""

from __future__ import annotations

import pytest
from tests.local.deploy import Deployed, deploy

pytestmark = pytest.mark.embedded

CODE = """
count = 0
def handler(event, context):
    global count
    count += 1
    return {"statusCode": 200, "body": str(count)}
"""
ON = (
    ("replace", "/cacheClusterEnabled", "true"),
    ("replace", "/cacheClusterSize", "0.5"),
    ("replace", "/*/*/caching/enabled", "true"),
)


@pytest.fixture(scope="module")
def counting(clients, embedded) -> Deployed:
    return deploy(clients, embedded.url, CODE)


@pytest.fixture
def api(counting, clients) -> Deployed:
    """With its cache on, and empty."""
    counting.patch(*ON)
    clients("apigateway").flush_stage_cache(restApiId=counting.api, stageName=counting.stage)
    return counting


def test_answers_are_kept_once_the_stage_has_a_cache(counting):
    assert counting.get("/a").body != counting.get("/a").body
    counting.patch(*ON)
    assert counting.get("/a").body == counting.get("/a").body


def test_posts_go_through(api):
    assert api.request("POST", "/a", b"{}").body != api.request("POST", "/a", b"{}").body


def test_a_flush_forgets_what_was_kept(api, clients):
    before = api.get("/a").body
    clients("apigateway").flush_stage_cache(restApiId=api.api, stageName=api.stage)
    assert api.get("/a").body != before


def test_a_new_deployment_starts_empty(api, clients):
    before = api.get("/a").body
    deployment = clients("apigateway").create_deployment(restApiId=api.api)["id"]
    api.patch(("replace", "/deploymentId", deployment))
    assert api.get("/a").body != before


def test_a_client_that_may_not_is_warned_or_refused(api):
    fresh = {"Cache-Control": "max-age=0"}
    kept = api.get("/a").body
    answer = api.request("GET", "/a", headers=fresh)
    assert (answer.body, answer.headers["Warning"][:3]) == (kept, "199")
    api.patch(("replace", "/*/*/caching/unauthorizedCacheControlHeaderStrategy", "FAIL_WITH_403"))
    assert api.request("GET", "/a", headers=fresh).status == 403
    api.patch(("replace", "/*/*/caching/requireAuthorizationForCacheControl", "false"))
    assert api.request("GET", "/a", headers=fresh).body != kept


def test_without_its_cluster_the_stage_keeps_nothing(api):
    api.get("/a")
    api.patch(("replace", "/cacheClusterEnabled", "false"))
    assert api.get("/a").body != api.get("/a").body
