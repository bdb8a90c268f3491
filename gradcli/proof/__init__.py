"""Are two formulas equal? SymPy's word, and what points say where it has none."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from gradcli.graph.graph import Graph
from gradcli.proof.loading import loaded

if TYPE_CHECKING:
    from gradcli.precision.enclosures.balls import Enclosure
    from gradcli.precision.enclosures.questions import Question


def algebra(
    graph: Graph, question: "Question", leaves: Mapping[int, "Enclosure"], values: Sequence["Enclosure"]
) -> bool:
    """Whether SymPy proves that a node is exactly a number, or another node. What enclosures ask."""
    return bool(loaded("exact_values").proves(graph, question, leaves, values))
