"""The numbers of a page: each is a node of one graph, of value and derivatives, which the script computes anew.

Depends on the graph alone.
"""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from gradcli.evaluate.scalar import evaluate_all
from gradcli.graph.graph import CONSTANT, VARIABLE, Graph
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
        leaves = (CONSTANT, VARIABLE)
        return [
            *dict.fromkeys(self.graph.operators[at] for at in self.places if self.graph.operators[at] not in leaves)
        ]

    def code(self) -> list[Any]:
        """For each node what computes it: a number, the name of a variable, or an operator's place and its operands."""
        known = {operator: at for at, operator in enumerate(self.operators)}
        return [self._line(node, known) for node in self.places]

    def _line(self, node: int, known: Mapping[str, int]) -> Any:
        if node in self.graph.leaves:
            return self.graph.leaves[node]
        return [known[self.graph.operators[node]], *(self.places[operand] for operand in self.graph.operands[node])]

    def doubles(self, bindings: Mapping[str, float]) -> list[float]:
        """What each is here, in doubles."""
        values = evaluate_all(self.graph, reachable(self.graph, self.places), bindings)
        return [values[node] for node in self.places]


def numbers(graph: Graph, wanted: Iterable[int]) -> Numbers:
    """The nodes that the wanted ones are made of."""
    needed = reachable(graph, wanted)
    return Numbers(graph, {node: at for at, node in enumerate(node for node, flag in enumerate(needed) if flag)})
