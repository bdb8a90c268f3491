"""Bytes → blocks of whole rows, as they come: from files and pipes, without waiting for more than is there.

Depends on the operating system, and on NumPy to count.
"""

import re
import select
import time
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from io import UnsupportedOperation
from typing import IO, NamedTuple

import numpy as np
from numpy.typing import NDArray

from gradcli.errors import FileProblem

BLOCK = 3 << 20
"""Bytes that make a block where the input gives them at once."""
LONGEST_ROW = 1 << 26
PATIENCE = 0.02
"""Seconds in which what arrives belongs to the same block, so that a quick pipe gives large blocks."""
BOM = b"\xef\xbb\xbf"

Bytes = NDArray[np.uint8]
Places = NDArray[np.intp]

WINDOW = 1 << 18
"""Bytes that are compared at once: what that gives stays in the processor's cache."""

Cut = Callable[[bytes, bytes], int]
"""The beginning of a row, and what comes behind it → how much of that is whole rows. Nothing, if no row ends there."""


class Block(NamedTuple):
    """Whole rows of a file: the line that they begin on, how many lines they are, how many came before in all files."""

    text: bytes
    file: str
    line: int
    lines: int
    start: int = 0

    @property
    def size(self) -> int:
        """Its bytes."""
        return len(self.text)


def pieces(stream: IO[bytes]) -> Iterator[bytes]:
    """The bytes of a stream in pieces: what is there, and what comes right behind it."""
    read = getattr(stream, "read1", stream.read)
    while piece := read(BLOCK):
        parts, size, until = [piece], len(piece), time.monotonic() + PATIENCE
        while size < BLOCK and _comes(stream, until - time.monotonic()):
            more = read(BLOCK - size)
            if not more:
                break
            parts.append(more)
            size += len(more)
        yield b"".join(parts)


def _comes(stream: IO[bytes], seconds: float) -> bool:
    """Whether there is more to read, waiting for it so long at most."""
    try:
        return bool(select.select([stream], [], [], max(seconds, 0.0))[0])
    except (UnsupportedOperation, ValueError, OSError):  # no file of the operating system: what is there is there
        return True


def blocks(stream: Iterable[bytes], file: str, cut: Cut, line: int = 1) -> Iterator[Block]:
    """Blocks of whole rows, the first of which is on line `line`; a last row without a newline gets one.

    Raises FileProblem for a row without an end.
    """
    rest = b""
    for piece in stream:
        size = cut(rest, piece)
        if size:
            text = b"".join((rest, memoryview(piece)[:size]))
            rest = piece[size:]
            yield (block := Block(text, file, line, count(text, b"\n")))
            line += block.lines
            continue
        rest += piece
        if len(rest) > LONGEST_ROW:
            message = f"{file}, line {line:,}: the row has no end within {LONGEST_ROW >> 20} MB"
            raise FileProblem(message, hint="is a quote not closed?")
    if rest:
        last = rest.removesuffix(b"\n") + b"\n"
        yield Block(last, file, line, last.count(b"\n"))


def count(text: bytes, byte: bytes) -> int:
    """How often a byte comes in a text; for bytes that come often, faster than `bytes.count`."""
    content, wanted = np.frombuffer(text, np.uint8), ord(byte)
    windows = (content[start : start + WINDOW] for start in range(0, len(text), WINDOW))
    return sum(int(np.count_nonzero(window == wanted)) for window in windows)


def at_newline(_begun: bytes, piece: bytes) -> int:
    """The cut of a text whose every line is a row."""
    return piece.rfind(b"\n") + 1


def outside_quotes(begun: bytes, piece: bytes, separator: str) -> int:
    """The cut of a text whose cells may hold newlines between quotes."""
    end = at_newline(begun, piece)
    if not end or (b'"' not in piece and b'"' not in begun):
        return end
    return max(_whole(begun + piece[:end], separator) - len(begun), 0)


def _whole(text: bytes, separator: str) -> int:
    """How much of a text of whole lines is whole rows."""
    content, end = np.frombuffer(text, np.uint8), len(text)
    quotes = np.flatnonzero(content == ord('"'))
    if not _about_cells(content, quotes, separator.encode()):
        return sum(len(row) + 1 for row in rows(text, separator))
    while (before := int(np.searchsorted(quotes, end - 1))) % 2:
        end = text.rfind(b"\n", 0, int(quotes[before - 1])) + 1
    return end


def _about_cells(content: Bytes, quotes: Places, separator: bytes) -> bool:
    """Whether every quote begins or ends a cell, or is doubled in one: then a newline behind an odd number is no end.

    The first is behind the last byte, which is a newline, as if behind the one before it.
    """
    begins, ends = content[quotes[::2] - 1], content[quotes[1::2] + 1]
    return bool(np.isin(begins, list(b'\n"' + separator)).all() and np.isin(ends, list(b'\r\n"' + separator)).all())


def rows(text: bytes, separator: str) -> Iterator[bytes]:
    """The whole rows of a text of whole lines, up to a quote without an end.

    A row goes on while a quote is open that began a cell, and that another will end; else the quote is a letter.
    """
    row, at = _row(re.escape(separator.encode())), 0
    while found := row.match(text, at):
        yield found[0][:-1]
        at = found.end()


@cache
def _row(separator: bytes) -> re.Pattern[bytes]:
    """Cells up to a newline, or up to a quote that ends amid a cell, and so much of that line."""
    inside = rb'"(?:[^"]++|"")*+'
    quoted = rb'%b"(?=[%b\r\n])[^%b\n]*+' % (inside, separator, separator)
    cell = rb'(?:%b|[^"%b\n][^%b\n]*+|)' % (quoted, separator, separator)
    return re.compile(rb"(?:%b%b)*+(?:%b\n|(?!%b\Z)[^\n]*+\n)" % (cell, separator, cell, inside))
