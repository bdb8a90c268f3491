"""SymPy's own derivative of a formula beside gradcli's: are they the same function?

Depends on `gradcli.proof.sympy_formula` and on SymPy. The proof is of the piece of the formula on which the point lies.
"""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import sympy

from gradcli.graph.graph import Graph
from gradcli.graph.walk import reachable
from gradcli.precision.multiprecision import values_at
from gradcli.precision.multiprecision_kernels import MP, Number
from gradcli.proof.decisions import reached
from gradcli.proof.is_zero import FAILURES, is_zero
from gradcli.proof.sympy_formula import Formula, pieces, rational, symbol

DIGITS = 200
"""The working digits of the numbers that choose between branches."""
LARGEST = 400
"""More operations than that are not given to SymPy, nor formulas that would be longer than LENGTH written out."""
LENGTH = 3000


class Comparison(NamedTuple):
    """A derivative as SymPy has it and as gradcli has it, and the numbers of their symbols at the point."""

    sympy: Formula
    ours: Formula
    at: Mapping[Formula, Formula]

    def is_proved(self) -> bool:
        """Whether SymPy shows that the two are the same function around the point."""
        return is_zero(self.sympy - self.ours, self.at)


def comparison(graph: Graph, output: int, gradient: int, by: int, bindings: Mapping[str, Any]) -> Comparison | None:
    """Node `gradient` beside SymPy's derivative of `output` by node `by`; None where SymPy cannot have them."""
    needed = reachable(graph, [output, gradient, by])
    values = values_at(graph, needed, bindings, DIGITS)
    there = reached((output, gradient, by), lambda node: _branch(graph, node, values))
    if sum(there) > LARGEST or length(graph, there, (output, gradient)) > LENGTH:
        return None
    with MP.workdps(DIGITS):
        named = {at: symbol(MP.mpf(bindings[name])) for name, at in graph.variables().items() if name in bindings}
    given = {**named, by: symbol(values[by])}
    try:
        found = pieces(graph, needed, given, DIGITS)
        value, ours = found[output].formula, found[gradient].formula
        at = {each.formula: rational(each.number) for each in given.values()}
        return None if None in (value, ours) else Comparison(sympy.diff(value, given[by].formula), ours, at)
    except FAILURES:
        return None


def _branch(graph: Graph, node: int, values: Sequence[Number]) -> tuple[int, ...]:
    """The operands of a node at a point: of the branches of a choice the one that is taken."""
    operands = graph.operands[node]
    if graph.operators[node] != "where":
        return operands
    return operands[1:2] if values[operands[0]] != 0 else operands[2:]


def length(graph: Graph, needed: bytearray, nodes: tuple[int, ...]) -> int:
    """How many operations formulas have where nothing is shared."""
    lengths: list[int] = []
    for node, flag in enumerate(needed):
        lengths.append(1 + sum(lengths[operand] for operand in graph.operands[node]) if flag else 0)
    return sum(lengths[node] for node in nodes)
