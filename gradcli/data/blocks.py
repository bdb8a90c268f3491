"""Bytes → blocks of whole rows, as they come: from files and pipes, without waiting for more than is there.

Depends on the operating system; on `byte_scan` for long texts, and those with quotes; on `row_ends` for its limits.
"""

import select
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from io import UnsupportedOperation
from typing import IO, NamedTuple

from gradcli.data.row_ends import LONGEST_ROW, has_quotes
from gradcli.errors import FileProblem

BLOCK = 3 << 20
"""Bytes that make a block where the input gives them at once."""
PATIENCE = 0.02
"""Seconds in which what arrives belongs to the same block, so that a quick pipe gives large blocks."""
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
    except (UnsupportedOperation, ValueError, OSError):  # no file of the operating system: what it gave was there
        return False


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
    if not counts_with_numpy(line):
        return text.count(byte)
    from gradcli.data import byte_scan

    return byte_scan.count(text, byte)


def counts_with_numpy(line: int) -> bool:
    """Whether NumPy looks at the bytes of a text that begins on a line: it is loaded, or pays for being loaded."""
    return line >= LONG or "numpy" in sys.modules


def even(block: Block, columns: int, separator: bytes) -> bool:
    """Whether every line of a block without quotes has so many cells, told by its bytes alone."""
    if counts_with_numpy(block.line):
        from gradcli.data import byte_scan

        return byte_scan.even(block.text, block.lines, columns, separator)
    marks = block.text.translate(None, _but(separator + b"\n"))
    return marks == (separator * (columns - 1) + b"\n") * block.lines


@cache
def _but(marks: bytes) -> bytes:
    """All bytes but these."""
    return bytes(byte for byte in range(256) if byte not in marks)


def at_newline(_begun: bytes, piece: bytes) -> int:
    """The cut of a text whose every line is a row."""
    return piece.rfind(b"\n") + 1


def outside_quotes(begun: bytes, piece: bytes, separator: str) -> int:
    """The cut of a text whose cells may hold newlines between quotes."""
    end = at_newline(begun, piece)
    if not end or not has_quotes(separator) or (b'"' not in piece and b'"' not in begun):
        return end
    from gradcli.data import byte_scan

    return max(byte_scan.complete_rows(begun + piece[:end], separator) - len(begun), 0)
