"""Bytes out: to standard output or a file, whole rows only, whatever comes.

Depends on nothing but the operating system.
"""

import os
import signal
import sys
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from types import FrameType
from typing import IO

from gradcli.errors import FileProblem

PIECE = 1 << 17
"""Bytes that are written at once, so that an interrupt need not wait long."""


@contextmanager
def output(path: str | None, inputs: Sequence[str], *, at_once: bool) -> Iterator[IO[bytes]]:
    """Where the bytes go; `at_once` if a part of them is no table: then a file comes to its place when it is whole.

    Raises FileProblem for a file that cannot be written, or is being read.
    """
    if path is None:
        yield sys.stdout.buffer
        return
    if any(Path(given).exists() and Path(path).exists() and Path(given).samefile(path) for given in inputs):
        raise FileProblem(f"{path} is being read, and would be lost", hint="give --out another file")
    replaced = at_once and (Path(path).is_file() or not Path(path).exists())
    with _taking_place(path) if replaced else _created(path, path) as file:
        yield file


def _created(file: str | Path, path: str) -> IO[bytes]:
    """A new file. Raises FileProblem, which tells of the path."""
    try:
        return Path(file).open("wb")
    except (OSError, ValueError) as problem:
        reason = getattr(problem, "strerror", None) or str(problem)
        raise FileProblem(f"cannot write {path}: {reason}", hint="give --out the path of a file") from None


@contextmanager
def _taking_place(path: str) -> Iterator[IO[bytes]]:
    """A file beside that of the path, which takes its place if it becomes whole, and goes if not.

    It is whole at a FileProblem as well, for that comes behind every good row; but not if it was the first to come.
    """
    place = Path(path).resolve()
    part = place.with_name(f"{place.name}.{os.getpid()}.part")
    whole = False
    with _created(part, path) as file:
        try:
            yield file
            whole = True
        except FileProblem:
            whole = file.tell() > 0
            raise
        finally:
            file.close()
            _settle(part, place if whole else None)


def _settle(part: Path, place: Path | None) -> None:
    """Bring a file to its place, with the rights of the one that is there; without a place, remove it."""
    if place is None:
        part.unlink()
        return
    if place.exists():
        part.chmod(place.stat().st_mode)
    part.replace(place)


@contextmanager
def interrupts(handler: Callable[[int, FrameType | None], object]) -> Iterator[None]:
    """While this lasts, interrupts call a function, where this is the thread that they come to."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


class Writer:
    """Writes rows to a stream; an interrupt waits for the end of the row that is being written."""

    def __init__(self, stream: IO[bytes]) -> None:
        self.stream, self.writing, self.interrupted = stream, False, False

    def guarded(self) -> AbstractContextManager[None]:
        """While this lasts, interrupts are the writer's."""
        return interrupts(self._interrupt)

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
