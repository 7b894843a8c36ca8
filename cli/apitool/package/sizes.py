"""Lambda's limits on a deployment package, and who takes the space.

https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from apitool.errors import ApitoolError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

MEGABYTE = 1024 * 1024
ZIPPED_LIMIT = 50 * MEGABYTE  # bytes, for a direct upload; more goes through S3
UNZIPPED_LIMIT = 250 * MEGABYTE  # bytes, layers included: 262,144,000
MOST_CONTRIBUTORS = 5
EIGHTHS = ("", "▏", "▎", "▍", "▌", "▋", "▊", "▉")


class Contributor(NamedTuple):
    """What stands at the top of the package: a file, or a folder with all that is in it."""

    name: str
    size: int  # bytes, unzipped


def shown(size: int) -> str:
    """Bytes in the unit a person would choose."""
    if size >= MEGABYTE // 10:
        return f"{size / MEGABYTE:,.1f} MB"
    return f"{size / 1024:,.1f} kB" if size >= 1024 else f"{size} bytes"  # noqa: PLR2004 - one kB


def contributors(sizes: Iterable[tuple[str, int]]) -> tuple[Contributor, ...]:
    """The biggest at the top of the package, from (name, bytes) of every file."""
    total: Counter[str] = Counter()
    for name, size in sizes:
        total[name.partition("/")[0]] += size
    biggest = sorted(total.items(), key=lambda item: (-item[1], item[0]))
    return tuple(Contributor(*item) for item in biggest[:MOST_CONTRIBUTORS])


def check_unzipped(function: str, members: Iterable[tuple[str, int]]) -> None:
    """Raises ApitoolError when files, as (name, bytes), are over 250 MB."""
    members = list(members)
    size = sum(size for _, size in members)
    if size > UNZIPPED_LIMIT:
        raise ApitoolError(
            f"the deployment package of `{function}` is {size / MEGABYTE:.1f} MB unzipped;"
            f" Lambda takes {UNZIPPED_LIMIT // MEGABYTE} MB ({UNZIPPED_LIMIT:,} bytes)",
            seen="\n".join(["the biggest parts:", *bars(contributors(members))]),
            fix="drop what the function doesn't import (`exclude` takes it out), or move data to S3",
        )


def bars(biggest: Sequence[Contributor], width: int = 24) -> list[str]:
    """One line for each: name, a bar in proportion to the biggest, megabytes."""
    most = max((each.size for each in biggest), default=0) or 1
    longest = max((len(each.name) for each in biggest), default=0)
    return [
        f"{each.name:<{longest}}  {_bar(each.size / most, width)}  {shown(each.size):>9}" for each in biggest
    ]


def _bar(part: float, width: int) -> str:
    """In eighths of a character; what is there at all shows."""
    eighths = max(round(width * 8 * part), 1 if part else 0)
    return f"{'█' * (eighths // 8) + EIGHTHS[eighths % 8]:<{width}}"
