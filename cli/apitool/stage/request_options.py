"""What is given on the command line about a request: `-H`, `--query`, `-d`, `--binary`."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from apitool.errors import UsageError
from apitool.project.client_request import client_request

if TYPE_CHECKING:
    from apitool.proxy.request import Request
    from apitool.proxy.stage import DeployedStage

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")


@dataclass(frozen=True, slots=True)
class RequestOptions:
    """`data` is the body, `@file` its file, `@-` stdin; `binary` says that it is bytes, not JSON."""

    method: str
    path: str
    data: str | None = None
    headers: tuple[str, ...] = ()
    query: tuple[str, ...] = ()
    binary: bool = False

    def request(self, stage: DeployedStage) -> Request:
        """Raises UsageError for what can't be made into a request."""
        if self.method.upper() not in METHODS:
            raise UsageError(
                f"`{self.method}` is no method of API Gateway's", fix=f"one of {', '.join(METHODS)}"
            )
        if not self.path.startswith("/"):
            raise UsageError(
                "a path starts with a slash", seen=self.path, fix=f"/{self.path}, without the stage"
            )
        body = self._body()
        usual = "application/octet-stream" if self.binary else "application/json"
        return client_request(
            stage,
            self.method,
            self.path,
            query=[_pair(text, "=", "--query NAME=VALUE") for text in self.query],
            headers=[_pair(text, ":", "-H 'NAME: VALUE'") for text in self.headers],
            body=body,
            content_type=usual if body else None,
        )

    def _body(self) -> bytes:
        if self.data is None or not self.data.startswith("@"):
            return (self.data or "").encode(errors="surrogateescape")
        try:
            return sys.stdin.buffer.read() if self.data == "@-" else Path(self.data[1:]).read_bytes()
        except OSError as error:
            raise UsageError(
                f"the body can't be read from `{self.data[1:]}`", seen=error.strerror, fix="-d @FILE"
            ) from error


def _pair(text: str, separator: str, form: str) -> tuple[str, str]:
    name, found, value = text.partition(separator)
    if not found or not name.strip() or not (name + value).replace("\t", " ").isprintable():
        raise UsageError(f"`{text}` is not of the form {form}", fix=form)
    return name.strip(), value.strip() if separator == ":" else value
