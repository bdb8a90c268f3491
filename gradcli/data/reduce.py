"""One record of all rows: mean, sum, min or max of every output.

Depends on `gradcli.compiler`, whose sums do not depend on how the rows come: they are cut at fixed places here.
"""

from collections.abc import Iterable, Iterator
from math import fsum, isfinite, nan

import numpy as np
import polars as pl

from gradcli.compiler.engine import REDUCTION, Column
from gradcli.data.options import Reduce
from gradcli.data.plan import Plan

WHOLE = 16 * REDUCTION
"""Rows that are reduced at once; more than one part, so that threads can share them."""


def reduced(plan: Plan, how: Reduce, numbers: Iterable[tuple[pl.DataFrame, int]]) -> dict[str, float]:
    """The record of all rows. `numbers` are columns, each with how many rows they are; none has a null."""
    entries: list[dict[str, float]] = []
    length = 0
    for frame, rows in _recut(numbers):
        given: dict[str, Column] = {**plan.bound, **{column.name: column.to_numpy() for column in frame}}
        entries.append(_entry(plan, how, given, rows, length))
        length += rows
    return {name: _joined(how, [entry[name] for entry in entries], length) for name in plan.outputs}


def _entry(plan: Plan, how: Reduce, given: dict[str, Column], rows: int, start: int) -> dict[str, float]:
    """What some rows come to."""
    if how in (Reduce.mean, Reduce.sum):
        return plan.compiled.sums(given, rows, start=start)
    extreme = np.min if how is Reduce.min else np.max
    return {name: float(extreme(output)) for name, output in plan.compiled.rows(given, rows, start=start).items()}


def _joined(how: Reduce, entries: list[float], length: int) -> float:
    """What all rows come to. NaN is the least and the greatest of anything, and the mean of nothing."""
    if how in (Reduce.min, Reduce.max):
        return float((np.min if how is Reduce.min else np.max)(entries)) if entries else nan
    total = fsum(entries) if all(map(isfinite, entries)) else float(np.sum(entries))
    return total if how is Reduce.sum else total / length if length else nan


def _recut(numbers: Iterable[tuple[pl.DataFrame, int]]) -> Iterator[tuple[pl.DataFrame, int]]:
    """The same rows in pieces of a fixed size."""
    held: list[pl.DataFrame] = []
    length = 0
    for frame, rows in numbers:
        held.append(frame)
        length += rows
        while length >= WHOLE:
            joined = pl.concat(held)
            yield joined.head(WHOLE), WHOLE
            held, length = [joined.slice(WHOLE)], length - WHOLE
    if length:
        yield pl.concat(held), length
