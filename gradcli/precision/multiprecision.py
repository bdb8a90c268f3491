"""Graph + bindings → real numbers of as many digits as are asked for, by mpmath at rising precision.

Depends on `gradcli.precision.multiprecision_kernels`. One working precision proves nothing, as digits may cancel: a
number counts as settled once two precisions agree on it. Literals and bindings are the doubles that they are, to the
last bit.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from gradcli.graph.graph import Graph
from gradcli.graph.walk import interpret, leaves, reachable
from gradcli.precision.exact_zeros import certain
from gradcli.precision.multiprecision_kernels import MEANINGS, MP, NAN, ZERO, Number, is_finite

SPARE = 15
"""Digits beyond those asked for, for the rounding errors of a formula that cancels nothing."""
LADDER = (1, 2, 8, 16)
"""The working precisions as multiples of the first. A zero that is not certain is believed on the last one only."""
REACH = 330
"""Digits beyond the multiple on all but the first: 1 + 1e-308 is not 1 there. Two precisions that both lose a term
would agree without it."""


def evaluate(graph: Graph, nodes: Sequence[int], bindings: Mapping[str, Any], digits: int) -> list[Number]:
    """The values of nodes, right to `digits` digits; NaN for one that is none, or that no precision here settles.

    A binding is a float or a number of mpmath. Raises KeyError for a missing one.
    """
    settled: dict[int, Number] = {}
    before: dict[int, Number] = {}
    for step in LADDER:
        waiting = [node for node in dict.fromkeys(nodes) if node not in settled]
        needed = reachable(graph, waiting)
        values = values_at(graph, needed, bindings, step * (digits + SPARE) + (step > 1) * REACH)
        settled |= {at: values[at] for at in waiting if at in before and agree(before[at], values[at], digits)}
        zeros = [node for node in waiting if before.get(node) == values[node] == 0]
        known = certain(graph, needed, values) if zeros else []
        settled |= {node: ZERO for node in zeros if known[node]}
        before = {node: values[node] for node in waiting}
    unsettled = {at: ZERO if vanishes(it, LADDER[-1] * digits) else NAN for at, it in before.items()}
    return [(unsettled | settled)[node] for node in nodes]


def values_at(
    graph: Graph,
    needed: bytearray,
    bindings: Mapping[str, Any],
    working: int,
    read: Callable[[Any], Number] = MP.mpf,
) -> list[Number]:
    """The values of all nodes flagged in `needed`, computed with `working` digits once; `read` takes the leaves."""
    with MP.workdps(working):
        return interpret(graph, needed, MEANINGS, leaves(graph, bindings, read))


def values_as_written(
    graph: Graph, needed: bytearray, bindings: Mapping[str, float] | Mapping[str, str], working: int
) -> list[Number]:
    """The same of numbers as decimals write them: 0.1 is a tenth, not the double next to it."""
    return values_at(graph, needed, bindings, working, as_written)


def as_written(number: float | str) -> Number:
    """A double as the shortest decimal that is read as it; a decimal as it stands."""
    return MP.mpf(number if isinstance(number, str) else repr(float(number)))


def agree(first: Number, second: Number, digits: int) -> bool:
    """Whether two numbers are the same to so many digits, and not zero, which may be all that is left of others."""
    return bool(second != 0) and same(first, second, digits)


def same(first: Number, second: Number, digits: int) -> bool:
    """Whether two numbers are the same to so many digits; infinities and NaN are where they are alike."""
    if not (is_finite(first) and is_finite(second)):
        return bool(first == second) or (first != first and second != second)
    return bool(abs(first - second) <= MP.mpf(10) ** -digits * max(abs(first), abs(second)))


def vanishes(number: Number, working: int) -> bool:
    """Whether a number is nothing but what the working precision leaves of a zero."""
    return is_finite(number) and bool(abs(number) <= MP.mpf(10) ** (-working // 2))
