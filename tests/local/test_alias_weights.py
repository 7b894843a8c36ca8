"""An alias that shares its callers among versions, as it is worked out and over HTTP."""

from __future__ import annotations

from collections import Counter

import pytest
from tests.local.deploy import deploy

from apitool.local.alias_weights import chosen

CODE = "def handler(event, context):\n    return {'statusCode': 200, 'body': context.function_version}\n"


@pytest.mark.parametrize(
    ("draw", "version"), [(0.0, "1"), (0.099, "1"), (0.1, "2"), (0.5, "2"), (0.999, "2")]
)
def test_the_share_of_the_other_version_comes_first(draw, version):
    assert chosen("2", {"1": 0.1}, draw) == version


def test_without_shares_the_aliass_own_version_gets_all():
    assert chosen("2", {}, 0.0) == "2"


@pytest.fixture(scope="module")
def shared(clients, embedded):
    """Two versions; the alias is on the second."""
    api = deploy(clients, embedded.url, CODE)
    api.put_code(CODE + "# changed\n")
    return api


def share(api, **weights: float) -> None:
    api.clients("lambda").update_alias(
        FunctionName=api.function, Name="live", RoutingConfig={"AdditionalVersionWeights": weights}
    )


@pytest.mark.embedded
@pytest.mark.parametrize(("weight", "version"), [(1.0, "1"), (0.0, "2")])
def test_the_gateway_goes_where_the_weights_say(shared, weight, version):
    share(shared, **{"1": weight})
    assert {shared.get("/x").body.decode() for _ in range(5)} == {version}


@pytest.mark.embedded
def test_both_versions_get_their_share(shared):
    """1 in 2^99 that all of a hundred go one way."""
    share(shared, **{"1": 0.5})
    counts = Counter(shared.get("/x").body.decode() for _ in range(100))
    assert counts.keys() == {"1", "2"}


@pytest.mark.embedded
def test_weights_that_are_taken_away_are_gone(shared):
    share(shared, **{"1": 1.0})
    share(shared)
    assert shared.get("/x").body == b"2"
