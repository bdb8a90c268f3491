"""The loop: blocks of a table → batches → new columns → the output, several blocks at once, in order.

Depends on the other modules of this folder.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import IO, Any, NamedTuple

import polars as pl

from gradcli.data import columnar_writer, text_writer
from gradcli.data.batch import Fault, Reading, beside, named, unnamed
from gradcli.data.evaluate_batch import evaluated
from gradcli.data.options import TEXT, OnError, Reduce, TableFormat
from gradcli.data.ordered_pool import ordered_map
from gradcli.data.output import Writer
from gradcli.data.plan import Plan
from gradcli.data.readers import Part, Table
from gradcli.errors import FileProblem
from gradcli.shapes import Shape

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
    """What came of a block: what is to be written, or reduced."""

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

    def add(self, done: _Done) -> None:
        """Count the rows of a block, and tell how many there are."""
        self.rows += done.rows
        self.size += done.size
        self.nonfinite_rows += done.nonfinite_rows
        empty = sum(1 for fault in done.faults if fault.left_empty)
        self.empty += empty
        self.lost += len(done.faults) - empty
        self.first = self.first or next(iter(done.faults), None)
        self.report(self)


def mapped(job: Job, out: IO[bytes], tally: Tally) -> None:
    """Write the table with its new columns. Raises FileProblem at a bad row, once every good one before is written."""
    table, reading, plan, form, _ = job
    as_numbers = reading.lists and not reading.only and table.form in TEXT and form not in TEXT
    finish, write = _output(form, verbatim=reading.verbatim and not reading.only)

    def work(part: Part) -> _Done:
        batch = table.decode(part, reading)
        new_columns, nonfinite_rows = evaluated(plan, batch)
        passthrough = pl.DataFrame() if reading.only else batch.passthrough
        if as_numbers:
            whole = _with_lists(batch.numbers, reading.lists)
            passthrough = passthrough.with_columns(whole.select(named([*reading.lists])))
        payload = _finished(finish, passthrough, _with_lists(new_columns, plan.lists), form)
        return _Done(payload, batch.length, part.size, nonfinite_rows, batch.faults)

    with _worked(job, work, tally) as payloads:
        write(job, out, payloads)


def _with_lists(frame: pl.DataFrame, lists: Mapping[str, Shape]) -> pl.DataFrame:
    """The same with one column of lists for the entries of each of these arrays."""
    if not lists:
        return frame
    from gradcli.compiler.list_columns import joined  # few formulas have arrays

    return joined(frame, lists)


@contextmanager
def _worked(job: Job, work: Callable[[Part], _Done], tally: Tally) -> Iterator[Iterator[Any]]:
    """What the work makes of every part of the table, counted, up to the first bad row if it is to stop there.

    The first part, which has no rows, tells the types of the columns. Raises FileProblem in the end for that bad row.
    """
    reading = job.reading
    wanted = list(reading.sources if reading.only else dict.fromkeys((*reading.columns, *reading.sources)))
    with ordered_map(work, job.table.parts(wanted), job.workers) as done:
        yield _counted(done, tally, reading.on_error)
    if tally.first and reading.on_error is OnError.fail:
        raise FileProblem(str(tally.first), hint="mend it, or pass over such rows with --on-error skip")


def _counted(done: Iterable[_Done], tally: Tally, on_error: OnError) -> Iterator[Any]:
    for block in done:
        yield block.payload
        tally.add(block)
        if block.faults and on_error is OnError.fail:
            return


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

    table, reading = job.table, job.reading

    def work(part: Part) -> _Done:
        batch = table.decode(part, reading)
        whole = batch.numbers.drop_nulls()
        rows = len(whole) if reading.needed else batch.length
        return _Done((whole, rows), rows, part.size, 0, batch.faults)

    with _worked(job, work, tally) as numbers:
        record = pl.DataFrame(reduced(job.plan, how, numbers))
    tally.nonfinite_rows = int(not all(unnamed(column).is_finite().all() for column in record))
    finish, write = _output(job.form, verbatim=False)
    write(job, out, iter([finish(pl.DataFrame(), _with_lists(record, job.plan.lists))]))


def _write_text(job: Job, out: IO[bytes], payloads: Iterator[text_writer.Rows]) -> None:
    """Write rows as they come, behind a header."""
    table, reading = job.table, job.reading
    line = "" if reading.only or not reading.verbatim else table.header
    names = () if reading.only else reading.columns
    writer = Writer(out)
    first = next(payloads)  # which raises where the form cannot hold the columns: then there is no header either
    with writer.guarded():
        writer.write([text_writer.header(job.form, line, names, reading.new_columns), *first])
        for rows in payloads:
            writer.write(rows)
