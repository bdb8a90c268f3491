"""Parquet and Arrow: files and streams → batches.

Depends on polars. A stream of Arrow is cut into its messages here (Arrow columnar format, "Encapsulated message
format"), for polars reads it only as a whole.
"""

import os
import struct
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from io import BytesIO
from pathlib import Path
from tempfile import gettempdir
from typing import NamedTuple

import polars as pl

from gradcli.data.batch import Batch, Fault, Reading
from gradcli.data.choices import OnError
from gradcli.data.formats import TableFormat
from gradcli.data.replacing import created
from gradcli.errors import FileProblem
from gradcli.interrupts import gone_after

END = b"\xff\xff\xff\xff\x00\x00\x00\x00"
_SCHEMA, _DICTIONARY, _ROWS = 1, 2, 3
_BODY_LENGTH, _KIND = 10, 6
"""Where a message's table of places has those of its fields."""

Parts = Callable[[Sequence[str]], Iterator["Frame"]]
Empty = Callable[[Sequence[str]], "Frame"]


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


def decode(frame: Frame, reading: Reading) -> Batch:
    """The batch of a frame; a row with an empty cell is at fault, a column that is not of numbers is an error."""
    rows, faults = frame.rows, tuple[Fault, ...]()
    for name in reading.needed:
        if not rows.schema[name].is_numeric():
            reason = f"column `{name}` of {frame.file} is not numeric: it is {rows.schema[name]}"
            raise FileProblem(reason, hint="bind the name of another column")
    numbers = rows.select(pl.col(name).cast(pl.Float64) for name in reading.needed)
    if any(column.null_count() for column in numbers):
        rows, numbers, faults = _without_empty(frame, numbers, reading)
    kept = pl.DataFrame() if reading.only else rows.select(reading.columns)
    return Batch(kept, numbers, len(rows), frame.start, faults)


def _without_empty(
    frame: Frame, numbers: pl.DataFrame, reading: Reading
) -> tuple[pl.DataFrame, pl.DataFrame, tuple[Fault, ...]]:
    """What is left of rows with empty cells: those before the first, those without, or all, by `--on-error`."""
    empty = numbers.select(pl.any_horizontal(pl.all().is_null())).to_series()
    at = empty.arg_true().to_list()
    faults = tuple(_empty(frame, numbers, row, reading.on_error) for row in at)
    if reading.on_error is OnError.fail:
        return frame.rows.head(at[0]), numbers.head(at[0]), faults[:1]
    if reading.on_error is OnError.skip:
        return frame.rows.filter(~empty), numbers.filter(~empty), faults
    return frame.rows, numbers.select(pl.when(~empty).then(pl.all())), faults


def _empty(frame: Frame, numbers: pl.DataFrame, row: int, on_error: OnError) -> Fault:
    column = next(column.name for column in numbers if column[row] is None)
    return Fault(frame.file, f"row {frame.first + row + 1:,}", column, "the cell is empty", on_error is OnError.null)


def names(path: str, form: TableFormat, title: str) -> tuple[str, ...]:
    """The columns of a file."""
    with _reading(title):
        return tuple(_scan(path, form).collect_schema().names())


def frames(files: Sequence[tuple[str, str]], form: TableFormat) -> tuple[Parts, Empty]:
    """The rows of files, in frames; and a frame without rows, as those of the first file are."""

    def parts(wanted: Sequence[str]) -> Iterator[Frame]:
        start = 0
        for path, title in files:
            first = start
            with _reading(title):
                for rows in _query(path, form, wanted).collect_batches(maintain_order=True):
                    yield Frame(rows, title, start - first, start)
                    start += len(rows)

    def empty(wanted: Sequence[str]) -> Frame:
        path, title = files[0]
        with _reading(title):
            return Frame(pl.DataFrame(schema=_query(path, form, wanted).collect_schema()), title, 0, 0)

    return parts, empty


def spooled(whole: Iterable[bytes], until: ExitStack) -> str:
    """A file of what standard input gives, kept for a while: these forms have their table of contents at the end."""
    path = Path(gettempdir(), f"gradcli-{os.urandom(6).hex()}.table")
    until.enter_context(gone_after(path))
    try:
        with created(path, 0o600) as file:
            file.writelines(whole)
    except OSError as problem:
        reason = f"cannot keep standard input in {path.parent}: {problem.strerror}"
        raise FileProblem(reason, hint="make room there, or give the table as a file") from None
    return str(path)


def _query(path: str, form: TableFormat, wanted: Sequence[str]) -> pl.LazyFrame:
    """The columns that are wanted, or all where none is."""
    return _scan(path, form).select(wanted) if wanted else _scan(path, form)


def _scan(path: str, form: TableFormat) -> pl.LazyFrame:
    return pl.scan_parquet(path, glob=False) if form is TableFormat.parquet else pl.scan_ipc(path)


@contextmanager
def _reading(title: str) -> Iterator[None]:
    """What polars cannot read, or panics at, is an error of the file."""
    try:
        yield
    except (pl.exceptions.PolarsError, pl.exceptions.PanicException, OSError) as problem:
        reason = next(iter(str(problem).splitlines()), "polars gives no reason")
        raise FileProblem(
            f"cannot read {title}: {reason}", hint="is the file whole, and of the form it is named for?"
        ) from None


def messages(streams: Iterable[tuple[str, Iterable[bytes]]]) -> tuple[tuple[str, ...], Parts, Empty]:
    """The columns of streams of Arrow, their rows in frames, and a frame without rows."""
    found = _stream_frames(streams)
    first = next(found, None)
    if first is None:
        raise FileProblem("the stream of Arrow ends before it names its columns", hint="write the file again")

    def parts(_wanted: Sequence[str]) -> Iterator[Frame]:
        yield first
        for frame in found:
            if frame.rows.columns != first.rows.columns:
                names = ", ".join(frame.rows.columns)
                raise FileProblem(f"{frame.file} has other columns than {first.file}: {names}", hint="map it by itself")
            yield frame

    return tuple(first.rows.columns), parts, lambda _wanted: first._replace(rows=first.rows.head(0))


def _stream_frames(streams: Iterable[tuple[str, Iterable[bytes]]]) -> Iterator[Frame]:
    start = 0
    for title, whole in streams:
        first, prefix = start, b""
        with _reading(title):
            for kind, message in _messages(whole, title):
                if kind != _ROWS:
                    prefix += message
                rows = pl.read_ipc_stream(BytesIO(prefix + (message if kind == _ROWS else b"") + END))
                if kind in (_ROWS, _SCHEMA):
                    yield Frame(rows, title, start - first, start)
                    start += len(rows)


def _messages(whole: Iterable[bytes], title: str) -> Iterator[tuple[int, bytes]]:
    """The messages of a stream, each with its kind, until the end that it must have."""
    source, held = iter(whole), b""

    def take(size: int) -> bytes:
        nonlocal held
        while len(held) < size and (more := next(source, b"")):
            held += more
        if len(held) < size:
            raise FileProblem(f"{title} is cut short", hint="write the file again")
        taken, held = held[:size], held[size:]
        return taken

    while (begin := take(8)) != END:
        metadata = take(struct.unpack("<I", begin[4:])[0])
        try:
            kind, length = _field(metadata, _KIND, "<B"), _field(metadata, _BODY_LENGTH, "<Q")
        except struct.error:
            raise FileProblem(f"{title} is no stream of Arrow", hint="write the file again") from None
        yield kind, begin + metadata + take(length)


def _field(metadata: bytes, place: int, form: str) -> int:
    """A number in the table of a message (FlatBuffers: an offset to the table, which begins with one to its places)."""
    (table,) = struct.unpack_from("<I", metadata)
    places = table - struct.unpack_from("<i", metadata, table)[0]
    if place >= struct.unpack_from("<H", metadata, places)[0]:
        return 0
    (offset,) = struct.unpack_from("<H", metadata, places + place)
    return int(struct.unpack_from(form, metadata, table + offset)[0]) if offset else 0
