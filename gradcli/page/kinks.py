"""The conditions under which nodes are at their kinks, as nodes of the graph, to be computed at any bindings.

Depends on `gradcli.derivatives.rules`.
"""

from functools import reduce

from gradcli.derivatives.rules import VARIADIC, kink_rule, tie
from gradcli.graph.graph import Graph


def kink_condition(graph: Graph, node: int) -> int | None:
    """The node of the condition, appended to the graph; None for an operator that has no kink."""
    operator, operands = graph.operators[node], graph.operands[node]
    rule = kink_rule(operator) if operands else None
    if rule is None:
        return None
    if operator not in VARIADIC:
        return rule.kink.put(graph, (*operands, node))
    condition = tie(operator)
    tied = [condition.put(graph, (operand, node)) for operand in operands] if condition else [graph.constant(0.0)]
    return rule.kink.put(graph, (node, reduce(lambda count, other: graph.node("add", (count, other)), tied)))
