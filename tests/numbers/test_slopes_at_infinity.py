"""The slope at infinity of what tends to a number is 0, however the rules multiply there. mpmath follows it far out."""

import json
from collections.abc import Callable
from math import inf, isfinite, isnan, nan
from typing import Any

import pytest
from conftest import Gradcli
from mpmath import mp

import gradcli

Function = Callable[[Any], Any]
LEVEL: dict[str, tuple[float, Function]] = {
    "1/(1+exp(-x))": (-inf, lambda x: 1 / (1 + mp.exp(-x))),
    "1/(1+exp(2*x+1))": (inf, lambda x: 1 / (1 + mp.exp(2 * x + 1))),
    "exp(-x^2)": (inf, lambda x: mp.exp(-(x**2))),
    "gauss(x)": (-inf, lambda x: mp.exp(-(x**2))),
    "1 - exp(-x^3/1e5)": (inf, lambda x: 1 - mp.exp(-(x**3) / 10**5)),
    "2^(-x^2)": (-inf, lambda x: mp.mpf(2) ** -(x**2)),
    "exp(-exp(x))": (inf, lambda x: mp.exp(-mp.exp(x))),
    "1/x^2": (inf, lambda x: 1 / x**2),
    "1/(1+x^2)": (-inf, lambda x: 1 / (1 + x**2)),
    "1/(1+log(x^2))": (inf, lambda x: 1 / (1 + mp.log(x**2))),
    "sqrt(1/x)": (inf, lambda x: mp.sqrt(1 / x)),
    "atan(x^2)": (inf, lambda x: mp.atan(x**2)),
    "atan2(1, x^2)": (-inf, lambda x: mp.atan2(1, x**2)),
    "tanh(x^3)": (-inf, lambda x: mp.tanh(x**3)),
    "erf(x^2)": (inf, lambda x: mp.erf(x**2)),
    "erfc(x^2)": (inf, lambda x: mp.erfc(x**2)),
    "1/gamma(x)": (inf, mp.rgamma),
    "gelu_slope(cosh(x))": (inf, lambda x: mp.ncdf(mp.cosh(x)) + mp.cosh(x) * mp.npdf(mp.cosh(x))),
    "log2(gelu_slope(x))": (inf, lambda x: mp.log(mp.ncdf(x) + x * mp.npdf(x), 2)),
    "sinc(x)": (inf, lambda x: mp.sin(x) / x),
    "sinc(x^2)": (-inf, lambda x: mp.sin(x**2) / x**2),
    "softsign(x^2)": (inf, lambda x: x**2 / (1 + x**2)),
    "mish(x)": (-inf, lambda x: x * mp.tanh(mp.log1p(mp.exp(x)))),
    "gelu_slope(x)": (inf, lambda x: mp.ncdf(x) + x * mp.npdf(x)),
    "log1p(exp(-x^2))": (inf, lambda x: mp.log1p(mp.exp(-(x**2)))),
}
"""Formula → where it tends to a number, itself."""
OPEN = {
    "x/(1+abs(x))": (inf, nan),
    "sqrt(1+x^2)": (inf, inf),
    "sinc(exp(x))": (inf, 0.0),
    "sinc(gauss(x, -1))": (inf, 0.0),
    "xlogy(1/x, exp(x^3))": (inf, 0.0),
    "exp(x^2)^(1/x)": (inf, 1.0),
    "(1 + 1/x)^x": (inf, 1.0),
}
"""Formula → where it is left open, value: it tends to no number that it has there, or its slope to none."""


@pytest.mark.parametrize("precision", ["auto", "exact", "30"])
@pytest.mark.parametrize("formula", LEVEL)
def test_what_levels_off_is_flat(gradcli: Gradcli, formula: str, precision: str) -> None:
    end, function = LEVEL[formula]
    ran = gradcli("grad", formula, f"--x={end}", "--precision", precision)
    value, slope = (float(line.split("\t")[1]) for line in ran.out.splitlines())
    assert (ran.code, slope) == (0, 0.0), ran.err
    with mp.workdps(60):
        near, far = (mp.mpf(distance) * (1 if end > 0 else -1) for distance in (10, 1000))
        assert abs(mp.diff(function, far, h=mp.mpf("1e-20"))) < 1e-2
        assert abs(function(far) - value) <= min(0.1, abs(function(near) - value))


@pytest.mark.parametrize("formula", OPEN)
def test_what_does_not_is_left_open(formula: str) -> None:
    end, value = OPEN[formula]
    answer = gradcli.answer(formula, x=end)
    assert answer.value == value or isnan(value)
    assert not isfinite(answer.gradient["x"])
    assert answer.notices


def test_plain_doubles_keep_what_the_rules_give() -> None:
    assert isnan(gradcli.gradient("exp(-x^2)", x=inf, precision="double")["x"])


def test_several_are_at_infinity() -> None:
    answer = gradcli.answer("exp(-x^2*y) + 1/(1 + z^2)", x=inf, y=1, z=-inf)
    assert answer.gradient == {"x": 0.0, "y": 0.0, "z": 0.0}


def test_both_passes_lead_to_it(gradcli: Gradcli) -> None:
    at = ("1/(1+exp(-x))", "--x=-inf")
    assert "0 × inf = 0 (levels off at infinity)" in gradcli("grad", *at, "--format", "table").out
    assert "df/dx = df/du1 × du1/dx = 0 × -inf = 0  (levels off at infinity)" in gradcli("explain", *at).out
    assert "nan" not in gradcli("graph", *at).out
    adjoints = [node["adjoint"] for node in json.loads(gradcli("grad", *at, "--json").out)["nodes"]]
    assert adjoints == [None, 0.0, 0.0, 0.0, 0.0, 1.0]


def test_a_descent_stays_where_nothing_changes(gradcli: Gradcli) -> None:
    ran = gradcli("grad", "1/(1+exp(-x))", "--x=-inf", "--lr", "0.1")
    assert "x_new\t-inf" in ran.out
