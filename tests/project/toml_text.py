"""Hypothesis strategy: TOML documents in every way of writing, whose keys are all different.

Different keys make positions checkable: the text at a key's spot spells a key that stands for one path only.
"""

from __future__ import annotations

import json
from itertools import count
from typing import Any

from hypothesis import strategies as st

ODD = "aZ9 -_/{}.#='\"\\[]ä,\t"
BARE = set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_")
SCALARS = (
    *("true", "-7", "1_000", "0xBEEF", "6.5e-3", "inf", "nan"),
    *("1979-05-27", "1979-05-27 07:32:00Z", "07:32:00"),
    *('""', "''", "'\\'", '"# [no] = {key}"'),
    "'''\n[not] = 'a' key # \"\n'''",
    '"""\n[not.a] \\"\\"\\" key = 1\n"""""',
)


@st.composite
def documents(draw: st.DrawFn) -> str:
    return "\n".join(_table(draw, "", count(), depth=0)) + draw(st.sampled_from(["", "\n", "\n\n# end"]))


def _table(draw: st.DrawFn, header: str, names: count[int], depth: int) -> list[str]:
    """The lines of one table: its own pairs, then tables and arrays of tables below it."""
    lines = [_pair(draw, names, depth) for _ in range(draw(st.integers(0, 3)))]
    for _ in range(draw(st.integers(0, 2)) if depth < 3 else 0):
        outer = f"{header}{_dot(draw)}" if header else ""
        name = outer + _dotted(draw, names)
        if draw(st.booleans()):
            lines += [f"[ {name} ]{_comment(draw)}", *_table(draw, name, names, depth + 1)]
            continue
        for _ in range(draw(st.integers(1, 2))):
            lines += [f"[[{name}]]{_comment(draw)}", *_table(draw, name, names, depth + 1)]
    return lines


def _pair(draw: st.DrawFn, names: count[int], depth: int) -> str:
    blank = draw(st.sampled_from(["", " ", "\t"]))
    return f"{blank}{_dotted(draw, names)}{blank}={blank}{_value(draw, names, depth)}{_comment(draw)}"


def _value(draw: st.DrawFn, names: count[int], depth: int) -> str:
    kind = draw(st.sampled_from(["scalar", "scalar", "array", "inline"])) if depth < 3 else "scalar"
    if kind == "scalar":
        return draw(st.sampled_from(SCALARS))
    if kind == "inline":
        pairs = [
            f"{_dotted(draw, names)} = {_value(draw, names, depth + 1)}"
            for _ in range(draw(st.integers(0, 3)))
        ]
        return "{ " + ", ".join(pairs) + " }"
    gap = draw(st.sampled_from(["", " ", "\n  ", " # ] , \n"]))
    values = [_value(draw, names, depth + 1) for _ in range(draw(st.integers(0, 3)))]
    return (
        "["
        + gap
        + f"{gap},{gap}".join(values)
        + (f"{gap}," if values and draw(st.booleans()) else "")
        + gap
        + "]"
    )


def _dotted(draw: st.DrawFn, names: count[int]) -> str:
    return _dot(draw).join(_key(draw, names) for _ in range(draw(st.integers(1, 3))))


def _key(draw: st.DrawFn, names: count[int]) -> str:
    name = draw(st.text(ODD, max_size=4)) + str(next(names))
    if set(name) <= BARE and draw(st.booleans()):
        return name
    return f"'{name}'" if "'" not in name and draw(st.booleans()) else json.dumps(name)


def _dot(draw: st.DrawFn) -> str:
    return draw(st.sampled_from([".", " . "]))


def _comment(draw: st.DrawFn) -> str:
    return draw(st.sampled_from(["", " # key = [1"]))


def paths(data: Any, here: tuple[str | int, ...] = ()) -> set[tuple[str | int, ...]]:
    """Every key path of a document's values."""
    entries = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    found = {(*here, key) for key, _ in entries}
    entries = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    return found.union(*(paths(value, (*here, key)) for key, value in entries))
