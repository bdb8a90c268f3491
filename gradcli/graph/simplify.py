"""Derived nodes in simplest form: units dropped, literals folded. No IEEE result ever changes (0*a stays 0*a).

Depends on the graph and its templates. It applies to graphs that gradcli derives, never to what a person wrote.
"""

import math
import operator as python
from collections.abc import Callable, Sequence
from functools import partial

from gradcli.graph.graph import CONSTANT, Graph
from gradcli.graph.ratios import LARGEST_POWER, NAMED, order, ratio_of
from gradcli.graph.template import Build
from gradcli.graph.written import Ratio, Written, as_written

CONDITIONS = frozenset({"lt", "le", "gt", "ge", "eq", "ne", "and", "or", "not"})
"""The operators whose value is 1 or 0 and nothing else."""

DEEPEST = 8
"""How deep arithmetic on literals is looked into."""


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
    if operator in CONDITIONS:
        return _folded_condition(graph, operator, operands)
    values = [value for at in operands if (value := graph.value_of(at)) is not None]
    value = _computed(operator, values)
    return graph.constant(value) if value is not None and _is_exact(operator, values, value) else None


def _folded_condition(graph: Graph, operator: str, operands: tuple[int, ...]) -> int | None:
    """The same of a condition; of two literals their doubles decide, which differ wherever their decimals do."""
    decide, leaves = COMPARED.get(operator), [graph.leaves.get(operand) for operand in operands]
    if decide is None:
        return None
    if all(type(leaf) is float for leaf in leaves):
        return graph.constant(float(decide(*leaves)))
    if any(graph.operands[operand] for operand in operands):
        written = graph.find(operator, operands)
        if written is not None and graph.span(written):
            return None
    ratios = [ratio for at in operands if (ratio := ratio_of(graph, at, DEEPEST, NAMED))]
    if len(ratios) < len(operands):
        return None
    return graph.constant(float(decide(order(*ratios), 0)))


def _computed(operator: str, operands: Sequence[float]) -> float | None:
    """An operator on doubles; None where Python's own meaning is not the exact one (1/0, an overflow)."""
    try:
        value = FOLDS[operator](*operands) if operator in FOLDS else None
    except ArithmeticError:
        return None
    return float(value) if isinstance(value, int | float) else None


def _is_exact(operator: str, operands: Sequence[float], value: float) -> bool:
    """Whether a literal is the very result of an operator on literals, of their doubles and of their decimals.

    >>> _is_exact("mul", (0.5, 0.1), 0.05), _is_exact("sub", (1.1, 1.0), 1.1 - 1.0)
    (True, False)
    """
    check, numbers = EXACT.get(operator), (*operands, value)
    if check is None:
        return not isinstance(operands[0], Written)
    if not all(map(math.isfinite, numbers)):
        return False
    doubles = [number.as_integer_ratio() for number in numbers]
    if not check(*doubles):
        return False
    decimals = [*map(as_written, numbers)]
    return decimals == doubles or check(*decimals)


def _is_sum(x: Ratio, y: Ratio, z: Ratio) -> bool:
    return (x[0] * y[1] + y[0] * x[1]) * z[1] == z[0] * x[1] * y[1]


def _is_product(x: Ratio, y: Ratio, z: Ratio) -> bool:
    return x[0] * y[0] * z[1] == z[0] * x[1] * y[1]


def _is_power(x: Ratio, y: Ratio, z: Ratio) -> bool:
    whole = y[1] == 1 and 0 <= y[0] <= LARGEST_POWER
    return whole and bool(x[0] ** y[0] * z[1] == z[0] * x[1] ** y[0])


def _is(graph: Graph, node: int, value: float) -> bool:
    return graph.operators[node] is CONSTANT and graph.is_number(node, value)


def _holds(graph: Graph, literal: int) -> bool:
    """Whether a literal counts as true: one that is 0 as a double may be a smaller number."""
    return bool(graph.leaves[literal]) or not graph.is_number(literal, 0.0)


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
    return left if _is(graph, right, 0.0) and repr(graph.leaves[right]) == "0.0" else None


def _logarithm(graph: Graph, operand: int) -> int | None:
    return graph.constant(1.0) if graph.operators[operand] == "e" else None


def _negation(graph: Graph, operand: int) -> int | None:
    return graph.operands[operand][0] if graph.operators[operand] == "neg" else None


def _choice(graph: Graph, condition: int, if_true: int, if_false: int) -> int | None:
    if graph.operators[condition] is CONSTANT:
        return if_true if _holds(graph, condition) else if_false
    return if_true if if_true == if_false else None


def _connective(graph: Graph, left: int, right: int, *, unit: bool) -> int | None:
    """`and` has the unit true, `or` the unit false; the other literal decides alone."""
    for literal, other in ((left, right), (right, left)):
        if graph.operators[literal] is CONSTANT:
            if _holds(graph, literal) is not unit:
                return graph.constant(float(not unit))
            if graph.operators[other] is CONSTANT:
                return graph.constant(float(_holds(graph, other)))
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
}

COMPARED: dict[str, Callable[..., bool]] = {
    "lt": python.lt,
    "le": python.le,
    "gt": python.gt,
    "ge": python.ge,
    "eq": python.eq,
    "ne": python.ne,
    "not": lambda x, zero=0.0: x == zero,
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
