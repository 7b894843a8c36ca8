"""`apitool --help` against the time Python itself needs: the goal is at most 150 ms more."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time

ROUNDS = 15
GOAL_MS = 150


def milliseconds(*arguments: str) -> float:
    started = time.perf_counter()
    subprocess.run([sys.executable, *arguments], check=True, stdout=subprocess.DEVNULL)
    return (time.perf_counter() - started) * 1000


def main() -> None:
    """Interleaved, so that a change of the machine's speed reaches both."""
    pairs = [(milliseconds("-c", ""), milliseconds("-m", "apitool", "--help")) for _ in range(ROUNDS + 1)][1:]
    python, helped = (statistics.median(values) for values in zip(*pairs, strict=True))
    more = statistics.median(helped - python for python, helped in pairs)
    print(f"python -c ''       {python:6.0f} ms")
    print(
        f"apitool --help     {helped:6.0f} ms   {helped / python:.1f} x, {more:.0f} ms more (goal {GOAL_MS})"
    )


if __name__ == "__main__":
    main()
