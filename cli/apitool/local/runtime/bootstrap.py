"""Runs inside a worker, as /var/runtime/bootstrap.py does on Lambda. Standard library only.

    python -s -S -P bootstrap.py CLIENT CHANNEL RUNTIME_ROOT [LAYER ...]

`-S` keeps site-packages out, `-s -P` the user's folder and this one; the environment was made from nothing.
What is left is put in Lambda's order: the package, the layers, the runtime, the standard library.
"""

from __future__ import annotations

import importlib.util
import os
import site
import sys
import time
from importlib.machinery import (
    BYTECODE_SUFFIXES,
    EXTENSION_SUFFIXES,
    SOURCE_SUFFIXES,
    ExtensionFileLoader,
    FileFinder,
    SourceFileLoader,
    SourcelessFileLoader,
)
from pathlib import Path

TYPE_CHECKING = False  # a worker is started often: it does without `typing`
if TYPE_CHECKING:
    from collections.abc import Callable
    from types import ModuleType

    from typing_extensions import Buffer

_SETTLED = 2.0  # seconds


class _SettledLoader(SourceFileLoader):
    """Caches bytecode only of sources that have settled.

    A cached file is recognised by its source's size and the second of its mtime: a handler saved twice within
    a second would run the older code.
    """

    def set_data(self, path: str, data: Buffer, *, _mode: int = 0o666) -> None:
        if time.time() - Path(self.path).stat().st_mtime > _SETTLED:
            super().set_data(path, data, _mode=_mode)


def main(client: str, channel: int, runtime_root: str, layers: list[str]) -> None:
    os.environ.pop("LC_CTYPE", None)  # the interpreter adds it where LANG's locale is not installed (PEP 538)
    _as_with_site()
    sys.path_hooks.insert(0, FileFinder.path_hook(*_loaders()))
    sys.path_importer_cache.clear()
    sys.path = [runtime_root, *(entry for entry in sys.path if entry != runtime_root)]
    run = _client(client, channel)  # before the package can hide a module of it
    sys.path = [os.environ["LAMBDA_TASK_ROOT"], *layers, *sys.path]
    sys.argv = [sys.argv[0]]
    # One pipe for everything keeps lines in order. A descriptor of its own, because the client closes it.
    os.environ["_LAMBDA_TELEMETRY_LOG_FD"] = str(os.dup(1))
    run(os.environ["_HANDLER"])


def _as_with_site() -> None:
    """What `site` adds besides paths: `exit`, `quit`, `help`. And a stdout that refuses lone surrogates, as
    under Lambda's en_US.UTF-8, whether or not this machine has that locale.
    """
    site.setquit()
    site.setcopyright()
    site.sethelper()
    sys.stdout.reconfigure(encoding="utf-8", errors="strict")  # type: ignore[union-attr] # a real file here
    sys.stderr.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]


def _loaders() -> list[tuple[type, list[str]]]:
    return [
        (ExtensionFileLoader, EXTENSION_SUFFIXES),
        (_SettledLoader, SOURCE_SUFFIXES),
        (SourcelessFileLoader, BYTECODE_SUFFIXES),
    ]


def _client(name: str, channel: int) -> Callable[[str], object]:
    if name == "awslambdaric":
        sys.modules["runtime_client"] = client = _beside("channel_client")
        client.open_channel(channel)
        from awslambdaric.__main__ import main as awslambdaric  # noqa: PLC0415 - only where it is the client

        return lambda handler: awslambdaric(["", handler])
    os.close(channel)
    run: Callable[[str], object] = _beside("builtin_client").run
    return run


def _beside(name: str) -> ModuleType:
    """A module of this folder, which is not on the path."""
    loader = SourceFileLoader(f"_{name}", str(Path(__file__).with_name(f"{name}.py")))
    spec = importlib.util.spec_from_file_location(loader.name, loader.path, loader=loader)
    assert spec is not None  # noqa: S101 - None only without a loader
    module = importlib.util.module_from_spec(spec)
    loader.exec_module(module)
    return module


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), sys.argv[3], sys.argv[4:])
