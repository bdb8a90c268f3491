"""Derived nodes in simplest form: units dropped, literals folded. No IEEE result ever changes (0*a stays 0*a).

Depends on the graph and its templates. It applies to graphs that gradcli derives, never to what a person wrote.
"""

import operator as python
from collections.abc import Callable

from gradcli.graph.graph import CONSTANT, Graph
from gradcli.graph.template import Build

CONDITIONS = frozenset({"lt", "le", "gt", "ge", "eq", "ne", "and", "or", "not"})
"""The operators whose value is 1 or 0 and nothing else."""


def simplified(graph: Graph, operator: str, operands: tuple[int, ...], start: int = 0, end: int = 0) -> int:
    """The node of an operator on operands, or a simpler one of the same value. Takes what `Graph.node` takes."""
    operators = graph.operators
    if operator in FOLDS and all(operators[operand] is CONSTANT for operand in operands):
        folded = _fold(graph, operator, operands)
        if folded is not None:
            return folded
    rewrite = REWRITES.get(operator)
    found = rewrite(graph, *operands) if rewrite else None
    return graph.node(operator, operands, start, end) if found is None else found


def product(graph: Graph, left: int, right: int, build: Build = simplified) -> int:
    """left*right, simplified; the shortest way for the sweeps, where most factors are no literals."""
    operators = graph.operators
    if operators[left] is CONSTANT or operators[right] is CONSTANT:
        return build(graph, "mul", (left, right), 0, 0)
    return graph.node("mul", (left, right))


def total(graph: Graph, left: int, right: int, build: Build = simplified) -> int:
    """left + right, simplified; the shortest way for the sweeps, where most terms are no literals."""
    operators = graph.operators
    if operators[left] is CONSTANT and operators[right] is CONSTANT:
        return build(graph, "add", (left, right), 0, 0)
    return graph.node("add", (left, right))


def _fold(graph: Graph, operator: str, operands: tuple[int, ...]) -> int | None:
    """The constant that literals give; None where the exact meaning is not Python's own (1/0, an overflow)."""
    try:
        value = FOLDS[operator](*[graph.leaves[operand] for operand in operands])
    except ArithmeticError:
        return None
    return graph.constant(float(value)) if isinstance(value, (int, float)) else None


def _is(graph: Graph, node: int, value: float) -> bool:
    return graph.operators[node] is CONSTANT and graph.leaves[node] == value


def _product(graph: Graph, left: int, right: int) -> int | None:
    for factor, other in ((left, right), (right, left)):
        if _is(graph, factor, 1.0):
            return other
        if _is(graph, factor, -1.0):
            return simplified(graph, "neg", (other,))
    return None


def _quotient(graph: Graph, left: int, right: int) -> int | None:
    return left if _is(graph, right, 1.0) else None


def _power(graph: Graph, base: int, exponent: int) -> int | None:
    return base if _is(graph, exponent, 1.0) else None


def _difference(graph: Graph, left: int, right: int) -> int | None:
    return left if graph.operators[right] is CONSTANT and repr(graph.leaves[right]) == "0.0" else None


def _negation(graph: Graph, operand: int) -> int | None:
    return graph.operands[operand][0] if graph.operators[operand] == "neg" else None


def _choice(graph: Graph, condition: int, if_true: int, if_false: int) -> int | None:
    if graph.operators[condition] is CONSTANT:
        return if_true if graph.leaves[condition] else if_false
    return if_true if if_true == if_false else None


def _both(graph: Graph, left: int, right: int) -> int | None:
    return _connective(graph, left, right, unit=True)


def _either(graph: Graph, left: int, right: int) -> int | None:
    return _connective(graph, left, right, unit=False)


def _connective(graph: Graph, left: int, right: int, *, unit: bool) -> int | None:
    """`and` has the unit true, `or` the unit false; the other literal decides alone."""
    for literal, other in ((left, right), (right, left)):
        if graph.operators[literal] is CONSTANT:
            if bool(graph.leaves[literal]) is not unit:
                return graph.constant(float(not unit))
            if graph.operators[other] is CONSTANT:
                return graph.constant(float(bool(graph.leaves[other])))
            if graph.operators[other] in CONDITIONS:
                return other
    return left if left == right and graph.operators[left] in CONDITIONS else None


FOLDS: dict[str, Callable[..., object]] = {
    "add": python.add,
    "sub": python.sub,
    "mul": python.mul,
    "div": python.truediv,
    "pow": python.pow,
    "neg": python.neg,
    "abs": abs,
    "lt": python.lt,
    "le": python.le,
    "gt": python.gt,
    "ge": python.ge,
    "eq": python.eq,
    "ne": python.ne,
    "not": python.not_,
}

REWRITES: dict[str, Callable[..., int | None]] = {
    "mul": _product,
    "div": _quotient,
    "pow": _power,
    "sub": _difference,
    "neg": _negation,
    "where": _choice,
    "and": _both,
    "or": _either,
}
