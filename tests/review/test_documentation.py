"""docs/review.md names every rule with its severity."""

from __future__ import annotations

from pathlib import Path

from apitool.review.rules.catalogue import RULES

DOC = (Path(__file__).parents[2] / "docs" / "review.md").read_text(encoding="utf-8")


def test_every_rule_stands_in_the_documentation():
    assert [rule.id for rule in RULES if f"| `{rule.id}` | {rule.severity} |" not in DOC] == []


def test_no_two_rules_have_one_id():
    assert len({rule.id for rule in RULES}) == len(RULES)
