"""The standard streams of the process, made such that nothing that happens to them changes an exit code unduly.

Depends on the operating system, and on `gradcli.show` where there are notices.
"""

import os
import sys
from io import BufferedReader, BufferedWriter, FileIO, TextIOWrapper
from select import select
from typing import TYPE_CHECKING, TextIO

from gradcli.terminal import escaped

if TYPE_CHECKING:
    from collections.abc import Iterable

    from _typeshed import ReadableBuffer, WriteableBuffer

    from gradcli.errors import Notice, Source

STDOUT, STDERR = 1, 2


def prepare() -> None:
    """Open what the shell closed (`>&-`), which is None in Python; let standard error fail without a word.

    A closed standard output is a pipe whose reader has left: an answer is not lost with exit code 0.
    What standard output cannot encode is escaped, as on standard error. All that is written is, and all that comes is
    read: an unbuffered stream (`PYTHONUNBUFFERED`) may take less than it is given, and one that another process made
    not to block has nothing to give for now.
    """
    # Descriptors, for a stream that is gone closes its own, and another file would be opened in its place.
    stdin = sys.stdin.fileno() if sys.stdin else os.open(os.devnull, os.O_RDONLY)
    stdout = sys.stdout.fileno() if sys.stdout else _without_reader()
    stderr = sys.stderr.fileno() if sys.stderr else os.open(os.devnull, os.O_WRONLY)
    sys.stdin = TextIOWrapper(BufferedReader(_PatientFile(stdin, closefd=False)), encoding="utf-8")
    sys.stdout = _written(_PatientFile(stdout, "w", closefd=False), sys.stdout)
    sys.stderr = _written(_HeedlessFile(stderr, "w", closefd=False), sys.stderr)


def _without_reader() -> int:
    """A pipe that nobody reads, as standard output."""
    reader, writer = os.pipe()
    os.close(reader)
    if writer != STDOUT:
        os.dup2(writer, STDOUT)
        os.close(writer)
    return STDOUT


def _written(file: FileIO, before: TextIO | None) -> TextIO:
    """A stream of text into a file, in the encoding of the one before."""
    encoding = before.encoding if before else "utf-8"
    by_lines = file.isatty() or file.fileno() == STDERR
    return TextIOWrapper(BufferedWriter(file), encoding, "backslashreplace", line_buffering=by_lines)


def decoded(word: str) -> str:
    """A word of the command line as UTF-8, where the locale cannot read it: Python then has lone surrogates in it.

    The name of a file is left as it came, for the system has to find it.
    """
    unread = any("\udc80" <= letter <= "\udcff" for letter in word)
    if not unread or os.path.exists(word.removeprefix("@")):  # noqa: PTH110 - of anything, however long
        return word
    try:
        return os.fsencode(word).decode()
    except UnicodeError:
        return word


def file_name(word: str) -> str:
    """The name of a file as the system has it, out of a word that was decoded."""
    try:
        os.fsencode(word)
    except UnicodeEncodeError:
        return os.fsdecode(word.encode())
    return word


def emit(chunks: "Iterable[str]", *, drawn: bool = False) -> None:
    """Write an answer to standard output; but for a drawn page it is UTF-8, as programs read it in any locale.

    Of that a terminal gets no control characters, which a comment may hold; a page shows no comments.
    """
    if not drawn and isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8")
    for chunk in chunks if drawn or not sys.stdout.isatty() else map(escaped, chunks):
        sys.stdout.write(chunk)
    sys.stdout.flush()


def tell(notices: "Iterable[Notice]", source: "Source", color: str) -> None:
    """Draw notices on standard error."""
    for notice in notices:
        from gradcli.show.console import console
        from gradcli.show.diagnostics import write_notice

        write_notice(console(color, sys.stderr), notice, source)


def abandon_output() -> None:
    """Python flushes standard output at exit: give it a place where that cannot fail again."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


class _PatientFile(FileIO):
    """A file that waits where it cannot be read or written for now."""

    def readinto(self, buffer: "WriteableBuffer") -> int:
        """Read what is there, once something is."""
        while (count := super().readinto(buffer)) is None:
            select([self], [], [])
        return count

    def write(self, content: "ReadableBuffer") -> int:
        """Write some of it, once there is room."""
        while (count := super().write(content)) is None:
            select([], [self], [])
        return count


class _HeedlessFile(FileIO):
    """A file that takes what it cannot write: what is said beside the answer changes nothing of it."""

    def write(self, content: "ReadableBuffer") -> int:
        """Write it, or not."""
        size = memoryview(content).nbytes
        try:
            return super().write(content) or size
        except OSError:
            return size
