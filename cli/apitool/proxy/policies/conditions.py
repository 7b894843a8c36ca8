"""`Condition` blocks: every operator must hold, one of a key's values is enough.

Three answers: True, False, and None for an operator that is not known here.
"""

from __future__ import annotations

import ipaddress
from typing import TYPE_CHECKING

from apitool.proxy.policies.wildcards import matches

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

_NEGATIONS = {
    "stringnotequals": "stringequals",
    "stringnotequalsignorecase": "stringequalsignorecase",
    "stringnotlike": "stringlike",
    "arnnotequals": "arnlike",
    "arnnotlike": "arnlike",
    "notipaddress": "ipaddress",
}


def hold(condition: object, known: Mapping[str, str]) -> bool | None:
    """Whether a condition block holds.

    Args:
        condition: the block, `{"IpAddress": {"aws:SourceIp": ["10.0.0.0/8"]}}`.
        known: values of condition keys, keys in lower case.
    """
    if condition is None:
        return True
    if not isinstance(condition, dict):
        return None
    answers = [_one(operator, keys, known) for operator, keys in condition.items()]
    return False if False in answers else None if None in answers else True


def _one(operator: str, keys: object, known: Mapping[str, str]) -> bool | None:
    name = operator.lower()
    if_exists = name.endswith("ifexists")
    name = name.removesuffix("ifexists").removeprefix("foranyvalue:").removeprefix("forallvalues:")
    positive = _NEGATIONS.get(name, name)
    compare = _OPERATORS.get(positive)
    if compare is None or not isinstance(keys, dict):
        return None
    negated = positive != name
    return all(
        _holds(compare, known.get(key.lower()), values_of(wanted), negated=negated, if_exists=if_exists)
        for key, wanted in keys.items()
    )


def _holds(
    compare: Callable[[str, str], bool],
    seen: str | None,
    wanted: Iterable[str],
    *,
    negated: bool,
    if_exists: bool,
) -> bool:
    """A key the request does not have fulfils only a negation, or `…IfExists`."""
    if seen is None:
        return negated or if_exists
    return any(compare(seen, value) for value in wanted) is not negated


def values_of(written: object) -> tuple[str, ...]:
    """One value or a list of them, as text."""
    items = written if isinstance(written, list) else [written]
    return tuple(str(item).lower() if isinstance(item, bool) else str(item) for item in items)


def _in_network(address: str, network: str) -> bool:
    try:
        return ipaddress.ip_address(address) in ipaddress.ip_network(network, strict=False)
    except ValueError:
        return False


_OPERATORS: dict[str, Callable[[str, str], bool]] = {
    "stringequals": lambda seen, wanted: seen == wanted,
    "stringequalsignorecase": lambda seen, wanted: seen.lower() == wanted.lower(),
    "stringlike": lambda seen, wanted: matches(wanted, seen),
    "arnequals": lambda seen, wanted: matches(wanted, seen),
    "arnlike": lambda seen, wanted: matches(wanted, seen),
    "bool": lambda seen, wanted: seen.lower() == wanted.lower(),
    "ipaddress": _in_network,
}
