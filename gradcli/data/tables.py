"""Opening tables: files or standard input, in whatever form → columns, and blocks to be made into batches.

Depends on the modules of the forms.
"""

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple

from gradcli.data import columnar, ndjson, separated
from gradcli.data.batch import Batch, Part, Reading
from gradcli.data.formats import SEPARATORS, TEXT, TableFormat, of_name, of_start
from gradcli.data.text import BOM, LONGEST_ROW, Block, at_newline, blocks, outside_quotes, pieces
from gradcli.errors import FileProblem

STDIN = "-"
TOLD = 1 << 16
"""Bytes of the first line by which the form of a table is told."""


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
    files = [columnar.spooled(whole, until) if path == STDIN else path for path in paths]
    names = [columnar.names(file, form, title(path)) for file, path in zip(files, paths, strict=True)]
    _check_same(dict(zip(paths, names, strict=True)))
    parts, empty = columnar.frames(list(zip(files, map(title, paths), strict=True)), form)
    return Table(form, names[0], "", parts, empty, columnar.decode, None)


def _text(paths: Sequence[str], form: TableFormat, whole: Iterable[bytes]) -> Table:
    head = _head(title(paths[0]), form, whole)
    for path in paths[1:]:
        if path != STDIN:
            _check_same({paths[0]: head.columns, path: _head(path, form, _bytes(path)).columns})
    cut = at_newline if form is TableFormat.ndjson else partial(outside_quotes, separator=SEPARATORS[form])

    def parts(_wanted: Sequence[str]) -> Iterator[Block]:
        seen = 0
        for at, path in enumerate(paths):
            begun = head if at == 0 else _head(title(path), form, _bytes(path))
            _check_same({paths[0]: head.columns, path: begun.columns})
            for block in blocks(begun.rest, title(path), cut, begun.first):
                yield block._replace(start=seen)
                seen += block.lines

    def empty(_wanted: Sequence[str]) -> Block:
        return Block(b"", title(paths[0]), head.first, 0)

    def decode(block: Block, reading: Reading) -> Batch:
        if form is TableFormat.ndjson:
            return ndjson.decode(block, reading)
        return separated.decode(block, reading, SEPARATORS[form])

    return Table(form, head.columns, head.line, parts, empty, decode, None)


def _head(file: str, form: TableFormat, whole: Iterable[bytes]) -> _Head:
    """The columns of a text, and the text behind its header."""
    stream = iter(whole)
    start = _beginning(stream, LONGEST_ROW).removeprefix(BOM)
    line, _, rest = start.partition(b"\n")
    line = line.rstrip(b"\r")
    if not line:
        raise FileProblem(f"{file} is empty, or begins with an empty line", hint="name the columns in the first line")
    if form is TableFormat.ndjson:
        return _Head(ndjson.names(line, file), "", chain([start], stream), 1)
    columns = separated.header(line, SEPARATORS[form], file)
    return _Head(columns, line.decode(), chain([rest] if rest else [], stream), 2)


def _beginning(stream: Iterator[bytes], most: int) -> bytes:
    """What comes up to the first newline and with it, or so many bytes."""
    start = next(stream, b"")
    while b"\n" not in start and len(start) < most and (more := next(stream, b"")):
        start += more
    return start


def _check_same(columns: dict[str, tuple[str, ...]]) -> None:
    """Raise FileProblem where files have different columns."""
    (first, names), *others = columns.items()
    for path, found in others:
        if found != names:
            raise FileProblem(
                f"{title(path)} has other columns than {title(first)}: {_listed(found)}",
                hint=f"the columns of {title(first)} are {_listed(names)}",
            )


def _listed(names: Sequence[str], most: int = 8) -> str:
    return ", ".join(names[:most]) + (f" and {len(names) - most:,} more" if len(names) > most else "")


def _bytes(path: str) -> Iterator[bytes]:
    """The bytes of a file, or of standard input, in pieces. Raises FileProblem."""
    if path == STDIN:
        yield from pieces(sys.stdin.buffer)
        return
    try:
        with Path(path).open("rb") as stream:
            yield from pieces(stream)
    except (OSError, ValueError) as problem:
        reason = getattr(problem, "strerror", None) or str(problem)
        raise FileProblem(f"cannot read {path}: {reason}", hint="give the path of a readable file") from None


def _size(paths: Sequence[str]) -> int | None:
    """The bytes of all files; None where one of them comes through a pipe."""
    files = [Path(path) for path in paths]
    return sum(file.stat().st_size for file in files) if all(file.is_file() for file in files) else None
