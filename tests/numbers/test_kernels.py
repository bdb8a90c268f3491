"""Where IEEE 754 and C99 Annex F say infinity, NaN or a signed zero, gradcli says so, and never raises.

The expected values are those of the C standard, or limits that any handbook gives.
"""

import math
from math import inf, nan

import pytest
from mpmath import mp

from gradcli.evaluate.scalar import MEANINGS
from gradcli.operators.table import OPERATORS

OUTCOMES = [
    ("div", (1.0, 0.0), inf), ("div", (1.0, -0.0), -inf), ("div", (-1.0, 0.0), -inf), ("div", (0.0, 0.0), nan),
    ("div", (nan, 0.0), nan), ("div", (inf, inf), nan), ("div", (1.0, inf), 0.0), ("div", (inf, 0.0), inf),
    ("mul", (0.0, inf), nan), ("sub", (inf, inf), nan), ("add", (1e308, 1e308), inf),
    ("mod", (5.0, 0.0), nan), ("mod", (inf, 2.0), nan), ("mod", (-7.0, 3.0), 2.0), ("mod", (7.0, -3.0), -2.0),
    ("mod", (5.0, inf), 5.0),
    ("pow", (0.0, 0.0), 1.0), ("pow", (nan, 0.0), 1.0), ("pow", (1.0, nan), 1.0), ("pow", (0.0, -1.0), inf),
    ("pow", (-0.0, -1.0), -inf), ("pow", (-0.0, -2.0), inf), ("pow", (0.0, -0.5), inf), ("pow", (-1.0, 0.5), nan),
    ("pow", (-2.0, 1e4 + 1), -inf), ("pow", (-2.0, 1e4), inf), ("pow", (2.0, -1e4), 0.0), ("pow", (-1.0, inf), 1.0),
    ("pow", (0.5, inf), 0.0), ("pow", (0.5, -inf), inf), ("pow", (-inf, 3.0), -inf), ("pow", (-8.0, 3.0), -512.0),
    ("and", (nan, 1.0), 1.0), ("or", (0.0, nan), 1.0), ("not", (nan,), 0.0), ("not", (0.0,), 1.0),
    ("lt", (nan, 1.0), 0.0), ("ne", (nan, nan), 1.0), ("eq", (0.0, -0.0), 1.0), ("where", (nan, 1.0, 2.0), 1.0),
    ("max", (nan, 1.0), nan), ("max", (1.0, nan), nan), ("min", (1.0, nan, 0.0), nan), ("max", (1.0, 3.0, 2.0), 3.0),
    ("min", (-inf, 1.0), -inf), ("clip", (nan, 0.0, 1.0), nan), ("clip", (5.0, 3.0, 1.0), 1.0),
    ("clip", (inf, 0.0, 1.0), 1.0), ("sign", (-inf,), -1.0), ("sign", (0.0,), 0.0), ("abs", (-inf,), inf),
    ("floor", (-0.5,), -1.0), ("floor", (inf,), inf), ("floor", (nan,), nan), ("floor", (-0.0,), -0.0),
    ("ceil", (-0.5,), -0.0), ("ceil", (-inf,), -inf), ("ceil", (0.2,), 1.0), ("floor", (1e300,), 1e300),
    ("round", (0.5,), 0.0), ("round", (1.5,), 2.0), ("round", (-2.5,), -2.0), ("round", (-0.4,), -0.0),
    ("round", (2904673763576683.5,), 2904673763576684.0), ("round", (2.0**52 - 0.5,), 2.0**52),
    ("fma", (5e-324, -1e-320, 0.0), -0.0), ("fma", (0.0, -1.0, 0.0), 0.0), ("fma", (2.0, 3.0, 1.0), 7.0),
    ("round", (inf,), inf), ("round", (2.0**52 + 1,), 2.0**52 + 1), ("round", (0.49999999999999994,), 0.0),
    ("exp", (1000.0,), inf), ("exp", (-inf,), 0.0), ("expm1", (1000.0,), inf), ("expm1", (-inf,), -1.0),
    ("exp2", (1024.0,), inf), ("exp2", (-1074.0,), 5e-324), ("log", (0.0,), -inf), ("log", (-0.0,), -inf),
    ("log", (-1.0,), nan), ("log", (inf,), inf), ("log2", (0.0,), -inf), ("log10", (0.0,), -inf),
    ("log10", (-1.0,), nan), ("log1p", (-1.0,), -inf), ("log1p", (-2.0,), nan),
    ("logb", (8.0, 2.0), 3.0), ("logb", (1000.0, 10.0), 3.0), ("logb", (0.0, 2.0), -inf), ("logb", (-1.0, 10.0), nan),
    ("logb", (2.0, 1.0), inf), ("logb", (1.0, 1.0), nan), ("logb", (5.0, inf), 0.0),
    ("xlogy", (0.0, 0.0), 0.0), ("xlogy", (0.0, nan), nan), ("xlogy", (1.0, 0.0), -inf), ("xlogy", (0.0, inf), 0.0),
    ("logaddexp", (inf, -inf), inf), ("logaddexp", (-inf, -inf), -inf), ("logaddexp", (inf, inf), inf),
    ("logaddexp", (1.0, -inf), 1.0), ("logaddexp", (-0.5, -inf), -0.5), ("logaddexp", (nan, 0.0), nan),
    ("softmax2", (inf, 0.0), 1.0), ("softmax2", (0.0, inf), 0.0), ("softmax2", (1e308, -1e308), 1.0),
    ("sqrt", (-1.0,), nan), ("sqrt", (-0.0,), -0.0), ("sqrt", (inf,), inf), ("cbrt", (-inf,), -inf),
    ("cbrt", (-0.0,), -0.0), ("cbrt", (27.0,), 3.0), ("hypot", (inf, nan), inf), ("hypot", (3.0, 4.0, 12.0), 13.0),
    ("hypot", (1e200, 1e200), 1.4142135623730951e200), ("hypot", (-2.0,), 2.0),
    ("sin", (inf,), nan), ("cos", (-inf,), nan), ("tan", (inf,), nan), ("asin", (2.0,), nan), ("acos", (2.0,), nan),
    ("atan", (inf,), math.pi / 2), ("atan2", (0.0, -0.0), math.pi), ("atan2", (-0.0, -1.0), -math.pi),
    ("sinc", (0.0,), 1.0), ("sinc", (inf,), 0.0), ("sinc", (nan,), nan), ("sinc_n", (1.0, 0.0), 1 / 3),
    ("sinc_n", (2.0, -inf), 0.0), ("sinc_n", (0.5, 1.0), nan), ("sinc_n", (-1.0, 1.0), nan),
    ("sinh", (1000.0,), inf), ("sinh", (-1000.0,), -inf), ("cosh", (-1000.0,), inf), ("cosh", (inf,), inf),
    ("cosh", (710.4758600739439,), math.cosh(710.4758600739439)), ("cosh", (710.475860073944,), inf),
    ("cosh", (0.0,), 1.0), ("tanh", (-inf,), -1.0), ("acosh", (0.5,), nan), ("acosh", (inf,), inf),
    ("atanh", (1.0,), inf), ("atanh", (-1.0,), -inf), ("atanh", (2.0,), nan), ("asinh", (-inf,), -inf),
    ("erf", (-inf,), -1.0), ("erfc", (inf,), 0.0), ("erfc", (-inf,), 2.0), ("gauss", (inf, 1.0), 0.0),
    ("gauss", (1e200, 1.0), 0.0), ("gauss", (1e200, -1.0), inf), ("gauss", (3.0, 0.0), 1.0), ("gauss", (inf, 0.0), nan),
    ("gauss", (1.0, inf), 0.0), ("gauss", (nan, 1.0), nan), ("normal_cdf", (-inf,), 0.0), ("normal_cdf", (inf,), 1.0),
    ("log_ndtr", (-inf,), -inf), ("log_ndtr", (inf,), -0.0), ("log_ndtr", (-1e3,), -500007.82669481216),
    ("log_ndtr", (-1e200,), -inf), ("erfcx", (-inf,), inf), ("erfcx", (inf,), 0.0), ("erfcx", (0.0,), 1.0),
    ("erfcx", (-27.0,), inf), ("erfcx_slope", (1.0, -inf), -inf), ("erfcx_slope", (2.0, inf), 0.0),
    ("erfcx_slope", (32.0, 1.0), nan), ("erfcx_slope", (0.5, 1.0), nan), ("exprel", (0.0,), 1.0), ("exprel", (-inf,), 0.0),
    ("exprel", (inf,), inf), ("exprel_slope", (2.0, 0.0), 1 / 3), ("exprel_slope", (1.0, -inf), 0.0),
    ("exprel_slope", (1.0, inf), inf), ("exprel_slope", (-1.0, 1.0), nan), ("erfinv", (1.0,), inf), ("erfinv", (-1.0,), -inf),
    ("erfinv", (1.5,), nan), ("erfinv", (-0.0,), -0.0), ("erfinv_slope", (-1.0,), inf), ("probit", (0.0,), -inf),
    ("probit", (0.5,), 0.0), ("probit", (1.0,), inf), ("probit", (-0.1,), nan), ("probit", (5e-324,), -38.467405617144344),
    ("probit_slope", (0.0,), inf), ("gamma", (0.0,), inf), ("gamma", (-0.0,), -inf), ("gamma", (-1.0,), nan), ("gamma", (-inf,), nan),
    ("gamma", (inf,), inf), ("gamma", (171.7,), inf), ("gamma", (-200.5,), -0.0), ("gamma", (-201.5,), 0.0),
    ("gamma", (5.0,), 24.0), ("gamma", (5e-324,), inf), ("lgamma", (0.0,), inf), ("lgamma", (-3.0,), inf),
    ("lgamma", (-inf,), inf), ("lgamma", (inf,), inf), ("lgamma", (1.0,), 0.0), ("lgamma", (2.0,), 0.0),
    ("digamma", (0.0,), -inf), ("digamma", (-0.0,), inf), ("digamma", (-2.0,), nan), ("digamma", (inf,), inf),
    ("digamma", (-inf,), nan), ("polygamma", (1.0, 0.0), inf), ("polygamma", (1.0, -1.0), inf),
    ("polygamma", (2.0, -1.0), nan), ("polygamma", (2.0, 0.0), -inf), ("polygamma", (1.0, inf), 0.0),
    ("bessel_j", (0.0, -0.0), 1.0), ("bessel_j", (1.0, -0.0), -0.0), ("bessel_j", (-1.0, 0.0), -0.0),
    ("bessel_j", (3.0, -inf), 0.0), ("bessel_j", (0.5, 1.0), nan), ("bessel_j", (inf, 1.0), nan),
    ("bessel_j", (10001.0, 1.0), nan), ("bessel_j_slope", (2.0, 2.0, 0.0), 0.25), ("bessel_j_slope", (1.0, -1.0, 0.0), -0.5),
    ("bessel_j_slope", (31.0, 0.0, 1.0), nan), ("bessel_j_slope", (-1.0, 0.0, 1.0), nan), ("bessel_i", (0.0, 0.0), 1.0),
    ("bessel_i", (-3.0, -inf), -inf), ("bessel_i", (2.0, 1e300), inf), ("bessel_i", (1.0, -800.0), -inf),
    ("bessel_i", (2.5, 1.0), nan), ("beta", (0.0, 2.0), inf), ("beta", (inf, 2.0), 0.0), ("beta", (inf, 0.0), nan),
    ("beta", (-1.0, 2.0), nan), ("beta", (1.0, 5e-324), inf), ("beta", (2.0, 3.0), 1 / 12), ("lbeta", (1.0, 1.0), 0.0),
    ("lbeta", (2.0, inf), -inf), ("lbeta", (0.0, 1.0), inf), ("lbeta_slope", (1.0, 0.0, inf, inf), nan),
    ("lbeta_slope", (1.0, 0.0, 0.0, 1.0), -inf), ("lbeta_slope", (1.0, 0.0, 1.0, inf), -inf),
    ("lbeta_slope", (172.0, 0.0, 1.0, 1.0), nan), ("lbeta_slope", (0.5, 0.0, 1.0, 1.0), nan),
    ("beta_slope", (1.0, 0.0, inf, 1.0), 0.0), ("beta_slope", (1.0, 0.0, 0.0, 1.0), nan),
    ("beta_slope", (1.0, 0.0, 1.0, 1.0), -1.0), ("beta_slope", (31.0, 0.0, 1.0, 1.0), nan),
    ("polygamma", (0.5, 1.0), nan), ("polygamma", (-1.0, 1.0), nan), ("polygamma", (171.0, 1.0), nan),
    ("sigmoid", (-inf,), 0.0), ("sigmoid", (inf,), 1.0), ("sigmoid", (-1000.0,), 0.0), ("relu", (-inf,), 0.0),
    ("leaky_relu", (-inf, 0.01), -inf), ("elu", (-inf, 1.0), -1.0), ("selu", (-inf,), -1.7580993408473768),
    ("gelu", (-inf,), -0.0), ("gelu", (inf,), inf), ("gelu_slope", (-inf,), -0.0), ("gelu_slope", (inf,), 1.0),
    ("silu_factor", (-inf,), -inf), ("silu_factor", (inf,), 1.0), ("silu_factor", (0.0,), 1.0),
    ("mish_factor", (-inf,), -inf), ("mish_factor", (inf,), inf), ("mish_factor", (0.0,), 3.75),
    ("fma", (1 + 2.0**-30, 1 - 2.0**-30, -1.0), -(2.0**-60)), ("fma", (1e200, 1e200, -inf), -inf),
    ("fma", (1e200, 1e200, 1.0), inf), ("fma", (0.0, inf, 1.0), nan), ("fma", (5e-324, 0.5, 1.0), 1.0),
    ("fma", (-1.0, 0.0, 0.0), 0.0), ("fma", (2.0, 1e308, -1e308), 1e308), ("silu", (-inf,), -0.0), ("silu", (inf,), inf),
    ("mish", (-inf,), -0.0), ("mish", (inf,), inf), ("softplus", (-inf,), 0.0), ("softplus", (inf,), inf),
    ("softplus", (1000.0,), 1000.0), ("softsign", (inf,), 1.0), ("softsign", (-inf,), -1.0),
    ("hard_tanh", (-inf,), -1.0), ("step", (0.0,), 1.0), ("step", (-0.1,), 0.0), ("step", (nan,), nan),
]  # fmt: skip
SPECIAL = (0.0, -0.0, 1.0, -1.0, 0.5, -2.5, 1e-320, 1e308, -1e308, inf, -inf, nan)


@pytest.mark.parametrize(("operator", "operands", "expected"), OUTCOMES, ids=str)
def test_outcome(operator: str, operands: tuple[float, ...], expected: float) -> None:
    got = MEANINGS[operator](*operands)
    assert repr(got) == repr(expected)


@pytest.mark.parametrize("operator", OPERATORS)
def test_no_kernel_raises(operator: str) -> None:
    row = OPERATORS[operator]
    arity = 2 if row.variadic else len(row.operands)
    for operands in pairs(arity):
        assert type(MEANINGS[operator](*operands)) is float, operands


@pytest.mark.parametrize("a", [0.25, 0.5, 1.0, 0.3, -0.7])
@pytest.mark.parametrize("x", [1e-200, 0.9, 0.99999, 1.0, 1.41421, 1.4143, 2.0001, 7.3, 24.9999, 25.0, 26.7])
def test_the_bell_is_right_on_every_road(x: float, a: float) -> None:
    with mp.workdps(60):
        for side in (x, -x):
            truth = mp.exp(-mp.mpf(a) * mp.mpf(side) ** 2)
            assert abs(MEANINGS["gauss"](side, a) - truth) <= OPERATORS["gauss"].ulps * math.ulp(float(truth))


def pairs(arity: int) -> list[tuple[float, ...]]:
    """Special numbers in every place, one or two of them at a time."""
    if arity == 0:
        return [()]
    return [(x, *[y] * (arity - 1)) for x in SPECIAL for y in SPECIAL]
