"""`apitool.toml` as data: bytes -> text -> values, with the position of every key.

What can be wrong with the file as a file is found here, one problem at a time; what its values mean is for
the rules.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from apitool.errors import Place, Problem, ProjectError
from apitool.project import shown
from apitool.project.finding import Finding
from apitool.project.positions import Lines, Positions, positions
from apitool.project.scan import MAX_DEPTH, TooDeepError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from apitool.project.scan import KeyPath

LARGEST = 1024 * 1024  # bytes; the largest project of 300 resources stays under 100 KiB

_PARSER_PLACE = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")
_DIGITS = re.compile(r"\d(?:_?\d){4300}")
_BYTE_ORDER_MARKS = {
    b"\xef\xbb\xbf": "UTF-8 with a byte order mark",
    b"\xff\xfe": "UTF-16",
    b"\xfe\xff": "UTF-16",
}
_BIDIRECTIONAL = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}

_MENDS = {
    "Invalid value": "text stands in quotes; true and false are written in lower case",
    "Expected '=' after a key": 'a key with a blank or a slash stands in quotes: "GET /orders" = "orders"',
    "Unescaped '\\'": "write the backslash twice, or put the text in single quotes",
    "Invalid statement": "every line is `key = value`, a `[table]` or a `# comment`",
    "Expected newline or end of document": "one `key = value` stands on one line",
    "Unterminated string": "close the quotes",
    "Unclosed": "close the bracket",
    "Invalid date": "no key here takes a date; text stands in quotes",
    "Illegal character": "close the quotes on the same line; control characters are escapes, e.g. \\n",
}


@dataclass(frozen=True, slots=True)
class Document:
    """The values of the file, and where its keys stand. `file` is the name that messages show."""

    file: Path
    data: dict[str, Any]
    positions: Positions

    def place(self, key: KeyPath) -> Place:
        return Place(self.file, *self.positions.at(key))


def read(path: Path, *, shown_as: Path) -> Document:
    """Read the file.

    Raises:
        ProjectError: it can't be read, or is not TOML.
    """
    try:
        if not path.is_file():
            raise _refusal(shown_as, "not a regular file", fix="put the project's settings here")
        with path.open("rb") as stream:
            content = stream.read(LARGEST + 1)
    except OSError as error:
        raise _refusal(shown_as, "the file can't be read", seen=error.strerror) from None
    return parse(content, shown_as)


def parse(content: bytes, file: Path) -> Document:
    """Read the file's bytes. Raises as `read` does."""
    text = _text(content, file).replace("\r\n", "\n")
    try:
        found = positions(text)
    except TooDeepError as error:
        place = Place(file, *Lines(text).spot(error.offset))
        problem = Problem(f"tables nest more than {MAX_DEPTH} levels deep", place)
        raise ProjectError([problem]) from None
    return Document(file, _data(text, file, found), found)


def unprintable(data: dict[str, Any]) -> Iterator[Finding]:
    """Keys and texts with characters that no setting needs and that hide or move what stands around them."""
    waiting: list[tuple[KeyPath, object]] = [((), data)]
    while waiting:
        path, value = waiting.pop()
        match value:
            case str() if bad := _first_unprintable(value, allowed="\n\r\t"):
                yield _unprintable_finding(path, bad)
            case dict():
                waiting += [((*path, key), inner) for key, inner in value.items()]
                yield from (
                    _unprintable_finding((*path, key), bad)
                    for key in value
                    if (bad := _first_unprintable(key, allowed=""))
                )
            case list():
                waiting += [((*path, index), inner) for index, inner in enumerate(value)]
            case _:
                pass


def _text(content: bytes, file: Path) -> str:
    if len(content) > LARGEST:
        raise _refusal(file, f"the file is larger than {LARGEST:,} bytes", fix="is this the right file?")
    for mark, name in _BYTE_ORDER_MARKS.items():
        if content.startswith(mark):
            raise _refusal(
                file, "the file is not plain UTF-8", seen=name, fix="save it as UTF-8 without a mark"
            )
    try:
        return content.decode()
    except UnicodeDecodeError as error:
        before = content[: error.start].decode()
        place = Place(file, *Lines(before).spot(len(before)))
        seen = f"byte 0x{content[error.start]:02x}"
        problem = Problem("the file is not UTF-8", place, seen, "save it as UTF-8")
        raise ProjectError([problem]) from None


def _data(text: str, file: Path, found: Positions) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ProjectError([_syntax_problem(str(error), text, file, found)]) from None
    except ValueError:  # the one thing Python itself refuses
        problem = Problem("a number has more than 4,300 digits", _place_of_digits(text, file))
        raise ProjectError([problem]) from None


def _syntax_problem(message: str, text: str, file: Path, found: Positions) -> Problem:
    if message.startswith("Cannot ") and found.repeats:
        repeat = found.repeats[0]
        what = f"`{shown.dotted(repeat.key)}` stands twice"
        return Problem(
            what, Place(file, *repeat.again), f"first on line {repeat.first.line}", "remove one of them"
        )
    reason = _PARSER_PLACE.sub("", message)
    mend = next((fix for start, fix in _MENDS.items() if reason.startswith(start)), None)
    return Problem(f"not TOML: {shown.text(reason)}", _parser_place(message, text, file), fix=mend)


def _parser_place(message: str, text: str, file: Path) -> Place:
    """The place the parser names, or the end of the last line that says something."""
    found = _PARSER_PLACE.search(message)
    if found and found[1]:
        return Place(file, int(found[1]), int(found[2]))
    lines = text.rstrip().split("\n")
    return Place(file, len(lines), len(lines[-1]) + 1)


def _place_of_digits(text: str, file: Path) -> Place:
    found = _DIGITS.search(text)
    return Place(file, *Lines(text).spot(found.start() if found else 0))


def _first_unprintable(text: str, *, allowed: str) -> str | None:
    return next(
        (
            each
            for each in text
            if each not in allowed
            and (unicodedata.category(each) == "Cc" or unicodedata.bidirectional(each) in _BIDIRECTIONAL)
        ),
        None,
    )


def _unprintable_finding(path: KeyPath, character: str) -> Finding:
    name = unicodedata.name(character, "a control character").lower()
    what = f"`{shown.dotted(path)}` contains a character that can't be shown"
    return Finding(path, what, f"U+{ord(character):04X}, {name}", "remove it")


def _refusal(file: Path, what: str, *, seen: str | None = None, fix: str | None = None) -> ProjectError:
    return ProjectError([Problem(what, Place(file, 1, 1), seen, fix)])
