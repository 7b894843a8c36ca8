"""Each correction has a probe that passes with all of them in place, and fails when that one is left out."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from moto import mock_aws
from moto.awslambda.models import LambdaFunction
from tests.local.corrections import (
    probes_account,
    probes_api,
    probes_documentation,
    probes_import,
    probes_integrations,
    probes_lambda,
    probes_methods,
    probes_models,
    probes_pages,
    probes_responses,
    probes_stage,
    probes_usage_plans,
)
from tests.local.corrections.probe import PROBES, Probe

from apitool.local.corrections import function_invocation, method_tests, stage_caches
from apitool.local.corrections.correction import applied
from apitool.local.corrections.everything import CORRECTIONS
from apitool.proxy.outcome import Outcome, Returned

if TYPE_CHECKING:
    from collections.abc import Iterator

    from apitool.local.corrections.correction import Correction
    from apitool.proxy.exchange import HttpCall, Invocation

MODULES = (
    probes_api,
    probes_lambda,
    probes_methods,
    probes_account,
    probes_documentation,
    probes_import,
    probes_integrations,
    probes_models,
    probes_pages,
    probes_responses,
    probes_stage,
    probes_usage_plans,
)  # importing them registers their probes


def echo(arn: str, payload: bytes, *, client_context: str | None, wait: bool) -> Outcome | None:
    """In place of the runtime, which has tests of its own."""
    assert wait
    assert client_context is None
    return Returned(json.dumps({"arn": arn, "event": json.loads(payload)}).encode(), "id", 1)


def run_nothing(step: Invocation | HttpCall) -> Returned:
    """In place of runtime and network: MOCK needs neither."""
    raise AssertionError(step)


def flush_nothing(api_id: str, stage: str) -> None:
    """In place of the gateway."""
    assert (api_id, stage) != ("", "")


ALL = (
    *CORRECTIONS,
    *function_invocation.corrections(echo),
    *method_tests.corrections(run_nothing),
    *stage_caches.corrections(answers=flush_nothing, authorizers=flush_nothing),
)


DEAR = "IAMBackend._init_aws_policies"  # takes 0.2 s: only its own probe has it


@pytest.fixture(autouse=True)
def fresh_aws(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    def no_docker(*_arguments: object) -> None:
        raise ConnectionError("a test must not look for a Docker engine")

    monkeypatch.setattr(LambdaFunction, "invoke", no_docker)
    with mock_aws():
        yield


def all_for(probe: Probe) -> list[Correction]:
    return [each for each in ALL if each.name != DEAR or probe.correction == DEAR]


def test_every_correction_has_a_probe_and_a_reason() -> None:
    assert {probe.correction for probe in PROBES} == {each.name for each in ALL}
    assert all(len(each.reason) > 20 for each in ALL)


@pytest.mark.parametrize("probe", PROBES, ids=lambda probe: probe.name)
def test_with_the_correction(probe: Probe) -> None:
    with applied(all_for(probe)):
        probe.look()


@pytest.mark.parametrize("probe", PROBES, ids=lambda probe: probe.name)
def test_not_without_it(probe: Probe) -> None:
    others = [each for each in all_for(probe) if each.name != probe.correction]
    with applied(others), pytest.raises(Exception):  # noqa: B017, PT011 - moto fails in many ways
        probe.look()


def test_corrections_are_taken_back() -> None:
    before = {each.name: getattr(each.owner, each.method, None) for each in ALL}
    with applied(ALL):
        assert before != {each.name: getattr(each.owner, each.method) for each in ALL}
    assert before == {each.name: getattr(each.owner, each.method, None) for each in ALL}
