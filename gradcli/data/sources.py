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
from typing import IO

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
    """The bytes of a file, or of what is standard input now, in pieces; it is opened with the first.

    Raises FileProblem.
    """
    return _bytes(path, sys.stdin.buffer if path == STDIN else None)


def _bytes(path: str, opened: IO[bytes] | None) -> Iterator[bytes]:
    try:
        with nullcontext(opened) if opened else Path(path).open("rb") as stream:
            yield from pieces(stream)
    except (OSError, ValueError) as problem:
        reason = getattr(problem, "strerror", None) or str(problem)
        raise FileProblem(f"cannot read {title(path)}: {reason}", hint="give the path of a readable file") from None


def opens_again(path: str) -> bool:
    """Whether a path can be opened again: pipes, sockets and devices give their bytes once."""
    state = _state(path)
    once = state and any(is_kind(state.st_mode) for is_kind in (stat.S_ISFIFO, stat.S_ISSOCK, stat.S_ISCHR))
    return path != STDIN and not once


def _state(path: str) -> os.stat_result | None:
    """The state of what a path names; None where that is nothing of the operating system's, or cannot be opened."""
    try:
        return os.fstat(sys.stdin.fileno()) if path == STDIN else Path(path).stat()
    except (OSError, ValueError, AttributeError):  # which is told when it is opened
        return None


def check_once(paths: Iterable[str]) -> None:
    """Raise UsageError where two paths are one pipe, which gives its bytes once."""
    seen: dict[tuple[int, int], str] = {}
    for path in paths:
        state = _state(path)
        if state is None or not stat.S_ISFIFO(state.st_mode):
            continue
        pipe = (state.st_dev, state.st_ino)
        if pipe in seen:
            reason = f"{title(path)} is the pipe that {title(seen[pipe])} is, and can be read once only"
            raise UsageError(reason, hint="write it to a file first")
        seen[pipe] = path


def size_of(paths: Sequence[str]) -> int | None:
    """The bytes of all files; None where one of them comes through a pipe."""
    files = [Path(path) for path in paths]
    return sum(file.stat().st_size for file in files) if all(file.is_file() for file in files) else None
