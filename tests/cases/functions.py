"""The functions of all cases: one handler, told by a file what to return next."""

from __future__ import annotations

import io
import json
import zipfile
from typing import TYPE_CHECKING

from tests.cases.case import ECHO, SLEEPS, Raises

if TYPE_CHECKING:
    from pathlib import Path

HANDLER = """\
import json, pathlib, time
NEXT = pathlib.Path({path!r})
def handler(event, context):
    told = json.loads(NEXT.read_text())
    if "raises" in told:
        raise Exception(told["raises"])
    if "sleeps" in told:
        time.sleep(told["sleeps"])
    if "returns" in told:
        return told["returns"]
    return {{"statusCode": 200, "body": json.dumps(event, ensure_ascii=False)}}
"""


class Functions:
    """`file` is in a folder the functions may read."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.returning(ECHO)

    @property
    def code(self) -> str:
        return HANDLER.format(path=str(self.file))

    @property
    def package(self) -> bytes:
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w") as archive:
            archive.writestr("app.py", self.code)
        return stream.getvalue()

    def returning(self, value: object) -> None:
        """What every call comes to from now on."""
        if value is ECHO:
            told: dict[str, object] = {}
        elif value is SLEEPS:
            told = {"sleeps": 0.3}  # seconds: five times the integration's patience
        elif isinstance(value, Raises):
            told = {"raises": value.message}
        else:
            told = {"returns": value}
        self.file.write_text(json.dumps(told))
