"""A claim at a point where the rules alone must not decide: parameters at values, edges, kinks, gaps, single points."""

import pytest
from checked import PATIENCE, checked, judged

from gradcli.claims.at_all_points import Rulings
from gradcli.claims.at_point import Kind
from gradcli.claims.case import Finding
from gradcli.claims.claim import parts_of
from gradcli.claims.parse import read_claims
from gradcli.derivatives import differentiate
from gradcli.errors import Source
from gradcli.evaluate.gradient import Gradient
from gradcli.graph.simplify import simplified
from gradcli.language import parse
from gradcli.proof.equality import Pair, compared
from gradcli.proof.sample_points import SamplePoint
from gradcli.verify import verify

SECOND = "u = x^m; v = u^n; v*x"


def finding(text: str, claim: str, seconds: float = 0.0, patience: float = PATIENCE, **fixed: float) -> Finding:
    return judged(text, claim, seconds=seconds, patience=patience, **fixed).findings[0]


@pytest.mark.parametrize(
    ("text", "fixed", "right"),
    [
        ("x^m", {"x": -0.5, "m": 2}, "df/dx = m*x^(m-1)"),
        ("x^m", {"x": -0.5}, "df/dx = m*x^(m-1)"),
        ("x^m", {"m": -3}, "df/dx = m*x^(m-1)"),
        ("x^m", {"x": -0.5, "m": 2}, "d2f/dx2 = m*(m-1)*x^(m-2)"),
        ("x^m*y^n", {"x": -0.5, "m": 3, "y": -2, "n": -1}, "d2f/dx dy = m*n*x^(m-1)*y^(n-1)"),
        ("(-x)^m", {"x": 0.5, "m": 3}, "df/dx = -m*(-x)^(m-1)"),
        (SECOND, {"x": -0.5, "m": 3, "n": -1}, "df/du = n*u^(n-1)*x"),
        (SECOND, {"x": -0.5, "m": 3, "n": -1}, "du/dx = m*x^(m-1)"),
        (SECOND, {"x": -0.5, "m": 3, "n": -1}, "df/dx = (m*n + 1)*(x^m)^n"),
        ("log(a*x^n)*(log(a*x^n)^m)^p", {"a": 0.98, "m": -2, "n": 3, "p": -2, "x": 0.625}, "df/dx = n*(1+m*p)*f/log(a*x^n)/x"),
        ("b^(c*x)*log(d*x)^n", {"b": 1.5, "c": -2, "d": 0.5, "n": 3, "x": 0.5}, "df/dx = f*(c*log(b) + n/log(d*x)/x)"),
        ("x*sqrt(y) + x^2", {"x": 2, "y": 0}, "df/dx = 2*x"),
        ("acos(y) + x^2", {"x": 2, "y": 1}, "df/dx = 2*x"),
        ("x + x^m*y^1.5", {"x": -2, "m": 3, "y": 0}, "df/dx = 1"),
        ("1 + x^2*y^1.5", {"x": 2, "y": 0}, "df/dy = 1.5*x^2*sqrt(y)"),
        ("relu(x)*y", {"x": 0}, "df/dx = y"),
        ("1e40*x", {"x": 3}, "df/dx = 1e40"),
        ("sqrt(x^2 + y^2)^2 + x", {"x": 0, "y": 0}, "df/dx = 1"),
        ("relu(x) - relu(-x)", {"x": 0}, "df/dx = 1"),
        ("where(x == 0, 1, (exp(x) - 1)/x)", {"x": 0}, "df/dx = 0.5"),
    ],
)  # fmt: skip
def test_only_the_right_claim_passes(text: str, fixed: dict[str, float], right: str) -> None:
    left, claim = right.split(" = ", 1)
    assert finding(text, right, **fixed).verdict in ("agrees", "proved")
    for wrong in (f"-({claim}) - 1e-12", f"({claim})*(1 + 1e-9) + 1e-12", f"({claim}) + 1e-12", f"2*({claim}) + 1e-12"):
        assert finding(text, f"{left} = {wrong}", **fixed).verdict == "refuted", wrong


@pytest.mark.parametrize(
    ("text", "claim", "fixed", "words"),
    [
        ("abs(x)", "1", {"x": 0}, "-1 from the left and 1 from the right; the claim is the slope on one side"),
        ("abs(x)", "-1", {"x": 0}, "the claim is the slope on one side"),
        ("abs(x)", "sign(x)", {"x": 0}, "-1 from the left and 1 from the right; 0 is a convention"),
        ("abs(x) + abs(x)^1.3", "1", {"x": 0}, "the claim is the slope on one side"),
        ("abs(x + 0.5)*x^m", "x^m", {"x": -0.5, "m": 2}, "the claim is the slope on one side"),
        ("max(x, y)*x", "4", {"x": 2, "y": 2}, "2 from the left and 4 from the right; the claim is the slope on one"),
        ("max(x, y)*x", "3", {"x": 2, "y": 2}, "3 is a convention"),
        ("1e15*x + abs(x)", "1e15 + 1", {"x": 0}, "the claim is the slope on one side"),
        ("floor(x)", "0", {"x": 2}, "Infinity from the left and 0 from the right; the claim is the slope on one side"),
        ("sign(x)", "0", {"x": 0}, "Infinity from the left and Infinity from the right; 0 is a convention"),
        ("relu(pi*x)", "3.14", {"x": 0}, "right to the digits that are written"),
    ],
)
def test_what_is_said_of_a_kink(text: str, claim: str, fixed: dict[str, float], words: str) -> None:
    found = finding(text, f"df/dx = {claim}", **fixed)
    assert found.verdict == "agrees"
    assert words in found.reason


@pytest.mark.parametrize(
    ("text", "claim", "fixed"),
    [
        ("abs(x)", "if x > 0 then 1 else 17", {"x": 0}),
        ("abs(x)", "1 + 1e-9", {"x": 0}),
        ("abs(x)", "0.5", {"x": 0}),
        ("abs(x) + abs(x)^1.1", "1 + 1e-12", {"x": 0}),
        ("abs(x + 0.5)*x^m", "2*x^m", {"x": -0.5, "m": 2}),
        ("relu(x - 2)", "(1 + sign(x - 2))/2", {"x": 2}),
        ("relu(x)*y", "0.5*y", {"x": 0}),
        ("relu(x)*y", "1e-12", {"x": 0}),
        ("1e15*x + abs(x)", "1e15 + 3", {"x": 0}),
        ("relu(x) - relu(-x)", "0", {"x": 0}),
        ("sign(x)", "1", {"x": 0}),
        ("(x^2)^n", "2", {"x": 0, "n": 0.5}),
        ("relu(x - 2) - relu(2 - x)", "if x == 2 then 0 else 1", {}),
        ("where(x == 2, 5, x^2)", "2*x", {"x": 2}),
        ("x^2", "if x == 2 then 17 else 2*x", {}),
        ("x^2", "1/x", {"x": 0}),
    ],
)
def test_a_number_that_is_no_slope_is_refuted(text: str, claim: str, fixed: dict[str, float]) -> None:
    assert finding(text, f"df/dx = {claim}", **fixed).verdict == "refuted"


@pytest.mark.parametrize(
    ("text", "claim", "fixed", "words"),
    [
        ("x^m", "df/dm = 3", {"x": -0.5, "m": 2}, "defined on neither side"),
        ("x^m", "df/dx = nan", {"x": -0.5}, "the claim is nan"),
        ("x^m", "df/dx = m*x^(m-1)*sqrt(x)/sqrt(x)", {"x": -0.5, "m": 2}, "undefined at x = -0.5"),
        ("x^2", "df/dx = 3*x^2/x", {"x": 0}, "the claim is nan, the derivative 0 at x = 0"),
        ("x^2", "df/dx = 0/0", {"x": 3}, "the claim is nan, the derivative 6 at x = 3"),
        ("sqrt(x)", "df/dx = 0", {"x": 0}, "the claim is 0, the derivative inf at x = 0"),
        ("x^m", "df/dm = x^m*log(x)", {"x": -0.5, "m": 2}, "not finite"),
        ("where(x == 2, 5, nan)", "df/dx = 0", {"x": 2}, "defined on neither side"),
        ("x + sqrt(-(x - 2)^4)", "df/dx = 1", {"x": 2}, "defined on neither side"),
        ("log(x)", "df/dx = 1/x", {"x": -1}, "the value is not a number here"),
        ("(x^2)^n", "df/dx = 0", {"x": 0, "n": 0.5}, "-1 from the left and 1 from the right"),
        ("sqrt(x^2 + y^2)", "df/dx = 0", {"x": 0, "y": 0}, "-1 from the left and 1 from the right"),
        ("x^2", "df/dx = 2*(x^2 - 4)/(x - 2) - 4", {"x": 2}, "the claim has no value here"),
    ],
)
def test_what_nothing_decides_is_unchecked(text: str, claim: str, fixed: dict[str, float], words: str) -> None:
    found = finding(text, claim, **fixed)
    assert found.verdict == "unchecked"
    assert words in found.reason


def test_a_formula_may_have_another_convention_where_it_is_right_elsewhere() -> None:
    assert finding("relu(x - 2)", "df/dx = (1 + sign(x - 2))/2", 20.0).verdict == "proved"
    assert finding("where(x >= 2, x^2, 10*x)", "df/dx = if x > 2 then 2*x else 10", 20.0).verdict == "proved"
    assert finding("relu(x - 2)", "df/dx = if x == 2 then 2 else x > 2").verdict == "refuted"


def test_a_difference_beyond_the_digits_of_a_double_is_named() -> None:
    found = finding("1e40*x", "df/dx = 1e40 + 1e-12", x=3)
    assert (found.verdict, found.apart) == ("refuted", ("1e+40 + 1e-12", "1e+40"))


@pytest.mark.slow
def test_points_at_whole_exponents_are_found_for_a_negative_base() -> None:
    right = "m*x^m/(x*log(c*x^p)^n) - n*p*x^m/(x*log(c*x^p)*log(c*x^p)^n)"
    fixed = {"c": -2.0, "x": -0.1}
    assert finding("x^m/log(c*x^p)^n", f"df/dx = {right}", 1.0, **fixed).verdict in ("agrees", "proved")
    assert finding("x^m/log(c*x^p)^n", f"df/dx = ({right})*(1 + 1e-9)", 1.0, **fixed).verdict == "refuted"


def test_gradclis_own_derivative_is_judged_beside_a_kink_though_the_exponent_must_stay() -> None:
    program = parse("abs(x + 0.5)*x^m")
    right = differentiate(program.graph, program.output, (program.variables["x"],))
    twice = simplified(program.graph, "mul", (program.graph.constant(2.0), right.gradient[0]))
    wrt = {"x": program.variables["x"]}
    point = Gradient(program, wrt).at({"x": -0.5, "m": 2.0})
    assert verify(program, point, wrt, right).verdict == "agrees"
    assert verify(program, point, wrt, right._replace(gradient=(twice,))).verdict == "refuted"


def test_a_derivative_at_a_single_point_is_no_convention() -> None:
    found = checked("x + where(x == 2, 5, nan)", x=2)
    assert (found.verdict, found.reason) == ("unchecked", "the function is defined on neither side of this point")


def test_digits_that_take_too_long_are_not_said_to_be_infinite() -> None:
    text = " + ".join(f"tanh(x^{at})" for at in range(2, 900))
    assert finding(text, "df/dx = 1", patience=1e-3, x=1.5).reason == "there was no time for the digits"


@pytest.mark.parametrize(("text", "kind"), [("abs(x - 1.5)", Kind.OPEN), ("abs(x)", Kind.FAILS)])
def test_without_time_a_kink_is_left_open_and_what_is_smooth_is_not(text: str, kind: Kind) -> None:
    waves = " + ".join(f"tanh(x^{at})" for at in range(2, 60))
    program, (read,) = read_claims(Source(f"{text} + {waves}"), [Source("df/dx = 17")])
    (claim,) = parts_of(read)
    truth = differentiate(program.graph, claim.source, [claim.variable]).gradient[0]
    samples = compared(Pair(program.graph, claim.node, truth), [SamplePoint({"x": 1.5}, generic=False)])
    found = Rulings(claim, truth, samples, (), seconds=0.0, patience=0.0)
    assert [ruling.kind for _, ruling in found.made] == [kind]
    assert bool(found.wrong) == (kind == Kind.FAILS)


def test_what_is_below_does_not_depend_on_what_is_above() -> None:
    assert finding("x^2", "dx/df = 1").verdict == "refuted"
    assert finding("x^2", "dx/df = 0").verdict == "proved"
    assert finding("y = x^2; L = y^2", "dy/dL = 2", x=3).verdict == "refuted"
    assert finding("y = x^2; z = sin(y)", "d2y/dz2 = 1").verdict == "refuted"
    assert finding("x^2", "d2x/df2 = 0", x=2).verdict == "proved"


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("relu(x) - relu(-x)", "df/dx = df/dx"),
        ("relu(x) - relu(-x)", "df/dx = df/dx + 1"),
        ("y = relu(x) - relu(-x); z = 3*y", "dz/dx = dz/dy*dy/dx"),
        ("y = relu(x) - relu(-x); z = 3*y", "dz/dx = dz/dy*dy/dx + 3"),
    ],
)
def test_derivatives_in_a_claim_are_no_numbers_to_go_by_at_a_kink(text: str, claim: str) -> None:
    found = finding(text, claim, x=0)
    assert (found.verdict, "may be conventions" in found.reason) == ("unchecked", True)
    assert (finding(text, claim, x=1).verdict == "refuted") == ("+" in claim)


def test_a_chain_that_stops_at_a_branch_has_its_diagnosis() -> None:
    assert finding("relu(x)*0", "df/dx = -1").verdict == "refuted"
