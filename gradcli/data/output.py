"""Bytes out: to standard output or a file, whole rows only, whatever comes.

Depends on the operating system, and on `replacing` for files.
"""

import errno
import os
import stat
import sys
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from typing import IO, cast

from gradcli.data.replacing import Note, replacing
from gradcli.errors import FileProblem
from gradcli.interrupts import End, asked_first, end_within, put_off
from gradcli.terminal import Terminal

PIECE = 1 << 17
"""Bytes that are written at once, so that an interrupt need not wait long."""
PATIENCE = 1.0
"""Seconds that a signal waits for the end of a row, which may never come into a pipe that nobody reads."""
DESCRIPTORS = ("/dev/fd", "/proc/self/fd", "/proc/thread-self/fd")
MOST_LINKS = 40
STRAIGHT = "is no file that could take its place when it is whole: rows go there as they come"
FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


@contextmanager
def output(path: str | None, note: Note) -> Iterator[IO[bytes]]:
    """Where the bytes go: standard output, or a file, which comes to its place when it is whole.

    A terminal gets no character that commands it. `note` says where a file is written over. Raises FileProblem for a
    file that cannot be written.
    """
    if path is None:
        yield from _flushed(sys.stdout.buffer)
        return
    if "\0" in path:
        raise FileProblem("the name of a file cannot hold a NUL", hint="give --out the path of a file")
    try:
        with _opened(path, note) as stream:
            yield from _flushed(stream)
    except ConnectionError:  # the reader of a pipe has left
        raise
    except OSError as problem:
        hint = "make room, or write to another place" if problem.errno in FULL else "give --out the path of a file"
        raise FileProblem(f"cannot write {path}: {problem.strerror}", hint=hint) from None


def _flushed(stream: IO[bytes]) -> Iterator[IO[bytes]]:
    """A stream, all of which is written in the end: what comes before an error too. A terminal is not commanded."""
    harmless = cast("IO[bytes]", Terminal(stream)) if stream.isatty() else stream
    try:
        yield harmless
    finally:
        harmless.flush()


def _opened(path: str, note: Note) -> AbstractContextManager[IO[bytes]]:
    """The stream of a path. Raises OSError."""
    descriptor = _descriptor(path)
    if descriptor is not None:
        own = descriptor == sys.stdout.fileno()
        stream = nullcontext(sys.stdout.buffer) if own else os.fdopen(os.dup(descriptor), "wb")
        note(f"{path} {STRAIGHT}")
        return stream
    old = _state(path)
    if old and stat.S_ISREG(old.st_mode):
        os.close(os.open(path, os.O_WRONLY))  # what may not be written may not be replaced
        straight = _alone(Path(path).resolve(), path, old, note)
    else:
        straight = old is not None or not os.path.basename(path)  # noqa: PTH119 - Path would take `out/` as `out`
        if old and stat.S_ISFIFO(old.st_mode):
            note(f"{path} {STRAIGHT}")
    return open(path, "wb") if straight else replacing(path, old, note)  # noqa: PTH123


def _alone(place: Path, path: str, old: os.stat_result, note: Note) -> bool:
    """Whether no other file can be beside a file, which is then written over."""
    if not place.exists() or not os.path.samestat(place.stat(), old):  # open, and deleted
        return True
    if os.access(place.parent, os.W_OK | os.X_OK):
        return False
    note(f"{path} is written over as rows come, for nothing can be written beside it: what ends early leaves a part")
    return True


def _state(path: str) -> os.stat_result | None:
    """The state of what is there, behind links, if anything is."""
    try:
        return Path(path).stat()
    except FileNotFoundError:
        return None


def _descriptor(path: str) -> int | None:
    """The open file of this process that a path names, as /dev/stdout does: to open it anew would cut it."""
    at, folders = Path(path), {Path(folder).resolve() for folder in DESCRIPTORS}
    for _ in range(MOST_LINKS):
        if at.name.isdecimal() and at.parent.resolve() in folders:
            return int(at.name)
        if not at.is_symlink():
            break
        at = at.parent / at.readlink()
    return None


class Writer:
    """Writes rows to a stream; a signal that ends the process waits for the end of the row that is being written."""

    def __init__(self, stream: IO[bytes]) -> None:
        self.stream, self.writing = stream, False
        self.end: End | None = None

    def guarded(self) -> AbstractContextManager[None]:
        """While this lasts, such signals ask the writer."""
        return asked_first(self._interrupt)

    def _interrupt(self, end: End) -> None:
        if not self.writing or self.end:
            end()
        self.end = end
        end_within(PATIENCE, end)

    def write(self, rows: Iterable[bytes]) -> None:
        """Write whole rows, in pieces, and let them go."""
        self.writing = True
        try:
            self._write(rows)
            self.stream.flush()
        finally:
            self.writing = False
        if self.end:
            put_off()
            self.end()

    def _write(self, rows: Iterable[bytes]) -> None:
        """Write piece by piece; where that is interrupted, up to the end of the row."""
        for piece in _pieces(rows):
            if self.end:
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
