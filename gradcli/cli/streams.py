"""The standard streams of the process, made such that nothing that happens to them changes an exit code unduly.

Depends on nothing but the operating system.
"""

import os
import sys
from io import BufferedWriter, FileIO, TextIOWrapper
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer


STDOUT = 1


def prepare() -> None:
    """Open what the shell closed (`>&-`), which is None in Python; let standard error fail without a word.

    A closed standard output is a pipe whose reader has left: an answer is not lost with exit code 0.
    What standard output cannot encode is escaped, as on standard error.
    """
    sys.stdin = sys.stdin or open(os.devnull, encoding="utf-8")  # noqa: SIM115, PTH123
    sys.stdout = sys.stdout or _without_reader()
    sys.stderr = heedless(sys.stderr or open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115, PTH123
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")


def _without_reader() -> TextIO:
    """A pipe that nobody reads, as standard output."""
    reader, writer = os.pipe()
    os.close(reader)
    if writer != STDOUT:
        os.dup2(writer, STDOUT)
        os.close(writer)
    return open(STDOUT, "w", encoding="utf-8")


def decoded(word: str) -> str:
    """A word of the command line as UTF-8, where the locale says less (Python then has lone surrogates in it).

    The name of a file is left as it came, for the system has to find it.
    """
    if word.isascii() or os.path.exists(word.removeprefix("@")):  # noqa: PTH110 - of anything, however long
        return word
    try:
        return os.fsencode(word).decode()
    except UnicodeError:
        return word


def write_utf8() -> None:
    """Let standard output be UTF-8 whatever the locale says: what other programs read must not depend on it."""
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8")


def abandon_output() -> None:
    """Python flushes standard output at exit: give it a place where that cannot fail again."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


class _HeedlessFile(FileIO):
    """A file that takes what it cannot write: what is said beside the answer changes nothing of it."""

    def write(self, content: "ReadableBuffer") -> int:
        """Write it, or not."""
        try:
            return super().write(content)
        except OSError:
            return memoryview(content).nbytes


def heedless(stream: TextIO) -> TextIO:
    """The same stream, full or closed as it may be."""
    file = BufferedWriter(_HeedlessFile(stream.fileno(), "w", closefd=False))
    return TextIOWrapper(file, stream.encoding, "backslashreplace", line_buffering=True)
