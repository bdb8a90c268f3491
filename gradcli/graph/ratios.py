"""Arithmetic on literals as exact ratios, where it has one: what decides a condition, and what a person types.

Depends on the graph and on what its literals are. An infinity is a ratio over 0.
"""

import math
from collections.abc import Callable, Mapping

from gradcli.graph.graph import Graph
from gradcli.graph.written import Ratio, as_written, quotient

LARGEST_POWER = 64
MOST_BITS = 1 << 15
"""A ratio of more bits is none that is worked out."""
NAMED: Mapping[str, Ratio] = {
    "pi": math.pi.as_integer_ratio(),
    "tau": math.tau.as_integer_ratio(),
    "e": math.e.as_integer_ratio(),
    "inf": (1, 0),
}
"""The constants whose double decides a comparison; only there, for they are more than their doubles."""
NONE: Mapping[str, Ratio] = {}


def ratio_of(graph: Graph, node: int, depth: int, named: Mapping[str, Ratio] = NONE) -> Ratio | None:
    """What arithmetic on literals comes to, such as 1/3; None where a node is more than that, or deeper.

    Where constants are `named`, powers too are as near as doubles are, if they have no ratio.
    """
    operator, value = graph.operators[node], graph.value_of(node)
    if value is not None:
        return as_written(value)
    if operator in named or not (depth and operator in RATIOS):
        return named.get(operator)
    inner = [ratio for at in graph.operands[node] if (ratio := ratio_of(graph, at, depth - 1, named))]
    if len(inner) < len(graph.operands[node]):
        return None
    try:
        found = RATIOS[operator](*inner)
    except OverflowError:
        found = None
    return _near_power(*inner) if found is None and named and operator == "pow" else found


def _quotient(x: Ratio, y: Ratio) -> Ratio | None:
    over, under = x[0] * y[1], x[1] * y[0]
    if not under:
        return None
    _check_short(max(over.bit_length(), under.bit_length()))
    return (over, under) if under > 0 else (-over, -under)


def _sum(x: Ratio, y: Ratio) -> Ratio | None:
    return _quotient((x[0] * y[1] + y[0] * x[1], 1), (x[1] * y[1], 1))


def _power(x: Ratio, y: Ratio) -> Ratio | None:
    """Where the exponent is whole."""
    if y[1] != 1:
        return None
    exponent = abs(y[0])
    _check_short(exponent * (max(abs(x[0]), x[1]).bit_length() - 1))
    over, under = (x[0] ** exponent, 1), (x[1] ** exponent, 1)
    return _quotient(over, under) if y[0] >= 0 else _quotient(under, over)


def _check_short(bits: int) -> None:
    """Raise OverflowError for a ratio that is too long to be worked out."""
    if bits > MOST_BITS:
        raise OverflowError


def _near_power(x: Ratio, y: Ratio) -> Ratio | None:
    try:
        value = quotient(*x) ** quotient(*y)
    except ArithmeticError:
        return None
    return value.as_integer_ratio() if isinstance(value, float) and math.isfinite(value) else None


def order(x: Ratio, y: Ratio = (0, 1)) -> int:
    """Below, at or above 0 as x is less than y, the same or more.

    >>> order((1, 3), (1, 2)) < 0 < order((1, 0), (1, 2)), order((1, 0), (1, 0))
    (True, 0)
    """
    return x[0] * y[1] - y[0] * x[1] if x[1] or y[1] else x[0] - y[0]


RATIOS: dict[str, Callable[..., Ratio | None]] = {
    "add": _sum,
    "sub": lambda x, y: _sum(x, (-y[0], y[1])),
    "mul": lambda x, y: _quotient((x[0] * y[0], 1), (x[1] * y[1], 1)),
    "div": _quotient,
    "pow": _power,
    "neg": lambda x: (-x[0], x[1]),
    "abs": lambda x: (abs(x[0]), x[1]),
}

"""Operator → what it makes of ratios; None where that is none. They raise OverflowError."""
