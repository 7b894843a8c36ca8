"""What of a folder goes in: the rules of `exclusions.py`, changed by the function's own patterns.

Left out is what the rules or `exclude` name; `include` brings back what it matches. Into a folder that a rule
leaves out (`.venv`, `node_modules`) only a pattern reaches that names it. What looks like a secret comes back
only when it is named, without wildcards: that is somebody's decision about this very file.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from apitool.package.patterns import Pattern

if TYPE_CHECKING:
    from collections.abc import Iterable

    from apitool.package.exclusions import Why


class Selection(NamedTuple):
    """Patterns of one function. Without any, the rules alone decide."""

    include: tuple[Pattern, ...] = ()
    exclude: tuple[Pattern, ...] = ()

    @classmethod
    def of(cls, include: Iterable[str], exclude: Iterable[str]) -> Selection:
        return cls(tuple(map(Pattern, include)), tuple(map(Pattern, exclude)))

    def why_not(self, name: str, rules: Iterable[Why | None], *, folder: bool) -> Why | None:
        """Why a file or folder stays out, if for all its `rules` no pattern brings it back; else None."""
        excluded = any(each.matches(name, folder=folder) for each in self.exclude)
        reasons = {*rules, "pattern" if excluded else None}
        why: Why
        for why in ("secret", "tooling", "pattern"):
            if why in reasons:
                return None if self._brings_back(name, why, folder=folder) else why
        return None

    def enters(self, folder: str, why: Why) -> bool:
        """Whether something in a folder that stays out may come back. `exclude` is no wall to any pattern."""
        return any(why == "pattern" or each.leads_into(folder) for each in self.include)

    def keeps(self, name: str) -> bool:
        """Whether a dependency's file goes in: only patterns count there, for the rules are about sources.

        Bytecode goes where its source goes.
        """
        if not self.exclude:
            return True
        both = {name, source_of_bytecode(name)}
        return all(self.why_not(each, (), folder=False) is None for each in both)

    def _brings_back(self, name: str, why: Why, *, folder: bool) -> bool:
        if why == "secret":
            return any(each.names(name) for each in self.include)
        return any(each.matches(name, folder=folder) for each in self.include)


EVERYTHING = Selection()


def source_of_bytecode(name: str, tag: str = "cpython-") -> str:
    """`a/__pycache__/b.cpython-313.pyc` -> `a/b.py`; any other name, and that of another `tag`, as it is."""
    folder, mark, last = name.rpartition("__pycache__/")
    stem, found, version = last.partition(f".{tag}")
    return (
        f"{folder}{stem}.py"
        if mark and found and version.endswith(".pyc") and "." not in version[:-4]
        else name
    )
