"""Cells of a terminal: how many a text takes, and texts in styles.

Depends on the standard library and `gradcli.excerpts`.
"""

from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import NamedTuple
from unicodedata import category, east_asian_width

from gradcli.excerpts import visible


class Style(StrEnum):
    """How a piece of text looks where there are colours."""

    plain = "plain"
    head = "head"
    faint = "faint"
    plus = "plus"
    minus = "minus"
    badge = "badge"


class Piece(NamedTuple):
    """A text in a style."""

    text: str
    style: Style = Style.plain


Line = tuple[Piece, ...]
ELLIPSIS = "…"
MARKS = ("Mn", "Me", "Cf")
HANGUL_VOWELS = range(0x1160, 0x1200)
"""Letters that join the syllable before them."""


def cells(text: str) -> int:
    """The cells of a text: wide letters take two, marks on letters none.

    >>> cells("x"), cells("価格"), cells("e\u0301")
    (1, 4, 1)
    """
    return sum(map(_cells, text))


def _cells(letter: str) -> int:
    if letter.isascii():
        return 1
    if category(letter) in MARKS or ord(letter) in HANGUL_VOWELS:
        return 0
    return 2 if east_asian_width(letter) in "WF" else 1


def safe(text: str) -> str:
    """A text on one line, which cannot command a terminal."""
    return visible(text).replace("\n", "\ufffd")


def clusters(text: str) -> Iterator[str]:
    """The letters, each with the marks on it."""
    found = ""
    for letter in text:
        if found and _cells(letter):
            yield found
            found = ""
        found += letter
    if found:
        yield found


def shortened(text: str, most: int, mark: str = ELLIPSIS) -> str:
    """A text of so many cells at most, cut in the middle.

    >>> shortened("learning_rate", 8)
    'lear…ate'
    """
    if cells(text) <= most:
        return text
    room = max(0, most - cells(mark))
    letters = list(clusters(text))
    head = _within(letters, room - room // 2)
    tail = _within(reversed(letters), room - cells("".join(head)))
    return ("".join(head) + mark + "".join(reversed(tail))) if most >= cells(mark) else mark[:most]


def _within(letters: Iterable[str], room: int) -> list[str]:
    """The first letters that have room."""
    found: list[str] = []
    for letter in letters:
        room -= cells(letter)
        if room < 0:
            break
        found.append(letter)
    return found


def chunks(text: str, room: int) -> Iterator[str]:
    """A text in parts of so many cells at most.

    >>> list(chunks("learning_rate", 5))
    ['learn', 'ing_r', 'ate']
    """
    part = ""
    for cluster in clusters(text):
        if part and cells(part) + cells(cluster) > room:
            yield part
            part = ""
        part += cluster
    yield part


def width(line: Line) -> int:
    """The cells of a line."""
    return sum(cells(piece.text) for piece in line)
