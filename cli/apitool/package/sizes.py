"""Lambda's limits on a deployment package, and who takes the space.

https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from apitool.errors import ApitoolError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

MEGABYTE = 1024 * 1024
ZIPPED_LIMIT = 50 * MEGABYTE  # bytes, for a direct upload
UNZIPPED_LIMIT = 250 * MEGABYTE  # bytes, layers included: 262,144,000
MOST_CONTRIBUTORS = 5


@dataclass(frozen=True, slots=True)
class Contributor:
    """What stands at the top of the package: a file, or a folder with all that is in it."""

    name: str
    size: int  # bytes, unzipped

    def __str__(self) -> str:
        return f"{self.name} {self.size / MEGABYTE:.1f} MB"


def contributors(sizes: Iterable[tuple[str, int]]) -> tuple[Contributor, ...]:
    """The biggest at the top of the package, from (name, bytes) of every file."""
    total: Counter[str] = Counter()
    for name, size in sizes:
        total[name.partition("/")[0]] += size
    biggest = sorted(total.items(), key=lambda item: (-item[1], item[0]))
    return tuple(Contributor(*item) for item in biggest[:MOST_CONTRIBUTORS])


def check_unzipped(function: str, size: int, biggest: Sequence[Contributor]) -> None:
    """Raises ApitoolError over 250 MB."""
    if size > UNZIPPED_LIMIT:
        raise _too_big(function, "unzipped", size, UNZIPPED_LIMIT, biggest)


def check_zipped(function: str, size: int, biggest: Sequence[Contributor]) -> None:
    """Raises ApitoolError over 50 MB."""
    if size > ZIPPED_LIMIT:
        raise _too_big(function, "zipped", size, ZIPPED_LIMIT, biggest)


def _too_big(function: str, how: str, size: int, limit: int, biggest: Sequence[Contributor]) -> ApitoolError:
    return ApitoolError(
        f"the deployment package of `{function}` is {size / MEGABYTE:.1f} MB {how};"
        f" Lambda takes {limit // MEGABYTE} MB ({limit:,} bytes)",
        seen="biggest: " + ", ".join(map(str, biggest)),
        fix="drop what the function doesn't import, or move data to S3",
    )
