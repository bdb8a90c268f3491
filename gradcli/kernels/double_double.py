"""Pairs of doubles whose unevaluated sum holds what a single rounding would lose.

Depends on `fixed_point`.
"""

import math
from functools import cache

from gradcli.kernels.fixed_point import exp, fixed, ratio

STEPS = 16.0


def two_sum(x: float, y: float) -> tuple[float, float]:
    """x + y, and what rounding it left out (Knuth, The Art of Computer Programming 2, 4.2.2)."""
    total = x + y
    back = total - x
    return total, (x - (total - back)) + (y - back)


def exp_pair(x: float) -> tuple[float, float]:
    """e to the power x for |x| < 700: that of a multiple of 1/16 nearby, and a short way from there."""
    step = round(x * STEPS)
    high, low = exp_of_step(step)
    return high, low + high * math.expm1(x - step / STEPS)


@cache
def exp_of_step(step: int) -> tuple[float, float]:
    """e to the power step/16 as two doubles."""
    mantissa, k = exp(fixed(step / STEPS, 128), 128)
    high = ratio(mantissa, 1 << 128)
    return math.ldexp(high, k), math.ldexp(ratio(mantissa - fixed(high, 128), 1 << 128), k)
