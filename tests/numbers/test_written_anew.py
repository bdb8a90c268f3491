"""What cancels whatever the numbers are is gone, however large it is; at kinks and ends of domains nothing is claimed."""

import time
from math import isnan, tanh

import pytest
from flint import fmpq
from mpmath import mp

import gradcli
from gradcli.precision.cancellation.forms import ONE, Atoms, atom, number, plus, quotient

POINT = {"x": 0.6875, "y": 2.25, "z": 1.5}
ADDED = {
    "x*exp(exp(1e9))/exp(exp(1e9))": "x",
    "(x + 9^9^9) - 9^9^9": "x",
    "x*(9^9^9 + 1)/9^9^9": "x",
    "((x + 9^(-9^9))^2 - x^2)/9^(-9^9)": "2*x",
    "x + log((1 + tanh(900*y))/(1 - tanh(900*y))) - 1800*y": "x",
    "x + log(exp(y + 5000) + exp(z + 5000)) - 5000 - log(exp(y) + exp(z))": "x + 0",
    "x*(y*exp(800))^z/(y^(z - 1)*exp(800)^z*y)": "x",
    "x*hypot((y^2 + 7^999)*z, (y^2 + 7^999)*y)/((y^2 + 7^999)*hypot(z, y))": "x",
    "x + digamma(1 - y/9) - digamma(y/9) - pi/tan(pi*y/9)": "x",
    "x + lgamma(2*y) - (2*y - 1)*log(2) - lgamma(y) - lgamma(y + 1/2) + log(pi)/2": "x",
    "x + sin(5*y + z) - sin(5*y)*cos(z) - cos(5*y)*sin(z)": "x",
    "x + 1/(sqrt(9^9^4 + 1) - sqrt(9^9^4)) - sqrt(9^9^4 + 1) - sqrt(9^9^4)": "x",
    "max(x, x*exp(y)/exp(y) + 10^-100000000) - x": "0*x",
    "where(tanh(x) + exp(-1e12) > tanh(x)*(exp(900*y) + 1)/(exp(900*y) + 1), x, y)": "x",
    "x + abs(y*exp(900*z)/exp(900*z) - y)": "x",
}
"""Each is the same function as the other, but for less than any double."""


@pytest.mark.parametrize("text", ADDED)
def test_what_cancels_leaves_no_slope(text: str) -> None:
    names = gradcli.parse(text).variables
    point = {name: POINT[name] for name in names}
    plain = gradcli.answer(ADDED[text], {"x": POINT["x"]})
    answer = gradcli.answer(text, point)
    assert answer.settled
    assert answer.value == pytest.approx(plain.value, rel=1e-15, abs=0)
    assert answer.gradient == pytest.approx({**dict.fromkeys(names, 0.0), **plain.gradient}, rel=1e-15, abs=0)


@pytest.mark.parametrize(
    "text",
    [
        "abs(x*exp(900*y)/exp(900*y) - 0.6875)", "max(x, 11/16 + x*0*exp(900*y)/exp(900*y))",
        "relu(x*exp(900*y)/exp(900*y) - 11/16)",
    ],
)  # fmt: skip
def test_a_kink_or_the_end_of_a_domain_stays_one(text: str) -> None:
    answer = gradcli.answer(text, {"x": POINT["x"], "y": POINT["y"]})
    assert answer.notices
    assert isnan(answer.gradient["x"]) or any(notice.kind == "kink" for notice in answer.notices)


def test_what_does_not_cancel_is_not_taken_away() -> None:
    answer = gradcli.answer("((x*exp(900*y) + 1)/exp(900*y) - x)*exp(900*y)*tanh(x)", {"x": 0.5, "y": 2.0})
    assert answer.value == pytest.approx(tanh(0.5), rel=1e-15)
    assert answer.gradient["y"] == 0.0
    with mp.workdps(1200):
        left = mp.exp(mp.mpf(900) * 2)
        right = (mp.mpf(1) / 3 * left + 1) / left - mp.mpf(1) / 3
    answer = gradcli.answer("(x/3*exp(900*y) + 1)/exp(900*y) - x/3", {"x": 1.0, "y": 2.0}, precision="20")
    assert answer.decimals
    assert answer.decimals.value == mp.nstr(right, 20)


def test_a_power_of_what_may_be_nothing_is_not_unknown() -> None:
    answer = gradcli.answer("(sin(x)^2 + cos(x)^2 - 1 + 10^-6000)^2", {"x": 1.0})
    assert answer.settled
    assert any("1e-12000" in notice.message for notice in answer.notices)


def test_factoring_does_not_take_hours() -> None:
    began = time.monotonic()
    answer = gradcli.answer(
        "x*(sqrt(cosh(10000)^2 + 6) - cosh(10000))*(sqrt(cosh(10000)^2 + 6) + cosh(10000))", {"x": 2.0}
    )
    assert answer.value == 12.0
    assert time.monotonic() - began < 10


def test_a_sum_that_divides_is_divided_out() -> None:
    x, y = atom(1), atom(2)
    atoms = Atoms()
    square = atoms.power(plus(x, y), 2)
    assert quotient(square, plus(x, y)) == plus(x, y)
    assert quotient(plus(square, number(ONE)), plus(x, y)) is None
    atoms.sums[3] = plus(x, y)  # x/(x + y) + y/(x + y)
    assert atoms.plus(atoms.times(x, atom(3, fmpq(-1))), atoms.times(y, atom(3, fmpq(-1)))) == number(ONE)
