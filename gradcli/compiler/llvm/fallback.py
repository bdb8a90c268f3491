"""Rows in which an operator would not come out right in machine code: they are left to the scalar interpreter.

Depends on the engines beside it. Such a row is one in which the condition of some operator holds, taken or not; the
formula tells by one more output.
"""

from collections.abc import Sequence
from functools import cached_property, reduce

import numpy as np

from gradcli.compiler.engine import REDUCTION, Array, Column, Engine, cut, spans
from gradcli.compiler.python.engine import RowByRow
from gradcli.rewriting.formula import Formula, with_variables
from gradcli.rewriting.lowering import GUARDED

MARK = "fallback row"
"""The output that is not 0 in such rows; no name in the language has a blank."""


def marked(formula: Formula) -> Formula:
    """A lowered formula, with a mark if it has such rows."""
    graph = formula.graph
    guarded = [node for node, flag in enumerate(formula.needed) if flag and graph.operators[node].startswith(GUARDED)]
    if not guarded:
        return formula
    mark = reduce(lambda some, more: graph.node("or", (some, more)), (graph.operands[node][1] for node in guarded))
    return with_variables(graph, {**formula.outputs, MARK: mark})


class WithFallback(Engine):
    """The engine of a formula with a mark: another engine fills the columns, then these rows are written over."""

    def __init__(self, fast: Engine, formula: Formula) -> None:
        self.fast, self.formula, self.outputs = fast, formula, len(formula.outputs)

    @cached_property
    def slow(self) -> Engine:
        """What is right everywhere."""
        return RowByRow(self.formula)

    def rows(self, columns: Sequence[Column], outputs: Sequence[Array]) -> None:
        """Fill the outputs."""
        marks = np.empty(min(len(outputs[0]), REDUCTION))
        for start, stop in spans(len(outputs[0]), REDUCTION):
            filled = [output[start:stop] for output in outputs]
            self._block(cut(columns, start, stop), filled, marks[: stop - start])

    def _block(self, columns: Sequence[Column], outputs: Sequence[Array], marks: Array) -> None:
        self.fast.rows(columns, [*outputs, marks])
        rows = np.flatnonzero(marks)
        if len(rows):
            found = [np.empty(len(rows)) for _ in outputs]
            self.slow.rows([column if isinstance(column, float) else column[rows] for column in columns], found)
            for output, numbers in zip(outputs, found, strict=True):
                output[rows] = numbers
