"""The columns of a table that a formula takes, all rows of them in memory; and the rows of each step in training.

Depends on polars and NumPy.
"""

from collections.abc import Iterator, Sequence
from random import Random
from typing import Any, NamedTuple

import numpy as np
import polars as pl

from gradcli.compiler.engine import Array
from gradcli.data.batch import Fault, Reading
from gradcli.data.options import OnError
from gradcli.data.readers import Table
from gradcli.errors import FileProblem


class Columns(NamedTuple):
    """Name -> doubles, one for each row; how many rows there are, and those that were passed over."""

    arrays: dict[str, Array]
    rows: int
    faults: Sequence[Fault] = ()


def loaded(table: Table, needed: Sequence[str], on_error: OnError) -> Columns:
    """The columns that are needed. Raises FileProblem for a bad row, unless such are passed over, and for no rows."""
    reading = Reading(table.columns, tuple(needed), verbatim=False, only=True, on_error=on_error, new_columns=())
    frames, faults, rows = list[pl.DataFrame](), list[Fault](), 0
    for part in table.parts(list(needed)):
        batch = table.decode(part, reading)
        frames.append(batch.numbers)
        faults.extend(batch.faults)
        rows += batch.length
        if faults and on_error is OnError.fail:
            raise FileProblem(str(faults[0]), hint="mend it, or pass over such rows with --on-error skip")
    if not rows:
        raise FileProblem("the table has no rows to train on", hint="a row is a line behind the names of the columns")
    whole = pl.concat(frames)
    return Columns({name: np.ascontiguousarray(whole[name].to_numpy(), float) for name in needed}, rows, faults)


def batches(rows: int, size: int, seed: int, *, shuffle: bool, first: int = 0) -> Iterator[Any]:
    """The numbers of the rows of each step, epoch after epoch, from the step `first` on.

    Each epoch is shuffled by the seed and its own number: so a run that is resumed takes what it would have taken.
    """
    steps = -(-rows // size)
    epoch, offset = divmod(first, steps)
    while True:
        order = np.arange(rows)
        if shuffle:
            numbers = order.tolist()
            Random(f"{seed}:{epoch}").shuffle(numbers)  # noqa: S311 - no secret
            order = np.array(numbers)
        for at in range(offset, steps):
            yield order[at * size : (at + 1) * size]
        epoch, offset = epoch + 1, 0
