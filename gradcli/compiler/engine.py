"""What every engine is: columns of numbers in, columns of numbers or their sums out.

Depends on NumPy for the columns.
"""

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
"""One column: doubles, contiguous, one entry a row."""
Column = float | Array
"""A column, or the number that is the same in every row: then the formula is said to be uniform in that variable."""

REDUCTION = 65_536
"""Sums are taken of blocks of so many rows, counted from the first; so they do not depend on the number of threads."""


class Engine(Protocol):
    """One formula made ready, for variables of which it is known whether they are columns or uniform.

    Many threads may call one engine at once. `columns` come in the order of the formula's variables.
    """

    def rows(self, columns: Sequence[Column], outputs: Sequence[Array]) -> None:
        """Fill the outputs, in the formula's order, all of one length."""

    def sums(self, columns: Sequence[Column], length: int) -> list[Sequence[float]]:
        """For each output numbers whose exact sum is the compensated sum over all rows."""
