"""Bytes out: to standard output or a file, whole rows only, whatever comes.

Depends on nothing but the operating system.
"""

import signal
import sys
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import IO

from gradcli.errors import FileProblem

PIECE = 1 << 17
"""Bytes that are written at once, so that an interrupt need not wait long."""


@contextmanager
def output(path: str | None, inputs: Sequence[str]) -> Iterator[IO[bytes]]:
    """Where the bytes go. Raises FileProblem for a file that cannot be written, or is being read."""
    if path is None:
        yield sys.stdout.buffer
        return
    if any(Path(given).exists() and Path(path).exists() and Path(given).samefile(path) for given in inputs):
        raise FileProblem(f"{path} is being read, and would be lost", hint="give --out another file")
    try:
        file = Path(path).open("wb")  # noqa: SIM115 - what is raised while it is open is not about opening it
    except (OSError, ValueError) as problem:
        reason = getattr(problem, "strerror", None) or str(problem)
        raise FileProblem(f"cannot write {path}: {reason}", hint="give --out the path of a file") from None
    with file:
        yield file


class Writer:
    """Writes rows to a stream; an interrupt waits for the end of the row that is being written."""

    def __init__(self, stream: IO[bytes]) -> None:
        self.stream, self.writing, self.interrupted = stream, False, False

    @contextmanager
    def guarded(self) -> Iterator[None]:
        """While this lasts, interrupts are the writer's."""
        if threading.current_thread() is not threading.main_thread():
            yield
            return
        before = signal.signal(signal.SIGINT, self._interrupt)
        try:
            yield
        finally:
            signal.signal(signal.SIGINT, before)

    def _interrupt(self, _signal: int, _frame: FrameType | None) -> None:
        if not self.writing or self.interrupted:
            raise KeyboardInterrupt
        self.interrupted = True

    def write(self, rows: Iterable[bytes]) -> None:
        """Write whole rows, in pieces, and let them go."""
        self.writing = True
        try:
            self._write(rows)
            self.stream.flush()
        finally:
            self.writing = False
        if self.interrupted:
            raise KeyboardInterrupt

    def _write(self, rows: Iterable[bytes]) -> None:
        """Write piece by piece; where that is interrupted, up to the end of the row."""
        for piece in _pieces(rows):
            if self.interrupted:
                end = bytes(piece).find(b"\n") + 1
                self.stream.write(piece[: end or len(piece)])
                if end:
                    return
            else:
                self.stream.write(piece)


def _pieces(rows: Iterable[bytes]) -> Iterator[memoryview]:
    """The same bytes, in pieces that are not long."""
    for piece in rows:
        view = memoryview(piece)
        yield from (view[start : start + PIECE] for start in range(0, len(view), PIECE))
