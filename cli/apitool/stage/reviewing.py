"""A review of a stage's plan made now, or of a plan in a file."""

from __future__ import annotations

import difflib
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from apitool.errors import GateError, Problem, UsageError
from apitool.review import assessment, changes, plan_document, shown
from apitool.review.assessment import Policy, Waiver
from apitool.review.finding import Severity
from apitool.review.places import Places
from apitool.review.report import Report
from apitool.review.rules.catalogue import RULES
from apitool.stage import hcl_sources
from apitool.terraform import roots

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date
    from pathlib import Path

    from apitool.console import Console
    from apitool.project.model import Project
    from apitool.review.finding import Finding
    from apitool.stage.target import Target

_NEVER = "never"


def of_stage(target: Target, console: Console, *, yes: bool) -> tuple[Report, Policy]:
    """Plan the stage and review it, by the project's own policy."""
    from apitool.stage import planning  # noqa: PLC0415 - a review of a file needs no boto3

    made = planning.plan(target, console, yes=yes, in_full=True)
    document, mark = made.document or {}, made.fingerprint or ""
    root = roots.find("api", target.project.root)
    return _report(target.name, document, mark, target.project, root), policy_of(target.project)


def of_file(file: Path, folder: Path) -> tuple[Report, Policy]:
    """Review the plan in `file` (a bundle, Terraform's own, or its JSON; `-` is stdin), by the rules of the
    project around `folder` when there is one.

    Raises:
        UsageError: the file can't be read, or is no plan.
        StaleError: a bundle that was cut or changed.
    """
    from apitool.stage import plan_source  # noqa: PLC0415 - a review of a stage needs none of it

    given = plan_source.read(file)
    project = _project(folder)
    around = (file.parent, folder, *((roots.find("api", project.root),) if project else ()))
    root = hcl_sources.first_root(around)
    return _report(given.title, given.document, given.fingerprint, project, root), policy_of(project)


def completed(report: Report, found: tuple[Finding, ...], title: str | None, policy: Policy) -> Report:
    """With the findings of other tools among its own, worst first, and called what it is to be called."""
    judged = assessment.judged(found, policy, _today())
    merged = tuple(sorted((*report.findings, *judged), key=assessment.order))
    return replace(report, findings=merged, title=shown.line(title) if title else report.title)


def gate(report: Report, limit: str) -> None:
    """Raises GateError when a finding nobody waived reaches the limit."""
    reaching = assessment.reaching(report.findings, None if limit == _NEVER else Severity(limit))
    if reaching:
        first = reaching[0]
        raise GateError(
            f"findings as bad as `{limit}`, or worse: {len(reaching)}",
            seen=f"{first.subject}: {first.what} [{first.rule}]",
            fix=first.cure
            + " Or accept it: [review.waivers.<name>] in apitool.toml, with a reason and a date",
        )


def _report(
    title: str,
    document: Mapping[str, object],
    mark: str,
    project: Project | None,
    root: Path | None,
) -> Report:
    plan = plan_document.read(document)
    reviewed = changes.of(plan)
    sources, folders = hcl_sources.read(root, plan.configuration) if root else ({}, {})
    declared = (hcl_sources.near(project.file), project.file.read_text(encoding="utf-8")) if project else None
    spots = Places(declared, sources, folders)
    found = assessment.findings(reviewed, policy_of(project), _today(), spots.of)
    return Report.of(reviewed, title=title, fingerprint=mark, findings=found)


def policy_of(project: Project | None) -> Policy:
    """What `[review]` says; nothing is waived and nothing fails without a project."""
    if project is None:
        return Policy()
    review = project.review
    severities = {rule: None if word == "off" else Severity(word) for rule, word in review.severities.items()}
    waivers = (Waiver(each.rule, each.reason, each.expires, each.on) for each in review.waivers.values())
    return Policy(severities, tuple(waivers), review.fail_on)


def doubts(report: Report, policy: Policy) -> Iterator[Problem]:
    """What of the policy does nothing: rules that there are not, waivers that have ended and are missed."""
    known = {rule.id for rule in RULES} | {finding.rule for finding in report.findings}
    for rule in sorted({*policy.severities, *(each.rule for each in policy.waivers)} - known):
        near = difflib.get_close_matches(rule, sorted(known), 1)
        fix = f"did you mean `{near[0]}`?" if near else "docs/review.md has them all; `--sarif` brings others"
        yield Problem(f"`[review]` names the rule `{rule}`, and nothing is called so", fix=fix)
    for waiver in policy.waivers:
        if waiver.expires < _today() and any(waiver.is_for(finding) for finding in report.standing):
            yield Problem(
                f"the waiver of `{waiver.rule}` on `{waiver.on}` ended on {waiver.expires}",
                seen=waiver.reason,
                fix="mend the finding, or say until when it is accepted",
            )


def _today() -> date:
    return datetime.now(tz=UTC).date()


def _project(folder: Path) -> Project | None:
    from apitool.project.find import project_file  # noqa: PLC0415 - pydantic, for this one case only
    from apitool.project.load import load  # noqa: PLC0415 - the same

    try:
        project_file(folder)
    except UsageError:
        return None
    return load(folder).project
