"""The logistic curve and the logarithms of sums of exponentials.

Depends on `double_double` and `fixed_point`.
"""

import math

from gradcli.kernels import fixed_point
from gradcli.kernels.double_double import two_sum

CANCELLING = -1.5
"""Between this and 0, the terms of logaddexp may cancel."""


def sigmoid(x: float) -> float:
    """1/(1 + exp(-x)), from the side that cannot overflow, mended by what rounding takes from the sum."""
    small = math.exp(-abs(x))
    total = 1.0 + small
    share = (1.0 if x >= 0 else small) / total
    return share - share * (small - (total - 1.0)) / total


def softmax2(x: float, y: float) -> float:
    """sigmoid(x - y), with the difference exact: in its tail every bit counts."""
    difference, rest = two_sum(x, -y)
    if not math.isfinite(difference):
        return sigmoid(difference)
    small = math.exp(-abs(difference)) * (1.0 - math.copysign(rest, rest * difference))
    return (1.0 if difference >= 0 else small) / (1.0 + small)


def logaddexp(x: float, y: float) -> float:
    """log(exp(x) + exp(y))."""
    high, low = (x, y) if x >= y else (y, x)
    if CANCELLING < high < 0:
        return near_zero(high, low)
    if high == low:
        return high + math.log(2.0)
    difference, rest = two_sum(low, -high)
    if not math.isfinite(difference):
        return high + low if math.isnan(difference) else high
    small = math.exp(difference)
    return high + math.log1p(small + small * rest)


def near_zero(high: float, low: float) -> float:
    """logaddexp where its terms may cancel, in wide fixed point."""
    if not low >= high - 800:
        return low if math.isnan(low) else high
    bits = 160 - min(0, math.frexp(high)[1])
    total = sum(
        m << k if k > 0 else m >> -k
        for m, k in (fixed_point.exp(fixed_point.fixed(x, bits), bits) for x in (high, low))
    )
    return fixed_point.ratio(fixed_point.log(total, bits), 1 << bits)


def softplus(x: float) -> float:
    """log(1 + exp(x))."""
    return x + math.log1p(math.exp(-x)) if x > 0 else math.log1p(math.exp(x))
