"""Text from outside without what is, or looks, secret."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

REDACTED = "(redacted)"
_SHORTEST_SECRET = 6  # characters; shorter values (`INFO`, `1`) stand everywhere and hide nothing

_LOOKS_SECRET = re.compile(
    r"""
      \b(?:AKIA|ASIA)[0-9A-Z]{16}\b                                      # access key id
    | \beyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*                                  # JSON web token
    | -----BEGIN\ [A-Z ]*PRIVATE\ KEY-----.*?(?:-----END\ [A-Z ]*-----|\Z)
    | (?<=Bearer\ )\S+ | (?<=Basic\ )[\w+/=]{8,}
    | (?i:(?<=Signature=)|(?<=X-Amz-Security-Token=)|(?<=X-Amz-Credential=))[^\s&"]+
    | (?i:(?:secret|password|passwd|token|api[_-]?key|secret[_-]?access[_-]?key)["']?\s*[:=]\s*["']?)
      (?P<value>[^\s"',;]{4,})
    """,
    re.VERBOSE | re.DOTALL,
)


def without_secrets(text: str, known: Iterable[str] = ()) -> str:
    """`text` without the known secret values, and without what looks like one."""
    for secret in sorted(set(known), key=len, reverse=True):
        if len(secret) >= _SHORTEST_SECRET:
            text = text.replace(secret, REDACTED)
    return _LOOKS_SECRET.sub(_redact, text)


def secrets_of(variables: Mapping[str, object]) -> tuple[str, ...]:
    """The values in a root module's variables that may be secret: environments and stage variables."""
    functions = variables.get("functions")
    environments = [
        function.get("environment")
        for function in (functions.values() if isinstance(functions, dict) else ())
        if isinstance(function, dict)
    ]
    tables = [*environments, variables.get("stage_variables")]
    return tuple(
        value
        for table in tables
        if isinstance(table, dict)
        for value in table.values()
        if isinstance(value, str)
    )


def _redact(found: re.Match[str]) -> str:
    value = found["value"]
    return REDACTED if value is None else found[0].replace(value, REDACTED)
