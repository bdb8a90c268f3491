"""Where tables come from: files, standard input and pipes, and their bytes.

Depends on the operating system.
"""

import os
import re
import stat
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import nullcontext
from pathlib import Path

from gradcli.data.blocks import pieces
from gradcli.errors import FileProblem, UsageError

STDIN = "-"
TOLD = 1 << 16
"""Bytes of the first line by which the form of a table is told."""
_LINE_ENDS = re.compile(rb"\n|\r[^\n]")


def title(path: str) -> str:
    """What to call a file."""
    return "standard input" if path == STDIN else path


def beginning(stream: Iterator[bytes], most: int = TOLD) -> bytes:
    """What comes up to the end of the first line and with it, or so many bytes."""
    start = next(stream, b"")
    while not _LINE_ENDS.search(start) and len(start) < most and (more := next(stream, b"")):
        start += more
    return start


def bytes_of(path: str) -> Iterator[bytes]:
    """The bytes of a file, or of standard input, in pieces. Raises FileProblem."""
    try:
        with nullcontext(sys.stdin.buffer) if path == STDIN else Path(path).open("rb") as stream:
            yield from pieces(stream)
    except (OSError, ValueError) as problem:
        reason = getattr(problem, "strerror", None) or str(problem)
        raise FileProblem(f"cannot read {title(path)}: {reason}", hint="give the path of a readable file") from None


def opens_again(path: str) -> bool:
    """Whether a path can be opened again: pipes, sockets and devices give their bytes once."""
    return path != STDIN and not any(is_kind(_mode(path)) for is_kind in (stat.S_ISFIFO, stat.S_ISSOCK, stat.S_ISCHR))


def _mode(path: str) -> int:
    """What kind of thing a path is; 0 where there is none, which is told when it is opened."""
    try:
        return Path(path).stat().st_mode
    except (OSError, ValueError):
        return 0


def check_once(paths: Iterable[str]) -> None:
    """Raise UsageError where two paths are one pipe, which gives its bytes once."""
    seen: dict[tuple[int, int], str] = {}
    for path in paths:
        pipe = _pipe(path)
        if pipe and pipe in seen:
            reason = f"{title(path)} is the pipe that {title(seen[pipe])} is, and can be read once only"
            raise UsageError(reason, hint="write it to a file first")
        if pipe:
            seen[pipe] = path


def _pipe(path: str) -> tuple[int, int] | None:
    """What tells a pipe from others; None for what is none."""
    try:
        found = os.fstat(sys.stdin.fileno()) if path == STDIN else Path(path).stat()
    except (OSError, ValueError, AttributeError):  # told when it is opened; or no file of the operating system
        return None
    return (found.st_dev, found.st_ino) if stat.S_ISFIFO(found.st_mode) else None


def size_of(paths: Sequence[str]) -> int | None:
    """The bytes of all files; None where one of them comes through a pipe."""
    files = [Path(path) for path in paths]
    return sum(file.stat().st_size for file in files) if all(file.is_file() for file in files) else None
