"""The derivative that a claim is held against: a textbook's, without the forms that keep the digits of doubles.

Depends on `gradcli.derivatives`. Enclosures have digits enough, and a formula that only chooses how to be computed
would have decisions that nobody wrote.
"""

from gradcli.derivatives import differentiate
from gradcli.graph.graph import Graph
from gradcli.language.parsed import Value
from gradcli.shapes import Array, Shape


def slope(graph: Graph, of: int, by: int) -> int:
    """The node of the derivative of one node by another."""
    return differentiate(graph, of, [by], tails=False).gradient[0]


def slopes(graph: Graph, of: Value, by: Value) -> Value:
    """The derivative of a number or of each entry of an array, by one or by each of another; its shape is both."""
    variables = [*by.entries] if isinstance(by, Array) else [by]
    sources = of.entries if isinstance(of, Array) else (of,)
    found = [each for source in sources for each in differentiate(graph, source, variables, tails=False).gradient]
    shape = joined_shape(of, by)
    return Array(shape, found) if shape else found[0]


def joined_shape(of: Value, by: Value) -> Shape:
    """The shape of a derivative; none for that of a number by a number."""
    return tuple(size for each in (of, by) if isinstance(each, Array) for size in each.shape)
