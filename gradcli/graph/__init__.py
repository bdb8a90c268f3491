"""What an expression is: an append-only, interned graph, the walks over it and the simplification of derived nodes."""

from gradcli.graph.graph import CONSTANT, VARIABLE, Graph
from gradcli.graph.walk import interpret, reachable

__all__ = ["CONSTANT", "VARIABLE", "Graph", "interpret", "reachable"]
