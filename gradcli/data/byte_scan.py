"""Texts byte by byte: how often a byte comes, and what quotes are about. For long texts, and those with quotes.

Depends on NumPy, which takes 40 ms to load; so whoever needs this loads it when it does.
"""

from itertools import accumulate
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from gradcli.data.row_ends import rows

Bytes = NDArray[np.uint8]
Places = NDArray[np.intp]

WINDOW = 1 << 18
"""Bytes that are compared at once: what that gives stays in the processor's cache."""
QUOTE, NEWLINE = b'"\n'


def count(text: bytes, byte: bytes) -> int:
    """How often a byte comes in a text; for bytes that come often, faster than `bytes.count`."""
    content, wanted = np.frombuffer(text, np.uint8), ord(byte)
    windows = (content[start : start + WINDOW] for start in range(0, len(text), WINDOW))
    return sum(int(np.count_nonzero(window == wanted)) for window in windows)


def even(text: bytes, lines: int, columns: int, separator: bytes) -> bool:
    """Whether every line of a text without quotes has so many cells.

    >>> even(b"1,2\\n3,4\\n", 2, 2, b","), even(b"1\\n2,3,4\\n", 2, 2, b",")
    (True, False)
    """
    content = np.frombuffer(text, np.uint8)
    return _even(content, np.flatnonzero((content == ord(separator)) | (content == NEWLINE)), lines, columns)


def _even(content: Bytes, ends: Places, rows: int, columns: int) -> bool:
    """Whether every row has so many cells; at `ends` is what ends a cell."""
    return len(ends) == rows * columns and bool((content[ends[columns - 1 :: columns]] == NEWLINE).all())


def complete_rows(text: bytes, separator: str) -> int:
    """How much of a text of whole lines is whole rows, the last of them ended by a line feed.

    >>> complete_rows(b'1,a\\n2,"b\\n', ",")
    4
    """
    content, end = np.frombuffer(text, np.uint8), len(text)
    quotes = np.flatnonzero(content == QUOTE)
    if not _about_cells(content, quotes, separator.encode()):
        ends = accumulate(map(len, rows(text, separator)))
        return max((end for end in ends if text[end - 1 : end] == b"\n"), default=0)
    while (before := int(np.searchsorted(quotes, end - 1))) % 2:
        end = text.rfind(b"\n", 0, int(quotes[before - 1])) + 1
    return end


def _about_cells(content: Bytes, quotes: Places, separator: bytes) -> bool:
    """Whether every quote begins or ends a cell, or is doubled in one: then a newline behind an odd number is no end.

    The first is behind the last byte, which is a newline, as if behind the one before it.
    """
    begins, ends = content[quotes[::2] - 1], content[quotes[1::2] + 1]
    return bool(np.isin(begins, list(b'\n"' + separator)).all() and np.isin(ends, list(b'\r\n"' + separator)).all())


def unfold_newlines(
    text: bytes, lines: int, columns: int, separator: bytes, placeholder: bytes
) -> tuple[bytes, int] | None:
    """A text with another byte for the newlines within cells, and how many they are.

    None where a quote is neither about a whole cell nor doubled in one, or where a row has not so many cells.

    >>> unfold_newlines(b'1,"a\\nb"\\n2,c\\n', 3, 2, b",", b"\\x01")
    (b'1,"a\\x01b"\\n2,c\\n', 1)
    >>> unfold_newlines(b'1,a"b\\n', 1, 2, b",", b"\\x01")
    """
    content = np.frombuffer(text, np.uint8)
    marks = _marks(content, separator)
    newlines = marks.places[marks.inside & (marks.bytes == NEWLINE)]
    ends = marks.places[~(marks.inside | (marks.bytes == QUOTE))]
    if b"\r" in text or not _quotes_fit(marks) or not _even(content, ends, lines - len(newlines), columns):
        return None
    if not len(newlines):
        return text, 0
    content = content.copy()
    content[newlines] = ord(placeholder)
    return content.tobytes(), len(newlines)


class _Marks(NamedTuple):
    """The quotes, newlines and separators of a text in their order: where, which, and whether within a cell."""

    places: Places
    bytes: Bytes
    inside: NDArray[np.bool_]


def _marks(content: Bytes, separator: bytes) -> _Marks:
    """The marks of a text. What is behind an odd number of quotes is within a cell, and so is a quote that opens."""
    places = np.flatnonzero((content == QUOTE) | (content == NEWLINE) | (content == ord(separator)))
    found = content[places]
    return _Marks(places, found, np.cumsum(found == QUOTE, dtype=np.uint8) % 2 == 1)


def _quotes_fit(marks: _Marks) -> bool:
    """Whether just before each quote that opens there is a mark, or nothing, and just behind each that closes a mark.

    A doubled quote is one that closes and one that opens.
    """
    quotes = marks.bytes == QUOTE
    adjacent = np.diff(marks.places, prepend=-1) == 1
    return bool(adjacent[quotes & marks.inside].all() and adjacent[1:][(quotes & ~marks.inside)[:-1]].all())
