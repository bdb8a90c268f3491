"""Which zeros are zeros for certain, and which may be all that a working precision leaves of a small number?

Depends on the operator table. x*0 is 0 for certain, log(1) is, a branch that says 0 is; 1 - tanh(99) may not be. A
certain zero need not be computed again with a thousand digits.
"""

from collections.abc import Sequence
from typing import Any

from gradcli.graph.graph import Graph
from gradcli.operators.row import Trait
from gradcli.operators.table import having

WHOLE, ABSORBED = having(Trait.WHOLE), having(Trait.ZERO_ABSORBS)


def certain(graph: Graph, needed: bytearray, values: Sequence[Any]) -> list[bool]:
    """Of each needed node whether it is known exactly: a number that was given, a decision, or a zero made of such."""
    known: list[bool] = []
    for node, flag in enumerate(needed):
        known.append(bool(flag) and _is_known(graph, node, values, known))
    return known


def _is_known(graph: Graph, node: int, values: Sequence[Any], known: Sequence[bool]) -> bool:
    operator, operands = graph.operators[node], graph.operands[node]
    if not operands or operator in WHOLE:
        return node in graph.leaves or operator in WHOLE
    if operator == "where":
        return known[operands[1] if values[operands[0]] != 0 else operands[2]]
    if values[node] != 0:
        return operator == "neg" and known[operands[0]]
    if _cancels(graph, operator, operands):
        return True
    if operator in ABSORBED:
        return any(known[operand] and values[operand] == 0 for operand in operands)
    return all(known[operand] for operand in operands)


def _cancels(graph: Graph, operator: str, operands: tuple[int, ...]) -> bool:
    """Whether a node is x - x, or x + -x: what the same node takes away from itself is nothing."""
    if operator == "sub":
        return operands[0] == operands[1]
    pairs = (operands, operands[::-1]) if operator == "add" else ()
    return any(graph.operators[one] == "neg" and graph.operands[one] == (other,) for one, other in pairs)
