"""Run a plan: block after block, each block small enough to stay in cache.

Depends on `plan` for the steps, on `gradcli.run.arrays.reduction` for sums, on the scalar interpreter for what is the
same in every row.
"""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from gradcli.graph.graph import CONSTANT
from gradcli.graph.walk import interpret, reachable
from gradcli.run.arrays.blocks.plan import Plan
from gradcli.run.arrays.engine import Array, Column
from gradcli.run.arrays.lowering import MENDED
from gradcli.run.arrays.reduction import Fill, cut, spans, sums_of_rows
from gradcli.run.scalar import MEANINGS

BLOCK = 16_384
"""Rows of a block. Measured: with fewer the calls of NumPy cost more, with more the buffers leave the cache."""
MEMORY = 64 * 2**20
"""Bytes for buffers. A formula of very many takes shorter blocks."""


class _Uniform(dict[str, Callable[..., float]]):
    """Operator → its meaning in doubles, for what is the same in every row."""

    def __missing__(self, operator: str) -> Callable[..., float]:
        kernel = MEANINGS[operator.removeprefix(MENDED)]
        self[operator] = (
            (lambda _result, _rare, *operands: kernel(*operands)) if operator.startswith(MENDED) else kernel
        )
        return self[operator]


UNIFORM = _Uniform()


class Blocks:
    """The engine. It keeps nothing between calls."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.size = max(64, min(BLOCK, MEMORY // (8 * len(plan.masks) + 1)))

    def rows(self, columns: Sequence[Column], outputs: Sequence[Array]) -> None:
        """Fill the outputs."""
        self.filler(len(outputs[0]))(columns, outputs)

    def sums(self, columns: Sequence[Column], length: int) -> list[Sequence[float]]:
        """Partial sums of each output."""
        return sums_of_rows(self.filler(length), columns, length, len(self.plan.formula.outputs))

    def filler(self, length: int) -> Fill:
        """A function that fills outputs of at most this length, with buffers that are its own."""
        size = max(1, min(self.size, length))
        buffers = [np.empty(size, bool if mask else float) for mask in self.plan.masks]

        def fill(columns: Sequence[Column], outputs: Sequence[Array]) -> None:
            with np.errstate(all="ignore"):
                arrays, fixed = [*(columns[at] for at in self.plan.columns), *outputs], self.fixed(columns)
                for start, stop in spans(len(outputs[0]), size):
                    cuts = buffers if stop - start == size else [buffer[: stop - start] for buffer in buffers]
                    self.run([*cut(arrays, start, stop), *fixed, *cuts])

        return fill

    def run(self, slots: Sequence[Any]) -> None:
        """All steps on one block."""
        for step in self.plan.steps:
            step(slots)

    def fixed(self, columns: Sequence[Column]) -> list[Any]:
        """What is the same in every row, in doubles."""
        graph, positions = self.plan.formula.graph, self.plan.positions

        def leaf(node: int) -> float:
            text = graph.leaves[node]
            return float(text) if graph.operators[node] == CONSTANT else float(columns[positions[str(text)]])

        values = interpret(graph, reachable(graph, [value.node for value in self.plan.fixed]), UNIFORM, leaf)
        # NumPy takes an array of no dimensions in a third of the time of a float.
        return [np.array(values[node], bool if mask else float) for node, mask in self.plan.fixed]
