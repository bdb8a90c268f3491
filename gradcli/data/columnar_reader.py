"""Parquet and Arrow: files and streams → batches.

Depends on polars, on `arrow_stream` for streams.
"""

import os
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from itertools import chain, islice
from pathlib import Path
from tempfile import gettempdir
from typing import NamedTuple

import polars as pl

from gradcli.data import arrow_stream
from gradcli.data.batch import Batch, Fault, Reading, named, not_numeric, unnamed
from gradcli.data.options import OnError, TableFormat
from gradcli.data.replacing import created
from gradcli.data.writable import first_column, reason, unwritable
from gradcli.errors import FileProblem
from gradcli.interrupts import gone_after
from gradcli.shapes import Shape, flattened

Shapes = Callable[[Collection[str]], Mapping[str, Shape]]
Parts = Callable[[Sequence[str]], Iterator["Frame"]]


class Frame(NamedTuple):
    """Some rows of a file, and how many came before: in the file, and in all."""

    rows: pl.DataFrame
    file: str
    first: int
    start: int

    @property
    def size(self) -> int:
        """Its bytes, of which nobody knows how many they are in the file."""
        return 0

    def place(self, row: int) -> str:
        """Which row of its file one of these rows is, counted from 1."""
        return f"row {self.first + row + 1:,}"


def decode(frame: Frame, reading: Reading) -> Batch:
    """The batch of a frame; a row with an empty cell is at fault, a column that is not of numbers is an error."""
    numbers = _numbers(frame, reading)
    passthrough = pl.DataFrame() if reading.only else frame.rows.select(named(reading.columns))
    faults = _faults(frame, numbers, passthrough, reading)
    length = len(frame.rows)
    if faults:
        passthrough, numbers, length = _without(faults, passthrough, numbers, length, reading)
    told = [faults[row] for row in sorted(faults)]
    return Batch(passthrough, numbers, length, frame.start, told[: 1 if reading.on_error is OnError.fail else None])


def _numbers(frame: Frame, reading: Reading) -> pl.DataFrame:
    """What the formula takes. Raises FileProblem for a column that is not of numbers, or of lists where needed."""
    if reading.lists:
        from gradcli.data import lists  # here and below: few tables have any

        return lists.columns(frame.rows, reading, frame.file)
    for name in reading.needed:
        if not frame.rows.schema[name].is_numeric():
            raise not_numeric(frame.rows, name, frame.file)
    return frame.rows.select(named(reading.needed).cast(pl.Float64))


def _faults(frame: Frame, numbers: pl.DataFrame, passthrough: pl.DataFrame, reading: Reading) -> dict[int, Fault]:
    """The rows in which the formula finds an empty cell, or that the form of the output cannot hold."""
    found: dict[int, Fault] = {}
    if any(column.null_count() for column in numbers):
        empty = first_column(numbers, {column.name: pl.lit(unnamed(column).is_null()) for column in numbers})
        for row, name in _not_null(empty):
            left_empty = reading.on_error is OnError.null
            found[row] = Fault(frame.file, frame.place(row), name, "the cell is empty", left_empty)
    if reading.lists:
        from gradcli.data import lists

        for row, misfit in lists.misfits(frame.rows, reading).items():
            found[row] = Fault(frame.file, frame.place(row), *misfit, reading.on_error is OnError.null)
    if reading.unwritable:
        for row, name in _not_null(unwritable(passthrough, reading.unwritable)):
            found[row] = Fault(frame.file, frame.place(row), "", reason(name))
    return found


def _not_null(names: pl.Series) -> Iterator[tuple[int, str]]:
    return ((row, names[row]) for row in names.is_not_null().arg_true().to_list())


def _without(
    faults: Mapping[int, Fault], passthrough: pl.DataFrame, numbers: pl.DataFrame, length: int, reading: Reading
) -> tuple[pl.DataFrame, pl.DataFrame, int]:
    """What is left: the rows before the first fault, or those without one, and those that may stay empty."""
    if reading.on_error is OnError.fail:
        first = min(faults)
        return passthrough.head(first), numbers.head(first), first
    empty = [row for row, fault in faults.items() if fault.left_empty]
    lost = _flags([row for row, fault in faults.items() if not fault.left_empty], length)
    numbers = numbers.select(pl.when(~_flags(empty, length)).then(pl.all()))
    return (
        passthrough.filter(~lost) if passthrough.width else passthrough,
        numbers.filter(~lost),
        length - int(lost.sum()),
    )


def _flags(rows: Sequence[int], length: int) -> pl.Series:
    """A series that is true at these rows."""
    return pl.zeros(length, pl.Boolean, eager=True).scatter(rows, True)


def names(path: str, form: TableFormat, title: str) -> tuple[str, ...]:
    """The columns of a file."""
    with _scanned(path, form, title) as table:
        return tuple(table.collect_schema().names())


def shapes(path: str, form: TableFormat, title: str, columns: Collection[str]) -> dict[str, Shape]:
    """The shapes of those of some columns of a file that have lists: of the type, or of the first row's."""
    with _scanned(path, form, title, columns) as table:
        nested = any(kind.is_nested() for kind in table.collect_schema().dtypes())
        return shapes_of(table.head(1).collect()) if nested else {}


def shapes_of(rows: pl.DataFrame) -> dict[str, Shape]:
    """The shapes of the columns that have lists, of the type, or of the first row's."""
    found = {column.name: _shape(column) for column in rows if column.dtype.is_nested()}
    return {name: shape for name, shape in found.items() if shape}


def _shape(column: pl.Series) -> Shape | None:
    if isinstance(column.dtype, pl.Array):
        return column.dtype.shape
    first = column[0] if len(column) else None
    array = flattened(first.to_list()) if isinstance(first, pl.Series) else None
    return array.shape if array else None


def frames(files: Sequence[tuple[str, str]], form: TableFormat, wanted: Sequence[str]) -> Iterator[Frame]:
    """The rows of files, in frames, the first of which has none, but the columns of the first file."""
    start = 0
    for at, (path, title) in enumerate(files):
        first = start
        with _scanned(path, form, title, wanted) as table:
            if at == 0:
                yield Frame(pl.DataFrame(schema=table.collect_schema()), title, 0, 0)
            for rows in table.collect_batches(maintain_order=True):
                yield Frame(rows, title, start - first, start)
                start += len(rows)
        _check_whole(path, form, title, start - first)


def _check_whole(path: str, form: TableFormat, title: str, came: int) -> None:
    """Raise FileProblem where fewer rows came than the file tells of: damaged, polars may end without a word."""
    with _scanned(path, form, title) as table:
        told = int(table.select(pl.len()).collect().item())
    if came != told:
        message = f"cannot read {title}: of {told:,} rows {came:,} came"
        raise FileProblem(message, hint="the file is damaged: write it again")


def spooled(whole: Iterable[bytes], until: ExitStack) -> str:
    """A file of what a pipe gives, kept for a while: these forms have their table of contents at the end."""
    path = Path(gettempdir(), f"gradcli-{os.urandom(6).hex()}.table")
    until.enter_context(gone_after(path))
    try:
        with created(path, 0o600) as file:
            file.writelines(whole)
    except OSError as problem:
        message = f"cannot keep what a pipe gives in {path.parent}: {problem.strerror}"
        raise FileProblem(message, hint="make room there, or give the table as a file") from None
    return str(path)


@contextmanager
def _scanned(path: str, form: TableFormat, title: str, wanted: Collection[str] = ()) -> Iterator[pl.LazyFrame]:
    """The columns of a file that are wanted, or all where none is.

    It is opened here, for polars takes a name for more: for a pattern, a folder, an address on the web.
    """
    with _reading(title), Path(path).open("rb") as file:
        table = pl.scan_parquet(file, glob=False) if form is TableFormat.parquet else pl.scan_ipc(file, glob=False)
        yield table.select(named(wanted)) if wanted else table


@contextmanager
def _reading(title: str) -> Iterator[None]:
    """What cannot be opened, or polars cannot read, or panics at, is an error of the file."""
    try:
        yield
    except (pl.exceptions.PolarsError, pl.exceptions.PanicException, OSError) as problem:
        told = getattr(problem, "strerror", None)
        reason = told or next(iter(str(problem).splitlines()), "polars gives no reason")
        hint = "give the path of a readable file" if told else "is the file whole, and of the form it is named for?"
        raise FileProblem(f"cannot read {title}: {reason}", hint=hint) from None


def open_streams(streams: Iterable[tuple[str, Iterable[bytes]]]) -> tuple[tuple[str, ...], Parts, Shapes]:
    """The columns of streams of Arrow, their rows in frames, the first of which has none, and the shapes of lists."""
    found = _stream_frames(streams)
    first = next(found, None)
    if first is None:
        raise FileProblem("the stream of Arrow ends before it names its columns", hint="write the file again")
    held = [first]

    def shapes(columns: Collection[str]) -> dict[str, Shape]:
        if any(first.rows.schema[name].is_nested() for name in columns):
            held.extend(islice(found, 1))
        return shapes_of(held[-1].rows.select(named(columns)))

    return tuple(first.rows.columns), lambda _wanted: chain(held, found), shapes


def _stream_frames(streams: Iterable[tuple[str, Iterable[bytes]]]) -> Iterator[Frame]:
    """The frames of streams. Raises FileProblem for one with other columns than the first."""
    start, first = 0, None
    for title, pieces in streams:
        before = start
        with _reading(title):
            for rows in arrow_stream.read_frames(pieces, title):
                frame = Frame(rows, title, start - before, start)
                first = first or frame
                if rows.columns != first.rows.columns:
                    names = ", ".join(rows.columns)
                    raise FileProblem(f"{title} has other columns than {first.file}: {names}", hint="map it by itself")
                yield frame
                start += len(rows)
