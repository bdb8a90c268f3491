"""Expansions to both sides of a point. The judge is mpmath's own functions: quotients of the same formula, by hand."""

import subprocess
import sys
from collections.abc import Callable
from math import e, inf, isfinite, isnan, pi
from time import monotonic
from typing import Any, NamedTuple

import pytest
from mpmath import mp

from gradcli.answers import answered
from gradcli.diagnose import corrected
from gradcli.diagnose.kinks.one_sided import one_sided
from gradcli.errors import Notice
from gradcli.evaluate.gradient import Gradient, Point
from gradcli.language import parse
from gradcli.precision.enclosures.certainty import double
from gradcli.precision.expansions.beside import Side, Surroundings
from gradcli.precision.settle import settle
from gradcli.proof.exact_values import proves as algebra  # SymPy is loaded before any clock runs

Function = Callable[[Any], Any]


def answer(text: str, precision: str = "auto", **bindings: float) -> tuple[Point, tuple[Notice, ...]]:
    program = parse(text, variables=bindings)
    point = settle(Gradient(program), bindings, precision, algebra=algebra).point
    return corrected(program, point, program.variables, limits=precision != "double", algebra=algebra)


class Found(NamedTuple):
    """The output on one side: its limit, None where that is its value, and its derivative by x."""

    value: float | None
    slope: float
    defined: bool


def sides(text: str, **point: float) -> tuple[Found, Found]:
    """The output on the left and on the right."""
    program = parse(text)
    there = Surroundings(program.graph, program.output, point or {"x": 0.0}, monotonic() + 10, algebra)
    x = program.variables["x"]
    left, right = (_found(there.beside({x: way}).side(), way) for way in (-1, 1))
    return left, right


def _found(side: Side, way: int) -> Found:
    return Found(None if side.value is None else double(side.value), way * double(side.slope) + 0.0, side.defined)


def judged(function: Function, side: int, x: float) -> float:
    """The quotient at 600 digits, at a step that a second and much shorter one confirms."""
    with mp.workdps(600):
        steps = [side * mp.mpf(10) ** -60 * 0.7, side * mp.mpf(10) ** -120 * 0.3]
        first, second = ((function(x + step) - function(mp.mpf(x))) / step for step in steps)
        assert abs(first - second) <= mp.mpf(10) ** -20 * (1 + abs(second))
        return float(second) if abs(second) > mp.mpf(10) ** -25 else 0.0


def switch(at_zero: float, elsewhere: Function) -> Function:
    """The function with a hole at 0 filled."""
    return lambda x: elsewhere(x) if x else mp.mpf(at_zero)


# -- left and right agree

SMOOTH: list[tuple[str, float, Function]] = [
    ("where(x^2 > 0, sin(x)/x, 1)", 0, switch(1, lambda x: mp.sin(x) / x)),
    ("where(x == 0, 1, sin(x)/x)", 0, switch(1, lambda x: mp.sin(x) / x)),
    ("where(x^2 > 0, 3*x, 2*x)", 0, lambda x: 3 * x),
    ("where(x^2 <= 0, 4*x, x/3)", 0, lambda x: x / 3),
    ("abs(x)*sqrt(x^2)", 0, lambda x: x * x),
    ("sqrt(x^2)^2", 0, lambda x: x * x),
    ("max(x^2, -x^2)", 0, lambda x: x * x),
    ("relu(x^2) - relu(-x^2)", 0, lambda x: x * x),
    ("abs(x^3)", 0, lambda x: abs(x**3)),
    ("where(x^2 >= 1e-30, x, 5*x)", 0, lambda x: 5 * x),
    ("where(x == 0, 1, (exp(x) - 1)/x)", 0, switch(1, lambda x: (mp.exp(x) - 1) / x)),
    ("where(x^2 > 0, log1p(x)/x, 1)", 0, switch(1, lambda x: mp.log(1 + x) / x)),
    ("where(x != 0, (1 - cos(x))/x^2, 0.5)", 0, switch(0.5, lambda x: (1 - mp.cos(x)) / x**2)),
    ("where(x^2 > 0, x + (x - sin(x))/x^3, 1/6)", 0, lambda x: x + ((x - mp.sin(x)) / x**3 if x else mp.mpf(1) / 6)),
    ("where(x == 0, 0, x^2*sin(1/x))", 0, switch(0, lambda x: x * x * mp.sin(1 / x))),
    ("where(x == 0, 0, x^2*log(abs(x)) - x)", 0, switch(0, lambda x: x * x * mp.log(abs(x)) - x)),
    ("exp(-1/x^2)", 0, switch(0, lambda x: mp.exp(-1 / x**2))),
    ("cbrt(x)^3", 0, lambda x: x),
    ("7*cbrt(x)*cbrt(x)*cbrt(x)", 0, lambda x: 7 * x),
    ("cbrt(8*x^3)", 0, lambda x: 2 * x),
    ("sqrt(x^4) - 2*x", 0, lambda x: x * x - 2 * x),
    ("sqrt(abs(x)^3)", 0, lambda x: mp.sqrt(abs(x) ** 3)),
    ("sqrt(x^2)*sign(x)", 0, lambda x: x),
    ("(x^2)^0.5*x + 3*x", 0, lambda x: abs(x) * x + 3 * x),
    ("sqrt(1 - cos(x))*sin(x)", 0, lambda x: mp.sqrt(1 - mp.cos(x)) * mp.sin(x)),
    ("floor(x^2) + sqrt(x^2)*x - x", 0, lambda x: abs(x) * x - x),
    ("sqrt((x - 3)^2)*(x - 3) + x", 3, lambda x: abs(x - 3) * (x - 3) + x),
    ("where((x - 1)^2 > 0, x^2, 2*x - 1)", 1, lambda x: x * x),
    ("where((x - 1)^2 > 0, (x^3 - 1)/(x - 1), 3)", 1, lambda x: x * x + x + 1),
    ("sqrt(x^2)/(1 + sqrt(x^2))*x + x/7", 0, lambda x: abs(x) / (1 + abs(x)) * x + x / 7),
    ("acos(cos(x))*asin(sin(x))", 0, lambda x: mp.acos(mp.cos(x)) * x),
    ("where((x - 1e300)^2 > 0, x, 2*x - 1e300)", 1e300, lambda x: x),
]  # fmt: skip


@pytest.mark.one_in(5)
@pytest.mark.parametrize(("text", "x", "function"), SMOOTH, ids=lambda it: it if isinstance(it, str) else "")
def test_where_both_sides_agree_that_is_the_gradient(text: str, x: float, function: Function) -> None:
    left, right = judged(function, -1, x), judged(function, 1, x)
    assert left == pytest.approx(right, rel=1e-15)
    point, notices = answer(text, x=x)
    assert point.gradient["x"] == pytest.approx(right, rel=1e-15, abs=1e-300)
    assert all("from both sides; rule by rule" in notice.message for notice in notices)


@pytest.mark.parametrize("text", ["sqrt(x^2)*x + (-1/(x + 1))*(-1 - x)", "sqrt(x^2)*x + sin(x)^2 + cos(x)^2"])
def test_what_rounding_leaves_of_a_slope_is_zero(text: str) -> None:
    assert [side.slope for side in sides(text)] == [0.0, 0.0]


def test_as_many_decimals_as_are_known_of_a_slope_that_the_rules_miss() -> None:
    program = parse("where(x^2 > 0, x/3, 2*x) + y")
    bindings = {"x": 0.0, "y": 1.0}
    for digits, expected in ((5, "0.33333"), (40, "0.3333333333333333")):
        decimals = answered(program, bindings, program.variables, str(digits)).decimals
        assert decimals
        assert decimals.gradient == {
            "x": expected,
            "y": "1",
        }


def test_a_norm_is_smooth_once_it_is_squared() -> None:
    assert answer("sqrt(x^2+y^2)^2", x=0, y=0)[0].gradient == {"x": 0.0, "y": 0.0}
    assert answer("sqrt(x^2+y^2+z^2)^3", x=0, y=0, z=0)[0].gradient == {"x": 0.0, "y": 0.0, "z": 0.0}
    assert answer("sqrt((x-y)^2)*(x-y) + y", x=3, y=3)[0].gradient == {"x": 0.0, "y": 1.0}


def test_a_bend_as_narrow_as_doubles_can_spell_is_seen() -> None:
    assert answer("sqrt(x^2)*tanh(1e300*x) + x", x=0)[0].gradient == {"x": 1.0}
    assert answer("where(abs(x) >= 5e-324, x, 5*x) + abs(x)*sqrt(x^2)", x=0)[0].gradient == {"x": 5.0}
    assert answer("where(x^2 >= 1e-300, x, 5*x) + abs(x)*sqrt(x^2)", x=0)[0].gradient == {"x": 5.0}


def test_a_defined_node_is_moved_on_its_own() -> None:
    program, point = parse("y = x*w; where(y^2 > 0, 3*y, 2*y)"), Point({"x": 0.0, "w": 2.0}, 0.0, {})
    assert one_sided(program, point, {"y": program.node("y")}).sides["y"].right.derivative == 3.0


def test_pieces_that_meet_at_a_number_that_is_no_rational_meet() -> None:
    """No digits tell that e*x is exp(x) at 1; algebra does."""
    assert answer("where(x <= 1, exp(x), e*x)", x=1)[0].gradient["x"] == e
    assert answer("where(x <= 1, exp(x), e*x + 1e-60)", x=1)[1][0].kind == "jump"


# -- what algebra proves to be a constant, at this point or everywhere


@pytest.mark.parametrize(
    "text",
    ["sqrt(1 - sin(x)^2 - cos(x)^2)", "sqrt((x + x)/2 - x)", "abs(log(exp(x)) - x)", "cbrt(cosh(x)^2 - sinh(x)^2 - 1)"],
)
def test_what_is_zero_for_all_values_has_the_slope_zero(text: str) -> None:
    found = answered(parse(text), {"x": 1.0}, {"x": parse(text).variables["x"]}, "auto")
    assert (found.value, found.gradient, found.finite, found.settled) == (0.0, {"x": 0.0}, True, True)


@pytest.mark.parametrize(
    ("text", "slope"),
    [
        ("sqrt(x^2 - 2*x + 1)", 1.0),
        ("abs(sin(pi*x))", pi),
        ("abs(sin(x)^2 + cos(x)^2 - x)", 1.0),
        ("sqrt((exp(x) - e)^2)", e),
    ],
)
def test_what_is_zero_at_this_point_only_has_a_kink(text: str, slope: float) -> None:
    left, right = sides(text, x=1.0)
    assert (left.slope, right.slope) == (-slope, slope)


# -- left and right differ

CORNERS: list[tuple[str, float, Function]] = [
    ("sqrt(x^2)", 0, abs),
    ("abs(x) + sqrt(x^2)", 0, lambda x: 2 * abs(x)),
    ("max(sqrt(x^2), 2*abs(x))", 0, lambda x: 2 * abs(x)),
    ("where(x^2 > 0, abs(x), 2*x)", 0, abs),
    ("where(x == 0, 0, x/(1 + exp(1/x)))", 0, switch(0, lambda x: x if x < 0 else 0 * x)),
    ("where(x^2 > 0, x*atan(1/x), 0)", 0, switch(0, lambda x: x * mp.atan(1 / x))),
    ("sqrt(1 - cos(x))", 0, lambda x: mp.sqrt(1 - mp.cos(x))),
    ("acos(1 - x^2)", 0, lambda x: mp.acos(1 - x * x)),
    ("asin(cos(x))", 0, lambda x: mp.asin(mp.cos(x))),
    ("sqrt((x-2)^2) + 5*x", 2, lambda x: abs(x - 2) + 5 * x),
]  # fmt: skip


@pytest.mark.parametrize(("text", "x", "function"), CORNERS, ids=lambda it: it if isinstance(it, str) else "")
def test_where_they_differ_the_rules_stand_and_both_are_told(text: str, x: float, function: Function) -> None:
    found = [side.slope for side in sides(text, x=x)]
    expected = [judged(function, side, x) for side in (-1, 1)]
    assert found == pytest.approx(expected, rel=1e-15)
    assert expected[0] != pytest.approx(expected[1])
    point, (notice,) = answer(text, x=x)
    assert repr(point.gradient) == repr(answer(text, "double", x=x)[0].gradient)
    assert "from the left and" in notice.message


TOLD = [
    ("where(x^2 > 0, 3*x, 2*x)", "`x^2 > 0` switches exactly here, yet the slope by x is 3 from both sides; rule by rule it would be 2", (6, 13)),
    ("x + sqrt(x^4)", "`sqrt(x^4)` has no finite slope exactly here, yet the slope by x is 1 from both sides; rule by rule there is none", (4, 13)),
    ("sqrt(x^2)", "the slope by x is -1 from the left and 1 from the right; rule by rule there is no slope by x", (0, 9)),
    ("sqrt(x)^2", "the slope by x is undefined from the left and 1 from the right; rule by rule there is no slope by x", (0, 7)),
    ("cbrt(x^2)", "the slope by x is -inf from the left and inf from the right; rule by rule", (0, 9)),
    ("where(x^2 > 0, atan(1/x), 0)", "f jumps from -1.5707963267948966 to 1.5707963267948966 as x grows (0 at the point itself); 0 is", (6, 13)),
    ("where(x^2 > 0, x + 1, 2*x)", "f jumps from 1 on both sides of this x to 0; 2 is taken by convention", (6, 13)),
    ("1/(1 + exp(1/x))", "f jumps from 1 to 0 as x grows; rule by rule there is no slope by x", (11, 14)),
    ("where(x == 0, 0, x*log(abs(x)))", "yet the slope by x is -inf from both sides; rule by rule it would be 0", (6, 12)),
    ("where(x == 0, 0, x*sin(1/x))", "`x == 0` switches exactly here, and no expansion decides df/dx beside it", (6, 12)),
]  # fmt: skip


@pytest.mark.parametrize(("text", "message", "span"), TOLD)
def test_a_kink_is_told_with_both_sides_and_its_place(text: str, message: str, span: tuple[int, int]) -> None:
    (notice,) = answer(text, x=0)[1]
    assert message in notice.message
    assert notice.span == span


# -- nothing is told that is not known


@pytest.mark.parametrize("text", ["sqrt(x)^2", "x^0.5*x^0.5", "sqrt(x^3)"])
def test_beyond_the_end_of_a_domain_there_is_no_slope(text: str) -> None:
    left, right = sides(text)
    assert (isnan(left.slope), left.defined) == (True, False)
    assert isfinite(right.slope)
    assert isnan(answer(text, x=0)[0].gradient["x"])


@pytest.mark.parametrize(
    "text",
    [
        "where(x == 0, 0, x*sin(1/x))",
        "where(x == 0, 0, x*sin(pi/x))",  # 0 at every step that is a power of 2
        "where(x == 0, 0, abs(x)*sign(sin(log(abs(x)))))",
        "abs(x)*tanh(log(abs(x))*sin(1/x))",
    ],
)
def test_what_is_not_decided_is_not_settled(text: str) -> None:
    assert [isnan(side.slope) for side in sides(text)] == [True, True]
    point, (notice, *_) = answer("where(x == 0, 0, " + text + ")", x=0)
    assert isnan(point.gradient["x"])
    assert (notice.kind, notice.details) == ("unsettled", {"of": "df/dx", "settled": False})


@pytest.mark.parametrize(
    ("text", "slope"),
    [
        ("where(abs(x)^0.1 >= 1e-300, x, 5*x)", 5.0),  # a width of 1e-3000
        ("abs(x)*tanh(1e300*(1e300*x))", 0.0),
        ("max(abs(x)^0.1, 1e-300)*x", 1e-300),
        ("where(abs(x)^0.001 >= 1e-300, x, 5*x)", 5.0),
    ],
)
def test_no_width_is_too_narrow(text: str, slope: float) -> None:
    assert [side.slope for side in sides(text)] == [slope, slope]


# -- ends that grow or fall faster or more slowly than any power: limits and slopes by hand

ENDS: list[tuple[str, float, tuple[float | None, float]]] = [
    ("x*log(x)", 0, (0.0, -inf)),
    ("x^2*log(x)", 0, (0.0, 0.0)),
    ("x^x", 0, (None, -inf)),  # 0^0 is 1
    ("sinh(x)/x", 0, (1.0, 0.0)),
    ("x/(exp(x) - 1)", 0, (1.0, -0.5)),  # the generating function of the Bernoulli numbers
    ("gamma(x)*x", 0, (1.0, -0.5772156649015329)),  # -γ
    ("digamma(x)*x", 0, (-1.0, -0.5772156649015329)),
    ("x*sqrt(1 + 1/x^2)", 0, (1.0, 0.0)),
    ("asin(1 - x)", 0, (None, -inf)),
    ("(pi/2 - asin(1 - x^2))/x", 0, (1.4142135623730951, 0.0)),
    ("erf(1/x)", 0, (None, 0.0)),
    ("exp(-1/x)/x^100", 0, (0.0, 0.0)),
    ("abs(x)^pi", 0, (None, 0.0)),
    ("(x^2 - 2*x)/(x - 2)", 2, (2.0, 1.0)),
    ("lgamma(x) + log(x)", 0, (0.0, -0.5772156649015329)),
    ("sinc_n(1, x)", 2, (None, -0.09922397452857329)),
    ("logaddexp(x, -x)", 0, (None, 0.0)),
    ("x % inf", 0, (None, 1.0)),
    ("x % -7", 0, (-7.0, 1.0)),
]


@pytest.mark.parametrize(("text", "x", "expected"), ENDS)
def test_limit_and_slope_on_the_right(text: str, x: float, expected: tuple[float | None, float]) -> None:
    assert sides(text, x=x)[1][:2] == expected


def test_what_swings_has_a_limit_and_no_slope() -> None:
    """floor(1/x)*x is 1 - x*(1/x - floor(1/x)), whose last factor swings between 0 and 1."""
    value, slope, defined = sides("where(x == 0, 1, floor(1/x)*x)")[1]
    assert (value, isnan(slope), defined) == (None, True, True)


def test_an_infinite_slope_at_the_end_of_a_domain_is_no_news() -> None:
    assert answer("sqrt(x)", x=0) == (Point({"x": 0}, 0.0, {"x": inf}), ())


def test_a_value_that_is_not_finite_has_no_sides() -> None:
    point, notices = answer("1/x + sqrt(x^2)", x=0)
    assert (point.value, notices) == (inf, ())


def test_when_time_is_up_nothing_is_told() -> None:
    program = parse("where(x^2 > 0, 3*x, 2*x)")
    kinks = one_sided(program, Point({"x": 0.0}, 0.0, {"x": 2.0}), program.variables, seconds=-1.0)
    assert (kinks.sides, kinks.skipped) == ({}, ("x",))


# -- what it costs


def test_a_kink_that_first_derivatives_decide_does_not_load_mpmath() -> None:
    code = (
        "import sys; from gradcli.language import parse; from gradcli.answers import answered; p = parse('relu(x) - relu(-x)*y');"
        "answered(p, {'x': 0.0, 'y': 2.0}, p.variables, 'auto'); sys.exit('mpmath' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
