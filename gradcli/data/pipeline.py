"""The loop: blocks of a table → batches → new columns → the output, several blocks at once, in order.

Depends on the other modules of this folder.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import chain
from typing import IO, Any, NamedTuple, TypeVar

import polars as pl

from gradcli.data import columnar_writer, text_writer
from gradcli.data.batch import Batch, Fault, Part, Reading, beside
from gradcli.data.evaluate_batch import evaluated
from gradcli.data.options import TEXT, OnError, Reduce, TableFormat
from gradcli.data.ordered_pool import ordered_map
from gradcli.data.output import Writer
from gradcli.data.plan import Plan
from gradcli.data.readers import Table
from gradcli.errors import FileProblem

T = TypeVar("T")

Finish = Callable[[pl.DataFrame, pl.DataFrame], Any]
Write = Callable[["Job", IO[bytes], Iterator[Any]], None]


class Job(NamedTuple):
    """What is to be done: to which table, how it is read, in what form it is written, by how many workers."""

    table: Table
    reading: Reading
    plan: Plan
    form: TableFormat
    workers: int


class _Done(NamedTuple):
    """A block made ready for the output."""

    payload: Any
    rows: int
    size: int
    nonfinite_rows: int
    faults: Sequence[Fault]


@dataclass
class Tally:
    """What came of a table.

    rows            how many are in the output
    size            bytes of the input that they took
    nonfinite_rows  those whose value or gradient is not finite
    lost            rows that were passed over
    empty           rows whose new cells were left empty
    first           what was wrong with the first of these
    """

    rows: int = 0
    size: int = 0
    nonfinite_rows: int = 0
    lost: int = 0
    empty: int = 0
    first: Fault | None = None
    report: Callable[["Tally"], None] = field(default=lambda _: None, repr=False)

    def add(self, rows: int, size: int, nonfinite_rows: int, faults: Sequence[Fault]) -> None:
        """Count some rows, and tell how many there are."""
        self.rows += rows
        self.size += size
        self.nonfinite_rows += nonfinite_rows
        empty = sum(1 for fault in faults if fault.left_empty)
        self.empty += empty
        self.lost += len(faults) - empty
        self.first = self.first or next(iter(faults), None)
        self.report(self)


def mapped(job: Job, out: IO[bytes], tally: Tally) -> None:
    """Write the table with its new columns. Raises FileProblem at a bad row, once every good one before is written."""
    table, reading, plan, form, _ = job
    finish, write = _output(form, verbatim=reading.verbatim and not reading.only)

    def work(part: Part) -> _Done:
        batch = table.decode(part, reading)
        new_columns, nonfinite_rows = evaluated(plan, batch)
        passthrough = pl.DataFrame() if reading.only else batch.passthrough
        return _Done(
            _finished(finish, passthrough, new_columns, form), batch.length, part.size, nonfinite_rows, batch.faults
        )

    with _worked(job, work) as done:
        write(job, out, _counted(done, tally, reading.on_error))
    _check(tally, reading.on_error)


@contextmanager
def _worked(job: Job, work: Callable[[Part], T]) -> Iterator[Iterator[T]]:
    """What the work makes of a part without rows, and of every part of the table.

    The first tells the types of the columns; and while the table is being read, all is loaded that the work needs.
    """
    wanted = _wanted(job.reading)
    with ordered_map(work, job.table.parts(wanted), job.workers) as done:
        yield chain([work(job.table.empty(wanted))], done)


def _finished(finish: Finish, passthrough: pl.DataFrame, new_columns: pl.DataFrame, form: TableFormat) -> Any:
    """A batch made ready for the output. Raises FileProblem for columns that the form cannot hold."""
    try:
        return finish(passthrough, new_columns)
    except (pl.exceptions.PolarsError, pl.exceptions.PanicException) as problem:
        reason = next(iter(str(problem).splitlines()), "polars gives no reason")
        raise FileProblem(
            f"{form.value} cannot hold these columns: {reason}", hint="take another --to, or --only"
        ) from None


def _output(form: TableFormat, *, verbatim: bool) -> tuple[Finish, Write]:
    """How a batch is made ready for the output, and how it is written."""
    if form in TEXT:
        return text_writer.encoder(form, verbatim=verbatim), _write_text
    return beside, lambda _, out, frames: columnar_writer.write(frames, form, out)


def summed(job: Job, how: Reduce, out: IO[bytes], tally: Tally) -> None:
    """Write one record of all rows. Raises FileProblem at a bad row, with nothing written."""
    from gradcli.data.reduce import reduced  # NumPy takes 40 ms to load

    record = pl.DataFrame(reduced(job.plan, how, _numbers(job, tally)))
    tally.nonfinite_rows = int(not all(column.is_finite().all() for column in record))
    finish, write = _output(job.form, verbatim=False)
    write(job, out, iter([finish(pl.DataFrame(), record)]))


def _numbers(job: Job, tally: Tally) -> Iterator[tuple[pl.DataFrame, int]]:
    """The numbers of all rows that have them, and how many rows they are."""
    table, reading = job.table, job.reading

    def work(part: Part) -> tuple[int, Batch]:
        return part.size, table.decode(part, reading)

    with _worked(job, work) as batches:
        for size, batch in batches:
            whole = batch.numbers.drop_nulls()
            rows = len(whole) if reading.needed else batch.length
            tally.add(rows, size, 0, batch.faults)
            _check(tally, reading.on_error)
            yield whole, rows


def _wanted(reading: Reading) -> list[str]:
    """The columns that have to be read."""
    return list(reading.needed if reading.only else dict.fromkeys((*reading.columns, *reading.needed)))


def _counted(done: Iterable[_Done], tally: Tally, on_error: OnError) -> Iterator[Any]:
    """What is to be written, up to the first bad row if it is to stop there."""
    for payload, rows, size, nonfinite_rows, faults in done:
        yield payload
        tally.add(rows, size, nonfinite_rows, faults)
        if faults and on_error is OnError.fail:
            return


def _write_text(job: Job, out: IO[bytes], payloads: Iterator[text_writer.Rows]) -> None:
    """Write rows as they come, behind a header."""
    table, reading = job.table, job.reading
    line = "" if reading.only or not reading.verbatim else table.header
    names = () if reading.only else reading.columns
    writer = Writer(out)
    with writer.guarded():
        writer.write([text_writer.header(job.form, line, names, reading.new_columns)])
        for rows in payloads:
            writer.write(rows)


def _check(tally: Tally, on_error: OnError) -> None:
    if tally.first and on_error is OnError.fail:
        raise FileProblem(str(tally.first), hint="mend it, or pass over such rows with --on-error skip")
