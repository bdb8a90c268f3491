"""Every node of an evaluation as precise as an answer: the doubles that are right, and for the others many digits.

Depends on `gradcli.precision.error_bounds` and, where digits are lost, on `gradcli.precision.readings`.
"""

from collections.abc import Mapping, Sequence
from math import isfinite, ulp
from typing import TYPE_CHECKING

from gradcli.evaluate.scalar import evaluate_all
from gradcli.graph.graph import Graph
from gradcli.graph.walk import reachable
from gradcli.precision.beyond import Beyond
from gradcli.precision.error_bounds import Bounds
from gradcli.precision.filter import PROMISED
from gradcli.precision.readings import Reading, readings
from gradcli.precision.settle import MOST_NODES

if TYPE_CHECKING:
    from gradcli.precision.enclosures.questions import Algebra

SECONDS = 3.0
"""The time that the digits of all nodes may take."""
WHOLE_DOUBLE = 17
"""Digits that tell any double, and are shown of what is none."""


def settled_nodes(
    graph: Graph,
    nodes: Sequence[int],
    bindings: Mapping[str, float],
    seconds: float = SECONDS,
    algebra: "Algebra | None" = None,
    *,
    keep_open: bool = False,
) -> tuple[list[float], dict[int, float]]:
    """All values that the nodes need, by index, and the doubles of those nodes whose digits doubles lose.

    More than `MOST_NODES` are plain doubles. A number that no double holds is a `Beyond` of 17 digits; one that is not
    settled is NaN, or 0 if it rounds to that; with `keep_open` it is what doubles give. Raises KeyError for a missing
    binding.
    """
    needed = reachable(graph, nodes)
    if sum(needed) > MOST_NODES:
        return evaluate_all(graph, needed, bindings), {}
    bounds = Bounds(graph, needed, bindings)
    values: list[float] = [bounds.double(node) if flag else 0.0 for node, flag in enumerate(needed)]
    lost = {node: bounds.double(node) for node in dict.fromkeys(nodes) if _is_lost(bounds, node)}
    doubles: dict[int, float] = {}
    for node, reading in readings(graph, [*lost], bindings, lost, seconds, algebra).of.items():
        double, found = bounds.double(node), _number(reading)
        if (reading.settled or not keep_open) and not _is_near(double, found):
            values[node], doubles[node] = found, double
    return values, doubles


def _is_lost(bounds: Bounds, node: int) -> bool:
    """Whether a double is not right to 16 ulp, is infinite, or is a 0 that may be a smaller number in truth."""
    double = bounds.double(node)
    return bounds.settled(node) != double or not isfinite(double) or bounds.underflows(node)


def _is_near(double: float, found: float) -> bool:
    """Whether a double is as right as is promised."""
    alike = double == found or (double != double and found != found)
    return not isinstance(found, Beyond) and (alike or abs(double - found) <= PROMISED * ulp(found))


def _number(reading: Reading) -> float:
    """A number as the double nearest to it, and where none holds it with its digits."""
    if reading.beyond is None:
        return reading.double
    from decimal import Decimal, InvalidOperation

    from gradcli.precision.decimals import brief_text, number_text

    try:
        return Beyond(reading.double, Decimal(number_text(reading.beyond, WHOLE_DOUBLE)))
    except InvalidOperation:  # an exponent of more than 18 digits
        return Beyond(reading.double, Decimal("NaN"), brief_text(reading.beyond))
