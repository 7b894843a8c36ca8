"""Where the program begins, and the one place where an error becomes text."""

from __future__ import annotations

import gc
import os
import sys

from apitool.console import Console
from apitool.errors import ApitoolError, InterruptedByUserError


def run() -> None:
    """Entry point of the console script. Ends the process with the exit code of `apitool.errors`."""
    console = Console()
    try:
        _run(console)
    except ApitoolError as error:
        _fail(console, error)
    except KeyboardInterrupt:
        _fail(console, InterruptedByUserError("interrupted"))
    except BrokenPipeError:  # `| head` had enough: nobody is left to tell
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)


def _run(console: Console) -> None:
    """Nothing is imported for a command that another one needs."""
    if sys.argv[1:2] == ["package"]:
        gc.disable()  # it would look at what was just imported over and over: 12 ms of 100
        from apitool.stage import packages_again  # noqa: PLC0415 - see above

        if packages_again.answered(sys.argv[1:], console):
            gc.freeze()  # nor at the end, where all of it goes
            return
        gc.enable()
    from apitool.main import app  # noqa: PLC0415 - Typer and all commands: 80 ms

    app(obj=console)


def _fail(console: Console, error: ApitoolError) -> None:
    if console.verbosity > 1:
        raise error
    console.error(error)
    sys.exit(error.exit_code)
