"""Where the rows of a text end, and its first row, which tells: the header, or an object of JSON.

Depends on nothing. A row of CSV or TSV ends at a line feed, a carriage return or both, outside quotes. TSV has none
(IANA, text/tab-separated-values): a quotation mark is a letter there. A text whose first row ends with a return alone,
as those of old Macs do, is read as one whose lines end with a line feed.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import chain
from typing import NamedTuple

TAB = "\t"
LONGEST_HEADER = 1 << 16
"""Bytes within which a newline in a header is one between quotes; in a longer one the first line is the header."""
LONGEST_ROW = 1 << 26
BOM = b"\xef\xbb\xbf"

BETWEEN_OBJECTS = re.compile(rb"(?<=\})[ \t]*\r(?=[ \t\r]*\{)")
"""A return that ends a line of JSON: within an object, a brace never follows another so."""

_END = rb"(?:\r*+\n|\r++(?=[^\n]))"
"""What ends a row. A return ends one by itself where more is behind it, as Python's `csv` has it."""


def has_quotes(separator: str) -> bool:
    """Whether a cell may stand between quotes."""
    return separator != TAB


def rows(text: bytes, separator: str) -> Iterator[bytes]:
    """The whole rows of a text, with what ends them, up to a quote without an end.

    A row goes on while a quote is open that began a cell, and that another will end; else the quote is a letter.
    """
    row, at = _row(separator), 0
    while found := row.match(text, at):
        yield found[0]
        at = found.end()


def first_row(text: bytes, separator: str) -> bytes:
    """The first row of a text, with what ends it; nothing where it is not whole."""
    return next(rows(text, separator), b"")


@cache
def _row(separator: str) -> re.Pattern[bytes]:
    """Cells up to the end of a row, or up to a quote that ends amid a cell, and so much of that line.

    Of a quote at the end of the text nobody knows yet whether it ends a cell; nor of a return whether it ends the row.
    """
    if not has_quotes(separator):
        return re.compile(rb"[^\r\n]*+" + _END)
    between = re.escape(separator.encode())
    inside = rb'"(?:[^"]++|"")*+'
    quoted = rb'%b"(?=[%b\r\n])' % (inside, between)
    cell = rb'(?:%b|[^"%b\r\n][^%b\r\n]*+|)' % (quoted, between, between)
    open_yet = rb'%b(?:"\r*+)?\Z' % inside
    return re.compile(rb"(?:%b%b)*+(?:%b%b|(?!%b)[^\r\n]*+%b)" % (cell, between, cell, _END, open_yet, _END))


class Begun(NamedTuple):
    """A text: its first row without what ends it, and the pieces behind it, the first of which is on line `first`.

    Of JSON, the pieces from there on: the first row names the columns, and is one of the rows.
    """

    row: bytes
    first: int
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
    return Begun(row.rstrip(b"\r\n"), 1 if separator is None else 1 + row.count(b"\n"), rest)


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
