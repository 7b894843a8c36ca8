"""Arguments of the commands that make a request."""

from __future__ import annotations

from typing import Annotated

import typer

Method = Annotated[str, typer.Argument(metavar="METHOD", help="GET, POST, …", show_default=False)]
Path = Annotated[
    str, typer.Argument(metavar="PATH", help="Below the stage, e.g. /orders/1?full=yes.", show_default=False)
]
Data = Annotated[
    str | None, typer.Option("--data", "-d", metavar="BODY", help="The body; @FILE and @- read it.")
]
Headers = Annotated[
    list[str] | None, typer.Option("--header", "-H", metavar="'NAME: VALUE'", help="Repeatable.")
]
Query = Annotated[
    list[str] | None, typer.Option("--query", metavar="NAME=VALUE", help="Escaped for you; repeatable.")
]
Binary = Annotated[
    bool,
    typer.Option("--binary", help="The body is bytes: application/octet-stream unless -H says otherwise."),
]
