"""The value and the gradient of every row of a batch, as new columns.

Depends on `gradcli.run.arrays` for the numbers, on polars for the columns.
"""

import numpy as np
import polars as pl

from gradcli.data.batch import Batch
from gradcli.data.plan import Plan
from gradcli.run.arrays.engine import Array


def new_columns(plan: Plan, batch: Batch) -> tuple[pl.DataFrame, int]:
    """The new columns of a batch, null where its numbers are; and the rows in which one of them is not finite."""
    outputs = plan.compiled.rows({**plan.bound, **columns(batch)}, batch.length, start=batch.start)
    fresh = pl.DataFrame([pl.Series(name, output) for name, output in outputs.items()])
    full = _full(batch)
    strange = _strange(outputs, full)
    if full is not None:
        fresh = fresh.select(pl.when(pl.Series(full)).then(pl.all()))
    return fresh, strange


def columns(batch: Batch) -> dict[str, Array]:
    """The numbers of a batch; NaN where there is none."""
    return {column.name: column.fill_null(float("nan")).to_numpy() for column in batch.numbers}


def _full(batch: Batch) -> np.ndarray[tuple[int], np.dtype[np.bool_]] | None:
    """Flags of the rows that have numbers; None where all have."""
    first = next(iter(batch.numbers), None)
    return None if first is None or not first.null_count() else first.is_not_null().to_numpy()


def _strange(outputs: dict[str, Array], full: np.ndarray[tuple[int], np.dtype[np.bool_]] | None) -> int:
    """How many rows have an output that is not finite."""
    if all(np.isfinite(output).all() for output in outputs.values()):
        return 0
    finite = np.logical_and.reduce([np.isfinite(output) for output in outputs.values()])
    return int(np.count_nonzero(~finite if full is None else full & ~finite))
