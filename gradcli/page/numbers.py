"""The numbers of a page: each is a node of one graph, of value and derivatives, which the script computes anew.

Depends on the graph alone.
"""

from collections.abc import Iterable, Mapping
from math import isinf
from typing import Any, NamedTuple

from gradcli.evaluate.scalar import evaluate_all
from gradcli.graph.graph import Graph
from gradcli.graph.walk import reachable


class Numbers(NamedTuple):
    """The nodes that a page computes, renumbered from 0, operands first.

    places  node of the graph → its number on the page
    """

    graph: Graph
    places: Mapping[int, int]

    @property
    def operators(self) -> list[str]:
        """The operators that occur, each once."""
        return [*dict.fromkeys(operator for at in self.places if (operator := self._operator(at)))]

    def _operator(self, node: int) -> str:
        """The operator of a node; of a literal beyond the doubles `inf`, and of other leaves none."""
        number = self.graph.value_of(node)
        infinite = number is not None and isinf(number)
        return "inf" if infinite else "" if node in self.graph.leaves else self.graph.operators[node]

    def code(self) -> list[Any]:
        """For each node what computes it: a number, nothing for a variable, or an operator's place and its operands."""
        known = {operator: at for at, operator in enumerate(self.operators)}
        return [self._line(node, known) for node in self.places]

    def _line(self, node: int, known: Mapping[str, int]) -> Any:
        operator = self._operator(node)
        if operator:
            return [known[operator], *(self.places[at] for at in self.graph.operands[node])]
        leaf = self.graph.leaves[node]
        return None if isinstance(leaf, str) else leaf

    def doubles(self, bindings: Mapping[str, float]) -> list[float]:
        """What each is here, in doubles."""
        values = evaluate_all(self.graph, reachable(self.graph, self.places), bindings)
        return [values[node] for node in self.places]


def numbers(graph: Graph, wanted: Iterable[int]) -> Numbers:
    """The nodes that the wanted ones are made of."""
    needed = reachable(graph, wanted)
    return Numbers(graph, {node: at for at, node in enumerate(node for node, flag in enumerate(needed) if flag)})
