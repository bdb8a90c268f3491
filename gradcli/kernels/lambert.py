"""lambertw, the principal branch of the inverse of w*exp(w), and its slope, with all digits next to the end at -1/e.

Depends on `fixed_point`. Newton's method in wide fixed point: on w*exp(w) = x to the left of 1 (DLMF 4.13.1), on
w + log(w) = log(x) to the right.
"""

import math

from gradcli.kernels.fixed_point import exp, fixed, log, ratio

BITS = 192
ONE = 1 << BITS
END = -0.3678794411714423
"""The last double that is not below -1/e."""
TINY = 2.0**-60
"""Nearer to 0 than this, lambertw(x) is x."""
STEPS = 7
"""Of Newton's method, as many as it takes from anywhere."""


def lambertw(x: float) -> float:
    """The w >= -1 with w*exp(w) = x; NaN below -1/e."""
    if not abs(x) > TINY or x == math.inf:
        return x
    return ratio(root(x), ONE) if x >= END else math.nan


def lambertw_slope(x: float) -> float:
    """exp(-w)/(1 + w), which is w/(x*(1 + w))."""
    if not abs(x) > TINY or x == math.inf:
        return 1.0 / (1.0 + x)
    if x < END:
        return math.nan
    w, (top, bottom) = root(x), x.as_integer_ratio()
    return ratio(w * bottom, top * (ONE + w))


def root(x: float) -> int:
    """lambertw in fixed point."""
    return left(x) if x < 1.0 else right(x)


def left(x: float) -> int:
    """From the series in powers of p = sqrt(2(1 + e*x)) (DLMF 4.13.6), or from log(1 + x)."""
    at = fixed(x, BITS)
    w = from_end(at) if x < 0 else fixed(math.log1p(x), BITS)
    for _ in range(STEPS):
        mantissa, k = exp(w, BITS)
        power = mantissa << k if k > 0 else mantissa >> -k
        w -= ((w * power >> BITS) - at << 2 * BITS) // (power * (ONE + w))
    return w


def from_end(at: int) -> int:
    """-1 + p - p^2/3 + 11 p^3/72."""
    mantissa, k = exp(ONE, BITS)
    p = math.isqrt(2 * (ONE + ((mantissa << k) * at >> BITS)) << BITS)
    square = p * p >> BITS
    return p - ONE - square // 3 + 11 * (square * p >> BITS) // 72


def right(x: float) -> int:
    """Newton's method in doubles, and its last step in fixed point."""
    goal, w = math.log(x), math.log1p(x)
    for _ in range(STEPS):
        w -= (w + math.log(w) - goal) / (1.0 + 1.0 / w)
    near = fixed(w, BITS)
    residual = near + log(near, BITS) - log(fixed(x, BITS), BITS)
    return near - residual * near // (ONE + near)
