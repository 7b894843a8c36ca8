"""Which index to ask: what pip is configured with, handed on to uv, which doesn't read pip's configuration.

Follows pip's own reading (`pip._internal.configuration`): files of the machine, the user, the virtual
environment, then `PIP_CONFIG_FILE`; in each, `[install]` over `[global]`; `PIP_*` variables over everything.
Addresses go to uv by its environment, never by its arguments: they hold passwords, and arguments are there
for everybody on the machine to read. What the user set for uv (`UV_*`) stays as it is.
"""

from __future__ import annotations

import configparser
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from apitool.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

SECTIONS = ("global", "install")
UV_INDEX_VARIABLES = ("UV_DEFAULT_INDEX", "UV_INDEX", "UV_INDEX_URL", "UV_EXTRA_INDEX_URL")
# pip's setting -> uv's variable, and what separates its values
LISTS = {
    "extra-index-url": ("UV_EXTRA_INDEX_URL", " "),
    "find-links": ("UV_FIND_LINKS", ","),
    "trusted-host": ("UV_INSECURE_HOST", " "),
}
TEXTS = {
    "index-url": ("UV_INDEX_URL",),
    "cert": ("SSL_CERT_FILE",),
    "client-cert": ("SSL_CLIENT_CERT",),
    "proxy": ("HTTP_PROXY", "HTTPS_PROXY"),
}
FALSE = {"", "0", "n", "no", "f", "false", "off"}


def read(environ: Mapping[str, str], files: Iterable[Path]) -> dict[str, str]:
    """What pip is set to for `pip install`, by their long names without dashes in front ("index-url").

    `files` are in pip's order, later ones win. Raises UsageError for a file that can't be read.
    """
    sections: dict[str, dict[str, str]] = {name: {} for name in SECTIONS}
    for file in files:
        parsed = _parsed(file)
        for name in SECTIONS:
            if parsed.has_section(name):
                sections[name].update((_normal(key), value) for key, value in parsed.items(name))
    variables = {_normal(key[4:]): value for key, value in environ.items() if key.startswith("PIP_")}
    merged: dict[str, str] = {}
    for settings in (*sections.values(), variables):
        merged |= {key: value for key, value in settings.items() if value}  # pip ignores empty values
    return merged


def for_uv(settings: Mapping[str, str], environ: Mapping[str, str]) -> dict[str, str]:
    """The variables that tell uv what `settings` tell pip, without any that are set in `environ`."""
    found = {
        variable: value
        for setting, variables in TEXTS.items()
        if (value := settings.get(setting))
        for variable in variables
    }
    for setting, (variable, separator) in LISTS.items():
        if values := settings.get(setting, "").split():
            found[variable] = separator.join(values)
    if "extra-index-url" in settings:
        # pip takes the best version of all indexes; uv by default the first index that has the name at all.
        found["UV_INDEX_STRATEGY"] = "unsafe-best-match"
    if any(environ.get(variable) for variable in UV_INDEX_VARIABLES):
        found = {name: value for name, value in found.items() if name not in _INDEX_CHOICE}
    taken = {name.upper() for name, value in environ.items() if value}  # proxies are often lower-case
    return {name: value for name, value in found.items() if name not in taken}


_INDEX_CHOICE = {"UV_INDEX_URL", "UV_EXTRA_INDEX_URL", "UV_INDEX_STRATEGY"}


def no_index(settings: Mapping[str, str], environ: Mapping[str, str]) -> bool:
    """Whether to look at `find-links` alone; the one setting that uv takes by argument only."""
    chosen = any(environ.get(variable) for variable in UV_INDEX_VARIABLES)
    return settings.get("no-index", "").lower() not in FALSE and not chosen


def config_files(environ: Mapping[str, str]) -> Iterator[Path]:
    """The files pip reads, lowest precedence first, whether they exist or not."""
    named = environ.get("PIP_CONFIG_FILE")
    if named == os.devnull:  # pip's own way to switch all of them off
        return
    home = Path(environ.get("HOME") or "~").expanduser()
    yield from _of_the_machine(environ)
    if not (named and Path(named).exists()):
        yield home / ".pip" / "pip.conf"
        yield _of_the_user(environ, home)
    yield Path(sys.prefix) / "pip.conf"
    if named:
        yield Path(named)


def _of_the_machine(environ: Mapping[str, str]) -> Iterator[Path]:
    if sys.platform == "darwin":
        yield Path("/Library/Application Support/pip/pip.conf")
        return
    for folder in (environ.get("XDG_CONFIG_DIRS") or "/etc/xdg").split(os.pathsep):
        yield Path(folder) / "pip" / "pip.conf"
    yield Path("/etc/pip.conf")


def _of_the_user(environ: Mapping[str, str], home: Path) -> Path:
    if sys.platform == "darwin":
        native = home / "Library" / "Application Support" / "pip"
        return (native if native.is_dir() else home / ".config" / "pip") / "pip.conf"
    config = environ.get("XDG_CONFIG_HOME")
    return (Path(config) if config else home / ".config") / "pip" / "pip.conf"


def _parsed(file: Path) -> configparser.RawConfigParser:
    parsed = configparser.RawConfigParser()
    try:
        parsed.read(file, encoding="utf-8")
    except (configparser.Error, UnicodeDecodeError) as error:
        reason = str(error).splitlines()[0]
        raise UsageError(
            f"pip's configuration `{file}` can't be read", seen=reason, fix="correct it; `pip config debug`"
        ) from None
    return parsed


def _normal(key: str) -> str:
    return key.lower().replace("_", "-").removeprefix("--")
