"""Slopes that owe nothing to any rule of differentiation: by Taylor arithmetic, and by difference quotients.

Depends on `gradcli.precision.enclosures` for the first, which is enclosed and has nothing to say at kinks and jumps;
on `gradcli.precision.multiprecision` for the others, which show what is on both sides, and prove nothing. With step
h = 1e-40 and 170 digits, (f(x + h) - f(x - h))/2h is right to about 80 digits where f is smooth (its error is
h^2 f'''/6). Where the formula has finer structure than h, a smaller step on the next rung shows it.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from gradcli.graph.graph import Graph
from gradcli.graph.walk import reachable, users
from gradcli.precision.enclosures import is_available
from gradcli.precision.multiprecision import values_at
from gradcli.precision.multiprecision_kernels import MEANINGS, MP, NAN, ZERO, Number, is_finite

TOLD, SECONDS = 60, 2.0
"""Digits of a slope by Taylor arithmetic, and the time that one may take."""
RUNGS = (1, 2, 4, 8, 16)
"""A step is 2^(-133 rung), about 10^(-40 rung), times the magnitude of the variable."""
STEP_BITS = 133


Reading = Callable[[Graph, bytearray, Mapping[str, Any], int], list[Number]]
"""Graph, needed nodes, bindings, digits → their values; it decides whether 0.1 is a tenth or the double next to it."""


class Taylor(NamedTuple):
    """A derivative by Taylor arithmetic.

    slope  settled to 50 digits; NaN where it is not
    below  where it may be 0 and may be a number less than this power of ten, that power as a text
    """

    slope: Number
    below: str = ""


class Slopes(NamedTuple):
    """Difference quotients from the left and from the right of a point, and the mean of the two."""

    left: Number
    right: Number
    central: Number


class Differences:
    """Difference quotients of one output at one point, by any node of the graph.

    read   how numbers are read; as doubles by default
    aside  a node and a move: the point is the one where that node is moved so far, and nothing else but what follows it
    """

    def __init__(
        self,
        graph: Graph,
        output: int,
        bindings: Mapping[str, Any],
        read: Reading = values_at,
        aside: tuple[int, Number] | None = None,
    ) -> None:
        self.graph, self.output, self.bindings = graph, output, bindings
        self.read, self.aside = read, aside
        self.needed = reachable(graph, [output])
        self._values: dict[int, list[Number]] = {}
        self._slopes: dict[tuple[int, int], Slopes] = {}
        self._taylor: dict[int, Taylor] = {}

    def values(self, rung: int) -> list[Number]:
        """All nodes of the output's formula, with the digits that this rung needs."""
        if rung not in self._values:
            with MP.workdps(digits(rung)):
                values = self.read(self.graph, self.needed, self.bindings, digits(rung))
                self._values[rung] = self._followed(values, *self.aside) if self.aside else values
        return self._values[rung]

    def beside(self, output: int, node: int, move: Number) -> "Differences":
        """The same for an output at the point where `node` is moved."""
        return Differences(self.graph, output, self.bindings, self.read, (node, move))

    @property
    def value(self) -> Number:
        """The output at the point."""
        return self.values(RUNGS[0])[self.output]

    def slopes(self, node: int, rung: int) -> Slopes:
        """The quotients by `node`, a variable or any other, as if it could be moved on its own."""
        if (node, rung) not in self._slopes:
            with MP.workdps(digits(rung)):
                self._slopes[node, rung] = self._quotients(node, self.values(rung), rung)
        return self._slopes[node, rung]

    def taylor(self, node: int) -> Taylor:
        """The derivative by `node` where the formula is strictly within a piece; NaN where it is not known."""
        if node not in self._taylor:
            silent = self.aside or not is_available()
            self._taylor[node] = Taylor(NAN) if silent else self._by_taylor(node)
        return self._taylor[node]

    def _by_taylor(self, node: int) -> Taylor:
        from gradcli.precision.enclosures.balls import as_written, exactly
        from gradcli.precision.enclosures.conversions import bound, number
        from gradcli.precision.enclosures.search import is_settled, leaves
        from gradcli.precision.enclosures.tangents import tangent

        read = exactly if self.read is values_at else as_written
        given = leaves(self.graph, self.needed, self.bindings, read)
        slope = tangent(self.graph, self.output, node, given, TOLD, SECONDS).slope
        if is_settled(slope, TOLD):
            return Taylor(number(slope, TOLD))
        return Taylor(NAN, bound(slope))

    def _quotients(self, node: int, values: Sequence[Number], rung: int) -> Slopes:
        if node > self.output or not self.needed[node]:
            return Slopes(ZERO, ZERO, ZERO)
        value = values[node]
        if not is_finite(value):
            return Slopes(NAN, NAN, NAN)
        step = MP.ldexp(1, scale(value) - STEP_BITS * rung)
        below, here, above = (self._followed(values, node, move)[self.output] for move in (-step, 0, step))
        left, right = (here - below) / step, (above - here) / step
        return Slopes(left, right, (left + right) / 2)

    def _followed(self, values: Sequence[Number], node: int, move: Number) -> list[Number]:
        """The values where `node` is moved and all that depends on it follows."""
        values, graph = [*values], self.graph
        if not move or node > self.output or not self.needed[node]:
            return values
        values[node] += move
        for index in users(graph, node, self.output, self.needed):
            values[index] = MEANINGS[graph.operators[index]](*[values[at] for at in graph.operands[index]])
        return values


def scale(number: Number) -> int:
    """The magnitude of a number as a power of 2, that of 1 for 0 and for what is no number."""
    return int(MP.mag(number)) if number and is_finite(number) else 0


def digits(rung: int) -> int:
    """The working digits: enough to leave 50 after two steps' worth has cancelled."""
    return 120 * rung + 50
