"""Frames → Parquet and Arrow, as files and streams.

Depends on polars, on `arrow_stream` for streams.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
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
    """Write frames as a file of Parquet or Arrow. Of what making and writing them raises, the first is raised."""
    from polars.io.plugins import register_io_source  # 5 ms, for these forms alone

    first, raised, finished = next(frames), list[BaseException](), Event()

    def rows(*_: object) -> Iterator[pl.DataFrame]:
        yield first
        with suppress(BaseException), _kept(raised):
            yield from frames

    def run() -> None:
        with suppress(BaseException), _kept(raised):
            table = register_io_source(rows, schema=first.schema)
            _sink(table, form, cast("IO[bytes]", _Target(out, raised)))
        finished.set()

    # By a thread of its own: an interrupt ends the waiting here, where polars would wait on for rows that may not come.
    Thread(target=run, daemon=True).start()
    finished.wait()
    if raised:
        raise raised[0]


@contextmanager
def _kept(raised: list[BaseException]) -> Iterator[None]:
    """What is raised here is kept, for polars would make another error of it."""
    try:
        yield
    except BaseException as problem:
        raised.append(problem)
        raise


def _sink(table: pl.LazyFrame, form: TableFormat, out: IO[bytes]) -> None:
    """Write a table. Doubles are hardly shorter compressed: the quickest way that all readers of Parquet know."""
    if form is TableFormat.parquet:
        table.sink_parquet(out, compression="snappy", row_group_size=GROUP)
    else:
        table.sink_ipc(out)


@dataclass(frozen=True)
class _Target:
    """A stream to write to, which keeps what writing raises."""

    out: IO[bytes]
    raised: list[BaseException]

    def write(self, content: bytes) -> int:
        """Write some bytes."""
        with _kept(self.raised):
            return self.out.write(content)

    def flush(self) -> None:
        """Let them go."""
        with _kept(self.raised):
            self.out.flush()
