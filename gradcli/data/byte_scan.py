"""Texts byte by byte: how often a byte comes, and what quotes are about. For long texts, and those with quotes.

Depends on NumPy, which takes 40 ms to load; so whoever needs this loads it when it does.
"""

from itertools import accumulate

import numpy as np
from numpy.typing import NDArray

from gradcli.data.quoted_rows import rows

Bytes = NDArray[np.uint8]
Places = NDArray[np.intp]

WINDOW = 1 << 18
"""Bytes that are compared at once: what that gives stays in the processor's cache."""


def count(text: bytes, byte: bytes) -> int:
    """How often a byte comes in a text; for bytes that come often, faster than `bytes.count`."""
    content, wanted = np.frombuffer(text, np.uint8), ord(byte)
    windows = (content[start : start + WINDOW] for start in range(0, len(text), WINDOW))
    return sum(int(np.count_nonzero(window == wanted)) for window in windows)


def even(text: bytes, lines: int, columns: int, separator: bytes) -> bool:
    """Whether every line of a text without quotes has so many cells."""
    content = np.frombuffer(text, np.uint8)
    places = np.flatnonzero((content == ord(separator)) | (content == ord("\n")))
    return len(places) == lines * columns and bool((content[places[columns - 1 :: columns]] == ord("\n")).all())


def whole(text: bytes, separator: str) -> int:
    """How much of a text of whole lines is whole rows, the last of them ended by a line feed."""
    content, end = np.frombuffer(text, np.uint8), len(text)
    quotes = np.flatnonzero(content == ord('"'))
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


def flat(text: bytes, lines: int, columns: int, separator: bytes, fold: bytes) -> tuple[bytes, int] | None:
    """A text with another byte for the newlines within cells, and how many they are; None where it is not plain."""
    places = _folds(text, lines, columns, separator)
    if places is None or not len(places):
        return None if places is None else (text, 0)
    content = np.frombuffer(text, np.uint8).copy()
    content[places] = ord(fold)
    return content.tobytes(), len(places)


def _folds(text: bytes, lines: int, columns: int, separator: bytes) -> Places | None:
    """The newlines within cells, if quotes are about whole cells, or doubled in such, and every row has all its cells.

    So it is if behind an even number of quotes there is the beginning of a cell, or a quote just before, and the quote
    that ends a cell is just before another mark. What is behind an odd number of quotes is within a cell.
    """
    content = np.frombuffer(text, np.uint8)
    quote, newline, between = b'"\n' + separator
    places = np.flatnonzero((content == quote) | (content == newline) | (content == between))
    marks = content[places]
    quotes = marks == quote
    inside = np.cumsum(quotes, dtype=np.uint8) % 2 == 1
    adjacent = np.diff(places, prepend=-1) == 1
    ends, found = marks[~(inside | quotes)], places[inside & (marks == newline)]
    is_whole = (
        b"\r" not in text
        and bool(adjacent[quotes & inside].all() and adjacent[1:][(quotes & ~inside)[:-1]].all())
        and len(ends) == (lines - len(found)) * columns
        and bool((ends[columns - 1 :: columns] == newline).all())
    )
    return found if is_whole else None
