"""The normal distribution without a fused multiplication and addition, which NumPy does not have.

Depends on nothing.
"""

from collections.abc import Sequence
from math import factorial


def polynomial(coefficients: Sequence[float], x: str) -> str:
    """A polynomial by Horner's rule, from the lowest coefficient up."""
    *lower, text = map(repr, coefficients)
    for coefficient in reversed(lower):
        text = f"({text}*{x} + {coefficient})"
    return text


# x = h + (x - h), where h is a multiple of 2^-21: below 45 its square is exact, and what is left of x^2 is small.
CUT = "min(abs(x), 40)"
COARSE = 1.5 * 2.0**31
HEAD = f"({CUT} + {COARSE} - {COARSE})"
LEFT = f"(({HEAD} - {CUT})*({HEAD} + {CUT}))"


def gauss(a: float, order: int) -> str:
    """exp(-a*x^2), which beyond 40 is 0: exp(-a*h^2) and a series of this order in what is left."""
    head, series = f"exp({HEAD}*{HEAD}*{-a})", [a**n / factorial(n) for n in range(1, order + 1)]
    return f"({head} + {head}*({LEFT}*{polynomial(series, LEFT)}))"


# The normal distribution's tail beyond x in [0, 40], over exp(-x^2/2), times x + sqrt(2/pi): a polynomial in
# (x - 6)/(x + 6), after M. M. Shepherd and J. G. Laframboise, Math. Comp. 36 (1981). It interpolates at the Chebyshev
# points; relative error 8e-18, found with 50 digits.
TAIL = (
    0.44036230070555316, -0.06012540041545301, 0.018421245782799276, 0.012181088427320104, -0.027626353783541314,
    0.02967753077545343, -0.02360418229587124, 0.015034865437881446, -0.007750635442669947, 0.0031404898426985314,
    -0.0009054508199497571, 0.00011698865275398158, 4.1940162967034014e-05, -2.7462174155919096e-05,
    4.316029303797106e-06, 1.928706873437561e-06, -1.022591860582139e-06, -1.3047535856166917e-08,
    1.3732819000019762e-07, -1.90528313861234e-08, -1.6265050516354567e-08, 2.85373458870678e-09,
    1.5983021654518064e-09,
)  # fmt: skip


def tail(x: str) -> str:
    """The normal distribution's tail beyond x in [0, 40], over exp(-x^2/2)."""
    # (x - 6)/(x + 6) is 2*(x/(x + 6) - 1/2), where a small x is not rounded.
    halves = [coefficient * 2.0**power for power, coefficient in enumerate(TAIL)]
    return f"{polynomial(halves, f'({x}/({x} + 6) - 0.5)')}/({x} + 0.7978845608028654)"


NORMAL_CDF = f"abs((x >= 0) - gauss(x, 0.5)*{tail(CUT)})"
ERFC = f"abs(2*(x < 0) - 2*gauss(x, 1)*{tail('min(abs(x)*1.4142135623730951, 40)')})"
