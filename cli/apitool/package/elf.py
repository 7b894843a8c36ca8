"""What a shared object or program asks of the machine it is loaded on, read from its ELF headers."""

from __future__ import annotations

import re
from io import BytesIO
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

MAGIC = b"\x7fELF"
OTHER_SYSTEMS = {  # first four bytes -> whose format it is
    b"\xcf\xfa\xed\xfe": "macOS", b"\xce\xfa\xed\xfe": "macOS", b"\xca\xfe\xba\xbe": "macOS",
    b"MZ\x90\x00": "Windows",
}  # fmt: skip
MACHINES = {
    "EM_AARCH64": "aarch64", "EM_X86_64": "x86_64", "EM_386": "i686", "EM_ARM": "armv7l",
    "EM_PPC64": "ppc64le", "EM_S390": "s390x", "EM_RISCV": "riscv64",
}  # fmt: skip
_T = TypeVar("_T")
_GLIBC = re.compile(r"GLIBC_(\d+)\.(\d+)")


class Binary(NamedTuple):
    """`cpu` as wheels name it; `glibc` is the newest version of its symbols asked for; None asks for none."""

    cpu: str
    glibc: tuple[int, int] | None = None
    musl: bool = False


def make_ready() -> None:
    """Import what `read` needs, which takes 0.3 s: time there is while uv is at work."""
    import elftools.elf.elffile  # noqa: F401, PLC0415 - not before it may be needed


def read(content: bytes) -> Binary | None:
    """None for what is no ELF file, or a broken one: the loader would not take it either."""
    if content[:4] != MAGIC:
        return None
    from elftools.elf.elffile import ELFFile  # noqa: PLC0415 - see `make_ready`

    try:
        file = ELFFile(BytesIO(content))
        cpu = MACHINES.get(file["e_machine"], str(file["e_machine"]))
    except Exception:  # noqa: BLE001 - pyelftools raises whatever a damaged file makes its parser raise
        return None
    versions, needed = _readable(_versions, file), _readable(_needed, file)
    return Binary(cpu, max(versions, default=None), any("musl" in name for name in needed))


def _readable(parts: Callable[[Any], Iterator[_T]], file: Any) -> list[_T]:  # noqa: ANN401 - as below
    """What there is to read of one section; a damaged one must not hide for which machine the file is."""
    try:
        return list(parts(file))
    except Exception:  # noqa: BLE001 - as above
        return []


def _versions(file: Any) -> Iterator[tuple[int, int]]:  # noqa: ANN401 - pyelftools has no types
    section = file.get_section_by_name(".gnu.version_r")
    for _, needed in section.iter_versions() if section else ():
        for version in needed:
            if found := _GLIBC.fullmatch(version.name):
                yield int(found[1]), int(found[2])


def _needed(file: Any) -> Iterator[str]:  # noqa: ANN401 - pyelftools has no types
    section = file.get_section_by_name(".dynamic")
    for tag in section.iter_tags("DT_NEEDED") if section else ():
        yield tag.needed
