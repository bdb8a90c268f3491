"""One over a hyperbolic function, and the inverses of one over a function.

Depends on `arithmetic` and `elementary`. What the definitions would lose is kept: digits next to 1, where 1/x has the
last of them, and numbers whose own inverse is beyond the doubles.
"""

import math

from gradcli.kernels.arithmetic import div
from gradcli.kernels.elementary import log

NEAR_POLE = 1e-9
"""Nearer to 0 than this, an area function is the logarithm of 2/x."""


def sech(x: float) -> float:
    """1/cosh(x), which is a number where cosh(x) is none."""
    small = math.exp(-abs(x))
    return 2.0 * small / (1.0 + small * small)


def csch(x: float) -> float:
    """1/sinh(x), likewise."""
    return div(2.0 * math.exp(-abs(x)), math.copysign(math.expm1(-2.0 * abs(x)), x))


def leg(x: float) -> float:
    """sqrt(x^2 - 1), NaN within 1 of 0."""
    size = abs(x)
    return math.sqrt(size - 1.0) * math.sqrt(size + 1.0) if size >= 1 else math.nan


def asec(x: float) -> float:
    """acos(1/x)."""
    return math.atan2(leg(x), math.copysign(1.0, x))


def acsc(x: float) -> float:
    """asin(1/x)."""
    return math.atan2(math.copysign(1.0, x), leg(x))


def asech(x: float) -> float:
    """acosh(1/x)."""
    if abs(x) < NEAR_POLE:
        return math.log(2.0) - log(x)
    return math.asinh(math.sqrt((1.0 - x) * (1.0 + x)) / x) if 0 < x <= 1 else math.nan


def acsch(x: float) -> float:
    """asinh(1/x)."""
    if abs(x) < NEAR_POLE:
        return math.copysign(math.log(2.0) - log(abs(x)), x)
    return math.asinh(1.0 / x)


def acoth(x: float) -> float:
    """atanh(1/x)."""
    size = abs(x) - 1.0
    return math.copysign(math.log1p(div(2.0, size)) / 2.0, x) if size >= 0 else math.nan
