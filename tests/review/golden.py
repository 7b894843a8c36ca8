"""The recorded plans, reviewed."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

from apitool.review import assessment, changes, fingerprint, plan_document
from apitool.review.assessment import Policy
from apitool.review.report import Report

PLANS = Path(__file__).parent / "plans"
NAMES = sorted(file.stem for file in PLANS.glob("*.json"))
TODAY = date(2026, 11, 22)


def document(name):
    return json.loads((PLANS / f"{name}.json").read_text())


def nowhere(_subject, _address):
    return None


def report_of(made, *, title="orders/prod", policy=None, today=TODAY):
    reviewed = changes.of(plan_document.read(made))
    found = assessment.findings(reviewed, policy or Policy(), today, nowhere)
    return Report.of(reviewed, title=title, fingerprint=fingerprint.of(made, {}), findings=found)


def report(name, **given):
    return report_of(document(name), **given)
