"""Opening tables: files or standard input, in whatever form → columns, and blocks to be made into batches.

Depends on the modules of the forms.
"""

import os
import re
import stat
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, nullcontext
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple

from gradcli.data import columnar, delimited, ndjson
from gradcli.data.batch import Batch, Part, Reading
from gradcli.data.blocks import Block, at_newline, blocks, outside_quotes, pieces
from gradcli.data.formats import SEPARATORS, TEXT, TableFormat, of_name, of_start
from gradcli.data.line_ends import begun
from gradcli.errors import FileProblem, UsageError

STDIN = "-"
TOLD = 1 << 16
"""Bytes of the first line by which the form of a table is told."""
_LINE_ENDS = re.compile(rb"\n|\r[^\n]")


class Table(NamedTuple):
    """A table, opened.

    columns  the names of its columns
    header   the line that names them, where there is one
    parts    blocks of it, to be decoded in any order; takes the columns that are wanted
    empty    a block without rows; takes the same
    decode   a block → a batch
    size     its bytes, where they are known
    """

    form: TableFormat
    columns: tuple[str, ...]
    header: str
    parts: Callable[[Sequence[str]], Iterator[Part]]
    empty: Callable[[Sequence[str]], Part]
    decode: Callable[[Any, Reading], Batch]
    size: int | None


class _Head(NamedTuple):
    """The beginning of a text: its header or first row, and the rest."""

    columns: tuple[str, ...]
    line: str
    rest: Iterable[bytes]
    first: int


def title(path: str) -> str:
    """What to call a file."""
    return "standard input" if path == STDIN else path


@contextmanager
def opened(paths: Sequence[str], asked: TableFormat | None) -> Iterator[Table]:
    """The tables of the paths as one, until it is done with.

    Raises FileProblem where they are no tables, or have different columns.
    """
    stream = _bytes(paths[0])
    start = _beginning(stream, TOLD)
    if not start:
        raise FileProblem(f"{title(paths[0])} is empty", hint="a table begins with the names of its columns")
    form = asked or of_name(paths[0]) or of_start(start)
    whole = chain([start], stream)
    with ExitStack() as until:
        table = _text(paths, form, whole) if form in TEXT else _columnar(paths, form, whole, until)
        yield table._replace(size=_size(paths))


def _columnar(paths: Sequence[str], form: TableFormat, whole: Iterable[bytes], until: ExitStack) -> Table:
    """A table of Parquet or Arrow."""
    if form is TableFormat.arrows:
        streams = chain([(title(paths[0]), whole)], ((title(path), _bytes(path)) for path in paths[1:]))
        first, parts, empty = columnar.messages(streams)
        return Table(form, first, "", parts, empty, columnar.decode, None)
    rest = ((path, _bytes(path)) for path in paths[1:])
    files = [
        path if _again(path) else columnar.spooled(pieces, until) for path, pieces in chain([(paths[0], whole)], rest)
    ]
    names = [columnar.names(file, form, title(path)) for file, path in zip(files, paths, strict=True)]
    _check_same(dict(zip(paths, names, strict=True)), form)
    parts, empty = columnar.frames(list(zip(files, map(title, paths), strict=True)), form)
    return Table(form, names[0], "", parts, empty, columnar.decode, None)


def _text(paths: Sequence[str], form: TableFormat, whole: Iterable[bytes]) -> Table:
    head = _head(title(paths[0]), form, whole)
    for path in filter(_again, paths[1:]):  # what else there is can be opened once only, when its turn comes
        _check_same({paths[0]: head.columns, path: _head(path, form, _bytes(path)).columns}, form)
    cut = at_newline if form is TableFormat.ndjson else partial(outside_quotes, separator=SEPARATORS[form])

    def parts(_wanted: Sequence[str]) -> Iterator[Block]:
        seen = 0
        for at, path in enumerate(paths):
            begun = head if at == 0 else _head(title(path), form, _bytes(path))
            _check_same({paths[0]: head.columns, path: begun.columns}, form)
            for block in blocks(begun.rest, title(path), cut, begun.first):
                yield block._replace(start=seen)
                seen += block.lines

    def empty(_wanted: Sequence[str]) -> Block:
        return Block(b"", title(paths[0]), head.first, 0)

    def decode(block: Block, reading: Reading) -> Batch:
        if form is TableFormat.ndjson:
            return ndjson.decode(block, reading)
        return delimited.decode(block, reading, SEPARATORS[form])

    return Table(form, head.columns, head.line, parts, empty, decode, None)


def _head(file: str, form: TableFormat, whole: Iterable[bytes]) -> _Head:
    """The columns of a text, and the text behind its header."""
    row, lines, rest = begun(iter(whole), SEPARATORS.get(form))
    if not row:
        raise FileProblem(f"{file} is empty, or begins with an empty line", hint="name the columns in the first line")
    if form is TableFormat.ndjson:
        return _Head(ndjson.names(row, file), "", rest, 1)
    columns = delimited.header(row, SEPARATORS[form], file)
    return _Head(columns, row.decode(), rest, 1 + lines)


def _beginning(stream: Iterator[bytes], most: int) -> bytes:
    """What comes up to the end of the first line and with it, or so many bytes."""
    start = next(stream, b"")
    while not _LINE_ENDS.search(start) and len(start) < most and (more := next(stream, b"")):
        start += more
    return start


def _check_same(columns: dict[str, tuple[str, ...]], form: TableFormat) -> None:
    """Raise FileProblem where files have different columns; objects of JSON have theirs in any order."""
    (first, names), *others = columns.items()
    for path, found in others:
        if found != names and (form is not TableFormat.ndjson or {*found} != {*names}):
            raise FileProblem(
                f"{title(path)} has other columns than {title(first)}: {_listed(found)}",
                hint=f"the columns of {title(first)} are {_listed(names)}",
            )


def _listed(names: Sequence[str], most: int = 8) -> str:
    return ", ".join(names[:most]) + (f" and {len(names) - most:,} more" if len(names) > most else "")


def _bytes(path: str) -> Iterator[bytes]:
    """The bytes of a file, or of standard input, in pieces. Raises FileProblem."""
    try:
        with nullcontext(sys.stdin.buffer) if path == STDIN else Path(path).open("rb") as stream:
            yield from pieces(stream)
    except (OSError, ValueError) as problem:
        reason = getattr(problem, "strerror", None) or str(problem)
        raise FileProblem(f"cannot read {title(path)}: {reason}", hint="give the path of a readable file") from None


def _again(path: str) -> bool:
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


def _size(paths: Sequence[str]) -> int | None:
    """The bytes of all files; None where one of them comes through a pipe."""
    files = [Path(path) for path in paths]
    return sum(file.stat().st_size for file in files) if all(file.is_file() for file in files) else None
