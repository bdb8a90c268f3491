"""The plainest engine: the formula as a Python function, row by row, with the numbers of the scalar interpreter.

Depends on `gradcli.compiler.python.function`. It serves every formula, at some microseconds a row.
"""

from collections.abc import Iterator, Sequence
from itertools import repeat

from gradcli.compiler.engine import REDUCTION, Array, Column, Engine, cut, spans
from gradcli.compiler.python.function import inlined
from gradcli.rewriting.formula import Formula


class RowByRow(Engine):
    """The engine."""

    def __init__(self, formula: Formula) -> None:
        self.outputs, self.function = len(formula.outputs), inlined(formula)

    def rows(self, columns: Sequence[Column], outputs: Sequence[Array]) -> None:
        """Fill the outputs."""
        for start, stop in spans(len(outputs[0]), REDUCTION):
            numbers = zip(*self.numbers(cut(columns, start, stop), stop - start), strict=True)
            for output, column in zip(outputs, numbers, strict=True):
                output[start:stop] = column

    def numbers(self, columns: Sequence[Column], length: int) -> Iterator[Sequence[float]]:
        """The outputs of each row."""
        given = [repeat(x, length) if isinstance(x, float) else x.tolist() for x in columns]
        return map(self.function, *given) if given else repeat(self.function(), length)
