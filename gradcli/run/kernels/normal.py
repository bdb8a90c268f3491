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
NEAR = -0.5
"""From here up, what rounding takes from x/sqrt(2) does not count."""
SPLITTER = 2.0**27 + 1
HALF_HIGH = ROOT_HALF * SPLITTER - (ROOT_HALF * SPLITTER - ROOT_HALF)
HALF_LOW = ROOT_HALF - HALF_HIGH
SLOPE_AT_0 = 2.0 / math.sqrt(math.pi)
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


def normal_cdf(x: float) -> float:
    """erfc(-x/sqrt(2))/2, moved by the first order of what rounding takes from x/sqrt(2)."""
    if not GONE < x < NEAR:
        return 0.5 * math.erfc(-x * ROOT_HALF)
    z = -x * ROOT_HALF
    rest = left_out(-x, z) - x * ROOT_HALF_REST
    return 0.5 * (math.erfc(z) - SLOPE_AT_0 * math.exp(-z * z) * rest)


def left_out(x: float, product: float) -> float:
    """x*ROOT_HALF - product, exactly: the factors are cut in halves (Dekker, Numer. Math. 18, 1971)."""
    far = x * SPLITTER
    high = far - (far - x)
    low = x - high
    return high * HALF_HIGH - product + low * HALF_HIGH + high * HALF_LOW + low * HALF_LOW


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
