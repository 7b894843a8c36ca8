"""A property worked out once for each object, when it is first read.

`functools.cached_property` does the same and, up to Python 3.11, takes a lock for every first read: 1 µs that
a request pays ten times over. Nothing here is shared between threads before it is complete.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeVar, overload

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Self

T = TypeVar("T")


class once(Generic[T]):  # noqa: N801 - used as a decorator, like `property`
    """Not for classes with `__slots__`: the value is kept in the object's dictionary."""

    def __init__(self, work_out: Callable[..., T]) -> None:
        self._work_out = work_out
        self._name = ""
        self.__doc__ = work_out.__doc__

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    @overload
    def __get__(self, instance: None, owner: type) -> Self: ...

    @overload
    def __get__(self, instance: object, owner: type) -> T: ...

    def __get__(self, instance: object | None, owner: type) -> Self | T:
        if instance is None:
            return self
        value = self._work_out(instance)
        instance.__dict__[self._name] = value  # found before this descriptor from now on
        return value
