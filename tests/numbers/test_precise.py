"""`--precision`: what auto, exact and a number of digits promise. Truths are mpmath's, or closed forms."""

import re
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from math import inf, isnan, ulp
from pathlib import Path
from time import monotonic
from typing import Any

import pytest
from mpmath import mp

from gradcli.errors import Notice, UsageError
from gradcli.evaluate.gradient import Gradient, Point
from gradcli.language import parse
from gradcli.precision.decimals import nearest, number_text
from gradcli.precision.multiprecision import evaluate
from gradcli.precision.multiprecision_kernels import MP
from gradcli.precision.settle import MOST_NODES, Answer, Precise, check, settle

sys.path.insert(0, str(Path(__file__).parents[1] / "benchmarks"))
from formulas import FORMULAS, Formula, truth
from formulas import points as drawn

SOME = [it for it in FORMULAS[::5] + FORMULAS[-24:-18] if "gamma(" not in it.text]
"""Gamma functions of 1,000 digits would take longer than all the others."""


def answer(text: str, precision: str = "auto", most_nodes: int = MOST_NODES, /, **bindings: float) -> Answer:
    program = parse(text, variables=bindings)
    return settle(Gradient(program), bindings, precision, most_nodes=most_nodes)._replace(bounds=None)


def digits(text: str, count: int, **bindings: float) -> Precise:
    program = parse(text)
    found = settle(Gradient(program), bindings, str(count)).decimals
    assert found
    return found


def numbers(point: Point) -> list[float]:
    return [point.value, *point.gradient.values()]


def messages(found: Answer) -> list[str]:
    return [notice.message for notice in found.notices]


# -- what auto promises


@pytest.mark.parametrize(
    ("text", "bindings", "expected"),
    [
        ("1/(1+exp(-x))", {"x": -1000}, [0.0, 0.0]),
        ("1/(1+exp(-x))", {"x": 1000}, [1.0, 0.0]),
        ("log(1+exp(x))", {"x": 1000}, [1000.0, 1.0]),
        ("log(cosh(x))", {"x": 1000}, [999.3068528194401, 1.0]),
        ("sqrt(x^2+y^2)", {"x": 1e200, "y": 1e200}, [1.414213562373095e200, 0.7071067811865476, 0.7071067811865476]),
        ("x+1e16+1-1e16", {"x": 0}, [1.0, 1.0]),
        ("(1-cos(x))/x^2", {"x": 1e-8}, [0.5, -8.333333333333334e-10]),
        ("x-sin(x)", {"x": 1e-5}, [1.6666666666583337e-16, 4.999999999958334e-11]),
        ("exp(x)-1", {"x": 1e-12}, [1.0000000000005e-12, 1.000000000001]),
        ("x*sin(pi)", {"x": 1}, [0.0, 0.0]),
        ("sin(x)", {"x": 1e22}, [-0.8522008497671888, 0.523214785395139]),
        ("x/x", {"x": 3}, [1.0, 0.0]),
        ("x*tanh(log(1+exp(x)))", {"x": -705}, [-4.683595447588556e-304, -4.676952049790558e-304]),
    ],
)
def test_auto_gives_the_right_numbers(text: str, bindings: dict[str, float], expected: list[float]) -> None:
    got = numbers(answer(text, **bindings).point)
    assert all(abs(a - b) <= 16 * ulp(b) for a, b in zip(got, expected, strict=True)), got


@pytest.mark.one_in(3)
@pytest.mark.parametrize("it", SOME, ids=lambda it: it.text)
def test_values_and_gradients_of_real_formulas(it: Formula) -> None:
    program = parse(it.text, variables=it.ranges)
    gradient = Gradient(program, {name: program.variables[name] for name in it.ranges})
    for point in drawn(it, 2):
        expected = truth(it, point)
        for precision, allowed in (("auto", 16.0), ("exact", 0.5)):
            for got, exact in zip(numbers(settle(gradient, point, precision).point), expected, strict=True):
                with mp.workdps(60):
                    assert abs(mp.mpf(got) - exact) <= allowed * mp.mpf(ulp(float(exact)))


def test_what_is_right_in_double_stands_to_the_last_bit() -> None:
    found = answer("sin(x)*exp(y)/(1+z^2)", x=0.7, y=0.3, z=3.1)
    assert found == answer("sin(x)*exp(y)/(1+z^2)", "double", x=0.7, y=0.3, z=3.1)
    assert found.notices == ()


def test_the_value_alone() -> None:
    assert settle(Gradient(parse("log(1+exp(x))"), {}), {"x": 1000.0}, "auto").point == Point({"x": 1000.0}, 1000.0, {})


def test_what_is_right_loads_no_library_for_more_digits() -> None:
    code = (
        "import sys; from gradcli.language import parse; from gradcli.evaluate.gradient import Gradient;"
        "from gradcli.precision.settle import settle; p = parse('(x*w - 2)^2*tanh(x)');"
        "settle(Gradient(p), {'x': 2.0, 'w': 3.0}, 'auto'); sys.exit(bool({'mpmath', 'flint'} & {*sys.modules}))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


# -- what is said


def test_the_notice_names_the_node_that_overflows() -> None:
    message = "double precision gives df/dx = nan; the digits go at `exp(-x)` = inf"
    assert answer("1/(1+exp(-x))", x=-1000).notices[0] == Notice("precision", message, 3, (5, 12))


def test_the_notice_names_the_difference_that_cancels() -> None:
    message = "double precision gives f = 0, df/dx = 99999999.99999999; the digits go at `1 - cos(x)` = 0"
    assert messages(answer("(1-cos(x))/x^2", x=1e-8)) == [message]


def test_adjoints_that_cancel_are_told_from_values() -> None:
    value, slope = messages(answer("0.1*(3*x)-0.3*x", x=0.7))
    assert value.endswith("the digits go at `0.1*(3*x) - 0.3*x` = -2.7755575615628914e-17")
    assert slope.endswith("; the digits go in the derivative")


def test_a_condition_that_is_too_close_to_call() -> None:
    found = answer("where(0.1*x > 0.3, x, -x)", x=3)  # three tenths
    assert found.point.value == -3.0
    assert messages(found)[0].startswith("double precision gives f = 3, df/dx = 1; the digits go at")
    assert answer("where(2^-54*x + 1 > 1, x, -x)", x=3).point.value == 3.0
    assert answer("where(x/3*3 == x, 1, 2)", x=0.1).point.value == 1.0


def test_sums_are_mended_without_mpmath() -> None:
    text = " + ".join(["x"] + ["y"] * 3000)
    found = answer(text, x=1e16, y=0.9)
    assert abs(found.point.value - (mp.mpf(1e16) + 3000 * mp.mpf(0.9))) <= 2
    assert "3000" not in found.point.gradient


@pytest.mark.parametrize("text", ["log(x)", "sqrt(x)", "(x+1)/(x+1)"])
def test_a_nan_that_is_the_truth_stays(text: str) -> None:
    found = answer(text, x=-1)
    assert isnan(found.point.value)
    assert found.notices == ()


def test_poles_stay_with_their_sign() -> None:
    assert numbers(answer("1/x", x=-0.0).point) == [-inf, -inf]
    assert numbers(answer("log(x)", x=0.0).point) == [-inf, inf]
    assert isnan(answer("sqrt(x)^2", x=0.0).point.gradient["x"])


def test_a_result_beyond_the_doubles_is_infinite() -> None:
    assert answer("exp(x)", x=1000).point.value == inf
    assert messages(answer("exp(x)", x=1000)) == [
        "f = 1.9700711e434 is beyond the largest double, 1.8e308; doubles overflow at `exp(x)` = inf"
    ]
    assert digits("exp(x)", 5, x=1000).value == "1.9701e+434"


def test_a_formula_too_large_for_enclosures_keeps_its_doubles() -> None:
    found = answer("exp(x)-1", "exact", 3, x=1e-12)
    assert found.point.value == 1.000088900582341e-12
    expected = "f may have lost digits, and a formula of this size is not followed; the digits go at `exp(x) - 1`"
    assert messages(found)[0].startswith(expected)


def test_the_errors_of_a_huge_formula_are_not_followed() -> None:
    found = answer("exp(x)-1", "auto", 3, x=1e-12)
    assert found.point.value == 1.000088900582341e-12
    assert messages(found) == [
        "a formula of this size is evaluated in plain double precision, its errors are not followed"
    ]


def test_a_result_below_the_doubles_is_zero_and_told() -> None:
    found = answer("x*y", x=5e-324, y=0.25)
    assert numbers(found.point) == [0.0, 0.25, 5e-324]
    assert messages(found) == ["f = 1.2351641e-324 is below the least double, 5e-324; doubles underflow at `x*y` = 0"]
    assert messages(answer("x*y", x=0.0, y=0.25)) == []
    assert settle(Gradient(parse("x*y"), {}), {"x": 5e-324, "y": 0.25}, "auto", tell=False).notices == ()


def test_numbers_that_left_the_doubles_are_told_by_the_node_where_they_did() -> None:
    found = answer("1/(1+exp(-x))", x=-1000)
    assert found.notices[1] == Notice(
        "precision",
        "f = 5.0759589e-435, df/dx = 5.0759589e-435 are below the least double, 5e-324; doubles overflow at `exp(-x)` = inf",
        3,
        (5, 12),
    )
    assert messages(answer("gamma(x)", x=1e300))[0].startswith("f = 10^(2.9956571e302), df/dx = 10^(2.9956571e302) are")
    assert messages(answer("exp(10*x)", x=70.9))[1].endswith("doubles overflow in the derivative")


def test_what_is_known_beyond_the_doubles_needs_no_other_word() -> None:
    found = answer("x - exp(y)", x=1, y=1000)
    assert (found.point.value, found.known.value) == (-inf, -1.7976931348623157e308)
    assert found.known.gradient == {"x": 1.0, "y": -1.7976931348623157e308}
    assert answer("1/x", x=0.0).known.value == inf


# -- exact and digits


def test_exact_rounds_correctly() -> None:
    with mp.workdps(60):
        for x in (0.1, 0.7, 3.3, 1e-5, 77.0):
            assert answer("log(x)^3", "exact", x=x).point.value == float(mp.log(x) ** 3)


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (MP.mpf(2) ** -1075, 0.0),
        (MP.mpf(2) ** -1075 * 3, 2 * 5e-324),
        (MP.mpf(2**1024 - 2**970 - 1, prec=2000), 1.7976931348623157e308),
        (MP.mpf(2**1024 - 2**970, prec=2000), inf),
        (-(MP.mpf(2) ** 2000), -inf),
        (MP.mpf(2) ** 1024, inf),
        (-(MP.mpf(2) ** 1024) * 3 / 2, -inf),
        (MP.mpf(2) ** -5000, 0.0),
        (MP.mpf(-0.1), -0.1),
    ],
)
def test_rounding_at_the_ends_of_the_doubles(number: object, expected: float) -> None:
    assert nearest(number) == expected


def test_a_number_below_the_doubles_keeps_its_sign() -> None:
    assert str(nearest(-(MP.mpf(2) ** -5000))) == str(nearest(-(MP.mpf(2) ** -1076))) == "-0.0"


@pytest.mark.parametrize(
    ("text", "x", "truth"),
    [
        ("exp(x)", 1e300, mp.exp),
        ("exp(x)", -7.5e290, mp.exp),
        ("2.5^x", 1e250, lambda x: mp.power(2.5, x)),
        ("(-3)^x", 2.0**53 - 1, lambda x: -mp.power(3, x)),
        ("(-3)^x", -(2.0**90), lambda x: mp.power(3, x)),
        ("digamma(x)", -274877906944.25, mp.digamma),
        ("polygamma(3, x)", -150.75, lambda x: mp.psi(3, x)),
    ],
)
def test_long_numbers_take_no_longer(text: str, x: float, truth: Callable[[Any], Any]) -> None:
    began = monotonic()
    with mp.workdps(60):
        number = evaluate(parse(text).graph, [parse(text).output], {"x": x}, 50)[0]
        assert abs(mp.mpf(number) / truth(mp.mpf(x)) - 1) < mp.mpf(10) ** -49
        assert abs(mp.mpf(number_text(number, 30)) / truth(mp.mpf(x)) - 1) < mp.mpf(10) ** -29
    assert monotonic() - began < 5


def test_a_slope_of_digamma_far_to_the_left() -> None:
    found = digits("digamma(x)", 30, x=-274877906944.25)
    with mp.workdps(50):
        x = mp.mpf(-274877906944.25)
        assert mp.mpf(found.gradient["x"]) == pytest.approx(mp.diff(mp.digamma, x), rel=1e-12)


@pytest.mark.slow
def test_numbers_of_any_size_are_written() -> None:
    limit = sys.get_int_max_str_digits()
    with mp.workdps(5010):
        assert digits("exp(x)", 5000, x=1e9).value == mp.nstr(mp.exp(10**9), 5000)
        assert digits("10^x", 5000, x=1e6).value == "1e+1000000"
    exponent = digits("gamma(x)", 5000, x=1e300).value.partition("e+")[2]
    with mp.workdps(400):
        assert int(exponent) == int(mp.floor(mp.loggamma(mp.mpf(1e300)) / mp.log(10)))
    assert sys.get_int_max_str_digits() == limit


def test_an_exponent_of_any_length_is_written(request: pytest.FixtureRequest) -> None:
    request.addfinalizer(partial(sys.set_int_max_str_digits, sys.get_int_max_str_digits()))
    sys.set_int_max_str_digits(640)
    text = "a0 = 2^x; " + "; ".join(f"a{i + 1} = a{i}*a{i}" for i in range(2200))
    found = settle(Gradient(parse(text), {}), {"x": 1.0}, "20").decimals
    assert found
    _, mark, exponent = found.value.partition("e+")
    assert mark
    assert len(exponent) == 662
    assert sys.get_int_max_str_digits() == 640


def test_a_thousand_digits_of_pi() -> None:
    with mp.workdps(1010):
        assert digits("x*pi", 1000, x=1).value == mp.nstr(mp.pi, 1000)


@pytest.mark.parametrize("wrong", ["0", "-3", "10001", "many", "", "1.5", "²", "9" * 5000])
def test_what_is_no_precision(wrong: str) -> None:
    with pytest.raises(UsageError, match="is no precision"):
        check(wrong)


def test_a_number_of_digits_settles_as_exact_does() -> None:
    assert answer("exp(x)-1", "40", x=1e-12)._replace(decimals=None) == answer("exp(x)-1", "exact", x=1e-12)


def test_fewer_digits_than_were_asked_for_are_not_settled() -> None:
    """How many are certain is said, and none of them is printed."""
    text = "y + 1e-300*step(exp(x) - exp(x - y)*exp(y))"  # no digits tell that the difference is 0
    found = settle(Gradient(parse(text), {}), {"x": 1.0, "y": 2.0}, "400", seconds=1.0)
    (notice,) = found.notices
    assert (found.settled, found.point.value) == (False, 2.0)
    assert found.decimals
    assert found.decimals.value == "NaN"
    assert notice.kind == "unsettled"
    assert re.search(r"(299|300|301) digits of it are certain", notice.message)
