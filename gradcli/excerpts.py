"""Where something stands in a text: the line with it, cut to a width, and carets under it.

Depends on the errors' data alone. How wide a character is shown, its caller may know better.
"""

from collections.abc import Callable
from itertools import accumulate, takewhile
from unicodedata import combining, east_asian_width

NARROWEST = 20
MARK = "…"

Cells = Callable[[str], int]
"""How many cells of a terminal a text takes."""


def cells(text: str) -> int:
    """The cells of a text, as Unicode has its characters: wide ones take two, accents none."""
    if text.isascii():
        return len(text)
    return sum(0 if combining(sign) else 2 if east_asian_width(sign) in "WF" else 1 for sign in text)


def excerpt(text: str, name: str, span: tuple[int, int], width: int = 74, cells: Cells = cells) -> tuple[str, str, str]:
    """The place of a span in a text of that name: what the text is called, the line of it, and carets under the place.

    >>> excerpt("x + )", "expression", (4, 5))
    ('in expression:', 'x + )', '    ^')
    """
    begin = text.rfind("\n", 0, span[0]) + 1
    end = text.find("\n", span[0])
    line = visible(text[begin : len(text) if end < 0 else end])
    start, stop = span[0] - begin, max(min(span[1] - begin, len(line)), span[0] - begin + 1)
    line, start, stop = _window(line, start, stop, max(NARROWEST, width), cells)
    number = text.count("\n", 0, span[0]) + 1
    where = name if "\n" not in text.rstrip("\n") else f"{name}, line {number}"
    carets = " " * cells(line[:start]) + "^" * max(1, cells(line[start:stop]))
    return f"in {visible(where)}:", line, carets


def visible(text: str) -> str:
    """A text that cannot command a terminal: control characters and lone bytes become a replacement mark."""
    return "".join(character if character.isprintable() or character == "\n" else "\ufffd" for character in text)


def _window(line: str, start: int, stop: int, width: int, cells: Cells) -> tuple[str, int, int]:
    """The part of a long line around a span, with marks where it was cut."""
    if cells(line) <= width:
        return line, start, stop
    room = width - 2
    behind, ahead = line[max(0, start - room) : start][::-1], line[start : start + room]
    after = _fitting(ahead, room - room // 3, cells)
    before = _fitting(behind, room - cells(ahead[:after]), cells)
    after = _fitting(ahead, room - cells(behind[:before]), cells)
    left, right = start - before, start + after
    mark = MARK if left else ""
    shown = mark + line[left:right] + (MARK if right < len(line) else "")
    return shown, before + len(mark), max(before + 1, min(stop, right) - left) + len(mark)


def _fitting(text: str, room: int, cells: Cells) -> int:
    """How many characters of a text fit into so many cells."""
    ends = accumulate(map(cells, text))
    return sum(1 for _ in takewhile(lambda end: end <= room, ends))


def amid(text: str, most: int) -> str:
    """A text of so many cells at most, without its middle.

    >>> amid("the_learning_rate", 9)
    'the_…rate'
    """
    if cells(text) <= most:
        return text
    behind = (most - 1) // 2
    end = _fitting(text[::-1], behind, cells)
    return text[: _fitting(text, most - 1 - behind, cells)] + MARK + text[len(text) - end :]
