"""Where rows of CSV and TSV end, byte by byte: at a line feed, a carriage return or both, outside quotes.

Depends on nothing. TSV has no quotes (IANA, text/tab-separated-values): a quotation mark is a letter there.
"""

import re
from collections.abc import Iterator
from functools import cache

TAB = "\t"

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
