"""Handlers imported from their source folders into this process, each once."""

from __future__ import annotations

import importlib
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from apitool.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import ModuleType

    Handler = Callable[[Any, Any], Any]


class Handlers:
    """Functions may each have an `app`: what belongs to another source folder makes room."""

    def __init__(self) -> None:
        self._handlers: dict[tuple[Path, str], Handler] = {}
        self._modules: dict[Path, dict[str, ModuleType]] = {}

    @contextmanager
    def handler(self, source: Path, name: str) -> Iterator[Handler]:
        """The handler `module.function` of a source folder, with its folder and modules in place.

        Raises:
            UsageError: the module has no such function. What the module raises when imported passes through.
        """
        source = source.resolve()
        with self._in_place(source):
            known = self._handlers.get((source, name))
            if known is None:
                known = self._handlers[source, name] = _imported(source, name)
            yield known

    def forget(self) -> None:
        self._handlers.clear()
        self._modules.clear()

    @contextmanager
    def _in_place(self, source: Path) -> Iterator[None]:
        sys.path.insert(0, str(source))
        sys.modules.update(self._modules.get(source, {}))
        try:
            yield
        finally:
            sys.path.remove(str(source))
            mine = {name: module for name, module in sys.modules.items() if _is_below(module, source)}
            self._modules[source] = mine
            for name in mine:
                del sys.modules[name]


def _imported(source: Path, name: str) -> Handler:
    module_name, _, function = name.replace("/", ".").rpartition(".")
    importlib.invalidate_caches()
    module = importlib.import_module(module_name)
    found = getattr(module, function, None)
    if not callable(found):
        raise UsageError(
            f"handler `{name}`: `{module_name}` has no function `{function}`",
            seen=str(source),
            fix="correct `handler` in apitool.toml",
        )
    handler: Handler = found
    return handler


def _is_below(module: ModuleType, folder: Path) -> bool:
    file = getattr(module, "__file__", None)
    if file is None:  # a namespace package: the folders it is made of
        return any(Path(part).is_relative_to(folder) for part in _paths(module))
    return Path(file).is_relative_to(folder)


def _paths(module: ModuleType) -> list[str]:
    try:
        return [str(part) for part in getattr(module, "__path__", ())]
    except Exception:  # noqa: BLE001 - modules that compute their attributes may raise anything
        return []
