"""`apitool logs`: turn the execution log on and off, read it per request, explain what it says."""

from __future__ import annotations

import typer

from apitool.commands.logs import debug, explain, patch, restore, stats, status, switch, tail

app = typer.Typer(
    name="logs", help="Logs of a stage: on and off, per request, explained.", no_args_is_help=True
)
for module in (tail, explain, stats, switch, patch, debug, restore, status):
    module.register(app)
