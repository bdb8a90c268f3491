"""Texts whose lines end with a carriage return alone, as those of old Macs do → lines that end with a line feed.

Depends on `quoted_rows`. Which ending a text has, its first row tells: the header, or an object of JSON.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import NamedTuple

from gradcli.data.quoted_rows import TAB, first_row

LONGEST_HEADER = 1 << 16
"""Bytes within which a newline in a header is one between quotes; in a longer one the first line is the header."""
LONGEST_ROW = 1 << 26
BOM = b"\xef\xbb\xbf"

BETWEEN_OBJECTS = re.compile(rb"(?<=\})[ \t]*\r(?=[ \t\r]*\{)")
"""A return that ends a line of JSON: within an object, a brace never follows another so."""


class Begun(NamedTuple):
    """A text: its first row without what ends it, how many lines that is, and the pieces behind it.

    Of JSON, the pieces from there on: the first row names the columns, and is one of the rows.
    """

    row: bytes
    lines: int
    rest: Iterator[bytes]


def begun(stream: Iterator[bytes], separator: str | None) -> Begun:
    """A text read up to the end of its first row; without a separator it is one of JSON, an object a line."""
    start = b""
    while not _first(start.removeprefix(BOM), separator) and len(start) < LONGEST_ROW and (more := next(stream, b"")):
        start += more
    start = start.removeprefix(BOM)
    row = _first(start, separator) or _first(start + b"\n", separator) or first_row(start + b"\n", TAB)
    rest: Iterator[bytes] = chain(filter(None, [start if separator is None else start[len(row) :]]), stream)
    if row.endswith(b"\r"):
        row, rest = b"".join(line_feeds([row])), line_feeds(rest)
    return Begun(row.rstrip(b"\r\n"), row.count(b"\n"), rest)


def _first(start: bytes, separator: str | None) -> bytes:
    """The first row, with what ends it; nothing where it is not whole."""
    if separator is None:
        line, newline, _ = start.partition(b"\n")
        between = BETWEEN_OBJECTS.search(line)
        return line[: between.end()] if between else line + newline if newline else b""
    row = first_row(start, separator)
    return row if len(row or start) <= LONGEST_HEADER else first_row(start, TAB)


def line_feeds(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """The same text, each of its lines ended by a line feed, whatever ended it; every piece as soon as it is there."""
    behind_return = False
    for piece in filter(None, pieces):
        text = piece[1:] if behind_return and piece.startswith(b"\n") else piece
        behind_return = piece.endswith(b"\r")
        yield text.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
