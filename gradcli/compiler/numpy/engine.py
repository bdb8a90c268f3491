"""Run a plan: block after block, each block small enough to stay in cache.

Depends on `buffers` for the steps, on `lowerings` for what NumPy does not have, on the scalar interpreter for what is
the same in every row.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import numpy as np

from gradcli.compiler.engine import REDUCTION, Array, Column, Engine, aligned, cut, spans
from gradcli.compiler.lowerings import NUMPY
from gradcli.compiler.numpy.buffers import Plan, planned
from gradcli.compiler.numpy.kernels import NATIVE
from gradcli.evaluate.scalar import MEANINGS
from gradcli.graph.walk import interpret, reachable
from gradcli.rewriting.formula import Formula
from gradcli.rewriting.lowering import GUARDED, lowered

SHORTEST, LONGEST = 4096, REDUCTION
"""Rows of a block. Measured: with fewer the calls of NumPy cost more, and threads wait for each other."""
CACHE, MEMORY = 4 * 2**20, 64 * 2**20
"""Bytes for the buffers: while a block is longer than the shortest, so that they stay in cache, and at all."""


class _InvariantKernels(dict[str, Callable[..., float]]):
    """Operator → its scalar kernel, for what is the same in every row."""

    def __missing__(self, operator: str) -> Callable[..., float]:
        kernel = MEANINGS[operator.removeprefix(GUARDED)]
        is_guarded = operator.startswith(GUARDED)
        self[operator] = (lambda _result, _rare, *operands: kernel(*operands)) if is_guarded else kernel
        return self[operator]


INVARIANT_KERNELS = _InvariantKernels()


def blocks_engine(formula: Formula, scalars: frozenset[str]) -> Engine:
    """The engine of a formula whose variables `scalars` are numbers. It serves every formula."""
    return Blocks(planned(lowered(formula, NATIVE, NUMPY), tuple(formula.variables), scalars))


def rows_of_a_block(row: int) -> int:
    """How many rows, if the buffers take so many bytes a row: a power of 2, so that reductions are whole blocks."""
    most = min(LONGEST, max(SHORTEST, CACHE // max(1, row)), max(64, MEMORY // max(1, row)))
    return 1 << most.bit_length() - 1


class Blocks(Engine):
    """The engine. It keeps the buffers of a call for the next one, a set for each thread that called at once."""

    def __init__(self, plan: Plan) -> None:
        self.plan, self.outputs = plan, len(plan.formula.outputs)
        self.size = rows_of_a_block(sum(1 if mask else 8 for mask in plan.masks))
        self.idle: list[list[Any]] = []

    def rows(self, columns: Sequence[Column], outputs: Sequence[Array]) -> None:
        """Fill the outputs, block after block."""
        with self.buffers() as buffers, np.errstate(all="ignore"):
            arrays, invariant = [*(columns[at] for at in self.plan.columns), *outputs], self.invariant(columns)
            for start, stop in spans(len(outputs[0]), self.size):
                cuts = buffers if stop - start == self.size else [buffer[: stop - start] for buffer in buffers]
                slots = [*cut(arrays, start, stop), *invariant, *cuts]
                for step in self.plan.steps:
                    step(slots)

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

    def invariant(self, columns: Sequence[Column]) -> list[Any]:
        """What is the same in every row, in doubles."""
        graph, positions = self.plan.formula.graph, self.plan.positions
        needed = reachable(graph, [value.node for value in self.plan.invariant])

        def leaf(node: int) -> float:
            number = graph.value_of(node)
            return float(columns[positions[str(graph.leaves[node])]]) if number is None else number

        values = interpret(graph, needed, INVARIANT_KERNELS, leaf)
        # NumPy takes an array of no dimensions in a third of the time of a float.
        return [np.array(values[node], bool if mask else float) for node, mask in self.plan.invariant]
