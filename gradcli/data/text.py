"""Bytes → blocks of whole rows, as they come: from files and pipes, without waiting for more than is there.

Depends on the operating system; on `quotes` for long texts, and those with quotes.
"""

import re
import select
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from io import UnsupportedOperation
from typing import IO, NamedTuple

from gradcli.errors import FileProblem

BLOCK = 3 << 20
"""Bytes that make a block where the input gives them at once."""
LONGEST_ROW = 1 << 26
PATIENCE = 0.02
"""Seconds in which what arrives belongs to the same block, so that a quick pipe gives large blocks."""
BOM = b"\xef\xbb\xbf"

LONG = 1_000_000
"""Lines from which on it pays to load NumPy for counting, which it does five times as fast."""

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
            yield (block := Block(text, file, line, count(text, b"\n", line)))
            line += block.lines
            continue
        rest += piece
        if len(rest) > LONGEST_ROW:
            message = f"{file}, line {line:,}: the row has no end within {LONGEST_ROW >> 20} MB"
            raise FileProblem(message, hint="is a quote not closed?")
    if rest:
        last = rest.removesuffix(b"\n") + b"\n"
        yield Block(last, file, line, last.count(b"\n"))


def count(text: bytes, byte: bytes, line: int) -> int:
    """How often a byte comes in a text, which begins on a line."""
    if line < LONG and "numpy" not in sys.modules:
        return text.count(byte)
    from gradcli.data import quotes

    return quotes.count(text, byte)


def at_newline(_begun: bytes, piece: bytes) -> int:
    """The cut of a text whose every line is a row."""
    return piece.rfind(b"\n") + 1


def outside_quotes(begun: bytes, piece: bytes, separator: str) -> int:
    """The cut of a text whose cells may hold newlines between quotes."""
    end = at_newline(begun, piece)
    if not end or (b'"' not in piece and b'"' not in begun):
        return end
    from gradcli.data import quotes

    return max(quotes.whole(begun + piece[:end], separator) - len(begun), 0)


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
