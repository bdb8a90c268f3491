"""Every row of the operator table, held against 50 digits and SymPy."""

import random

import pytest
from rows import orders

from gradcli.errors import Source
from gradcli.evaluate.gradient import Gradient
from gradcli.evaluate.scalar import run_template
from gradcli.graph.graph import Graph
from gradcli.language import Program, parse_template
from gradcli.operators.row import Operator
from gradcli.operators.table import OPERATORS
from gradcli.precision.decimals import number_text
from gradcli.precision.multiprecision import evaluate
from gradcli.precision.multiprecision_kernels import MP
from gradcli.verify import verify

FUNCTIONS = [row for row in OPERATORS.values() if row.signature]


def program_of(row: Operator) -> Program:
    """An operator on variables of its own."""
    graph = Graph()
    variables = {name: graph.variable(name) for name in (("x", "y", "z") if row.variadic else row.operands)}
    output = graph.node(row.name, tuple(variables.values()))
    return Program(Source(row.name), graph, output, "f", {}, variables, (), len(graph))


def point_of(row: Operator, names: list[str]) -> dict[str, float]:
    """A point inside the row's domain, orders being whole."""
    draw = random.Random(row.name)
    while True:
        intervals = [row.sample[min(at, len(row.sample) - 1)] for at in range(len(names))]
        numbers = [
            float(draw.randint(*map(int, interval))) if at < orders(row) else draw.uniform(*interval)
            for at, interval in enumerate(intervals)
        ]
        if not row.domain or run_template(parse_template(row.domain, row.operands), numbers):
            return dict(zip(names, numbers, strict=True))


@pytest.mark.one_in(6)
@pytest.mark.parametrize("row", FUNCTIONS, ids=lambda row: row.name)
def test_the_derivatives_of_an_operator_are_proved(row: Operator) -> None:
    program = program_of(row)
    gradient = Gradient(program)
    found = verify(program, gradient.at(point_of(row, list(program.variables))), program.variables, gradient.derivative)
    for at, (name, check) in enumerate(found.gradient.items()):
        assert check.verdict == ("agrees" if at < orders(row) else "proved"), (row.name, name, check)


@pytest.mark.parametrize(
    ("name", "digits"),
    [
        ("pi", "3.1415926535897932384626433832795028841971693993751"),
        ("tau", "6.2831853071795864769252867665590057683943387987502"),
        ("e", "2.7182818284590452353602874713526624977572470937"),
        ("inf", "Infinity"),
        ("nan", "NaN"),
    ],
)
def test_a_constant_is_the_mathematical_one(name: str, digits: str) -> None:
    graph = Graph()
    assert number_text(evaluate(graph, [graph.node(name, ())], {}, 50)[0], 50) == digits


def test_mpmath_settings_of_the_caller_are_left_alone() -> None:
    import mpmath

    before = mpmath.mp.dps
    graph = Graph()
    evaluate(graph, [graph.node("pi", ())], {}, 200)
    assert mpmath.mp.dps == before
    assert MP is not mpmath.mp
