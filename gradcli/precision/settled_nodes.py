"""Every node of an evaluation as precise as an answer: the doubles that are right, and for the others many digits.

Depends on `gradcli.precision.error_bounds` and, where digits are lost, on `gradcli.precision.multiprecision`.
"""

from collections.abc import Mapping, Sequence
from math import isfinite, ulp
from typing import TYPE_CHECKING

from gradcli.evaluate.scalar import evaluate_all
from gradcli.graph.graph import Graph
from gradcli.graph.walk import reachable
from gradcli.precision.beyond import Beyond
from gradcli.precision.error_bounds import PROMISED, Bounds
from gradcli.precision.settle import DIGITS, MOST_NODES
from gradcli.time_limit import within

if TYPE_CHECKING:
    from gradcli.precision.multiprecision_kernels import Number

SECONDS = 3.0
"""The time that the digits of all nodes may take; then the doubles stand."""
WHOLE_DOUBLE = 17
"""Digits that tell any double, and are shown of what is none."""


def settled_nodes(
    graph: Graph, nodes: Sequence[int], bindings: Mapping[str, float], seconds: float = SECONDS
) -> tuple[list[float], dict[int, float]]:
    """All values that the nodes need, by index, and the doubles of those nodes whose digits doubles lose.

    More than `MOST_NODES` are plain doubles. A number that no double holds is a `Beyond` of 17 digits. Raises KeyError
    for a missing binding.
    """
    needed = reachable(graph, nodes)
    if sum(needed) > MOST_NODES:
        return evaluate_all(graph, needed, bindings), {}
    bounds = Bounds(graph, needed, bindings)
    values: list[float] = [bounds.double(node) if flag else 0.0 for node, flag in enumerate(needed)]
    lost = [node for node in dict.fromkeys(nodes) if _is_lost(bounds, node)]
    doubles: dict[int, float] = {}
    for node, number in _in_many_digits(bounds, lost, seconds).items():
        double, found = bounds.double(node), _number(bounds.double(node), number)
        if not _is_near(double, found):
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


def _in_many_digits(bounds: Bounds, nodes: Sequence[int], seconds: float) -> "dict[int, Number]":
    """The numbers that can be settled; none where time runs out."""
    if not nodes:
        return {}
    from gradcli.precision.multiprecision import evaluate  # mpmath takes 30 ms to load: only where doubles do not do

    found = within(seconds, lambda: evaluate(bounds.graph, nodes, bounds.bindings, DIGITS), None)
    pairs = zip(nodes, found or (), strict=False)
    return {node: number for node, number in pairs if number == number or not isfinite(bounds.double(node))}


def _number(double: float, number: "Number") -> float:
    """A number as the double nearest to it, and where none holds it with its digits."""
    from decimal import Decimal, InvalidOperation

    from gradcli.precision.decimals import brief_text, is_beyond_doubles, number_text, rounded

    near = rounded(double, number)
    if not is_beyond_doubles(number, near):
        return near
    try:
        return Beyond(near, Decimal(number_text(number, WHOLE_DOUBLE)))
    except InvalidOperation:  # an exponent of more than 18 digits
        return Beyond(near, Decimal("NaN"), brief_text(number))
