"""What every engine is: columns of numbers in, columns of numbers or their sums out.

Depends on NumPy for the columns, and on `summation` beside it.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gradcli.compiler.summation import compensated

Array = NDArray[np.float64]
"""One column: doubles, contiguous, one entry a row."""
Column = float | Array
"""A column, or the number that is the same in every row: then the formula is said to be uniform in that variable."""

REDUCTION = 65_536
"""Sums are taken of blocks of so many rows, counted from the first; so they do not depend on the number of threads."""
LINE = 64
"""Bytes that a cache moves together."""


class Engine(ABC):
    """One formula of so many `outputs` made ready, for variables of which it is known whether they are uniform.

    Many threads may call one engine at once. `columns` come in the order of the formula's variables.
    """

    outputs: int

    @abstractmethod
    def rows(self, columns: Sequence[Column], outputs: Sequence[Array]) -> None:
        """Fill the outputs, in the formula's order, all of one length."""

    def sums(self, columns: Sequence[Column], length: int) -> list[Sequence[float]]:
        """For each output numbers whose exact sum is the compensated sum over all rows."""
        partial: list[list[float]] = [[] for _ in range(self.outputs)]
        size = min(REDUCTION, length)
        *scratch, spare = aligned((self.outputs + 1) * size).reshape(self.outputs + 1, size)
        for start, stop in spans(length, REDUCTION):
            filled = [array[: stop - start] for array in scratch]
            self.rows(cut(columns, start, stop), filled)
            with np.errstate(all="ignore"):
                for numbers, output in zip(partial, filled, strict=True):
                    numbers.extend(compensated(output, spare[: len(output)]))
        return list(partial)


def spans(length: int, size: int) -> Iterator[tuple[int, int]]:
    """Where each block of `size` rows starts and stops; the last one may be shorter."""
    for start in range(0, length, size):
        yield start, min(start + size, length)


def cut(columns: Sequence[Column], start: int, stop: int) -> list[Column]:
    """The rows from `start` to `stop` of every column."""
    return [column if isinstance(column, float) else column[start:stop] for column in columns]


def aligned(length: int, kind: type[float] = float) -> NDArray[Any]:
    """An array of so many numbers, whatever they are, that starts at a line of the cache.

    Measured: there the simplest operations take a fifth less time.
    """
    size = length * np.dtype(kind).itemsize
    memory = np.empty(size + LINE, np.uint8)
    start = -memory.__array_interface__["data"][0] % LINE
    return memory[start : start + size].view(kind)
