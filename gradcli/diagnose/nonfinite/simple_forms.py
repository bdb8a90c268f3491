"""Coefficients in the form in which a person would write them: small ratios for doubles, quotients that cancel.

Depends on `gradcli.rewriting` for signs. Some of it holds but for 0/0, so a derivative must not be made by it.
"""

from collections.abc import Callable
from fractions import Fraction

from gradcli.graph.graph import Graph
from gradcli.graph.simplify import simplified
from gradcli.rewriting.negations import REWRITES

DENOMINATOR, EXACT = 1000, 4e-15


def ratio(graph: Graph, value: float) -> int | None:
    """The node of a ratio of small whole numbers that a double is, or is next to: 2, -1/6. None for other numbers."""
    nearest = Fraction(value).limit_denominator(DENOMINATOR)
    if abs(float(nearest) - value) > EXACT * abs(value):
        return None
    over, under = (graph.constant(float(whole)) for whole in nearest.as_integer_ratio())
    return over if nearest.denominator == 1 else graph.node("div", (over, under))


def simple(graph: Graph, operator: str, operands: tuple[int, ...]) -> int:
    """A derived node, in a form that a person would write."""
    rule = _SIMPLER.get(operator)
    found = rule(graph, *operands) if rule else None
    if found is None and operator in REWRITES and any(graph.operators[at] == "neg" for at in operands):
        found = REWRITES[operator](graph, operator, operands)
    return simplified(graph, operator, operands) if found is None else found


def _quotient(graph: Graph, over: int, under: int) -> int | None:
    """x/x is 1, x/(y/z) is x*z/y, x*y/y is x."""
    if over == under:
        return graph.constant(1.0)
    if graph.operators[under] == "div":
        inner, outer = graph.operands[under]
        return simple(graph, "div", (simple(graph, "mul", (over, outer)), inner))
    if graph.operators[over] == "mul" and under in graph.operands[over]:
        left, right = graph.operands[over]
        return right if left == under else left
    return None


def _product(graph: Graph, left: int, right: int) -> int | None:
    """x*(y/z) is x*y/z, and y if x is z."""
    for factor, other in ((left, right), (right, left)):
        if graph.operators[factor] == "div":
            over, under = graph.operands[factor]
            return over if under == other else simple(graph, "div", (simple(graph, "mul", (over, other)), under))
    return None


def _power(graph: Graph, base: int, exponent: int) -> int | None:
    return graph.constant(1.0) if graph.value_of(base) == 1.0 or graph.value_of(exponent) == 0.0 else None


_SIMPLER: dict[str, Callable[..., int | None]] = {"div": _quotient, "mul": _product, "pow": _power}
