"""docs/gateway.md says what the code does, where the two can be compared."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from apitool.proxy.authorizers.verdict_on_output import REASONS
from apitool.proxy.event_headers import DROPPED
from apitool.proxy.gateway_response import STANDARD
from apitool.proxy.integrations.integration_rules import POISONOUS_HEADERS
from apitool.proxy.integrations.remapped_headers import OF_MAPPED, OF_PROXIED
from apitool.proxy.limits import MAX_BODY_BYTES, MAX_HEAD_BYTES
from apitool.proxy.response import MAX_LAMBDA_PAYLOAD
from apitool.proxy.response_headers import MAX_HEADER_BYTES, REMAPPED
from apitool.proxy.velocity.budget import MAX_ITERATIONS, MAX_STEPS

PAGE = (Path(__file__).parents[2] / "docs" / "gateway.md").read_text()
ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in PAGE.splitlines()
    if line.startswith("|") and not line.startswith("|---")
]


def test_every_gateway_response_is_on_the_page():
    listed = {
        name: (int(row[1]), row[2])
        for row in ROWS
        if len(row) == 3 and row[1].isdigit()
        for name in row[0].split(", ")
        if name.isupper()
    }
    assert listed == {name: (known.status, known.error_type) for name, known in STANDARD.items()}


@pytest.mark.parametrize(
    "number",
    [MAX_BODY_BYTES, MAX_HEAD_BYTES, MAX_HEADER_BYTES, MAX_LAMBDA_PAYLOAD, MAX_ITERATIONS, MAX_STEPS],
)
def test_limits_are_on_the_page(number):
    assert f"{number:,}" in PAGE or str(number) in PAGE


HEADERS = [DROPPED, POISONOUS_HEADERS, OF_MAPPED, REMAPPED, OF_PROXIED]


@pytest.mark.parametrize("names", HEADERS, ids=lambda names: f"{len(names)} names")
def test_a_row_of_the_page_lists_each_of_the_headers(names):
    wanted = set(names)
    assert any(wanted <= set(re.findall(r"[a-z][a-z0-9-]+", " ".join(row).lower())) for row in ROWS)


@pytest.mark.parametrize("reason", REASONS.values())
def test_reasons_of_a_refusal_are_on_the_page(reason):
    assert reason in PAGE


def test_every_row_of_evidence_has_a_known_mark():
    """The last cell of a table headed `mark`: R, M, D, C or G first, or a note after one."""
    marked = False
    for row in ROWS:
        if row[-1] in {"mark", "what", "meaning", "result", "`x-amzn-ErrorType`"}:
            marked = row[-1] == "mark"
        elif marked and row[-1]:
            assert re.match(r"[RMDCG]\b", row[-1]), row
