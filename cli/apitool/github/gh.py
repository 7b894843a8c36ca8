"""GitHub's own program `gh`, which knows the host, the proxy and who is logged in."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from apitool.github.answer import Answer, Request

if TYPE_CHECKING:
    from collections.abc import Mapping

_PATIENCE = 60  # seconds
_NOT_LOGGED_IN = 4  # `gh help exit-codes`


@dataclass(frozen=True)
class Gh:
    """`program` is the path of gh; `environment` is handed to it, tokens included, and never shown."""

    program: str
    environment: Mapping[str, str] = field(repr=False)

    def send(self, request: Request) -> Answer:
        arguments = [self.program, "api", "--include", "--method", request.method, request.path]
        if request.payload is not None:
            arguments += ["--input", "-"]
        quiet = {"GH_PROMPT_DISABLED": "1", "GH_NO_UPDATE_NOTIFIER": "1", "NO_COLOR": "1", "GH_PAGER": "cat"}
        try:
            done = subprocess.run(
                arguments,
                input=request.payload,
                env={**self.environment, **quiet},
                capture_output=True,
                timeout=_PATIENCE,
                check=False,
            )
        except subprocess.TimeoutExpired:
            return Answer(0, {}, f"gh gave no answer in {_PATIENCE} s")
        except OSError as error:
            return Answer(0, {}, f"gh can't be run: {error.strerror}")
        if done.returncode == _NOT_LOGGED_IN:
            return Answer(401, {}, '{"message": "gh is not logged in"}')
        return _read(done.stdout.decode(errors="replace"), done.stderr.decode(errors="replace"))


def _read(output: str, said: str) -> Answer:
    """`HTTP/2.0 200 OK`, headers, an empty line, the body. Without that, gh never got an answer."""
    head, _, body = output.replace("\r\n", "\n").partition("\n\n")
    first, *lines = head.split("\n")
    protocol, _, rest = first.partition(" ")
    if not protocol.startswith("HTTP/") or not rest[:3].isdigit():
        return Answer(0, {}, said.strip() or "gh gave no answer")
    pairs = (line.partition(":") for line in lines)
    return Answer(int(rest[:3]), {name.lower(): value.strip() for name, _, value in pairs}, body)
