"""Milliseconds counted in buckets that grow by a twentieth: percentiles within 2.5 %, whatever comes in."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

_GROWTH = math.log(1.05)
_BLOCKS = " ▁▂▃▄▅▆▇█"
_COLUMNS = 24  # of a drawn histogram


@dataclass(slots=True)
class Histogram:
    """`counts` by bucket; bucket n holds values around 1.05**n ms, bucket 0 everything up to 1 ms."""

    counts: dict[int, int] = field(default_factory=dict)
    total: int = 0
    most: float = 0.0

    def add(self, value: float) -> None:
        bucket = 0 if value <= 1 else round(math.log(value) / _GROWTH)
        self.counts[bucket] = self.counts.get(bucket, 0) + 1
        self.total += 1
        self.most = max(self.most, value)

    def percentile(self, share: float) -> float | None:
        """The value `share` (0 to 1) of all are at or below, by nearest rank; None when there are none."""
        if not self.total:
            return None
        rank = max(1, math.ceil(share * self.total))
        passed = 0
        for bucket in sorted(self.counts):
            passed += self.counts[bucket]
            if passed >= rank:
                return min(self.most, math.exp(bucket * _GROWTH))
        return self.most

    def columns(self, count: int = _COLUMNS) -> list[tuple[float, float, int]]:
        """(from ms, to ms, how many), from the smallest to the largest value, in equal steps of magnitude."""
        if not self.total:
            return []
        lowest, highest = min(self.counts), max(self.counts)
        width = max(1, math.ceil((highest - lowest + 1) / count))
        columns = []
        for start in range(lowest, highest + 1, width):
            inside = sum(self.counts.get(bucket, 0) for bucket in range(start, start + width))
            edges = (math.exp((start - 0.5) * _GROWTH), math.exp((start + width - 0.5) * _GROWTH))
            columns.append((*edges, inside))
        return columns

    def blocks(self) -> str:
        """The columns as `▁▃█`; the smallest that is not empty can still be seen."""
        counts = [inside for _, _, inside in self.columns()]
        most = max(counts, default=0)
        return "".join(
            _BLOCKS[math.ceil(inside / most * (len(_BLOCKS) - 1))] if inside else " " for inside in counts
        )
