"""A formula around one point as SymPy has it: the branch that is taken, decisions as constants, nothing by name."""

import pytest
import sympy

from gradcli.graph.walk import reachable
from gradcli.language import parse
from gradcli.precision.multiprecision_kernels import MP
from gradcli.proof.sympy_families import Piece
from gradcli.proof.sympy_formula import pieces, rational

X = sympy.Symbol("x")


def around(text: str, x: float) -> Piece:
    """A formula of x around a point."""
    program = parse(text)
    given = {program.variables["x"]: Piece(X, MP.mpf(x))}
    return pieces(program.graph, reachable(program.graph, [program.output]), given)[program.output]


@pytest.mark.parametrize(
    ("text", "x", "formula"),
    [
        ("x^2 + sin(x)", 3.0, X**2 + sympy.sin(X)),
        ("abs(x)", -3.0, -X),
        ("max(x, x^2)", 3.0, X**2),
        ("where(x > 0, x, exp(x))", -1.0, sympy.exp(X)),
        ("floor(x)*x", 2.5, 2 * X),
        ("x % 2", 5.5, X - 4),
        ("0.5*x", 1.0, X / 2),
    ],
)
def test_what_a_formula_is_around_a_point(text: str, x: float, formula: sympy.Expr) -> None:
    assert sympy.expand(around(text, x).formula - formula) == 0


def test_what_has_no_number_has_no_formula() -> None:
    assert around("log(x)", -1.0).formula is None
    assert around("9^9^9 + x", 1.0).formula is None


def test_a_number_is_the_fraction_that_it_is() -> None:
    assert rational(MP.mpf(0.1)) == sympy.Rational(*(0.1).as_integer_ratio())
