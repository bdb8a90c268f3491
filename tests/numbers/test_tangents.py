"""Taylor arithmetic on a formula: a derivative that owes nothing to gradcli's rules, held against mpmath."""

from math import isfinite
from typing import Any

import pytest
from measure import draws, inside, scales
from mpmath import mp
from rows import ROWS, names, orders, text
from truth import TRUTHS

from gradcli.language import parse
from gradcli.operators.row import Operator
from gradcli.precision.enclosures.balls import UNKNOWN, exactly, is_finite
from gradcli.precision.enclosures.conversions import fraction, number
from gradcli.precision.enclosures.moving import Tangent
from gradcli.precision.enclosures.tangents import tangent

DIGITS, NEAR = 60, 15
ROUNDED = {"selu"}
"""Whose constants are doubles in the row."""
TINY = -30_000
"""Powers of ten from which on the judge cuts off."""


def moved(formula: str, by: str, /, **bindings: float) -> Tangent:
    program = parse(formula, variables=bindings)
    given = {
        at: exactly(bindings[leaf] if isinstance(leaf, str) else leaf) for at, leaf in program.graph.leaves.items()
    }
    return tangent(program.graph, program.output, program.variables[by], given, DIGITS, 5)


def is_near(slope: Any, truth: Any, digits: int) -> bool:
    with mp.workdps(90):
        return bool(abs(mp.mpf(number(slope, 90)) - truth) <= abs(truth) * mp.mpf(10) ** -digits)


@pytest.mark.one_in(3)
@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_the_slope_of_every_operator(row: Operator) -> None:
    points = [*draws(row, 12), *scales(row, 12)]
    known = 0
    for point in inside(row, (point for point in points if all(map(isfinite, point)))):
        for at, name in enumerate(names(row)):
            if at < orders(row):
                continue
            with mp.workdps(90):
                try:
                    truth = mp.mpf(TRUTHS[row.name].partials[at](*map(mp.mpf, point)))
                except ZeroDivisionError:
                    continue
                cut = truth != 0 and mp.isfinite(truth) and abs(mp.log10(abs(truth))) > -TINY
            slope = moved(text(row), name, **dict(zip(names(row), point, strict=True))).slope
            if is_finite(slope) and not cut:
                known += 1
                assert is_near(slope, truth, NEAR if row.name in ROUNDED else 50), (point, name)
    assert known


@pytest.mark.parametrize(
    ("formula", "x"),
    [
        ("abs(x)", 0.0), ("relu(x)", 0.0), ("max(x, 1)", 1.0), ("floor(x)", 2.0), ("where(x > 1, x, 1)", 1.0), ("x % 2", 4.0),
        ("sqrt(x^2)", 0.0), ("sqrt(-(x - 2)^4) + x", 2.0), ("x^2.5", 0.0), ("where(x == 0, 1, sin(x)/x)", 0.0), ("step(x)", 0.0),
        ("not x", 0.0), ("floor(x >= 1)", 1.0), ("hypot(x, 0*x)", 0.0), ("atan2(x, -1)", 0.0), ("log(x)", 0.0), ("(-2)^x", 2.0),
    ],
)  # fmt: skip
def test_nothing_is_said_at_a_kink_a_jump_or_an_end(formula: str, x: float) -> None:
    assert not is_finite(moved(formula, "x", x=x).slope)


@pytest.mark.parametrize(
    ("formula", "x", "slope"),
    [
        ("where(x > 1, x^2, x)", 3.0, (6, 1)), ("max(x, 1, x - 1)", 3.0, (1, 1)), ("abs(x)*x", -2.0, (4, 1)), ("floor(x) + x", 2.5, (1, 1)),
        ("x^3", 0.0, (0, 1)), ("(-2)^3*x", 1.0, (-8, 1)), ("x/3 + x/3", 1.0, (2, 3)), ("x % 2", 3.0, (1, 1)), ("x^0", 0.0, (0, 1)),
        ("where(x, x^2, 0)", 2.0, (4, 1)),
    ],
)  # fmt: skip
def test_within_a_piece_a_slope_is_exact(formula: str, x: float, slope: tuple[int, int]) -> None:
    assert fraction(moved(formula, "x", x=x).slope) == slope


def test_a_slope_that_cancels() -> None:
    found = moved("(1-1/(1+exp(-x)))*exp(x)", "x", x=1000.0)
    with mp.workdps(700):
        e = mp.exp(-1000)
        assert is_near(found.slope, e / (1 + e) ** 2, 55)


def test_by_a_node_that_is_no_variable() -> None:
    program = parse("y = x^2; y*x")
    given = {at: exactly(3.0 if isinstance(leaf, str) else leaf) for at, leaf in program.graph.leaves.items()}
    found = tangent(program.graph, program.output, program.node("y"), given, DIGITS, 5)
    assert (fraction(found.value), fraction(found.slope)) == ((27, 1), (3, 1))


def test_no_time_is_no_slope() -> None:
    program = parse("sin(x)")
    given = {0: exactly(3.0)}
    assert tangent(program.graph, program.output, 0, given, DIGITS, 0.0).slope is UNKNOWN
