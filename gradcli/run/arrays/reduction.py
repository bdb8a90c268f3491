"""Sums of columns in twice the digits: every rounding error is kept and added up in its turn.

Depends on NumPy and on what an engine is.
"""

from collections.abc import Callable, Iterator, Sequence

import numpy as np

from gradcli.run.arrays.engine import REDUCTION, Array, Column

LANES, FEW = 8192, 64
"""So many sums are taken side by side; then they are added in halves, until few are left."""

Fill = Callable[[Sequence[Column], Sequence[Array]], None]
"""Fills outputs from columns, as `Engine.rows` does."""


def sums_of_rows(fill: Fill, columns: Sequence[Column], length: int, outputs: int) -> list[Sequence[float]]:
    """The partial sums of so many outputs, for an engine that can only fill them."""
    partial: list[list[float]] = [[] for _ in range(outputs)]
    scratch, spare = [np.empty(min(REDUCTION, length)) for _ in partial], np.empty((5, LANES))
    for start, stop in spans(length, REDUCTION):
        filled = [array[: stop - start] for array in scratch]
        fill(cut(columns, start, stop), filled)
        with np.errstate(all="ignore"):
            for numbers, output in zip(partial, filled, strict=True):
                numbers.extend(compensated(output, spare))
    return list(partial)


def compensated(array: Array, spare: Array) -> list[float]:
    """Numbers whose exact sum is the sum of a finite array, nearly always to the last digit.

    spare  five rows of LANES doubles, to be written over
    """
    odd: list[float] = []
    total, lost, *rest = spare[:, : len(array)]
    total[:], lost[:] = array[:LANES], 0.0
    for start, stop in spans(max(0, len(array) - LANES), LANES):
        add(total[: stop - start], array[LANES + start : LANES + stop], lost, rest)
    while len(total) > FEW:
        half = len(total) // 2
        odd += total[2 * half :].tolist()
        add(total[:half], total[half : 2 * half], lost, rest)
        total = total[:half]
    return [*total.tolist(), *odd, float(np.add.reduce(lost))]


def add(total: Array, more: Array, lost: Array, rest: Sequence[Array]) -> None:
    """total += more, and lost += what the rounding takes away (Knuth, The Art of Computer Programming 2, 4.2.2)."""
    fresh, back, error = (array[: len(total)] for array in rest)
    np.add(total, more, fresh)
    np.subtract(fresh, total, back)
    np.subtract(total, np.subtract(fresh, back, error), error)
    np.add(error, np.subtract(more, back, back), error)
    np.add(lost[: len(total)], error, lost[: len(total)])
    total[:] = fresh


def spans(length: int, size: int) -> Iterator[tuple[int, int]]:
    """Where each block of `size` rows starts and stops; the last one may be shorter."""
    for start in range(0, length, size):
        yield start, min(start + size, length)


def cut(columns: Sequence[Column], start: int, stop: int) -> list[Column]:
    """The rows from `start` to `stop` of every column."""
    return [column if isinstance(column, float) else column[start:stop] for column in columns]
