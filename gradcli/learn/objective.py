"""What training makes smaller: a loss and its gradient by the weights, at one point or as the mean of a table's rows.

Depends on `gradcli.compiler`. Nothing here evaluates a formula in a way of its own.
"""

from collections.abc import Callable, Mapping, Sequence
from math import fsum
from typing import Any, NamedTuple, Protocol

from gradcli.compiler.columns import Compiled
from gradcli.compiler.python.function import MOST, inlined
from gradcli.language.program import Program

BATCH = 2048
"""Up to so many rows are summed plainly: so few lose no digits that would be seen."""
FEW_ROWS = 16
"""Up to so many rows Python takes one after the other, if the formula is small: machine code takes longer to call."""


class Evaluated(NamedTuple):
    """A loss, and its derivative by each weight."""

    loss: float
    gradient: list[float]


class Objective(Protocol):
    """A loss of weights."""

    @property
    def rows(self) -> int:
        """How many rows it is the mean or the sum of; 0 without a table."""

    def at(self, weights: Sequence[float], _rows: Any = None, _step: int = 0, /) -> Evaluated:
        """Loss and gradient at a step, over all rows or over those of these numbers."""


class Single:
    """The loss of a program without a table; `bound` are the numbers that are not trained."""

    rows = 0

    def __init__(self, program: Program, weights: Sequence[str], bound: Mapping[str, float]) -> None:
        self.names, self.bound = list(weights), dict(bound)
        self._compiled = Compiled(program, {name: program.variables[name] for name in weights})
        made = self._compiled.formula
        self._function = inlined(made) if made.operations <= MOST else None
        self._order = [*made.variables]

    def at(self, weights: Sequence[float], _rows: Any = None, _step: int = 0, /) -> Evaluated:
        """Loss and gradient."""
        given = {**self.bound, **dict(zip(self.names, map(float, weights), strict=True))}
        if self._function:
            loss, *gradient = self._function(*[given[name] for name in self._order])
        else:
            loss, *gradient = self._compiled.sums(given, 1).values()
        return Evaluated(loss, gradient)


class Rows:
    """The mean, or the sum, of a program's loss over the rows of a table that is in memory.

    columns  name -> an array of doubles, one for each row
    """

    def __init__(
        self,
        program: Program,
        weights: Sequence[str],
        bound: Mapping[str, float],
        columns: Mapping[str, Any],
        *,
        mean: bool = True,
    ) -> None:
        self.names, self.bound, self.columns, self.mean = list(weights), dict(bound), dict(columns), mean
        self.rows = len(next(iter(columns.values())))
        wrt = {name: program.variables[name] for name in weights}
        self._compiled = Compiled(program, wrt)
        small = self._compiled.formula.operations <= MOST
        self._order = [*self._compiled.formula.variables]
        self._small = inlined(self._compiled.formula) if small else None

    def at(self, weights: Sequence[float], rows: Any = None, step: int = 0, /) -> Evaluated:
        """Loss and gradient at a step, over all rows or over those of these numbers.

        Rows are numbered through all steps: so machine code takes over where it has paid for its making.
        """
        given = {**self.bound, **dict(zip(self.names, map(float, weights), strict=True))}
        columns = self.columns if rows is None else {name: column[rows] for name, column in self.columns.items()}
        length = self.rows if rows is None else len(rows)
        if self._small and length <= FEW_ROWS:
            loss, *gradient = _one_by_one(self._small, self._order, {**given, **columns}, length)
        elif length <= BATCH:
            loss, *gradient = self._compiled.totals({**given, **columns}, length, start=step * length)
        else:
            loss, *gradient = self._compiled.sums({**given, **columns}, length, start=step * length).values()
        if self.mean:
            loss, gradient = loss / length, [slope / length for slope in gradient]
        return Evaluated(loss, gradient)


def _one_by_one(
    function: Callable[..., Sequence[float]], order: Sequence[str], given: Mapping[str, Any], length: int
) -> list[float]:
    """The sum of each output over a few rows, taken one after the other."""
    lists = [[it] * length if isinstance(it := given[name], float) else it.tolist() for name in order]
    return [fsum(column) for column in zip(*map(function, *lists), strict=True)]
