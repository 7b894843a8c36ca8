"""`apitool status`: is the stage up, where, and is what it serves what is declared?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from apitool.commands.shared import Run, command

if TYPE_CHECKING:
    import typer

    from apitool.stage.standing import Standing


def register(app: typer.Typer) -> None:
    command(app)(status)


def status(run: Run) -> None:
    """Show whether a stage is up, where it answers and what it serves."""
    from apitool.stage import standing, target

    project = run.project()
    stage = run.stage(project)
    at = target.find(project, stage, local=bool(run.options.local), profile=run.options.profile)
    found = standing.read(at) if at else None
    if at is None or found is None:
        run.console.result(f"{project.name}/{stage.name} is not up", {"stage": stage.name, "up": False})
        return
    run.console.result(
        f"{at.title}\n{_text(found)}", {"stage": stage.name, "embedded": at.embedded, **found.data()}
    )


def _text(found: Standing) -> str:
    lines = [
        f"  url         {found.url}",
        f"  RestApi     {found.rest_api_id}, deployment {found.deployment_id}",
        f"  log level   {found.log_level}",
        "",
        *(f"  {route}" for route in found.routes),
        *(f"  {route}   declared, not deployed: run `apitool up`" for route in found.missing),
    ]
    if found.extra:
        lines += ["", f"  deployed, not declared: {', '.join(found.extra)}"]
    if found.settings_extra:
        lines += ["", f"  settings of their own, not declared: {', '.join(found.settings_extra)}"]
    return "\n".join(lines)
