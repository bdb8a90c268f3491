"""SymPy's own derivative as a second number, where no algebra shows that the two formulas are equal."""

import pytest
import sympy
from checked import checked

from gradcli.derivatives import differentiate
from gradcli.evaluate.gradient import Gradient
from gradcli.graph.simplify import simplified
from gradcli.language import parse
from gradcli.precision.multiprecision_kernels import MP
from gradcli.proof.evidence import sympy_difference
from gradcli.verify import verify
from gradcli.verify.judgement import AGREES, UNCHECKED, Judgement, unproved

X = sympy.Dummy(positive=True)
AT = {X: sympy.Rational(3, 10)}
HALF_ANGLE = sympy.asin(2 * X * sympy.sqrt(1 - X**2))


def test_a_difference_that_shrinks_with_the_precision_is_none() -> None:
    assert sympy_difference(HALF_ANGLE, 2 * sympy.asin(X), AT) == 0


@pytest.mark.parametrize("power", [2, 40, 60, 120, 350])
def test_a_difference_that_settles_is_told_however_small(power: int) -> None:
    tiny = sympy.Rational(1, 10**power)
    found = sympy_difference(HALF_ANGLE + tiny, 2 * sympy.asin(X), AT)
    assert abs(found / tiny - 1) < sympy.Float("1e-12")


def test_there_is_an_end_to_the_digits() -> None:
    tiny = sympy.Rational(1, 10**2000)
    assert sympy_difference(HALF_ANGLE + tiny, 2 * sympy.asin(X), AT) == 0


def test_a_number_that_does_not_settle_is_not_taken_for_a_zero() -> None:
    nothing = HALF_ANGLE - 2 * sympy.asin(X)
    assert sympy_difference(1 / nothing, sympy.Integer(0), AT) is None
    assert sympy_difference(nothing, sympy.Integer(0), AT) == 0


def test_what_has_no_number_is_not_compared() -> None:
    assert sympy_difference(sympy.log(X - X) + X, X, AT) is None
    assert sympy_difference(X, 2 * X, {}) is None


def test_the_same_number_without_a_proof_agrees_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    assert checked("exp(x)*x", x=0.3).gradient["x"].verdict == "proved"
    monkeypatch.setattr("gradcli.proof.evidence.Comparison.is_same", lambda *_, **__: False)
    check = checked("exp(x)*x", x=0.3).gradient["x"]
    assert check.verdict == "agrees"
    assert check.reason == (
        "no algebra shows that the formulas are equal; SymPy's own derivative is the same to 400 digits here"
    )


def test_sympy_sees_what_enclosures_do_not() -> None:
    program = parse("exp(x)")
    graph, variables = program.graph, program.variables
    right = differentiate(graph, program.output, (variables["x"],))
    shifted = simplified(graph, "add", (right.gradient[0], graph.constant(1e-60)))
    found = verify(program, Gradient(program).at({"x": 1.0}), variables, right._replace(gradient=(shifted,)))
    assert found.verdict == "unchecked"
    assert found.reason.startswith("the numbers agree, but SymPy's own derivative differs by -1.0e-60")


@pytest.mark.parametrize(
    ("apart", "verdict"), [(None, AGREES), ("0", AGREES), ("1e-50", UNCHECKED), ("1e-40", UNCHECKED)]
)
def test_a_gap_is_no_proof_and_no_agreement(apart: str | None, verdict: str) -> None:
    found = unproved(Judgement(AGREES, MP.mpf(2), smooth=True), None if apart is None else MP.mpf(apart))
    assert found.verdict == verdict
    assert bool(found.reason) == (apart is not None)
