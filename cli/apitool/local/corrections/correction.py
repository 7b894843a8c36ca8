"""One correction: which method of moto's is replaced, by what, and why."""

from __future__ import annotations

import functools
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator


@dataclass(frozen=True, slots=True)
class Correction:
    """`replacement` is called with moto's own method first (None where it has none), then with what that one
    would have got.
    """

    owner: type
    method: str
    reason: str
    replacement: Callable[..., Any]

    @property
    def name(self) -> str:
        return f"{self.owner.__name__}.{self.method}"


def correction(owner: type, method: str, reason: str) -> Callable[[Callable[..., Any]], Correction]:
    """Make a function a correction of `owner.method`."""

    def of(replacement: Callable[..., Any]) -> Correction:
        return Correction(owner, method, reason, replacement)

    return of


@contextmanager
def applied(corrections: Iterable[Correction]) -> Iterator[None]:
    """Apply corrections in order, and take them back in the end. Several may correct one method."""
    with ExitStack() as stack:
        for each in corrections:
            stack.enter_context(_applied(each))
        yield


@contextmanager
def _applied(correction: Correction) -> Iterator[None]:
    original = getattr(correction.owner, correction.method, None)

    @functools.wraps(original or correction.replacement)
    def corrected(*args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - passes on whatever moto's own takes and gives
        return correction.replacement(original, *args, **kwargs)

    setattr(correction.owner, correction.method, corrected)
    try:
        yield
    finally:
        if original is None:
            delattr(correction.owner, correction.method)
        else:
            setattr(correction.owner, correction.method, original)
