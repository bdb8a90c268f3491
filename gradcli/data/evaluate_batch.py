"""The value and the gradient of every row of a batch, as new columns.

Depends on `arithmetic`, on `gradcli.compiler` for all other numbers, on polars for the columns.
"""

from collections.abc import Mapping
from typing import Any

import polars as pl

from gradcli.data import arithmetic
from gradcli.data.batch import Batch, unnamed
from gradcli.data.plan import Plan


def evaluated(plan: Plan, batch: Batch) -> tuple[pl.DataFrame, int]:
    """The new columns of a batch, null where its numbers are; and the rows in which one of them is not finite."""
    new_columns = pl.DataFrame([pl.Series(name, output) for name, output in _outputs(plan, batch).items()])
    full = _full(batch)
    nonfinite_rows = _count_nonfinite(new_columns, full)
    return new_columns if full is None else new_columns.select(pl.when(full).then(pl.all())), nonfinite_rows


def _outputs(plan: Plan, batch: Batch) -> Mapping[str, Any]:
    """The outputs, as whatever becomes a column."""
    numbers = {column.name: unnamed(column).fill_null(float("nan")) for column in batch.numbers}
    if plan.arithmetic:
        return arithmetic.columns(plan.arithmetic, {**plan.bound, **numbers}, batch.length)
    import numpy  # noqa: F401 - it takes 40 ms to load; and where there is none, polars would not say so calmly

    arrays = {name: column.to_numpy() for name, column in numbers.items()}
    return plan.compiled.rows({**plan.bound, **arrays}, batch.length, start=batch.start)


def _full(batch: Batch) -> pl.Series | None:
    """Flags of the rows that have numbers; None where all have."""
    first = next(iter(batch.numbers), None)
    return None if first is None or not first.null_count() else unnamed(first).is_not_null()


def _count_nonfinite(new_columns: pl.DataFrame, full: pl.Series | None) -> int:
    """How many rows have an output that is not finite."""
    if all(unnamed(column).is_finite().all() for column in new_columns):
        return 0
    finite = new_columns.select(pl.all_horizontal(pl.all().is_finite())).to_series()
    return int((~finite if full is None else full & ~finite).sum())
