"""All signs of a project at one stage, in the order in which `up` would meet them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from apitool.local import service
from apitool.stage import target as targets
from apitool.stage.doctor import account, machine
from apitool.stage.doctor.sign import bad, good, looking_at

if TYPE_CHECKING:
    from apitool.project.model import Project, Stage
    from apitool.stage.doctor.sign import Sign


def diagnose(project: Project, stage: Stage, *, local: bool, profile: str | None) -> list[Sign]:
    """Look at everything; starts nothing and changes nothing."""
    signs = machine.look(project)
    if targets.is_embedded(stage, local=local):
        signs.append(_embedded(project))
        if signs[-1].seen.startswith("not running"):
            return signs
    with looking_at("account", signs):
        target = targets.find(project, stage, local=local, profile=profile)
        signs += account.look(target) if target else []
    return signs


def _embedded(project: Project) -> Sign:
    if missing := targets.missing_modules():
        return bad("embedded", f"no module named {', '.join(missing)}", "pip install 'apitool[local]'")
    endpoint = service.running(project.root)
    if endpoint is None:
        return good("embedded", "not running; `apitool up` starts it")
    return good("embedded", f"process {endpoint.pid}, {endpoint.control_url}, gateway {endpoint.url('')}")
