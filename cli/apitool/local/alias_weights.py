"""Which version an alias leads to, when it shares its callers among several. Pure: the chance comes in.

`AdditionalVersionWeights` are shares of the invocations, the alias's own version gets the rest:
https://docs.aws.amazon.com/lambda/latest/dg/configuring-alias-routing.html.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


def chosen(own: str, additional: Mapping[str, float], draw: float) -> str:
    """The version for one invocation.

    Args:
        own: the alias's own version.
        additional: the shares of others, by version.
        draw: from 0 up to, not including, 1; a random number, or any other for a repeatable choice.
    """
    reached = 0.0
    for version, weight in additional.items():
        reached += weight
        if draw < reached:
            return version
    return own
