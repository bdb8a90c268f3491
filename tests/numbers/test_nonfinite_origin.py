"""The origin of a number that is not finite: where it arose, out of what, why, and how to mend it."""

from collections.abc import Mapping

import pytest
from conftest import Gradcli

from gradcli.diagnose import corrected, not_finite
from gradcli.diagnose.nonfinite.suggestions import KNOWN, Suggestion
from gradcli.errors import Notice
from gradcli.evaluate.gradient import Gradient, Point
from gradcli.language import Program, parse

ACCIDENT = "an accident of double precision"


def notices(program: Program, point: Point, wrt: Mapping[str, int]) -> tuple[Notice, ...]:
    """All that is said of a point, as the commands say it."""
    return (*program.notices, *corrected(program, point, wrt)[1], *not_finite(program, point, wrt))


def told(text: str, bindings: Mapping[str, float], kind: str = "not finite") -> list[Notice]:
    program = parse(text, variables=bindings)
    point = Gradient(program).at({name: float(bindings[name]) for name in program.variables})
    return [notice for notice in notices(program, point, program.variables) if notice.kind == kind]


STORIES = [
    # a formula, a point, what the first notice says, and the part of the text it points at
    ("log(x)", {"x": 0}, ["`log(x)` is -inf at x = 0: log(0) is a pole"], "log(x)"),
    ("2*log(x - 3)", {"x": 2}, ["is nan at x - 3 = -1: log(-1) is not real: it needs `x - 3 > 0`"], "log(x - 3)"),
    ("y = x - 1; log(y)*y", {"x": 1}, ["log(0) is a pole; then `log(y)*y` is -inf*0 = nan", "`xlogy(y, y)`"], "log(y)"),
    ("sqrt(x)", {"x": -1}, ["sqrt(-1) is not real: it needs `x >= 0`"], "sqrt(x)"),
    ("1/x", {"x": 0}, ["`1/x` is inf at x = 0: 1/0 is a pole"], "1/x"),
    ("x/y", {"x": 0, "y": 0}, ["`x/y` is nan at x = 0, y = 0: 0/0 has no value"], "x/y"),
    ("sin(x)/x", {"x": 0}, ["0/0 has no value", "write `sinc(x)` for `sin(x)/x`"], "sin(x)/x"),
    ("(x + 1)^0.5", {"x": -3}, ["(-2)^0.5 is not real: it needs `x + 1 >= 0`"], "(x + 1)^0.5"),
    ("x^x", {"x": -0.5}, ["(-0.5)^-0.5 is not real: it needs `x > 0` or `x` to be whole"], "x^x"),
    ("x^(1/3)", {"x": -8}, ["(-8)^0.3333333333333333 is not real: it needs `x >= 0`"], "x^(1/3)"),
    ("log(x, b)", {"x": -2, "b": -3}, ["is not real: it needs `x > 0` and `b > 0`"], "log(x, b)"),
    ("polygamma(n, x)", {"n": 0.5, "x": -1}, ["it needs `n` to be whole and `x > 0`"], "polygamma(n, x)"),
    ("x^-1", {"x": 0}, ["`x^-1` is inf at x = 0: 0^-1 is a pole"], "x^-1"),
    ("asin(x)", {"x": 1.5}, ["asin(1.5) is not real: it needs `abs(x) <= 1`"], "asin(x)"),
    ("gamma(x)", {"x": -1}, ["gamma(-1) is not real: it needs `x > 0` or `x` not to be whole"], "gamma(x)"),
    ("exp(x)", {"x": 1000}, [f"exp(1000) is beyond the largest double, 1.8e308: {ACCIDENT}"], "exp(x)"),
    ("3 + x*1e300", {"x": 1e300}, [f"1e300*1e300 is beyond the largest double, 1.8e308: {ACCIDENT}"], "x*1e300"),
    ("log(1 + exp(x))", {"x": 1000}, [ACCIDENT, "write `softplus(x)` for `log(1 + exp(x))`"], "exp(x)"),
    ("log(1 + e^x)", {"x": 1000}, ["e^1000 is beyond", "write `softplus(x)` for `log(1 + e^x)`"], "e^x"),
    ("log(cosh(x))", {"x": 1000}, ["write `logaddexp(x, -x) - log(2)`"], "cosh(x)"),
    ("sqrt(x^2 + y^2)", {"x": 1e200, "y": 1}, ["1e200^2 is beyond", "`hypot(x, y)`"], "x^2"),
    ("sqrt(x*x + y*y)", {"x": 1, "y": 1e200}, ["1e200*1e200 is beyond", "`hypot(x, y)`"], "y*y"),
    ("exp(x)/(exp(x) + exp(y))", {"x": 1000, "y": 1}, ["is inf/inf = nan", "`softmax2(x, y)`"], "exp(x)"),
    ("exp(x)/(exp(y) + exp(x))", {"x": 1000, "y": 1}, ["`softmax2(x, y)`"], "exp(x)"),
    ("gamma(n)/gamma(n - 1)", {"n": 200}, ["`exp(lgamma(n) - lgamma(n - 1))`"], "gamma(n)"),
    ("x - y", {"x": float("inf"), "y": float("inf")}, ["`x` is inf as it is given; then `x - y` is inf - inf"], "x"),
    ("1 + nan*x", {"x": 1}, ["`nan` is nan as it is given"], "nan"),
    ("where(x > 0, 1/(x - 1), 1/x)", {"x": 1}, ["`1/(x - 1)` is inf at x - 1 = 0"], "1/(x - 1)"),
    ("1/exp(-x)", {"x": 1000}, ["but the 0 is `exp(-x)`, too small for a double", ACCIDENT], "1/exp(-x)"),
    ("1/(x*2)^300", {"x": 1e-10}, ["but the 0 is `(x*2)^300`, too small"], "1/(x*2)^300"),
    ("1/(x - x)", {"x": 2}, ["1/0 is a pole"], "1/(x - x)"),
    ("1/(1 + exp(-x))", {"x": -1000}, ["the derivative by x is nan: going back through `exp(-x)`",
     "upstream -0 × local inf = nan; `exp(-x)` is inf at -x = 1000", "write `sigmoid(x)`"], "exp(-x)"),
    ("sqrt(x)", {"x": 0}, ["the derivative by x is inf", "upstream 1 × local inf = inf", "infinite at x = 0"], "sqrt(x)"),
    ("sqrt(x)^2", {"x": 0}, ["upstream 0 × local inf = nan", "write `x` for `sqrt(x)^2`"], "sqrt(x)"),
    ("sqrt(x^2 + y^2)", {"x": 0, "y": 0}, ["the derivatives by x, y are nan", "upstream inf × local 0 = nan",
     "the slope of `sqrt(x^2 + y^2)` by x^2 + y^2 is infinite", "`hypot(x, y)`"], "sqrt(x^2 + y^2)"),
    ("sqrt(x - 1) - sqrt(2*x - 2)", {"x": 1}, ["the derivative by x is nan", "their sum is nan"], "sqrt(2*x - 2)"),
    ("x^y", {"x": -2, "y": 3}, ["the derivative by y is nan", "`x^y` by y has no slope at x = -2, y = 3"], "x^y"),
    ("atan2(y, x)", {"x": 0, "y": 0}, ["the derivatives by y, x are nan", "has no slope"], "atan2(y, x)"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "point", "fragments", "place"), STORIES)
def test_the_origin_of_a_number_that_is_not_finite(
    text: str, point: dict[str, float], fragments: list[str], place: str
) -> None:
    first = told(text, point)[0]
    for fragment in fragments:
        assert fragment in first.message
    assert first.span is not None
    assert text[slice(*first.span)] == place


@pytest.mark.parametrize(
    ("text", "point", "count"),
    [
        ("x + 1", {"x": 1}, 0),
        ("where(x > 0, log(x), 0)", {"x": -1}, 0),
        ("log(x) + log(y)", {"x": 0, "y": 0}, 2),
        ("log(x)*log(x)", {"x": 0}, 1),
        ("exp(x) - exp(y)", {"x": 1000, "y": 1000}, 2),
        ("sqrt(x) + sqrt(y)", {"x": 0, "y": 0}, 2),
        (" + ".join(f"sqrt(x{i})" for i in range(50)), {f"x{i}": 0 for i in range(50)}, 4),
    ],
)
def test_each_origin_is_told_once(text: str, point: dict[str, float], count: int) -> None:
    assert len(told(text, point)) == count


def test_a_value_alone_has_an_origin_too() -> None:
    program = parse("log(x)")
    found = notices(program, Gradient(program, {}).at({"x": 0.0}), {})
    assert ["`log(x)` is -inf" in notice.message for notice in found] == [True]


def test_of_what_was_settled_with_more_digits_nothing_is_told() -> None:
    program = parse("log(1 + exp(x)) + sqrt(y)")
    point = Gradient(program).at({"x": 1000.0, "y": 0.0})
    settled = point._replace(value=1000.0, gradient={**point.gradient, "x": 1.0})
    found = notices(program, settled, program.variables)
    assert ["the derivative by y is inf" in notice.message for notice in found] == [True]


def test_a_kink_and_an_origin_are_both_told() -> None:
    assert [notice.kind for notice in all_of("abs(x) + sqrt(x)", {"x": 0.0})] == ["kink", "not finite"]


def all_of(text: str, bindings: Mapping[str, float]) -> tuple[Notice, ...]:
    program = parse(text)
    return notices(program, Gradient(program).at(bindings), program.variables)


def test_what_the_language_has_to_say_comes_first() -> None:
    found = all_of("np.abs(x)", {"x": 0.0})
    assert [notice.kind for notice in found[1:]] == ["kink"]
    assert len(found) == 2


def test_names_that_need_quotes_keep_them() -> None:
    assert "write `xlogy(`my x`, `my x`)`" in told("`my x`*log(`my x`)", {"my x": 0})[0].message


POINTS = [(a, b, 1.5) for a in (0.5, 0.75) for b in (1.25, 3.0)]


@pytest.mark.parametrize("entry", KNOWN, ids=lambda entry: entry.formula)
def test_a_better_formula_is_the_same_function(entry: Suggestion) -> None:
    formula, better = (parse(text, variables="abc") for text in entry[:2])
    shift = 1.0 if "acosh" in entry.formula else 0.0
    for a, b, c in POINTS:
        point = {"a": a + shift, "b": b, "c": c}
        values = [Gradient(program, {}).at(point).value for program in (formula, better)]
        assert values[0] == pytest.approx(values[1], rel=1e-12)


@pytest.mark.parametrize(
    ("formula", "at", "said"),
    [
        ("(x^2 - 0.01)/(x - 0.1)", "x=0.1", "0/0 has no value; write `x + 1/10`"),
        ("(x - 0.1)/(x^3 - 0.001)", "x=0.1", "write `where(x == 0.1, 100/3, "),
        ("sin(pi*x)/(x - 1)", "x=1", "write `where(x == 1, -pi, "),
        ("(a + b - c)/(a + b - c)", "a=0.1 b=0.2 c=0.3", "0/0 has no value; write `1`"),
        ("log(1 - sin(x)^2 - cos(x)^2)", "x=1", "is -inf at 1 - sin(x)^2 - cos(x)^2 = 0: log(0) is a pole"),
    ],
)
def test_an_origin_is_told_by_the_numbers_of_the_answer(gradcli: Gradcli, formula: str, at: str, said: str) -> None:
    code, _, err = gradcli("grad", formula, *at.split())
    assert code == 3
    assert said in err
    assert not any(noise in err for noise in ("e-17/0", "e-16/0", "e-18/0", "not real", "accident"))


@pytest.mark.parametrize("formula", ["log(1 - sin(x)^2 - cos(x)^2)", "sqrt((exp(log(x)) - 3)^2)"])
def test_what_is_not_settled_is_not_called_too_large(gradcli: Gradcli, formula: str) -> None:
    assert "beyond the largest double" not in gradcli("grad", formula, "--x", "3").err
