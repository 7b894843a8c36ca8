"""A review of a stage's plan made now, or of a plan in a file."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from apitool.errors import GateError, UsageError
from apitool.review import assessment, changes, plan_document
from apitool.review.assessment import Policy, Waiver
from apitool.review.finding import Severity
from apitool.review.places import Places
from apitool.review.report import Report
from apitool.terraform import roots

if TYPE_CHECKING:
    from collections.abc import Mapping

    from apitool.console import Console
    from apitool.project.model import Project, Review
    from apitool.stage.target import Target

_NEVER = "never"


def of_stage(target: Target, console: Console, *, yes: bool) -> tuple[Report, str]:
    """Plan the stage and review it: the report, and the project's own limit."""
    from apitool.stage import planning  # noqa: PLC0415 - a review of a file needs no boto3

    made = planning.plan(target, console, yes=yes, in_full=True)
    document, mark = made.document or {}, made.fingerprint or ""
    report = _report(target.name, document, mark, target.project, _sources(target.project))
    return report, target.project.review.fail_on


def of_file(file: Path, folder: Path) -> tuple[Report, str]:
    """Review the plan in `file` (a bundle, Terraform's own, or its JSON; `-` is stdin), by the rules of the
    project around `folder` when there is one.

    Raises:
        UsageError: the file can't be read, or is no plan.
        StaleError: a bundle that was cut or changed.
    """
    from apitool.stage import plan_source  # noqa: PLC0415 - a review of a stage needs none of it

    given = plan_source.read(file)
    project = _project(folder)
    sources = _sources(project) if project else _hcl(file.parent)
    limit = project.review.fail_on if project else _NEVER
    return _report(given.title, given.document, given.fingerprint, project, sources), limit


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
    sources: Mapping[Path, str],
) -> Report:
    plan = plan_document.read(document)
    reviewed = changes.of(plan)
    spots = Places(
        (_near(project.file), project.file.read_text(encoding="utf-8")) if project else None, sources
    )
    today = datetime.now(tz=UTC).date()
    policy = _policy(project.review) if project else Policy()
    found = assessment.findings(reviewed, policy, today, spots.of)
    routes = tuple(reviewed.after.routes.values())
    return Report(title, mark, reviewed.changes, found, routes, plan.terraform_version)


def _policy(review: Review) -> Policy:
    severities = {rule: None if word == "off" else Severity(word) for rule, word in review.severities.items()}
    waivers = (Waiver(each.rule, each.reason, each.expires, each.on) for each in review.waivers.values())
    return Policy(severities, tuple(waivers))


def _project(folder: Path) -> Project | None:
    from apitool.project.find import project_file  # noqa: PLC0415 - pydantic, for this one case only
    from apitool.project.load import load  # noqa: PLC0415 - the same

    try:
        project_file(folder)
    except UsageError:
        return None
    return load(folder).project


def _sources(project: Project) -> dict[Path, str]:
    return _hcl(*roots.find("api", project.root).parent.rglob("*.tf"))


def _hcl(*paths: Path) -> dict[Path, str]:
    files = [file for path in paths for file in (sorted(path.glob("*.tf")) if path.is_dir() else [path])]
    return {_near(file): file.read_text(encoding="utf-8", errors="replace") for file in files}


def _near(file: Path) -> Path:
    """The file as a pull request names it: relative, when it is below the working folder."""
    try:
        return file.absolute().relative_to(Path.cwd())
    except (ValueError, OSError):
        return file
