"""Each row of the tables in docs/terraform.md leads to the run that holds it, or says why there is none."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

DOCUMENT = Path(__file__).parents[2] / "docs" / "terraform.md"
LINK = re.compile(r"\[([^\]]+)\]\(([^)]+\.tftest\.hcl)\)")


def rows():
    """(feature, what it is here, what holds it) of both tables."""
    lines = [line for line in DOCUMENT.read_text().splitlines() if line.startswith("| ")]
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    return [(each[0], each[-2], each[-1]) for each in cells if each[-1] != "held by"]


ROWS = rows()


def test_the_tables_are_read():
    """Features of functions and of the API, by what three others have."""
    assert len(ROWS) >= 80
    assert {"AWS_PROXY, by POST whatever the method", "SnapStart", "Web ACL"} <= {row[0] for row in ROWS}
    assert len({row[0] for row in ROWS}) == len(ROWS)


@pytest.mark.parametrize(("feature", "here", "held"), ROWS, ids=[row[0] for row in ROWS])
def test_a_row_has_a_run_or_a_reason(feature, here, held):
    found = LINK.fullmatch(held)
    if found is None:
        assert re.match(r"no: .{15,}", here), f"{feature}: no run and no reason"
        assert held == ""
        return
    sentence, file = found.groups()
    run = sentence.replace(" ", "_")
    assert f'\nrun "{run}" {{' in "\n" + (DOCUMENT.parent / file).read_text()


def test_what_the_text_links_to_is_there():
    links = re.findall(r"\]\(([^)#]+)\)", DOCUMENT.read_text())
    assert [link for link in links if not (DOCUMENT.parent / link).exists()] == []
