"""Derived nodes in simplest form: units dropped, literals folded. No IEEE result ever changes (0*a stays 0*a).

Depends on the graph and its templates. It applies to graphs that gradcli derives, never to what a person wrote.
"""

import math
import operator as python
from collections.abc import Callable, Sequence
from functools import partial

from gradcli.graph.graph import CONSTANT, Graph
from gradcli.graph.template import Build

CONDITIONS = frozenset({"lt", "le", "gt", "ge", "eq", "ne", "and", "or", "not"})
"""The operators whose value is 1 or 0 and nothing else."""

DEEPEST = 8
"""How deep arithmetic on literals is looked into."""

LARGEST_POWER = 64
NAMED = {"pi": math.pi, "tau": math.tau, "e": math.e, "inf": math.inf}
"""The constants whose double decides a comparison; only there, for they are more than their doubles."""

Ratio = tuple[int, int]


def simplified(graph: Graph, operator: str, operands: tuple[int, ...], start: int = 0, end: int = 0) -> int:
    """The node of an operator on operands, or a simpler one of the same value. Takes what `Graph.node` takes."""
    if operator in CONDITIONS or (operator in FOLDS and _all_literal(graph.operators, operands)):
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
    return graph.fresh("add", (left, right))


def _all_literal(operators: Sequence[str], operands: tuple[int, ...]) -> bool:
    for operand in operands:  # noqa: SIM110 - a generator would take longer than all the rest
        if operators[operand] is not CONSTANT:
            return False
    return True


def _fold(graph: Graph, operator: str, operands: tuple[int, ...]) -> int | None:
    """The constant that literals give. Arithmetic only where it is exact: 1/3 stays, for a reader with more digits.

    So does a condition on arithmetic that a person wrote: 1e16 + 1 > 1e16 is true, whatever doubles make of it.
    """
    if operator in CONDITIONS and any(graph.operands[operand] for operand in operands):
        written = graph.find(operator, operands)
        if written is not None and graph.span(written):
            return None
    values = _literals(graph, operands, DEEPEST)
    value = _computed(operator, values) if values else None
    if value is None or not (operator in CONDITIONS or _is_exact(operator, values, value)):
        return None
    return graph.constant(value)


def _literals(graph: Graph, nodes: tuple[int, ...], depth: int) -> list[float]:
    """The doubles that arithmetic on literals comes to, such as 1/3; none where a node is more, or deeper."""
    values: list[float] = []
    for node in nodes:
        operator = graph.operators[node]
        if operator is CONSTANT or operator in NAMED:
            values.append(NAMED[operator] if operator in NAMED else float(graph.leaves[node]))
            continue
        inner = _literals(graph, graph.operands[node], depth - 1) if depth and operator in FOLDS else []
        value = _computed(operator, inner) if inner else None
        if value is None:
            return []
        values.append(value)
    return values


def _computed(operator: str, operands: Sequence[float]) -> float | None:
    """An operator on doubles; None where Python's own meaning is not the exact one (1/0, an overflow)."""
    try:
        value = FOLDS[operator](*operands) if operator in FOLDS else None
    except ArithmeticError:
        return None
    return float(value) if isinstance(value, int | float) else None


def _is_exact(operator: str, operands: Sequence[float], value: float) -> bool:
    """Whether a double is the very result of an operator on doubles, and not the nearest one to it."""
    check = EXACT.get(operator)
    if check is None or not all(map(math.isfinite, (*operands, value))):
        return check is None
    return check(*[number.as_integer_ratio() for number in (*operands, value)])


def _is_sum(x: Ratio, y: Ratio, z: Ratio) -> bool:
    return (x[0] * y[1] + y[0] * x[1]) * z[1] == z[0] * x[1] * y[1]


def _is_product(x: Ratio, y: Ratio, z: Ratio) -> bool:
    return x[0] * y[0] * z[1] == z[0] * x[1] * y[1]


def _is_power(x: Ratio, y: Ratio, z: Ratio) -> bool:
    whole = y[1] == 1 and 0 <= y[0] <= LARGEST_POWER
    return whole and bool(x[0] ** y[0] * z[1] == z[0] * x[1] ** y[0])


def _is(graph: Graph, node: int, value: float) -> bool:
    return graph.operators[node] is CONSTANT and graph.leaves[node] == value


def _product(graph: Graph, left: int, right: int) -> int | None:
    for factor, other in ((left, right), (right, left)):
        if _is(graph, factor, 1.0):
            return other
        if _is(graph, factor, -1.0):
            return simplified(graph, "neg", (other,))
    return None


def _by_one(graph: Graph, left: int, right: int) -> int | None:
    """x/1 and x^1."""
    return left if _is(graph, right, 1.0) else None


def _difference(graph: Graph, left: int, right: int) -> int | None:
    return left if graph.operators[right] is CONSTANT and repr(graph.leaves[right]) == "0.0" else None


def _logarithm(graph: Graph, operand: int) -> int | None:
    return graph.constant(1.0) if graph.operators[operand] == "e" else None


def _negation(graph: Graph, operand: int) -> int | None:
    return graph.operands[operand][0] if graph.operators[operand] == "neg" else None


def _choice(graph: Graph, condition: int, if_true: int, if_false: int) -> int | None:
    if graph.operators[condition] is CONSTANT:
        return if_true if graph.leaves[condition] else if_false
    return if_true if if_true == if_false else None


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

EXACT: dict[str, Callable[[Ratio, Ratio, Ratio], bool]] = {
    "add": _is_sum,
    "sub": lambda x, y, z: _is_sum(z, y, x),
    "mul": _is_product,
    "div": lambda x, y, z: _is_product(z, y, x),
    "pow": _is_power,
}

REWRITES: dict[str, Callable[..., int | None]] = {
    "mul": _product,
    "div": _by_one,
    "pow": _by_one,
    "sub": _difference,
    "neg": _negation,
    "log": _logarithm,
    "where": _choice,
    "and": partial(_connective, unit=True),
    "or": partial(_connective, unit=False),
}
