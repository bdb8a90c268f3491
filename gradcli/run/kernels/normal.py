"""The bell curve, the normal distribution function, and functions beside the logistic curve.

Depends on `fixed.py` and `ieee.py`. In the tail of an exponential every bit that rounding takes from the argument
costs the result many: so the argument is kept as a sum of two doubles.
"""

import math

from gradcli.run.kernels.fixed import ratio
from gradcli.run.kernels.ieee import exp

ROOT_HALF, ROOT_HALF_REST = 0.7071067811865476, -4.833646656726457e-17
"""1/sqrt(2) to twice the digits of a double."""
FAR, GONE = -36.0, -40.0
"""Below these, normal_cdf is nearly subnormal, and 0."""
OVERFLOW = 800.0
"""Beyond this, exp is 0 or infinite."""


def gauss(x: float, a: float) -> float:
    """exp(-a*x^2), from a*x^2 as an exact fraction."""
    if not (math.isfinite(x) and math.isfinite(a)):
        return exp(-a * (x * x)) if a or not math.isinf(x) else math.nan
    (top, bottom), (top_a, bottom_a) = x.as_integer_ratio(), a.as_integer_ratio()
    value, rest = exp_of_ratio(-top_a * top * top, bottom_a * bottom * bottom)
    return value + value * rest if value < math.inf else value


def exp_of_ratio(top: int, bottom: int) -> tuple[float, float]:
    """exp(top/bottom) as a double, and the part of it by which the true one is greater."""
    near = ratio(top, bottom)
    if abs(near) > OVERFLOW:
        return exp(near), 0.0
    top_near, bottom_near = near.as_integer_ratio()
    return exp(near), ratio(top * bottom_near - top_near * bottom, bottom * bottom_near)


def normal_cdf(x: float) -> float:
    """erfc(-x/sqrt(2))/2, moved by the first order of what rounding takes from x/sqrt(2)."""
    if not GONE < x < 0.0:
        return 0.5 * math.erfc(-x * ROOT_HALF)
    z = -x * ROOT_HALF
    rest = left_out(-x, ROOT_HALF, z) - x * ROOT_HALF_REST
    return 0.5 * (math.erfc(z) - 2.0 / math.sqrt(math.pi) * math.exp(-z * z) * rest)


def left_out(x: float, y: float, product: float) -> float:
    """x*y - product, exactly."""
    (a, b), (c, d), (e, f) = x.as_integer_ratio(), y.as_integer_ratio(), product.as_integer_ratio()
    return ratio(a * c * f - e * b * d, b * d * f)


def gelu(x: float) -> float:
    """x*normal_cdf(x)."""
    if x < FAR:
        return gelu_tail(x)
    return x * normal_cdf(x)


def gelu_tail(x: float) -> float:
    """x*normal_cdf(x) far to the left, where the factor would be subnormal: A&S 26.2.12."""
    series = 1.0
    for odd in (15, 13, 11, 9, 7, 5, 3, 1):
        series = 1.0 - odd * series / (x * x)
    return -gauss(x, 0.5) / math.sqrt(math.tau) * series
