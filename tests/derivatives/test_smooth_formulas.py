"""Derivatives of smooth formulas against difference quotients that mpmath takes with 60 digits."""

from collections.abc import Callable
from typing import Any

import pytest
from examples import examples
from gradients import gradient, hessian
from hypothesis import assume, given
from hypothesis import strategies as st
from mpmath import mp, mpf

from gradcli.graph.graph import CONSTANT
from gradcli.graph.walk import interpret, reachable
from gradcli.language import parse

MEANINGS: dict[str, Callable[..., Any]] = {
    "add": lambda a, b: a + b,
    "sub": lambda a, b: a - b,
    "mul": lambda a, b: a * b,
    "div": lambda a, b: a / b,
    "pow": mp.power,
    "neg": lambda a: -a,
    "exp": mp.exp,
    "log": mp.log,
    "sqrt": mp.sqrt,
    "sin": mp.sin,
    "cos": mp.cos,
    "tanh": mp.tanh,
    "atan": mp.atan,
    "sigmoid": lambda a: 1 / (1 + mp.exp(-a)),
    "softplus": lambda a: mp.log(1 + mp.exp(a)),
    "hypot": lambda a, b: mp.sqrt(a * a + b * b),
}
STEP = mpf(10) ** -20
NAMES = ["x", "y", "z"]
coordinates = st.floats(0.2, 2.0).map(lambda number: round(number, 3))


def combine(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Larger formulas from smaller ones, all smooth for positive variables."""
    unary = [
        "sin({})",
        "cos({})",
        "tanh({})",
        "atan({})",
        "sigmoid({})",
        "softplus({})",
        "-({})",
        "({})^2",
        "(2 + sin({}))^-1",
    ]
    unary += ["exp(tanh({}))", "log(1 + ({})^2)", "sqrt(1 + ({})^2)", "(1 + ({})^2)^0.3"]
    binary = ["({}) + ({})", "({}) - ({})", "({})*({})", "({})/(2 + sin({}))", "hypot({}, 1 + ({})^2)"]
    binary += ["(1 + ({})^2)^tanh({})", "f = {}; f*({})"]
    return st.one_of(
        st.builds(str.format, st.sampled_from(unary), inner),
        st.builds(str.format, st.sampled_from(binary[:-1]), inner, inner),
    )


formulas = st.recursive(st.sampled_from([*NAMES, *NAMES, "2", "0.5"]), combine, max_leaves=8)


def value(text: str, point: dict[str, Any]) -> Any:
    """The value in 60 digits, by an interpreter that knows nothing of derivatives."""
    program = parse(text)
    graph = program.graph

    def leaf(node: int) -> Any:
        return mpf(graph.leaves[node]) if graph.operators[node] == CONSTANT else point[str(graph.leaves[node])]

    return interpret(graph, reachable(graph, [program.output]), MEANINGS, leaf)[program.output]


def quotient(text: str, point: dict[str, Any], *names: str) -> Any:
    """The central difference quotient by each of the names in turn."""
    if not names:
        return value(text, point)
    name, *rest = names
    sides = [quotient(text, {**point, name: point[name] + sign * STEP}, *rest) for sign in (1, -1)]
    return (sides[0] - sides[1]) / (2 * STEP)


@given(formulas, st.tuples(coordinates, coordinates, coordinates))
@examples(150)
def test_first_derivatives(text: str, at: tuple[float, float, float]) -> None:
    point = dict(zip(NAMES, at, strict=True))
    assume(set(parse(text).variables))
    with mp.workdps(60):
        exact = [float(quotient(text, {k: mpf(v) for k, v in point.items()}, name)) for name in parse(text).variables]
    assume(all(abs(number) < 1e6 for number in exact))
    assert gradient(text, point) == pytest.approx(exact, rel=1e-8, abs=1e-9)


@given(formulas, st.tuples(coordinates, coordinates, coordinates))
@examples(60)
def test_second_derivatives(text: str, at: tuple[float, float, float]) -> None:
    point = dict(zip(NAMES, at, strict=True))
    names = list(parse(text).variables)[:2]
    assume(names)
    with mp.workdps(60):
        start = {k: mpf(v) for k, v in point.items()}
        exact = [[float(quotient(text, start, first, second)) for second in names] for first in names]
    found = hessian(text, point, *names)
    assume(all(abs(number) < 1e6 for row in exact for number in row))
    for row, expected in zip(found, exact, strict=True):
        assert row == pytest.approx(expected, rel=1e-7, abs=1e-7)


@given(formulas, st.tuples(coordinates, coordinates, coordinates))
@examples(100)
def test_second_derivatives_are_symmetric(text: str, at: tuple[float, float, float]) -> None:
    point = dict(zip(NAMES, at, strict=True))
    names = list(parse(text).variables)
    rows = hessian(text, point, *names)
    for i, row in enumerate(rows):
        assert row == pytest.approx([rows[j][i] for j in range(len(rows))], rel=1e-9, abs=1e-9)
