"""Functions far from 1: of magnitudes whose exponents have hundreds of digits, and of orders of millions.

The judge is mpmath where it gets there, and the first terms of a series that needs no more where it does not.
"""

import json
from collections.abc import Callable
from typing import Any

import pytest
from conftest import Gradcli
from mpmath import mp

import gradcli as face


def polygamma(order: int, x: Any) -> Any:
    """(-1)^(n + 1) n! times the sum of (x + k)^-(n + 1) (DLMF 5.15.1), whose terms soon are nothing."""
    return (-1) ** (order + 1) * mp.gamma(order + 1) * sum((x + k) ** -(order + 1) for k in range(80))


def lgamma(x: Any) -> Any:
    return (x - 0.5) * mp.log(x) - x + mp.log(2 * mp.pi) / 2


def sinc_n(order: int, x: Any) -> Any:
    """As DLMF 10.53.1 has it."""
    odd = mp.gamma(order + mp.mpf(3) / 2) * mp.mpf(2) ** (order + 1) / mp.sqrt(mp.pi)
    return mp.hyp0f1(order + mp.mpf(3) / 2, -(mp.mpf(x) ** 2) / 4) / odd


FAR: dict[str, Callable[[], Any]] = {
    "polygamma(1000000, 2)": lambda: polygamma(10**6, mp.mpf(2)),
    "polygamma(10000001, 2)": lambda: polygamma(10**7 + 1, mp.mpf(2)),
    "polygamma(1e15, 2)": lambda: polygamma(10**15, mp.mpf(2)),
    "polygamma(1000000, -0.5)": lambda: polygamma(10**6, mp.mpf("-0.5")),
    "polygamma(1001, -7.25)": lambda: polygamma(1001, mp.mpf("-7.25")),
    "polygamma(300, -7.25)": lambda: polygamma(300, mp.mpf("-7.25")),
    "polygamma(2, -1500.25)": lambda: mp.psi(2, mp.mpf("-1500.25")),
    "sinc_n(1e8, 2)": lambda: sinc_n(10**8, 2),
    "lgamma(exp(1e9))": lambda: lgamma(mp.exp(10**9)),
    "lgamma(exp(1e20))": lambda: lgamma(mp.exp(10**20)),
    "lgamma(exp(10^300))": lambda: lgamma(mp.exp(mp.mpf(10) ** 300)),
    "erfc(pi*10^10)": lambda: mp.erfc(mp.pi * 10**10),
    "normal_cdf(-(10^20))": lambda: mp.erfc(mp.mpf(10) ** 20 / mp.sqrt(2)) / 2,
    "tanh(exp(-(10^30)))": lambda: mp.exp(-(mp.mpf(10) ** 30)),
    "expm1(-exp(-(10^30)))": lambda: -mp.exp(-(mp.mpf(10) ** 30)),
    "sinh(exp(-(10^30)))": lambda: mp.exp(-(mp.mpf(10) ** 30)),
    "mish(-(10^50))": lambda: -(mp.mpf(10) ** 50) * mp.exp(-(mp.mpf(10) ** 50)),
    "9^9^9": lambda: mp.mpf(9) ** (9**9),
    "10^(10^999)/7^(10^998)": lambda: mp.mpf(10) ** (mp.mpf(10) ** 999) / mp.mpf(7) ** (mp.mpf(10) ** 998),
    "exp(-(10^999))": lambda: mp.exp(-(mp.mpf(10) ** 999)),
}
"""Formula → its truth."""


@pytest.mark.parametrize("formula", FAR)
def test_it_has_its_digits(formula: str) -> None:
    found = face.answer(formula, precision="40").decimals
    assert found
    with mp.workdps(1100):
        truth = FAR[formula]()
        assert abs(mp.mpf(found.value) - truth) <= abs(truth) * mp.mpf("1e-39")


@pytest.mark.parametrize("formula", ["9^9^9", "lgamma(exp(1e9))", "exp(10^999)", "gamma(10^990)", "polygamma(1000, 2)"])
def test_ten_thousand_digits_are_worked_out_in_time(formula: str) -> None:
    few, many = (face.answer(formula, precision=digits).decimals for digits in ("50", "10000"))
    assert few
    assert many
    digits, exponent = many.value.split("e")
    assert len(digits) > 9990
    with mp.workdps(60):
        assert abs(mp.mpf(digits[:70]) / mp.mpf(few.value.split("e")[0]) - 1) < mp.mpf("1e-49")
    assert exponent == few.value.split("e")[1]


@pytest.mark.parametrize("formula", ["9^9^9^9", "gamma(9^9^9)", "-exp(exp(exp(8)))"])
def test_a_line_says_what_is_too_far_out(gradcli: Gradcli, formula: str) -> None:
    code, out, err = gradcli("eval", formula, "--precision", "50")
    assert (code, out) == (3, "f\tNaN\n")
    assert err == (
        "note: f is not settled: its magnitude is beyond 10^(10^1000), and no number is followed so far out\n"
    )
    assert gradcli("eval", formula).out == ("f\t-inf\n" if formula.startswith("-") else "f\tinf\n")
    (notice,) = json.loads(gradcli("eval", formula, "--json").out)["notices"]
    assert (notice["kind"], notice["of"], notice["settled"]) == ("unsettled", "f", False)
