"""Frames → Parquet and Arrow, as files and streams.

Depends on polars, on `arrow_stream` for streams.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from threading import Event, Thread
from typing import IO, cast

import polars as pl

from gradcli.data import arrow_stream
from gradcli.data.options import TableFormat
from gradcli.errors import FileProblem

GROUP = 122_880
"""Rows of a group of Parquet, as DuckDB has it: whatever the frames are, the groups are even."""


def write(frames: Iterable[pl.DataFrame], form: TableFormat, out: IO[bytes]) -> None:
    """Write frames, the first of which may be empty, as a table of a form, and what ends it.

    Raises what the frames raise, once all before is written, and what writing raises.
    """
    if form is TableFormat.arrows:
        arrow_stream.write_frames(_of_one_schema(frames), out)
    else:
        _write_file(_of_one_schema(frames), form, out)


def _of_one_schema(frames: Iterable[pl.DataFrame]) -> Iterator[pl.DataFrame]:
    """The same frames. Raises FileProblem for a column that is not of the type that it had in the first one."""
    first: pl.Schema | None = None
    for frame in frames:
        first = first or frame.schema
        for name, kind in first.items():
            if frame.schema[name] != kind:
                message = f"column `{name}` is {kind} in the first rows and {frame.schema[name]} in others"
                raise FileProblem(message, hint="map the files one by one, or as text: --to csv")
        yield frame


def _write_file(frames: Iterator[pl.DataFrame], form: TableFormat, out: IO[bytes]) -> None:
    """Write frames as a file of Parquet or Arrow."""
    from polars.io.plugins import register_io_source  # 5 ms, for these forms alone

    source, target = _Source(frames), _Target(out)
    table = register_io_source(source.rows, schema=source.first.schema)
    failure = _apart(lambda: _sink(table, form, cast("IO[bytes]", target)))
    for problem in (*source.raised, *target.raised, *failure):
        raise problem


def _apart(work: Callable[[], None]) -> Sequence[BaseException]:
    """What the work raises, if anything, which is done by a thread of its own.

    An interrupt ends the waiting here, where polars would wait on for rows that may never come.
    """
    raised: list[BaseException] = []
    finished = Event()

    def run() -> None:
        try:
            work()
        except BaseException as problem:
            raised.append(problem)
        finished.set()

    Thread(target=run, daemon=True).start()
    finished.wait()
    return raised


def _sink(table: pl.LazyFrame, form: TableFormat, out: IO[bytes]) -> None:
    """Write a table. Doubles are hardly shorter compressed: the quickest way that all readers of Parquet know."""
    if form is TableFormat.parquet:
        table.sink_parquet(out, compression="snappy", row_group_size=GROUP)
    else:
        table.sink_ipc(out)


class _Source:
    """Frames to be written, and what making them raised: polars would make another error of it."""

    def __init__(self, frames: Iterator[pl.DataFrame]) -> None:
        self.first, self.others = next(frames), frames
        self.raised: list[BaseException] = []

    def rows(self, *_: object) -> Iterator[pl.DataFrame]:
        """The frames, up to where making them raises."""
        yield self.first
        try:
            yield from self.others
        except BaseException as problem:
            self.raised.append(problem)


class _Target:
    """A stream to write to, which keeps what writing raised: polars would make another error of it."""

    def __init__(self, out: IO[bytes]) -> None:
        self.out = out
        self.raised: list[OSError] = []

    def write(self, content: bytes) -> int:
        """Write some bytes."""
        with self._kept():
            return self.out.write(content)

    def flush(self) -> None:
        """Let them go."""
        with self._kept():
            self.out.flush()

    @contextmanager
    def _kept(self) -> Iterator[None]:
        try:
            yield
        except OSError as problem:
            self.raised.append(problem)
            raise
