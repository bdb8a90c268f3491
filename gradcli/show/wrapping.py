"""Text in lines as wide as a screen: broken at its words, never inside a name or a number that a line can hold.

Depends on Rich for the width of characters and for what draws itself.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from rich.cells import cell_len, chop_cells
from rich.console import Console, ConsoleOptions, RenderResult
from rich.text import Text

WORD = re.compile(r"[^ \n]+")
PIECE = re.compile(r" *[^ ]+")
PART = re.compile(r"[-∂]?(?:\d[\d.]*(?:[eE][-+]?\d+)?|\w+)?[^\w ∂-]*")
"""Where a formula without spaces may be broken: `sigmoid(`, `x)*`, `2.5e-7*`, `y`."""
READABLE = 20
"""So wide at least is what holds more than one line: narrower, words stand one below the other."""
LONGEST_WORD = 30
"""A longer word, a formula without spaces, may be broken between its names and numbers."""


@dataclass(frozen=True)
class Paragraph:
    """A text of one style that draws itself."""

    text: str
    style: str = ""

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        yield from (Text(line, style=self.style) for line in wrapped(self.text, options.max_width))


def wrapped(text: str, width: int) -> list[str]:
    """The lines of a text, none wider than `width` cells; a line that is moved in goes on further in.

    >>> wrapped("  f = sigmoid(x)*cos(x) + 2.5e-7", 16)
    ['  f = sigmoid(', '    x)*cos(x) +', '    2.5e-7']
    """
    return [part for line in text.split("\n") for part in _lines(line, max(1, width))]


def narrowest(text: str) -> int:
    """The width under which a text can no longer be read: words would be broken, or lines hold hardly a word.

    >>> narrowest("2*x"), narrowest("the sine of x, an angle"), narrowest("0.1234567890123456789012345678901234")
    (3, 20, 36)
    """
    word, name = _widest(WORD, text), _widest(PART, text)
    return max(name, min(word, LONGEST_WORD), min(natural(text), READABLE))


def natural(text: str) -> int:
    """The width of a text that is not wrapped."""
    return max(map(cell_len, text.split("\n")))


def _lines(text: str, width: int) -> Iterator[str]:
    if cell_len(text) <= width:
        yield text
        return
    words = text.lstrip(" ")
    spare = width - _longest(words, width)
    indent = min(len(text) - len(words), spare)
    hang = min(indent + 2, spare) if indent else 0
    line, used = " " * indent, indent
    for piece in _pieces(words, width - hang):
        size = cell_len(piece)
        if line.strip(" ") and used + size > width:
            yield line
            line, used, size = " " * hang, hang, cell_len(piece.lstrip(" "))
        line += piece if line.strip(" ") else piece.lstrip(" ")
        used += size
    yield line


def _longest(text: str, width: int) -> int:
    """The cells that a line needs so that no word of a text is broken, or if it must be, no name and no number."""
    word, name = _widest(WORD, text), _widest(PART, text)
    return word if word <= width else name if name <= width else (width + 1) // 2


def _widest(pattern: re.Pattern[str], text: str) -> int:
    return max(map(cell_len, pattern.findall(text)), default=0)


def _pieces(text: str, room: int) -> Iterator[str]:
    """The words with the spaces before them; what is wider than the room, in parts."""
    for word in PIECE.findall(text):
        yield from [word] if cell_len(word.lstrip(" ")) <= room else _parts(word, room)


def _parts(word: str, room: int) -> Iterator[str]:
    """A long word from name to name; only a name or a number wider than the room is broken."""
    spaces = " " * (len(word) - len(word.lstrip(" ")))
    for part in filter(None, PART.findall(word)):
        first, *rest = [part] if cell_len(part) <= room else chop_cells(part, room)
        yield spaces + first
        yield from rest
        spaces = ""
