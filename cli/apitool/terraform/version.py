"""Asking a Terraform what it is. The answer is remembered as long as the file is the same."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
from contextlib import suppress
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from apitool.terraform.document import mapping, text
from apitool.terraform.private_file import write
from apitool.visible import visible_line

if TYPE_CHECKING:
    from pathlib import Path

TIMEOUT = 10  # seconds; it answers in 0.05
_LONGEST_QUOTE = 200  # characters of a wrong answer that are shown


class Unusable(Exception):  # noqa: N818 - no failure of ours: the reason why a candidate is passed over
    """Says what is wrong with the program, to follow its name: `is Terraform 1.5.7`."""


@dataclass(frozen=True, slots=True)
class Answer:
    product: str
    version: str


def ask(path: Path, cache: Path | None = None) -> Answer:
    """Raises Unusable when the program does not answer as Terraform does."""
    key = _key(path)
    known = _remembered(cache, key)
    if known is None:
        known = _ask(path)
        _remember(cache, key, known)
    return known


def _ask(path: Path) -> Answer:
    document = _json(_answer(path, "version", "-json"))
    version = text(document.get("terraform_version"))
    if not version:
        raise Unusable("answers `version -json` without a version: it is no Terraform")
    if "terraform_outdated" in document:  # OpenTofu's answer lacks it, and is the same otherwise
        return Answer("Terraform", version)
    found = re.match(r"(\w+) v(\S+)", _answer(path, "version"))
    return Answer(found[1], found[2]) if found else Answer("Terraform", version)


def _answer(path: Path, *arguments: str) -> str:
    """Its stdout. In a session of its own: a script that hangs has children, which hold the pipe too."""
    try:
        process = subprocess.Popen(
            [path, *arguments],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**_without_terraform_settings(), "CHECKPOINT_DISABLE": "1"},
            start_new_session=True,
        )
    except OSError as error:
        raise Unusable(f"can't be started: {error.strerror}") from error
    try:
        out, _ = process.communicate(timeout=TIMEOUT)
    except subprocess.TimeoutExpired:
        raise Unusable(f"does not answer `version` within {TIMEOUT} s") from None
    finally:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        if process.stdout:
            process.stdout.close()
    if process.returncode != 0:
        raise Unusable(f"fails on `{' '.join(arguments)}` with exit code {process.returncode}")
    return out.decode(errors="replace")


def _without_terraform_settings() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if not name.startswith("TF_")}


def _json(answer: str) -> dict[str, object]:
    try:
        document = json.loads(answer)
    except ValueError:
        document = None
    if not isinstance(document, dict):
        quote = visible_line(answer[:_LONGEST_QUOTE]) or "nothing"
        raise Unusable(f"answers `version -json` with {quote}: it is no Terraform")
    return document


def _key(path: Path) -> str:
    """The file as it is now: replaced or rewritten, it is another one."""
    status = path.stat()
    return f"{path.resolve()} {status.st_mtime_ns} {status.st_size}"


def _remembered(cache: Path | None, key: str) -> Answer | None:
    entry = mapping(_read(cache).get(key))
    product, version = text(entry.get("product")), text(entry.get("version"))
    return Answer(product, version) if product and version else None


def _remember(cache: Path | None, key: str, answer: Answer) -> None:
    if cache is not None:
        with suppress(OSError):  # a read-only place costs 0.05 s the next time, nothing else
            write(cache, json.dumps({key: asdict(answer)}))


def _read(cache: Path | None) -> dict[str, object]:
    try:
        document = json.loads(cache.read_text()) if cache is not None else {}
    except (OSError, ValueError):
        return {}
    return document if isinstance(document, dict) else {}
