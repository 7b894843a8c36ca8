"""`include` and `exclude` of a function: patterns of file names, read as .gitignore reads them.

`*`, `?` and `[…]` stay within one part of a name, `**` is any number of folders. A pattern without `/`
matches at any depth, one with `/` counts from the top of the package, one that ends in `/` matches folders
only. What matches a folder matches everything in it. Names have "/" between their parts, none at the ends.
"""

from __future__ import annotations

import re

_WILD = re.compile(r"[*?\[]")
_TOKEN = re.compile(r"(?P<many>\*+)|(?P<one>\?)|\[(?P<not>!)?(?P<set>\]?[^\]]*)\]|(?P<other>.)", re.DOTALL)


class Pattern:
    """One pattern; `text` is as the user wrote it."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._literal = not _WILD.search(text)
        self._folders_only = text.endswith("/")
        self._parts = tuple(text.strip("/").split("/"))
        self._anchored = len(self._parts) > 1 or text.startswith("/")
        body = ("" if self._anchored else "(?:.*/)?") + _expression(self._parts)
        self._itself = re.compile(body, re.DOTALL)
        self._below = re.compile(f"{body}/.+", re.DOTALL)

    def matches(self, name: str, *, folder: bool = False) -> bool:
        """Whether it takes this file or folder, or a folder that it stands in."""
        itself = (folder or not self._folders_only) and self._itself.fullmatch(name)
        return bool(itself or self._below.fullmatch(name))

    def names(self, name: str) -> bool:
        """Whether it means this very file or folder, and says so without wildcards."""
        return self._literal and self._itself.fullmatch(name) is not None

    def leads_into(self, folder: str) -> bool:
        """Whether it names `folder` as the way to something in it, part by part."""
        way = folder.split("/")
        steps = self._parts[: len(way)]
        if not self._anchored or len(way) >= len(self._parts) or "**" in steps:
            return False
        return all(re.fullmatch(_part(step), part) for step, part in zip(steps, way, strict=True))


def _expression(parts: tuple[str, ...]) -> str:
    """`a/**/b` is `a`, any folders, `b`; a last `**` is everything below."""
    *folders, last = parts
    way = "".join("(?:.+/)?" if part == "**" else f"{_part(part)}/" for part in folders)
    return way + (".+" if last == "**" else _part(last))


def _part(part: str) -> str:
    return "".join(_token(found) for found in _TOKEN.finditer(part))


def _token(found: re.Match[str]) -> str:
    if found["many"]:
        return "[^/]*"
    if found["one"]:
        return "[^/]"
    if found["set"]:
        inner = found["set"].replace("\\", r"\\").replace("[", r"\[").replace("]", r"\]").replace("^", r"\^")
        return f"[{'^/' if found['not'] else ''}{inner}]"
    return re.escape(found[0])
