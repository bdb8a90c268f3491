"""The nodes that enclosures leave open, in a graph without what cancels: values as they are, derivatives taken anew.

Depends on `rewriting`, and on `gradcli.derivatives`.
"""

from collections.abc import Callable, Mapping, Sequence
from time import monotonic
from typing import Any, NamedTuple

from flint import ctx

from gradcli.derivatives import differentiate
from gradcli.graph.graph import VARIABLE, Graph
from gradcli.graph.walk import reachable
from gradcli.precision.cancellation.rewriting import Rewriting
from gradcli.precision.enclosures.balls import Enclosure
from gradcli.precision.enclosures.questions import Algebra
from gradcli.precision.enclosures.search import DEARER, enclosed, leaves

FEWEST_BITS, MOST_BITS, SWEEP = 1 << 12, 1 << 16, 0.25
"""The working precision is what one sweep over all takes so many seconds for, at most."""
NO_SLOPES: Mapping[int, tuple[int, int]] = {}


class Anew(NamedTuple):
    """A graph without what cancels.

    of      the new node of each that was asked for
    smooth  whether the output is known to be smooth at the point, as derivatives were to be taken
    """

    graph: Graph
    of: dict[int, int]
    smooth: bool = False


class Point(NamedTuple):
    """Where a graph is looked at: what variables are bound to, and how that is read."""

    bindings: Mapping[str, Any]
    read: Callable[[Any], Enclosure]


def written_anew(
    graph: Graph,
    nodes: Sequence[int],
    point: Point,
    algebra: Algebra | None,
    seconds: float,
    slopes: Mapping[int, tuple[int, int]] = NO_SLOPES,
) -> Anew:
    """A graph of the same nodes; algebra is asked for so many seconds.

    `slopes` says which nodes are the derivative of which output by which variable: they are taken anew.
    Raises KeyError for a missing binding.
    """
    outputs = {output for node, (output, _) in slopes.items() if node in nodes}
    if any(graph.operators[by] != VARIABLE for _, by in slopes.values()):
        outputs = set()
    until = monotonic() + seconds
    with ctx.workprec(_affordable(graph, [*outputs] or nodes, point)):
        return (
            _with_slopes(graph, nodes, point, algebra, until, slopes, outputs)
            if outputs
            else _plainly(graph, nodes, point)
        )


def _affordable(graph: Graph, nodes: Sequence[int], point: Point) -> int:
    """The working precision for nodes."""
    needed, bits = reachable(graph, nodes), FEWEST_BITS
    given = leaves(graph, needed, point.bindings, point.read)
    while bits < MOST_BITS:
        began = monotonic()
        with ctx.workprec(bits):
            enclosed(graph, needed, given)
        if DEARER * (monotonic() - began) > SWEEP:
            break
        bits *= 2
    return bits


def _plainly(graph: Graph, nodes: Sequence[int], point: Point) -> Anew:
    """Nodes as they are at the point."""
    given = leaves(graph, reachable(graph, nodes), point.bindings, point.read)
    found = Rewriting(graph, given).write(nodes)
    return Anew(found.graph, {node: found.of[node] for node in nodes})


def _with_slopes(
    graph: Graph,
    nodes: Sequence[int],
    point: Point,
    algebra: Algebra | None,
    until: float,
    slopes: Mapping[int, tuple[int, int]],
    outputs: set[int],
) -> Anew:
    """Nodes as they are all around, slopes where all is smooth: at a kink there is more to be said of them."""
    values = [node for node in nodes if node not in slopes]
    given = leaves(graph, reachable(graph, [*values, *outputs]), point.bindings, point.read)
    first = Rewriting(graph, given, algebra, until, around=True).write([*values, *outputs])
    smooth = all(first.is_real(first.of[output]) for output in outputs)
    moved = {node: _slope(first, *slopes[node]) for node in nodes if node in slopes} if smooth else {}
    of = {node: first.of[node] for node in values} | moved
    second = _plainly(first.graph, [*of.values()], point)
    return Anew(second.graph, {node: second.of[at] for node, at in of.items()}, smooth)


def _slope(of: Rewriting, output: int, by: int) -> int:
    """The derivative in the new graph, where the output may not depend on the variable any more."""
    moving = of.graph.variable(str(of.old.leaves[by]))
    return differentiate(of.graph, of.of[output], [moving]).gradient[0]
