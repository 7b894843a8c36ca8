"""Options every command takes, and what a command gets from them.

A command is declared with `@command(app)` and written `def up(run: Run, *, yes: ...)`: it names its own
options, and gets the shared ones, which may also stand before its name (`apitool -C api up`). The nearer
one wins, then the environment, then `apitool.toml`, then the default.
"""

from __future__ import annotations

import inspect
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, get_type_hints

import typer
from typer.core import TyperCommand

from apitool.console import Console, Output

if TYPE_CHECKING:
    from collections.abc import Callable

    from apitool.project.model import Project, Stage


@dataclass(frozen=True, slots=True)
class Shared:
    """The shared options as given; None is "not given"."""

    directory: Path | None = None
    stage: str | None = None
    local: bool | None = None
    profile: str | None = None
    region: str | None = None
    output: Output | None = None
    quiet: bool | None = None
    verbose: int | None = None
    no_input: bool | None = None

    def over(self, outer: Shared) -> Shared:
        """These options, and the outer ones where these say nothing."""
        given = {field.name: getattr(self, field.name) for field in fields(self)}
        return replace(outer, **{name: value for name, value in given.items() if value is not None})


def shared_parameters(  # noqa: PLR0917 - Typer passes each by name
    directory: Annotated[
        Path | None,
        typer.Option(
            "--directory",
            "-C",
            metavar="DIR",
            envvar="APITOOL_DIRECTORY",
            show_envvar=False,
            help="Where apitool.toml stands.",
        ),
    ] = None,
    stage: Annotated[
        str | None,
        typer.Option(
            "--stage",
            "-s",
            metavar="STAGE",
            envvar="APITOOL_STAGE",
            show_envvar=False,
            help="The stage to work on.",
        ),
    ] = None,
    local: Annotated[
        bool | None,
        typer.Option(
            "--local",
            envvar="APITOOL_LOCAL",
            show_envvar=False,
            help="Use the embedded AWS, whatever the stage says.",
        ),
    ] = None,
    profile: Annotated[
        str | None,
        typer.Option(
            "--profile",
            metavar="NAME",
            envvar="APITOOL_PROFILE",
            show_envvar=False,
            help="Profile of the AWS configuration.",
        ),
    ] = None,
    region: Annotated[
        str | None,
        typer.Option(
            "--region",
            metavar="REGION",
            envvar="APITOOL_REGION",
            show_envvar=False,
            help="Instead of apitool.toml's region.",
        ),
    ] = None,
    output: Annotated[
        Output | None,
        typer.Option(
            "--output", "-o", envvar="APITOOL_OUTPUT", show_envvar=False, help="Form of the result on stdout."
        ),
    ] = None,
    quiet: Annotated[
        bool | None, typer.Option("--quiet", "-q", help="Say nothing but the result and errors.")
    ] = None,
    verbose: Annotated[
        int | None,
        typer.Option(
            "--verbose", "-v", count=True, show_default=False, help="Say more; -vv adds tracebacks."
        ),
    ] = None,
    no_input: Annotated[
        bool | None,
        typer.Option(
            "--no-input",
            envvar="APITOOL_NO_INPUT",
            show_envvar=False,
            help="Never ask; fail where a question is needed.",
        ),
    ] = None,
) -> Shared:
    return Shared(directory, stage, local, profile, region, output, quiet, verbose or None, no_input)


Timeout = Annotated[
    str | None,
    typer.Option(
        "--timeout",
        metavar="20m",
        envvar="APITOOL_TIMEOUT",
        show_envvar=False,
        help="Stop applying after that long, and save the state.",
    ),
]


def seconds_of(timeout: str | None) -> float | None:
    """Raises UsageError when it is no duration."""
    if timeout is None:
        return None
    from apitool.logs.times import seconds

    return seconds(timeout)


@dataclass(frozen=True, slots=True)
class Run:
    """One run of a command: where it talks, and which project and stage it is about."""

    console: Console
    options: Shared

    def project(self) -> Project:
        """Load `apitool.toml`, saying its warnings.

        Raises:
            ProjectError: it can't be used as it stands.
        """
        from apitool.project.load import load

        loaded = load(self.options.directory or Path())
        for warning in loaded.warnings:
            self.console.warn(warning)
        if self.options.region:
            return loaded.project.model_copy(update={"region": self.options.region})
        return loaded.project

    def stage(self, project: Project) -> Stage:
        """The stage named, or the project's default one.

        Raises:
            UsageError: there is no stage of that name.
        """
        from apitool.project.stages import stage_named

        return stage_named(project, self.options.stage)


def command(
    app: typer.Typer, name: str | None = None, kind: type[TyperCommand] = TyperCommand
) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Register a function that takes a `Run` and its own options, and add the shared options to it.

    `kind` reads the command line, where that is not Typer's business alone.
    """

    def register(function: Callable[..., None]) -> Callable[..., None]:
        def invoke(context: typer.Context, **values: Any) -> None:  # noqa: ANN401 - whatever Typer parsed
            own, given = _split(values)
            function(_run(context, given), **own)

        _declare(invoke, function)
        app.command(name, cls=kind)(invoke)
        return function

    return register


def before_the_command(app: typer.Typer, show_version: Callable[..., None]) -> None:
    """Let the shared options stand before the command's name too, and `--version` with them."""

    def remember(context: typer.Context, **values: Any) -> None:  # noqa: ANN401 - whatever Typer parsed
        _, context.meta[__name__] = _split(values)

    _declare(remember, show_version)
    app.callback()(remember)


def _split(values: dict[str, Any]) -> tuple[dict[str, Any], Shared]:
    own = {key: value for key, value in values.items() if key not in _SHARED}
    return own, shared_parameters(**{key: values[key] for key in _SHARED})


def _run(context: typer.Context, given: Shared) -> Run:
    console: Console = context.obj
    options = given.over(context.meta.get(__name__, Shared()))
    console.output = options.output or Output.TEXT
    console.verbosity = -1 if options.quiet else options.verbose or 0
    console.interactive = not options.no_input
    return Run(console, options)


def _declare(invoke: Callable[..., None], function: Callable[..., None]) -> None:
    """Give `invoke` the signature Typer reads: context, the options of `function`, the shared ones."""
    keyword = inspect.Parameter.KEYWORD_ONLY
    hints = get_type_hints(function, include_extras=True)
    parameters = [
        inspect.Parameter("context", keyword, annotation=typer.Context),
        *(
            parameter.replace(annotation=hints[name], kind=keyword)
            for name, parameter in inspect.signature(function).parameters.items()
            if name != "run"
        ),
        *(parameter.replace(kind=keyword) for parameter in _SHARED.values()),
    ]
    vars(invoke)["__signature__"] = inspect.Signature(parameters)
    invoke.__annotations__ = {parameter.name: parameter.annotation for parameter in parameters}
    invoke.__name__, invoke.__doc__ = function.__name__, function.__doc__


_SHARED = {
    name: parameter.replace(annotation=get_type_hints(shared_parameters, include_extras=True)[name])
    for name, parameter in inspect.signature(shared_parameters).parameters.items()
}
