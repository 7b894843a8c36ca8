"""`apitool up`: the main job."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path  # noqa: TC003 - Typer looks at it at run time
from typing import TYPE_CHECKING, Annotated

import typer

from apitool.commands.shared import Run, Timeout, command, seconds_of
from apitool.errors import UsageError

if TYPE_CHECKING:
    from apitool.stage.bring_up import StageUp
    from apitool.stage.target import Target


def register(app: typer.Typer) -> None:
    command(app)(up)


def up(
    run: Run,
    *,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask before applying.")] = False,
    refresh: Annotated[
        bool, typer.Option("--refresh", help="Plan, even when nothing seems to have changed.")
    ] = False,
    plan: Annotated[
        Path | None,
        typer.Option(
            "--plan",
            metavar="FILE",
            help="Apply exactly what `plan --out` saved, or refuse with 6.",
            show_default=False,
        ),
    ] = None,
    max_age: Annotated[
        str, typer.Option("--max-age", metavar="TIME", help="How old a saved plan may be: 12h, 7d.")
    ] = "7d",
    fingerprint: Annotated[
        str | None,
        typer.Option("--fingerprint", metavar="HASH", help="Apply only the change reviewed under this hash."),
    ] = None,
    timeout: Timeout = None,
    port: Annotated[
        int | None,
        typer.Option(
            "--port",
            min=1,
            max=65535,
            envvar="APITOOL_PORT",
            show_envvar=False,
            help="The local gateway's port.",
        ),
    ] = None,
) -> None:
    """Create or update the API at a stage, and ask it for an answer.

    Packages the functions, plans, shows the change in API words, applies it with Terraform, sets the stage's
    logging as declared and makes one request. With a saved plan or a fingerprint it applies only that.
    """
    from apitool.logs import times
    from apitool.stage import target
    from apitool.stage.bring_up import bring_up

    seconds = seconds_of(timeout)
    project = run.project()
    stage = run.stage(project)
    at = target.start(project, stage, local=bool(run.options.local), profile=run.options.profile, port=port)
    run.console.say(at.title)
    for note in at.endpoint.notes if at.endpoint else ():
        run.console.say(f"note: {note}")
    reviewed = _fingerprint(fingerprint)
    if plan is not None:
        from apitool.stage.saved.apply import apply

        age = timedelta(seconds=times.seconds(max_age))
        result = apply(at, plan, run.console, yes=yes, max_age=age, reviewed=reviewed, timeout=seconds)
    else:
        result = bring_up(at, run.console, yes=yes, refresh=refresh, reviewed=reviewed, timeout=seconds)
    run.console.result(_text(result), _data(result))


def _fingerprint(given: str | None) -> str | None:
    """As `plan` and `review` print it. Raises UsageError for anything else: a cut one must not match."""
    if given is None or re.fullmatch(r"[0-9a-f]{64}", given.strip().lower()):
        return given and given.strip().lower()
    raise UsageError(
        f"`{given}` is no fingerprint", fix="64 hexadecimal digits, as `apitool plan` and `review` print them"
    )


def _text(up: StageUp) -> str:
    lines = [""] if up.changed else ["no changes", ""]
    custom = up.outputs.get("custom_url")
    lines += [*dict.fromkeys((up.url, custom) if custom else (up.url,)), ""]
    test = up.smoke_test
    if test:
        lines += [f"  $ curl {test.url}", f"  {test}", ""]
    lines += ["next:", *_next(up.target)]
    return "\n".join(lines)


def _next(target: Target) -> list[str]:
    """What people do after an `up`, with the options that lead to the same stage."""
    stage = target.stage
    options = f" --stage {stage.name}" if stage.name != target.project.default_stage else ""
    options += " --local" if target.embedded and not stage.local else ""
    commands = {
        "logs enable": "log every request",
        "plan": "what a change would do",
        "down": "take it down again",
    }
    width = max(len(command + options) for command in commands)
    return [f"  apitool {command + options:<{width}}   {text}" for command, text in commands.items()]


def _data(up: StageUp) -> dict[str, object]:
    from apitool.review import as_sentences

    test = up.smoke_test
    return {
        "stage": up.target.stage.name,
        "embedded": up.target.embedded,
        "changed": up.changed,
        "changes": as_sentences.data(up.changes),
        "url": up.url,
        "custom_url": up.outputs.get("custom_url"),
        "rest_api_id": up.outputs["rest_api_id"],
        "smoke": test and {"url": test.url, "status": test.status, "milliseconds": test.milliseconds},
    }
