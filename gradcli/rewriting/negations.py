"""Changes of sign, moved to where they cost nothing or meet another one. No bit of any result changes.

Depends on the graph. A derivative is full of them: -(-y*(1/p)) is y*(1/p), and x + -y is x - y.
"""

from collections.abc import Callable

from gradcli.graph.graph import Graph
from gradcli.graph.simplify import simplified

Rewrite = Callable[[Graph, str, tuple[int, ...]], int | None]
"""A simpler node for an operator on operands, or None."""

MIRRORED = {"lt": "gt", "le": "ge", "gt": "lt", "ge": "le", "eq": "eq", "ne": "ne", "max": "min", "min": "max"}
"""Operator → that which has the same to say of the negatives of both operands."""


def _negated(graph: Graph, node: int) -> int | None:
    """What a node is the negative of."""
    return graph.operands[node][0] if graph.operators[node] == "neg" else None


def _magnitude(graph: Graph, operator: str, operands: tuple[int, ...]) -> int | None:
    """abs(-x) is abs(x)."""
    inner = _negated(graph, operands[0])
    return None if inner is None else simplified(graph, operator, (inner,))


def _product(graph: Graph, operator: str, operands: tuple[int, ...]) -> int | None:
    """-x*y is -(x*y), and so it is with quotients."""
    for position, operand in enumerate(operands):
        inner = _negated(graph, operand)
        if inner is not None:
            bare = (*operands[:position], inner, *operands[position + 1 :])
            found = _product(graph, operator, bare)
            return simplified(graph, "neg", (simplified(graph, operator, bare) if found is None else found,))
    return None


def _sum(graph: Graph, _operator: str, operands: tuple[int, ...]) -> int | None:
    """x + -y is x - y."""
    for kept, other in (operands, operands[::-1]):
        inner = _negated(graph, other)
        if inner is not None:
            return simplified(graph, "sub", (kept, inner))
    return None


def _difference(graph: Graph, _operator: str, operands: tuple[int, ...]) -> int | None:
    """x - -y is x + y."""
    inner = _negated(graph, operands[1])
    return None if inner is None else simplified(graph, "add", (operands[0], inner))


def _mirror(graph: Graph, operator: str, operands: tuple[int, ...]) -> int | None:
    """-x < 2 is x > -2, and max(-x, 2) is -min(x, -2)."""
    inner, limit = _negated(graph, operands[0]), graph.value_of(operands[1]) if len(operands) == 2 else None
    if inner is None or limit is None:
        return None
    found = simplified(graph, MIRRORED[operator], (inner, graph.constant(-limit)))
    return simplified(graph, "neg", (found,)) if operator in ("max", "min") else found


REWRITES: dict[str, Rewrite] = {
    "abs": _magnitude,
    "mul": _product,
    "div": _product,
    "add": _sum,
    "sub": _difference,
    **dict.fromkeys(MIRRORED, _mirror),
}
