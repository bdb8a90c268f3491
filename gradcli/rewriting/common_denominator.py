"""Quotients that meet in a sum, brought over the denominator that they have in common: one division instead of two.

Depends on the graph. a*(n/c) - b*(m/c) is (a*n - b*m)/c, with fewer roundings. It is done where c is 1 + exp(-|x|), as
in sigmoid(x) and sigmoid(-x), whose numerators are at most 1: the numerator overflows only where a or b is within a
factor of two of the largest double.
"""

from typing import NamedTuple

from gradcli.graph.graph import Graph
from gradcli.graph.simplify import simplified


class _Quotient(NamedTuple):
    """factor*(numerator/denominator); without a factor, numerator/denominator."""

    factor: int | None
    numerator: int
    denominator: int

    def over(self, graph: Graph) -> int:
        """What is over the denominator."""
        return self.numerator if self.factor is None else simplified(graph, "mul", (self.factor, self.numerator))


def brought_together(graph: Graph, node: int) -> int:
    """A node that is the same number, with one division less if it is a sum or a difference of such quotients."""
    if graph.operators[node] not in ("add", "sub"):
        return node
    left, right = (_quotient(graph, operand) for operand in graph.operands[node])
    if not left or not right or left.denominator != right.denominator:
        return node
    over = simplified(graph, graph.operators[node], (left.over(graph), right.over(graph)))
    return simplified(graph, "div", (over, left.denominator))


def _quotient(graph: Graph, node: int) -> _Quotient | None:
    """A node as such a quotient."""
    operator, operands = graph.operators[node], graph.operands[node]
    if operator == "div" and _from_one_to_two(graph, operands[1]):
        return _Quotient(None, *operands)
    if operator == "mul":
        for factor, other in (operands, operands[::-1]):
            if graph.operators[other] == "div" and _from_one_to_two(graph, graph.operands[other][1]):
                return _Quotient(factor, *graph.operands[other])
    return None


def _from_one_to_two(graph: Graph, node: int) -> bool:
    """Whether a node is 1 + exp(-abs(x))."""
    if graph.operators[node] != "add" or graph.value_of(graph.operands[node][0]) != 1.0:
        return False
    for operator in ("exp", "neg", "abs"):
        node = graph.operands[node][-1]
        if graph.operators[node] != operator:
            return False
    return True
