"""The running error bound: it holds for every operator and every node, and it is not so wide that nothing stands."""

from collections.abc import Iterator, Sequence
from math import inf, isfinite
from typing import Any

import pytest
from measure import draws, inside, scales
from rows import ROWS, names, orders, text

from gradcli.diagnose.kinks.active import Values
from gradcli.evaluate.gradient import Gradient
from gradcli.evaluate.scalar import evaluate_all
from gradcli.graph.graph import Graph
from gradcli.language import parse
from gradcli.operators.row import Operator
from gradcli.precision.error_bounds import Bounds
from gradcli.precision.filter import Filter
from gradcli.precision.multiprecision import values_at
from gradcli.precision.multiprecision_kernels import MP, is_finite

DIGITS = 420
SLACK = 1.01
"""A first-order bound leaves out what is smaller still."""


def bounded(formula: str, **bindings: float) -> tuple[Bounds, Gradient]:
    """The bounds of value and gradient of a formula."""
    program = parse(formula, variables=bindings)
    gradient = Gradient(program)
    return Bounds(gradient.program.graph, gradient.needed, bindings), gradient


def broken(gradient: Gradient, bindings: dict[str, float]) -> Iterator[str]:
    """The nodes whose true value is further from the corrected one than the bound says, or the filter."""
    graph, needed = gradient.program.graph, gradient.needed
    truth, bounds = values_at(graph, needed, bindings, DIGITS), Bounds(graph, needed, bindings)
    for tracked in (bounds.tracked, Filter(graph, needed).at(bindings)):
        yield from _broken(graph, needed, tracked, truth)


def _broken(graph: Graph, needed: bytearray, tracked: Values, truth: Sequence[Any]) -> Iterator[str]:
    for node, flag in enumerate(needed):
        if flag and is_finite(truth[node]) and tracked[node][2] < inf:
            value, known, error = tracked[node]
            with MP.workdps(DIGITS):
                off = abs(MP.mpf(value) + MP.mpf(known) - truth[node])
                if off > SLACK * MP.mpf(error) + MP.mpf(10) ** (5 - DIGITS) * abs(truth[node]) + MP.mpf("1e-400"):
                    yield f"{graph.operators[node]} = {value} + {known} ± {error}, truly {truth[node]}"


def rounded(row: Operator) -> str:
    """The operator on operands that carry rounding errors themselves: x*0.7 + 0.1*x for x, but whole orders."""
    formula = parse(text(row), variables=names(row))
    noisy = {name: name if name in names(row)[: orders(row)] else f"({name}*0.7 + {name}*0.3)" for name in names(row)}
    if row.notation is None:
        return f"{row.name}({', '.join(noisy.values())})" if formula else ""
    return f" {row.notation.symbol} ".join(("", *noisy.values()) if len(noisy) == 1 else noisy.values())


@pytest.mark.one_in(8)
@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_the_bound_holds_on_exact_and_on_rounded_operands(row: Operator) -> None:
    for formula in (text(row), rounded(row)):
        program = parse(formula, variables=names(row))
        gradient = Gradient(program)
        for point in inside(row, [*draws(row, 8), *scales(row, 6)]):
            bindings = dict(zip(names(row), point, strict=True))
            assert [*broken(gradient, bindings)] == [], (formula, bindings)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_the_values_are_those_of_double_precision(row: Operator) -> None:
    program = parse(rounded(row), variables=names(row))
    gradient = Gradient(program)
    for point in inside(row, draws(row, 10)):
        bindings = dict(zip(names(row), point, strict=True))
        plain = evaluate_all(program.graph, gradient.needed, bindings)
        tracked = Bounds(program.graph, gradient.needed, bindings).tracked
        filtered = Filter(program.graph, gradient.needed).at(bindings)
        for node, flag in enumerate(gradient.needed):
            assert not flag or repr(plain[node]) == repr(tracked[node][0]) == repr(filtered[node][0])


@pytest.mark.parametrize(
    ("formula", "bindings"),
    [
        ("(x*w - 2)^2", {"x": 2.0, "w": 3.0}),
        ("(x*w - 2)^2", {"x": 0.1, "w": 0.7}),
        ("tanh(w*x + b)*v", {"x": 0.1, "w": 0.7, "b": 0.3, "v": 0.9}),
        ("1/(1 + exp(-x))", {"x": 3.1}),
        ("exp(-(x/s)^2/2)/(s*sqrt(2*pi))", {"x": 0.4, "s": 1.3}),
        ("where(x > 0, sqrt(x), 0)", {"x": -1.0}),
        ("where(x > 0, log(x), 0)*y", {"x": 0.0, "y": 2.0}),
        ("max(x, 0)*y", {"x": -0.3, "y": 2.0}),
        ("sin(x)*1e6", {"x": 0.0}),
        ("a % b", {"a": 10.5, "b": 3.0}),
        ("exp(-x)", {"x": 1000.0}),
        ("x^3 + y^0.5", {"x": -1.7, "y": 2.0}),
        (" + ".join(["x*y"] * 3 + [f"{n}.1*x" for n in range(500)]), {"x": 0.3, "y": 0.7}),
    ],
)
def test_ordinary_formulas_stand(formula: str, bindings: dict[str, float]) -> None:
    bounds, gradient = bounded(formula, **bindings)
    assert all(bounds.settled(node) is not None for node in gradient.outputs)


@pytest.mark.parametrize(
    ("formula", "bindings", "culprit"),
    [
        ("(1 - cos(x))/x^2", {"x": 1e-8}, "sub"),
        ("1/(1 + exp(-x))*0 + exp(x)", {"x": 1000.0}, "exp"),
        ("where(0.1*x*3 > 0.3*x, 1, 2)", {"x": 1.0}, "gt"),
        ("floor(x*0.1)", {"x": 30.0}, "floor"),
        ("tan(x*0.1)", {"x": 15.707963267948966}, "tan"),
        ("log(x*0.1*10)", {"x": 1.0}, "log"),
        ("sin(x*1e10*0.1)", {"x": 0.3}, "sin"),
        ("1/(x*0.1 - 0.3)", {"x": 3.0}, "sub"),
    ],
)
def test_lost_digits_are_found_where_they_went(formula: str, bindings: dict[str, float], culprit: str) -> None:
    bounds, gradient = bounded(formula, **bindings)
    node = bounds.culprit(gradient.outputs[0])
    assert bounds.settled(gradient.outputs[0]) is None
    assert node is not None
    assert bounds.graph.operators[node] == culprit


def test_a_sum_carries_its_own_correction() -> None:
    bounds, gradient = bounded("x + 1e16 + 1 - 1e16", x=0.0)
    output = gradient.program.output
    assert (bounds.double(output), bounds.settled(output)) == (0.0, 1.0)


def test_what_is_not_taken_poisons_nothing() -> None:
    bounds, gradient = bounded("where(x > 0, log(x)*1/x, x^2)", x=-3.0)
    assert [bounds.settled(node) for node in gradient.outputs] == [9.0, -6.0]
    assert all(isfinite(bounds.double(node)) for node in gradient.outputs)
