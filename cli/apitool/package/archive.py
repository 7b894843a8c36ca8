"""The zip file of a package: the same entries give the same bytes.

Written here rather than with `zipfile`, whose output changed between Python versions. An entry is its name,
its content and whether it is executable; everything else is constant: 1980-01-01 (the zip format's zero),
modes 0644 and 0755, no folder entries, no comments. The directory lists the names sorted.

Contents are deflated at a fixed level, since zip size counts in upload time, in Lambda's 50 MB limit and in
cold starts. zlib gives the same bytes on every Python and platform; zlib-ng, which a few Python builds carry
in its place, packs differently, so there the digest differs although the unpacked content doesn't.
"""

from __future__ import annotations

import hashlib
import stat
import struct
import zlib
from typing import TYPE_CHECKING, NamedTuple

from apitool.errors import ApitoolError
from apitool.package import entry_names

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import BinaryIO

STORED, DEFLATED = 0, 8  # methods
LEVEL = 6  # 9 gains 0.5 % on 13 MB of wheels and takes 2.6 times as long
MOST_ENTRIES = 65_535  # without Zip64, which not every unpacker of Lambda's is known to read
MIDNIGHT, FIRST_OF_JANUARY_1980 = 0, 0x21  # DOS time and date
VERSION_NEEDED = 20  # deflate
MADE_BY_UNIX = 3 << 8 | VERSION_NEEDED  # so that the modes count
UTF_8_NAME = 0x800
LOCAL_MARK, CENTRAL_MARK, END_MARK = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"
LOCAL = struct.Struct("<4s5H3L2H")
CENTRAL = struct.Struct("<4s6H3L5H2L")
END = struct.Struct("<4s4H2LH")


class Entry(NamedTuple):
    """One file of a zip. `packed` and `size` are bytes, with and without compression."""

    name: str
    executable: bool
    crc: int
    method: int
    packed: int
    size: int
    offset: int

    @property
    def end(self) -> int:
        return self.offset + LOCAL.size + len(self.name.encode()) + self.packed


class Packed(NamedTuple):
    """Content as it stands in the zip. `size` and `crc` are of the content unpacked."""

    data: bytes
    method: int
    size: int
    crc: int


def pack(content: bytes) -> Packed:
    """Deflate, unless that makes it longer. A build spends its time here, without holding Python's lock."""
    deflater = zlib.compressobj(LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS, zlib.DEF_MEM_LEVEL)
    deflated = deflater.compress(content) + deflater.flush()
    shorter = len(deflated) < len(content)
    method = DEFLATED if shorter else STORED
    return Packed(deflated if shorter else content, method, len(content), zlib.crc32(content))


class ArchiveWriter:
    """Writes a zip to a file object, one entry after the other; `finish` makes it whole."""

    def __init__(self, out: BinaryIO) -> None:
        self._out = out
        self._entries: dict[str, Entry] = {}
        self._position = 0
        self._digest = hashlib.sha256()

    @property
    def sha256(self) -> str:
        """Of all that was written, hexadecimal."""
        return self._digest.hexdigest()

    def add(self, name: str, content: Packed, *, executable: bool) -> None:
        """Raises ValueError for a name that may not stand in a package, or stands in it already."""
        if wrong := entry_names.refusal(name):
            raise ValueError(f"{name!r}: {wrong}")
        sizes = len(content.data), content.size
        self._remember(Entry(name, executable, content.crc, content.method, *sizes, self._position))
        self._write(_local_header(self._entries[name]) + content.data)

    def append(
        self,
        archive: bytes,
        members: Sequence[Entry],
        keeps: Callable[[str], bool] = lambda _: True,
        *,
        below: str = "",
    ) -> None:
        """The members of another zip of ours that `keeps` takes, deflated as they are.

        `below` stands before their names, as "python/".
        """
        chosen = [entry for entry in members if keeps(entry.name)]
        view = memoryview(archive)
        if len(chosen) < len(members) or below:
            for entry in chosen:
                moved = entry._replace(name=below + entry.name, offset=self._position)
                self._remember(moved)
                self._write(_local_header(moved) + view[entry.end - entry.packed : entry.end])
            return
        start = self._position
        for entry in members:
            self._remember(entry._replace(offset=entry.offset + start) if start else entry)
        self._write(view[: max((entry.end for entry in members), default=0)])

    def finish(self) -> tuple[Entry, ...]:
        """Write the directory. Raises ApitoolError when there are more entries than a zip can list."""
        members = tuple(sorted(self._entries.values(), key=lambda entry: entry.name))
        if len(members) > MOST_ENTRIES:
            raise ApitoolError(
                f"the package has {len(members):,} files",
                seen=f"a zip file lists {MOST_ENTRIES:,} at most",
                fix="keep data in S3, or bundle it in one file",
            )
        directory = b"".join(map(_central_header, members))
        counts = (0, 0, len(members), len(members))
        end = END.pack(END_MARK, *counts, len(directory), self._position, 0)
        self._write(directory + end)
        return members

    def _remember(self, entry: Entry) -> None:
        if entry.name in self._entries:
            raise ValueError(f"{entry.name!r} is in the package already")
        self._entries[entry.name] = entry

    def _write(self, data: bytes | memoryview) -> None:
        self._out.write(data)
        self._digest.update(data)
        self._position += len(data)


def entries(archive: bytes) -> tuple[Entry, ...]:
    """What a zip of ours holds. Raises ValueError for anything else.

    `zipfile` would do, in 10 ms for 600 entries, which every build that uses kept dependencies would pay.
    """
    try:
        signature, *_, count, size, position, _ = END.unpack_from(archive, len(archive) - END.size)
        if signature != END_MARK or position + size + END.size != len(archive):
            raise ValueError("this is no zip of ours: its directory is not where we put it")
        found = []
        for _ in range(count):
            entry, position = _read(archive, position)
            found.append(entry)
    except struct.error:
        raise ValueError("this is no zip of ours: its directory ends too soon") from None
    return tuple(found)


def _read(archive: bytes, position: int) -> tuple[Entry, int]:
    """The entry of the directory that stands there, and where the next one does."""
    fields = CENTRAL.unpack_from(archive, position)
    signature, _, _, _, method, _, _, crc, packed, size, length, *_, attributes, offset = fields
    if signature != CENTRAL_MARK:
        raise ValueError("this is no zip of ours: its directory holds something else")
    end = position + CENTRAL.size + length
    name = archive[end - length : end].decode()
    return Entry(name, bool(attributes >> 16 & stat.S_IXUSR), crc, method, packed, size, offset), end


def _common(entry: Entry) -> tuple[int, ...]:
    """The fields that local and central headers share, from the version needed to the length of extras."""
    name = entry.name.encode()
    flags = 0 if name.isascii() else UTF_8_NAME
    how = (VERSION_NEEDED, flags, entry.method, MIDNIGHT, FIRST_OF_JANUARY_1980)
    return (*how, entry.crc, entry.packed, entry.size, len(name), 0)


def _local_header(entry: Entry) -> bytes:
    return LOCAL.pack(LOCAL_MARK, *_common(entry)) + entry.name.encode()


def _central_header(entry: Entry) -> bytes:
    mode = stat.S_IFREG | (0o755 if entry.executable else 0o644)
    no_comment_first_disk_binary = (0, 0, 0)
    tail = (*no_comment_first_disk_binary, mode << 16, entry.offset)
    return CENTRAL.pack(CENTRAL_MARK, MADE_BY_UNIX, *_common(entry), *tail) + entry.name.encode()
