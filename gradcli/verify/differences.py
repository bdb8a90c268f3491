"""Difference quotients of many digits: slopes that owe nothing to any rule of differentiation.

Depends on `gradcli.verify.high_precision`. With step h = 1e-40 and 170 digits, (f(x + h) - f(x - h))/2h is right to
about 80 digits where f is smooth (its error is h^2 f'''/6). Where the formula has finer structure than h, a smaller
step on the next rung shows it.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple

from gradcli.graph.graph import Graph
from gradcli.graph.walk import dependent, reachable
from gradcli.verify.high_precision import values_at
from gradcli.verify.meanings import MEANINGS, MP, NAN, Number, is_finite

RUNGS = (1, 2, 4, 8, 16)
"""A step is 2^(-133 rung), about 10^(-40 rung), times the magnitude of the variable."""
STEP_BITS = 133


class Slopes(NamedTuple):
    """Difference quotients from the left and from the right of a point, and the mean of the two."""

    left: Number
    right: Number
    central: Number


class Differences:
    """Difference quotients of one output at one point, by any node of the graph."""

    def __init__(self, graph: Graph, output: int, bindings: Mapping[str, Any]) -> None:
        self.graph, self.output, self.bindings = graph, output, bindings
        self.needed = reachable(graph, [output])
        self._values: dict[int, list[Number]] = {}

    def values(self, rung: int) -> list[Number]:
        """All nodes of the output's formula, with the digits that this rung needs."""
        if rung not in self._values:
            self._values[rung] = values_at(self.graph, self.needed, self.bindings, digits(rung))
        return self._values[rung]

    @property
    def value(self) -> Number:
        """The output at the point."""
        return self.values(RUNGS[0])[self.output]

    def slopes(self, node: int, rung: int) -> Slopes:
        """The quotients by `node`, a variable or any other, as if it could be moved on its own."""
        with MP.workdps(digits(rung)):
            value = self.values(rung)[node]
            if not is_finite(value):
                return Slopes(NAN, NAN, NAN)
            step = MP.ldexp(1, scale(value) - STEP_BITS * rung)
            below, here, above = (self._moved(node, move, rung) for move in (-step, 0, step))
            left, right = (here - below) / step, (above - here) / step
            return Slopes(left, right, (left + right) / 2)

    def _moved(self, node: int, move: Number, rung: int) -> Number:
        """The output where `node` is moved and all that depends on it follows."""
        values, graph = self.values(rung), self.graph
        if not move or node > self.output or not self.needed[node]:
            return values[self.output]
        values = [*values]
        values[node] += move
        follows = dependent(graph, [node], self.output)
        for index in range(node + 1, self.output + 1):
            if follows[index] and self.needed[index]:
                values[index] = MEANINGS[graph.operators[index]](*[values[at] for at in graph.operands[index]])
        return values[self.output]


def scale(number: Number) -> int:
    """The magnitude of a number as a power of 2, that of 1 for 0 and for what is no number."""
    return int(MP.mag(number)) if number and is_finite(number) else 0


def digits(rung: int) -> int:
    """The working digits: enough to leave 50 after two steps' worth has cancelled."""
    return 120 * rung + 50
