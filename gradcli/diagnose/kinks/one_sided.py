"""Kinks that a point meets, and the slopes of the output on both sides of it.

Depends on `gradcli.diagnose.kinks.directional` for the sweeps. Nothing is swept where no operator is at its kink.
"""

from collections.abc import Mapping, Sequence
from math import isclose, isnan, nan
from typing import NamedTuple

from gradcli.diagnose.kinks.active import kinked, met
from gradcli.diagnose.kinks.directional import Beside, beside, users
from gradcli.evaluate.gradient import Point
from gradcli.evaluate.scalar import evaluate_all
from gradcli.graph.graph import Graph
from gradcli.graph.walk import dependent, reachable
from gradcli.language.program import Program

CLOSE = 2.0**-40
"""What counts as equal: the two sides add up like terms in different orders."""
MOST_VISITS = 200_000
"""How many nodes all sweeps together may visit; each takes some 20 microseconds."""
GLANCES = 8
"""How many nodes can be looked at in the time that a visit takes."""


class Slopes(NamedTuple):
    """The output on both sides of a point, as one variable grows through it.

    left, right    its slopes: one-sided derivatives, NaN where there is none or the first order does not decide it
    below, above   its limits, which differ from its value at a jump
    kinks          the nodes at a kink on whose side it depends, operands first
    outside        on which sides it is not defined at all
    """

    left: float
    right: float
    below: float
    above: float
    kinks: tuple[int, ...]
    outside: tuple[bool, bool]

    @property
    def agree(self) -> bool:
        """Whether both sides have one slope."""
        return isclose(self.left, self.right, rel_tol=CLOSE)

    def jumps(self, value: float) -> bool:
        """Whether the output, which is `value` at the point, is known to be another just beside it."""
        return any(not isnan(limit) and not isclose(limit, value, rel_tol=CLOSE) for limit in (self.below, self.above))


class Kinks(NamedTuple):
    """What one point meets.

    nodes   the nodes at a kink, whether or not the output depends on their side
    value   the output at the point
    slopes  for each name whose derivative depends on a kink, both sides
    skipped the names for which there was no time, in a graph of millions of nodes
    """

    nodes: tuple[int, ...]
    value: float
    slopes: dict[str, Slopes]
    skipped: tuple[str, ...]


NONE = Kinks((), nan, {}, ())


def one_sided(program: Program, point: Point, wrt: Mapping[str, int]) -> Kinks:
    """The one-sided derivatives of the output by the nodes `wrt`, for those whose way to the output meets a kink."""
    graph, output = program.graph, program.output
    if not wrt or not kinked(graph):
        return NONE
    needed = reachable(graph, [output])
    values = _unsigned(evaluate_all(graph, needed, point.bindings))
    nodes = tuple(met(graph, needed, dependent(graph, wrt.values(), output), values))
    if not nodes:
        return NONE
    leads = reachable(graph, nodes)
    led = {name: node for name, node in wrt.items() if node < len(leads) and leads[node] and node != output}
    slopes, skipped = _swept(graph, needed, values, output, led)
    return Kinks(nodes, values[output], slopes, skipped)


def _unsigned(values: list[float]) -> list[float]:
    """The values with one zero: on which side of it a number lies is told by the way it moves."""
    return [0.0 if value == 0.0 else value for value in values]


def _swept(
    graph: Graph, needed: Sequence[int], values: Sequence[float], output: int, led: Mapping[str, int]
) -> tuple[dict[str, Slopes], tuple[str, ...]]:
    """Both sides for every name, and the names for which there was no time."""
    slopes: dict[str, Slopes] = {}
    visits, names = 0, [*led]
    for done, name in enumerate(names):
        if visits >= MOST_VISITS:
            return slopes, tuple(names[done:])
        moved = users(graph, led[name], output, needed)
        visits += 2 * len(moved) + output // GLANCES
        found = _slopes(*(beside(graph, values, led[name], side, moved, output) for side in (-1.0, 1.0)))
        if found.kinks:
            slopes[name] = found
    return slopes, ()


def _slopes(left: Beside, right: Beside) -> Slopes:
    """The derivative from the left is that in the direction of -1, with its sign changed."""
    kinks = tuple(sorted({*left.kinks, *right.kinks}))
    return Slopes(0.0 - left.rate, right.rate, left.value, right.value, kinks, (left.outside, right.outside))
