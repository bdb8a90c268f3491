"""Sums of columns, compensated: each number is cut in two, and of the upper parts no digit is lost.

Depends on NumPy, on `memory`, and on what an engine is.
"""

import math
from collections.abc import Callable, Iterator, Sequence

import numpy as np

from gradcli.compiler.aligned import aligned
from gradcli.compiler.engine import REDUCTION, Array, Column

HEADROOM = 6
"""What numbers are cut with is so many bits above the greatest: then REDUCTION upper parts add up to 63 bits."""
GREATEST = 2.0**1000
"""From here on sums are plain: cutting would overflow."""
LEAST = -1022
"""The exponent of the least normal number."""

Fill = Callable[[Sequence[Column], Sequence[Array]], None]
"""Fills outputs from columns, as `Engine.rows` does."""


def sums_of_rows(fill: Fill, columns: Sequence[Column], length: int, outputs: int) -> list[Sequence[float]]:
    """The partial sums of so many outputs, for an engine that can only fill them."""
    partial: list[list[float]] = [[] for _ in range(outputs)]
    size = min(REDUCTION, length)
    *scratch, spare = aligned((outputs + 1) * size).reshape(outputs + 1, size)
    for start, stop in spans(length, REDUCTION):
        filled = [array[: stop - start] for array in scratch]
        fill(cut(columns, start, stop), filled)
        with np.errstate(all="ignore"):
            for numbers, output in zip(partial, filled, strict=True):
                numbers.extend(compensated(output, spare[: len(output)]))
    return list(partial)


def compensated(array: Array, spare: Array) -> Sequence[float]:
    """Numbers whose exact sum is that of an array, but for 2^-78 of its greatest number and in general far less.

    spare  as many doubles, to be written over; at most REDUCTION

    To add and to take away a number much greater leaves the upper part of every number, all to one place (S. M. Rump,
    T. Ogita, S. Oishi, Accurate floating-point summation I, SIAM J. Sci. Comput. 31, 2008). In between, numbers
    differ as their bits do, read as whole numbers: so the upper parts are added without error.
    """
    top = max(np.maximum.reduce(array, initial=0.0), -np.minimum.reduce(array, initial=0.0))
    if not top < GREATEST:
        return [float(np.add.reduce(array))]
    exponent = max(math.frexp(top)[1] + HEADROOM, LEAST)
    cutter = np.array(1.5 * 2.0**exponent)
    bits = np.add(array, cutter, spare).view(np.int64)
    units = _signed(int(np.add.reduce(bits)) - len(array) * int(cutter.view(np.int64)))
    lower = np.subtract(array, np.subtract(spare, cutter, spare), spare)
    upper = float(units), float(units - int(float(units)))
    return [*(math.ldexp(part, exponent - 52) for part in upper), float(np.add.reduce(lower))]


def plain_sum(output: Array) -> float:
    """The sum in plain doubles, as it may be where not every number is finite."""
    with np.errstate(all="ignore"):
        return float(np.add.reduce(output))


def _signed(whole: int) -> int:
    """The number of 64 bits with a sign that is equal to another whole number but for multiples of 2^64."""
    return (whole + 2**63) % 2**64 - 2**63


def spans(length: int, size: int) -> Iterator[tuple[int, int]]:
    """Where each block of `size` rows starts and stops; the last one may be shorter."""
    for start in range(0, length, size):
        yield start, min(start + size, length)


def cut(columns: Sequence[Column], start: int, stop: int) -> list[Column]:
    """The rows from `start` to `stop` of every column."""
    return [column if isinstance(column, float) else column[start:stop] for column in columns]
