"""Run a plan: block after block, each block small enough to stay in cache.

Depends on `plan` for the steps, on `gradcli.compiler.aligned` and `gradcli.compiler.summation` for buffers and
sums, on the scalar interpreter for what is the same in every row.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from typing import Any

import numpy as np

from gradcli.compiler.aligned import aligned
from gradcli.compiler.engine import REDUCTION, Array, Column
from gradcli.compiler.numpy.buffers import Plan
from gradcli.compiler.summation import cut, spans, sums_of_rows
from gradcli.evaluate.scalar import MEANINGS
from gradcli.graph.graph import CONSTANT
from gradcli.graph.walk import interpret, reachable
from gradcli.rewriting.lowering import GUARDED

SHORTEST, LONGEST = 4096, REDUCTION
"""Rows of a block. Measured: with fewer the calls of NumPy cost more, and threads wait for each other."""
CACHE, MEMORY = 4 * 2**20, 64 * 2**20
"""Bytes for the buffers: while a block is longer than the shortest, so that they stay in cache, and at all."""


class _Uniform(dict[str, Callable[..., float]]):
    """Operator → its meaning in doubles, for what is the same in every row."""

    def __missing__(self, operator: str) -> Callable[..., float]:
        kernel = MEANINGS[operator.removeprefix(GUARDED)]
        self[operator] = (
            (lambda _result, _rare, *operands: kernel(*operands)) if operator.startswith(GUARDED) else kernel
        )
        return self[operator]


UNIFORM = _Uniform()


def rows_of_a_block(row: int) -> int:
    """How many rows, if the buffers take so many bytes a row: a power of 2, so that reductions are whole blocks."""
    most = min(LONGEST, max(SHORTEST, CACHE // max(1, row)), max(64, MEMORY // max(1, row)))
    return 1 << most.bit_length() - 1


class Blocks:
    """The engine. It keeps the buffers of a call for the next one, a set for each thread that called at once."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.size = rows_of_a_block(sum(1 if mask else 8 for mask in plan.masks))
        self.idle: list[list[Any]] = []

    def rows(self, columns: Sequence[Column], outputs: Sequence[Array]) -> None:
        """Fill the outputs."""
        with self.buffers() as buffers:
            self.fill(buffers, columns, outputs)

    def sums(self, columns: Sequence[Column], length: int) -> list[Sequence[float]]:
        """Partial sums of each output."""
        with self.buffers() as buffers:
            return sums_of_rows(partial(self.fill, buffers), columns, length, len(self.plan.formula.outputs))

    @contextmanager
    def buffers(self) -> Iterator[list[Any]]:
        """A set of buffers that no other thread has."""
        try:
            own = self.idle.pop()
        except IndexError:
            own = self.allocated()
        yield own
        self.idle.append(own)

    def allocated(self) -> list[Any]:
        """New buffers."""
        kinds = [bool if mask else float for mask in self.plan.masks]
        rows = {kind: iter(aligned(kinds.count(kind) * self.size, kind).reshape(-1, self.size)) for kind in set(kinds)}
        return [next(rows[kind]) for kind in kinds]

    def fill(self, buffers: Sequence[Any], columns: Sequence[Column], outputs: Sequence[Array]) -> None:
        """Fill outputs, block after block."""
        with np.errstate(all="ignore"):
            arrays, fixed = [*(columns[at] for at in self.plan.columns), *outputs], self.fixed(columns)
            for start, stop in spans(len(outputs[0]), self.size):
                cuts = buffers if stop - start == self.size else [buffer[: stop - start] for buffer in buffers]
                self.run([*cut(arrays, start, stop), *fixed, *cuts])

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
