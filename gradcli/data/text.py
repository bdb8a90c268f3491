"""Bytes → blocks of whole rows, as they come: from files and pipes, without waiting for more than is there.

Depends on the operating system, and on NumPy to count.
"""

import re
import select
import time
from collections.abc import Callable, Iterable, Iterator
from io import UnsupportedOperation
from typing import IO, NamedTuple

import numpy as np

from gradcli.errors import FileProblem

BLOCK = 1 << 21
"""Bytes that make a block where the input gives them at once."""
LONGEST_ROW = 1 << 26
PATIENCE = 0.02
"""Seconds in which what arrives belongs to the same block, so that a quick pipe gives large blocks."""
BOM = b"\xef\xbb\xbf"

Cut = Callable[[bytes], int]
"""How many of the bytes are whole rows."""


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
        text = rest + piece if rest else piece
        size = cut(text)
        rest = text[size:]
        if size:
            yield (block := Block(text[:size], file, line, count(text, b"\n", size)))
            line += block.lines
        elif len(rest) > LONGEST_ROW:
            message = f"{file}, line {line:,}: the row has no end within {LONGEST_ROW >> 20} MB"
            raise FileProblem(message, hint="is a quote not closed?")
    if rest:
        yield Block(rest + b"\n", file, line, rest.count(b"\n") + 1)


def count(text: bytes, byte: bytes, end: int | None = None) -> int:
    """How often a byte comes in a text, or in its first `end` bytes; for bytes that come often, faster than `count`."""
    return int(np.count_nonzero(np.frombuffer(text, np.uint8, -1 if end is None else end) == ord(byte)))


def at_newline(text: bytes) -> int:
    """The cut of a text whose every line is a row."""
    return text.rfind(b"\n") + 1


def outside_quotes(text: bytes, separator: str) -> int:
    """The cut of a text whose cells may hold newlines between quotes."""
    end = at_newline(text)
    if b'"' not in text or text.count(b'"', 0, end) % 2 == 0:
        return end
    return sum(len(row) + 1 for row in rows(text[:end], separator))


def rows(text: bytes, separator: str) -> Iterator[bytes]:
    """The whole rows of a text of whole lines: a row goes on while a quote is open that began a cell."""
    begins = re.compile(rb'(?:^|%b)"' % re.escape(separator.encode()))
    held: list[bytes] = []
    for line in text.split(b"\n")[:-1]:
        odd = line.count(b'"') % 2 == 1
        held.append(line)
        if not odd if len(held) > 1 else odd and begins.search(line):
            continue
        yield b"\n".join(held)
        held = []
