"""The derivative that a claim is held against: a textbook's, without the forms that keep the digits of doubles.

Depends on `gradcli.derivatives`. Enclosures have digits enough, and a formula that only chooses how to be computed
would have decisions that nobody wrote.
"""

from gradcli.derivatives import differentiate
from gradcli.graph.graph import Graph


def slope(graph: Graph, of: int, by: int) -> int:
    """The node of the derivative of one node by another."""
    return differentiate(graph, of, [by], tails=False).gradient[0]
