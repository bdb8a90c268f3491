"""Does SymPy's own derivative of a formula equal gradcli's? Ever dearer ways of showing that a difference is 0.

Depends on `gradcli.verify.symbolic` and on SymPy. The proof is of the piece of the formula on which the point lies.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import sympy

from gradcli.graph.graph import Graph
from gradcli.graph.walk import reachable
from gradcli.verify.meanings import MP
from gradcli.verify.normal_form import multiplies_out_to_zero
from gradcli.verify.symbolic import Formula, pieces, symbol

DIGITS = 200
"""The working digits of the numbers that choose between branches."""
LARGEST = 400
"""More operations than that are not given to SymPy, nor formulas that would be longer than LENGTH written out."""
LENGTH = 3000
STEEPEST = 64
"""Higher powers of sums are not multiplied out."""


def is_proved(graph: Graph, output: int, gradient: int, by: int, bindings: Mapping[str, Any]) -> bool:
    """Whether SymPy shows that node `gradient` is the derivative of `output` by node `by`, around this point."""
    needed = reachable(graph, [output, gradient, by])
    if sum(needed) > LARGEST or length(graph, needed, (output, gradient)) > LENGTH:
        return False
    try:
        value, slope, variable = _formulas(graph, needed, (output, gradient, by), bindings)
        return None not in (value, slope) and is_zero(sympy.diff(value, variable) - slope)
    except (RecursionError, ArithmeticError, ValueError, TypeError, AttributeError, NotImplementedError, MemoryError):
        # SymPy raises all of these from within on formulas that it cannot handle; that is no proof, and no news.
        return False


def _formulas(
    graph: Graph, needed: bytearray, nodes: tuple[int, int, int], bindings: Mapping[str, Any]
) -> Iterator[Formula]:
    """The formulas of nodes around the point, the last of them as a symbol."""
    with MP.workdps(DIGITS):
        given = {at: symbol(MP.mpf(bindings[name])) for name, at in graph.variables().items() if name in bindings}
    if nodes[-1] not in given:
        given[nodes[-1]] = symbol(pieces(graph, needed, given, DIGITS)[nodes[-1]].number)
    found = pieces(graph, needed, given, DIGITS)
    return (found[node].formula for node in nodes)


def length(graph: Graph, needed: bytearray, nodes: tuple[int, ...]) -> int:
    """How many operations formulas have where nothing is shared."""
    lengths: list[int] = []
    for node, flag in enumerate(needed):
        lengths.append(1 + sum(lengths[operand] for operand in graph.operands[node]) if flag else 0)
    return sum(lengths[node] for node in nodes)


def is_zero(difference: Formula) -> bool:
    """Whether some way shows it; each is tried on its own, as one may fail where the next does not."""
    if difference == 0:
        return True
    if any(power.exp.is_Integer and abs(power.exp) > STEEPEST for power in difference.atoms(sympy.Pow)):
        return False
    return any(way(difference) for way in WAYS)


WAYS: tuple[Callable[[Formula], bool], ...] = (
    lambda difference: bool(sympy.expand(difference) == 0),
    multiplies_out_to_zero,
    lambda difference: bool(sympy.simplify(difference) == 0),
)
