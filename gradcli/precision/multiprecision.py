"""Graph + bindings → real numbers of as many digits as are asked for, by mpmath at rising precision.

Depends on `gradcli.precision.multiprecision_kernels`, and on `gradcli.precision.enclosures` for what is settled: one
working precision proves nothing, as digits may cancel, nor do two that agree. Literals are the decimals that are
written, bindings the doubles that they are, unless more is known of them.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from gradcli.graph.graph import Graph
from gradcli.graph.walk import interpret, leaves
from gradcli.precision.enclosures import is_available
from gradcli.precision.multiprecision_kernels import MEANINGS, MP, NAN, Number, as_given, as_written, is_finite

if TYPE_CHECKING:
    from gradcli.precision.enclosures.questions import Algebra

SPARE = 15
"""Digits beyond those asked for, for the rounding errors of a formula that cancels nothing."""
SECONDS = 10.0


def evaluate(
    graph: Graph,
    nodes: Sequence[int],
    bindings: Mapping[str, Any],
    digits: int,
    algebra: "Algebra | None" = None,
    seconds: float = SECONDS,
) -> list[Number]:
    """The values of nodes, right to `digits` digits; NaN for one that is none, or that nothing settles.

    A binding is a float or a number of mpmath. Raises KeyError for a missing one.
    """
    if not is_available():
        return [NAN for _ in nodes]
    from gradcli.precision.enclosures.conversions import number
    from gradcli.precision.enclosures.search import Search, is_settled

    search = Search(graph, nodes, bindings, digits + SPARE, algebra)
    found = search.settle(seconds)
    return [number(found[at], digits + SPARE) if is_settled(found[at], digits) else NAN for at in nodes]


def values_at(
    graph: Graph,
    needed: bytearray,
    bindings: Mapping[str, Any],
    working: int,
    read: Callable[[Any], Number] = as_given,
) -> list[Number]:
    """The values of all nodes flagged in `needed`, computed with `working` digits once; `read` takes the bindings."""
    with MP.workdps(working):
        return interpret(graph, needed, MEANINGS, leaves(graph, bindings, read, as_written))


def values_as_written(
    graph: Graph, needed: bytearray, bindings: Mapping[str, float] | Mapping[str, str], working: int
) -> list[Number]:
    """The same of numbers as decimals write them: 0.1 is a tenth, not the double next to it."""
    return values_at(graph, needed, bindings, working, as_written)


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
