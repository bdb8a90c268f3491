"""The bell curve.

Depends on `elementary` and `fixed_point`. In the tail of an exponential every bit that rounding takes from the argument
costs the result many: so the argument is kept as a sum of two doubles.
"""

import math

from gradcli.kernels.elementary import exp
from gradcli.kernels.fixed_point import ratio

BINARY = frozenset({0.25, 0.5, 1.0})
"""The a for which a*x^2 is exact if x^2 is."""
COARSE = 1.5 * 2.0**42
"""Adding and taking this away rounds to a number whose square is exact: a multiple of 2^-10."""
WIDE = 25.0
"""Below this the square of x takes no part of the bell near the subnormal numbers."""
OVERFLOW = 800.0
"""Beyond this, exp is 0 or infinite."""


def gauss(x: float, a: float) -> float:
    """exp(-a*x^2), the short way near the middle; for a usual a, from a number beside x whose square is exact."""
    y = a * (x * x)
    if -1.0 < y < 1.0:
        return math.exp(-y)
    if a in BINARY and abs(x) < WIDE:
        head = x + COARSE - COARSE
        bell = math.exp(-a * head * head)
        return bell + bell * math.expm1(-a * ((x - head) * (x + head)))
    return exact_gauss(x, a)


def exact_gauss(x: float, a: float) -> float:
    """The same from a*x^2 as a fraction of whole numbers."""
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
