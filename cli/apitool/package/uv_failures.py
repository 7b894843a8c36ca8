"""What uv says when it fails -> an error that names the package, the target and the next step.

uv's texts are no interface, so what isn't recognised is passed on as it is. Passwords in URLs are not.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from apitool.errors import ApitoolError

if TYPE_CHECKING:
    from pathlib import Path

    from apitool.package.target import Target

LONGEST_SEEN = 600  # characters of uv's own words
LOCK_AGAIN = "`uv pip compile --generate-hashes --no-header requirements.in -o {file}`"


@dataclass(frozen=True, slots=True)
class Failure:
    """`pattern` finds what it is about; `what` and `fix` may use that as {it}, and {target} and {file}."""

    pattern: str
    what: str
    fix: str


FAILURES = (
    Failure(
        r"Because (?:only |all versions of )?(\S+?)(?: is available and \S+)? has no"
        r" (?:usable wheels|wheels with a matching)",
        "`{it}` has no wheel for {target}",
        "pin a version that has one, use another package, or change `runtime` or `architecture`",
    ),
    Failure(
        r"(No space left on device|Disk quota exceeded|File too large)",
        "no space is left to install the requirements",
        "make room where the package is built or in uv's cache (`uv cache dir`, `uv cache prune`)",
    ),
    Failure(
        r"(\S+) was not found in the (?:package registry|provided package locations|cache)",
        "no package index has `{it}`",
        "correct the name in {file}, or point pip or uv to the index that has it",
    ),
    Failure(
        r"there (?:is no version|are no versions) of (\S+?),? ",
        "there is no `{it}`",
        "name a version in {file} that exists",
    ),
    Failure(
        r"Hash mismatch for `([^`]+)`",
        "`{it}` is not the file that {file} names by its hash",
        f"find out why before you trust it; then {LOCK_AGAIN}",
    ),
    Failure(
        r"no trusted hash was provided for: `?([^`\s]+)",
        "{file} has hashes, but none for `{it}`",
        f"lock all of it: {LOCK_AGAIN}",
    ),
    Failure(
        r"In `--require-hashes` mode, all requirements must .*?: (\S+)",
        "{file} has hashes, but none for `{it}`",
        f"lock all of it: {LOCK_AGAIN}",
    ),
    Failure(
        r"Couldn't parse requirement in `([^`]+)`",
        "{file} has a line that is no requirement",
        "correct it",
    ),
    Failure(
        r"Distribution not found at: (\S+)",
        "{file} names `{it}`, which is not there",
        "correct the path, or build the wheel first",
    ),
    Failure(
        r"Failed to build `([^`]+)`",
        "`{it}` could not be built from source",
        "build it by itself first, e.g. with `uv build`: its build backend says what is wrong",
    ),
    Failure(
        r"client error \((40[13])",
        "the package index refused the request ({it})",
        "check the user and password of the index in pip's or uv's configuration",
    ),
    Failure(
        r"(Failed to fetch|error sending request for url)",
        "the package index can't be reached",
        "check the network, the proxy, and the index in pip's or uv's configuration",
    ),
    Failure(
        r"(requirements are unsatisfiable)",
        "the requirements of {file} contradict each other",
        "loosen one of them",
    ),
)


NO_WHEEL = FAILURES[0].pattern
BUILD_FAILED = r"Failed to (?:download and )?build `([^`\s@]+)`"
BUILT_FOR_HERE = re.compile(r"The built wheel `([^`]+)` is not compatible")
LAST_WORD = re.compile(r"^ *((?:\w*Error|error|fatal error)\b.*)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Missing:
    """A package of which there is no wheel. `tried` is what came of building it, where that was tried."""

    name: str
    version: str | None
    tried: str | None = None

    def __str__(self) -> str:
        return f"{self.name}=={self.version}" if self.version else self.name


def missing_wheel(stderr: str) -> Missing | None:
    """Which package has no wheel for the target, if that is what the complaint is about."""
    text = said(stderr)
    failed_build = re.search(BUILD_FAILED, text)
    if not (found := failed_build or re.search(NO_WHEEL, text)):
        return None
    name = re.match(r"[\w.-]+", found[1])
    version = re.search(r"==([^,`\s]+)", found[1])
    if name is None:
        return None
    return Missing(name[0], version[1] if version else None, _tried(stderr) if failed_build else None)


def _tried(stderr: str) -> str:
    if found := BUILT_FOR_HERE.search(said(stderr)):
        return f"building it from source makes `{found[1]}`, for this machine"
    words = LAST_WORD.findall(stderr)
    return (
        f"building it from source failed: {_short(words[-1])}" if words else "building it from source failed"
    )


def explained(stderr: str, file: Path, target: Target) -> ApitoolError:
    """The error for what uv wrote to stderr while it worked on the requirements `file`."""
    text = said(stderr)
    for failure in FAILURES:
        if found := re.search(failure.pattern, text):
            words = {"it": found[1], "target": str(target), "file": file.name}
            return ApitoolError(
                failure.what.format(**words), seen=_short(text), fix=failure.fix.format(**words)
            )
    return ApitoolError(
        f"uv could not install what {file.name} asks for, for {target}",
        seen=_short(text) or "uv said nothing",
        fix=f"`uv pip install --dry-run -r {file}` shows more",
    )


def said(stderr: str) -> str:
    """The error as running text: no progress before it, no drawing around it, no passwords."""
    text = re.sub(r"//[^/@\s]+@", "//***@", stderr)
    text = re.sub(r"[^\x00-\u2000]|\u00d7", " ", text)  # box drawings, and the cross of older versions
    start = re.search(r"^(?:error:| +No solution)", text, re.MULTILINE)
    text = re.sub(r"^ *(?:error|cause):", " ", text[start.start() if start else 0 :], flags=re.MULTILINE)
    return re.sub(r"\s+", " ", text).strip()


def _short(text: str) -> str:
    return text if len(text) <= LONGEST_SEEN else f"{text[:LONGEST_SEEN]}…"
