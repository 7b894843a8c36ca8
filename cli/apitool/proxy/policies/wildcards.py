"""`*` is any characters, `?` any one, as IAM has it. They cross slashes and colons."""

from __future__ import annotations

import re
from functools import lru_cache


def matches(pattern: str, text: str, *, any_case: bool = False) -> bool:
    return _compiled(pattern, any_case).fullmatch(text) is not None


@lru_cache(maxsize=1024)
def _compiled(pattern: str, any_case: bool) -> re.Pattern[str]:  # noqa: FBT001 - lru_cache wants it plain
    # Several stars in a row mean one, and would make the expression try every split of the text.
    parts = (re.escape(part).replace(r"\?", ".") for part in re.split(r"\*+", pattern))
    return re.compile(".*".join(parts), re.DOTALL | (re.IGNORECASE if any_case else 0))
