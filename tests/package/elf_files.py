"""Shared objects that are headers and nothing else: as much of one as a loader looks at first."""

from __future__ import annotations

import struct

AARCH64, X86_64 = 0xB7, 0x3E  # e_machine
_HEADER, _SECTION = 64, 64  # bytes


def shared_object(
    machine: int = AARCH64, *, versions: tuple[str, ...] = (), needs: tuple[str, ...] = ("libc.so.6",)
) -> bytes:
    """A 64-bit ELF file that asks for these versions of the symbols of its first library."""
    strings = b"\0" + b"".join(text.encode() + b"\0" for text in (*needs, *versions))
    at = {text: strings.index(b"\0" + text.encode() + b"\0") + 1 for text in (*needs, *versions)}
    dynamic = b"".join(struct.pack("<qQ", 1, at[name]) for name in needs) + struct.pack("<qQ", 0, 0)
    names = b"\0.dynstr\0.dynamic\0.gnu.version_r\0.shstrtab\0"
    contents = [
        (".dynstr", 3, strings, 0, 0, 0),
        (".dynamic", 6, dynamic, 1, 0, 16),
        (".gnu.version_r", 0x6FFFFFFE, _version_needs(needs[0], versions, at), 1, 1, 0),
        (".shstrtab", 3, names, 0, 0, 0),
    ]
    contents = [section for section in contents if section[2]]
    body, headers = b"", struct.pack("<IIQQQQIIQQ", *[0] * 10)
    for name, kind, content, link, info, size in contents:
        place = names.index(f"\0{name}\0".encode()) + 1
        headers += struct.pack(
            "<IIQQQQIIQQ", place, kind, 0, 0, _HEADER + len(body), len(content), link, info, 1, size
        )
        body += content
    count = len(contents)
    ident = b"\x7fELF\x02\x01\x01" + bytes(9)
    header = struct.pack(
        "<HHIQQQIHHHHHH",
        3,
        machine,
        1,
        0,
        0,
        _HEADER + len(body),
        0,
        _HEADER,
        0,
        0,
        _SECTION,
        count + 1,
        count,
    )
    return ident + header + body + headers


def _version_needs(library: str, versions: tuple[str, ...], at: dict[str, int]) -> bytes:
    if not versions:
        return b""
    need = struct.pack("<HHIII", 1, len(versions), at[library], 16, 0)
    return need + b"".join(
        struct.pack("<IHHII", 0, 0, number + 2, at[name], 0 if number == len(versions) - 1 else 16)
        for number, name in enumerate(versions)
    )
