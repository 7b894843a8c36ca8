"""Dependencies that are not kept yet: installed by uv, checked, and zipped for the next build to find."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from apitool.errors import UsageError
from apitool.package import (
    archive,
    binaries,
    elf,
    entry_names,
    installed,
    kept_dependencies,
    publication,
    sizes,
    wheels,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from apitool.package.archive import Packed
    from apitool.package.binaries import NamedBinary
    from apitool.package.bytecode import Compiler
    from apitool.package.installed import InstalledFile
    from apitool.package.wanted import Wanted

TELL_EVERY = 0.5  # seconds


def make(
    wanted: Wanted,
    folder: Path,
    cache: Path,
    name: str,
    progress: Callable[[str], None],
    *,
    compiler: Compiler | None = None,
) -> None:
    """Install into the empty `folder`, compile there, and keep what goes in under `name` in the `cache`.

    Raises ApitoolError when the dependencies can't be resolved, or are more than Lambda takes.
    """
    threading.Thread(target=elf.make_ready).start()
    sdk = frozenset() if wanted.bundle_sdk else installed.SDK
    built = wheels.install(wanted.requirements, wanted.target, folder, progress)
    if compiler:
        doing = f"compiling the dependencies for Python {wanted.target.python}"
        progress(doing)
        compiler.compile(folder, lambda seconds: progress(f"{doing}, {seconds} s"))
    files = tuple(installed.files(folder, sdk, compiler.tag if compiler else None))
    _check_names(file.name for file in files)
    _check_size(wanted, files)
    notes = _notes(wanted, built, installed.left_out(folder, sdk))
    _write(files, notes, cache, name, progress)


def _notes(wanted: Wanted, built: Sequence[str], sdk: Sequence[str]) -> list[str]:
    file = wanted.requirements.path.name
    unlocked = f"{file} has no hashes: another day or machine may get other versions"
    return [
        *([] if wanted.requirements.locked else [unlocked]),
        *([f"built from source, since they have no wheel: {', '.join(built)}"] if built else []),
        *([f"left to the runtime, which has them: {', '.join(sdk)}"] if sdk else []),
    ]


def _check_names(names: Iterable[str]) -> None:
    for name in names:
        if wrong := entry_names.refusal(name):
            raise UsageError(
                f"`{ascii(name)[1:-1]}` of a dependency can't be packaged",
                seen=wrong,
                fix="use another package",
            )


def _check_size(wanted: Wanted, files: Sequence[InstalledFile]) -> None:
    """Before zipping: a gigabyte takes a minute to deflate."""
    members = [(file.name, file.size) for file in files if wanted.selection.keeps(file.name)]
    sizes.check_unzipped(wanted.function, members)


def _write(
    files: Sequence[InstalledFile], notes: list[str], cache: Path, name: str, progress: Callable[[str], None]
) -> None:
    """Zip the files under `name`; the record comes last, so that a zip with one is whole."""
    found: list[NamedBinary] = []
    with publication.aside(cache) as (path, out):
        writer = archive.ArchiveWriter(out)
        for file, (content, binary) in zip(files, _packed(files, progress), strict=True):
            writer.add(file.name, content, executable=file.executable)
            found += [binary] if binary else []
        writer.finish()
        out.flush()
        publication.publish(path, cache / f"{name}.zip")
    with publication.aside(cache) as (path, out):
        out.write(kept_dependencies.record(writer.sha256, found, notes))
        out.flush()
        publication.publish(path, cache / f"{name}.json")


def _packed(
    files: Sequence[InstalledFile], progress: Callable[[str], None]
) -> Iterator[tuple[Packed, NamedBinary | None]]:
    """The content of every file, deflated by all cores, and what kind of machine code it is."""

    def one(file: InstalledFile) -> tuple[Packed, NamedBinary | None]:
        content = file.path.read_bytes()
        return archive.pack(content), binaries.look(file.name, content)

    told = time.monotonic()
    with ThreadPoolExecutor() as pool:
        for number, packed in enumerate(pool.map(one, files)):
            if time.monotonic() - told > TELL_EVERY:
                told = time.monotonic()
                progress(f"packing the dependencies, {number:,} of {len(files):,} files")
            yield packed
