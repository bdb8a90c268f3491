"""The normal distribution by fused multiplications and additions: its bell, normal_cdf, gelu, and the slope of gelu.

Depends on the scalar kernels for their constants. Every text is one of x.
"""

from collections.abc import Sequence
from functools import reduce

from gradcli.kernels import activation_slopes

HEIGHT, HEIGHT_REST = 0.3989422804014327, -2.49232720227773e-17
"""1/sqrt(2 pi) to twice the digits of a double."""
LEAD = 0.45345520027112796
TAIL = (
    -1.1368070145247422e-17, -0.08502536230577072, 0.03981142456242987, -0.004373386779593189, -0.016141517332200078,
    0.02259246706278119, -0.01976647921991493, 0.01324686415405374, -0.007059819421640875, 0.002935655517419391,
    -0.0008689946622441754, 0.00011948965909038518, 3.779488976946664e-05, -2.6353407400506068e-05,
    4.4124296434456125e-06, 1.7838462420166772e-06, -9.996190133499893e-07, -4.80928985825864e-10,
    1.3238093464942273e-07, -1.9985525406609698e-08, -1.5634522432538043e-08, 2.928079844550921e-09,
    1.5640782247443914e-09,
)  # fmt: skip
"""The normal distribution's tail beyond u, over exp(-u^2/2), times u + 1, less LEAD: a polynomial in (u - 6)/(u + 6),
from the lowest coefficient up (after M. M. Shepherd and J. G. Laframboise, Math. Comp. 36, 1981). It interpolates at
the Chebyshev points of 0 <= u <= 38.6; found by mpmath with 60 digits, relative error 6e-18."""


def polynomial(coefficients: Sequence[float], x: str) -> str:
    """A polynomial by Horner's rule, from the lowest coefficient up."""
    return reduce(
        lambda text, coefficient: f"fma({text}, {x}, {coefficient!r})", coefficients[-2::-1], repr(coefficients[-1])
    )


def by_halves(coefficients: Sequence[float], x: str) -> str:
    """The same as its even and its odd terms, which the processor can compute side by side."""
    even, odd = (polynomial(part, f"({x}*{x})") for part in (coefficients[::2], coefficients[1::2]))
    return f"fma({x}, {odd}, {even})"


def gauss(a: float) -> str:
    """exp(-a*x^2) for a power of 2 that is not less than 1/2: beyond 40 it is 0."""
    rounded = f"exp(-({a}*({U}*{U})))"
    return f"fma(-{rounded}, {a}*{EXCESS}, {rounded})"


def lowered(k: int, ratio: str) -> str:
    """BELL times a ratio to it, by way of a bell e^k times as high: what is subnormal is rounded only once.

    The inverse of e^45, as of e^86, is nearly a double. Two operators take two heights, for what their branches have
    in common is computed in every row.
    """
    return f"{ratio}*exp({k} - 0.5*({U}*{U}))*exp(-{k})"


U = "min(abs(x), 40)"
EXCESS = f"fma({U}, {U}, -({U}*{U}))"
"""What rounding has taken from the square of u."""
BELL = f"exp(-(0.5*({U}*{U})))"
FAR = -37.5
"""Below this the bell is nearly subnormal."""

# 1/(u + 1), and the part by which it is too small: what rounding took from the sum is u - ((u + 1) - 1) exactly.
INVERSE = f"(1/({U} + 1))"
SHORT = f"fma(({U} + 1) - 1 - {U}, {INVERSE}, fma(-({U} + 1), {INVERSE}, 1))"

# The tail over BELL, as a product and what its rounding leaves out. What is small beside 1, of BELL too, joins the
# polynomial before its greatest term.
T = f"(({U} - 6)/({U} + 6))"
REST = by_halves(TAIL, T)
LEAD_AND_REST = f"({LEAD} + fma({SHORT} - 0.5*{EXCESS}, {LEAD} + {REST}, {REST}))"
RATIO = f"({LEAD_AND_REST}*{INVERSE})"
RATIO_REST = f"fma({LEAD_AND_REST}, {INVERSE}, -{RATIO})"

NORMAL_CDF = f"abs(fma(-{BELL}, {RATIO}, fma(-{BELL}, {RATIO_REST}, x >= 0)))"

GELU = f"where(x < {FAR}, {lowered(45, f'-{U}*{RATIO}')}, x*normal_cdf(x))"

GELU_D = f"(x - {activation_slopes.GELU_ZERO} - {activation_slopes.GELU_ZERO_REST})"
GELU_NEAR = f"{GELU_D}*{polynomial(activation_slopes.GELU_SERIES, GELU_D)}"
# For a negative x, over the bell: the two terms cancel, and so u/sqrt(2 pi) is kept to twice the digits.
GELU_SUM = f"fma(-{U}, {HEIGHT}, fma(-{U}, {HEIGHT_REST} - {HEIGHT}*0.5*{EXCESS}, {RATIO_REST} + {RATIO}))"
GELU_LEFT = f"where(x > {FAR}, {BELL}*{GELU_SUM}, {lowered(86, GELU_SUM)})"
GELU_RIGHT = f"where(x == inf, 1, normal_cdf(x) + x*gauss(x, 0.5)*{HEIGHT})"
GELU_OUTSIDE = f"where(x < -0.5, {GELU_LEFT}, {GELU_RIGHT})"
GELU_SLOPE = f"where(abs{GELU_D} < {activation_slopes.GELU_NEAR}, {GELU_NEAR}, {GELU_OUTSIDE})"
