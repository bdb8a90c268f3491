"""Elementary functions that `math` does not have, or that need more than a guard against its exceptions.

Depends on `arithmetic`, `double_double` and `fixed_point`.
"""

import math
from collections.abc import Callable

from gradcli.kernels import fixed_point
from gradcli.kernels.arithmetic import INF, NAN, div
from gradcli.kernels.double_double import exp_pair
from gradcli.kernels.fixed_point import fixed, ratio

SMALL, LARGE, HUGE = 0.5, 700.0, 710.4758600739439
"""For cosh: where it is little more than 1, where exp(-x) no longer counts, and the last number where it is finite."""

ROOT, ROOT_REST = 0.36787944117144233, -1.2428753672788363e-17
"""1/e as a sum of two doubles."""
BITS = 160


def exp(x: float) -> float:
    """e to the power x, infinite where it overflows."""
    try:
        return math.exp(x)
    except OverflowError:
        return INF


def log(x: float) -> float:
    """The natural logarithm; -inf at 0, NaN below."""
    try:
        return math.log(x)
    except ValueError:
        return -INF if x == 0 else NAN


def logb(x: float, b: float) -> float:
    """The logarithm of x to base b, exact for powers of 2 and of 10."""
    if x > 0 and b == 2.0:
        return math.log2(x)
    if x > 0 and b == 10.0:
        return math.log10(x)
    return div(log(x), log(b))


def logit(x: float) -> float:
    """log(x/(1 - x)), by the area function where x is near 1/2."""
    return 2.0 * math.atanh(2.0 * x - 1.0) if 0.25 < x < 0.75 else log(div(x, 1.0 - x))


def entr_slope(x: float) -> float:
    """-1 - log(x), which is -log(e*x); near 1/e by the distance from there."""
    if 0.15 < x < 1:
        return -math.log1p(math.e * (x - ROOT - ROOT_REST))
    return -1.0 - log(x)


def entr(x: float) -> float:
    """-x*log(x), rounded once where it may overflow."""
    if 1e300 < x < INF:
        return ratio(-int(x) * fixed_point.log(fixed(x, BITS), BITS), 1 << BITS)
    return -(x * log(x)) if x else 0.0


def xlogy(x: float, y: float) -> float:
    """x*log(y), and 0 where x is 0 and y is a number."""
    return 0.0 if x == 0 and not math.isnan(y) else x * log(y)


def cbrt(x: float) -> float:
    """The cube root of `math`, and one step of Newton with an exact remainder."""
    root = math.cbrt(x)
    if not root or not math.isfinite(root):
        return root
    (n, d), (top, bottom) = root.as_integer_ratio(), x.as_integer_ratio()
    return root + ratio(top * d**3 - bottom * n**3, 3 * n * n * d * bottom)


def fma(x: float, y: float, z: float) -> float:
    """x*y + z, rounded only once: as a fraction of whole numbers, unless a term is 0 or a number is not finite."""
    product, finite = x * y, math.isfinite(x) and math.isfinite(y)
    if x and y and not z:
        return product
    if not (product and z and finite and math.isfinite(z)):
        return z if finite and math.isinf(z) else product + z
    (a, b), (c, d), (e, f) = x.as_integer_ratio(), y.as_integer_ratio(), z.as_integer_ratio()
    return ratio(a * c * f + e * b * d, b * d * f)


def cosh(x: float) -> float:
    """(exp(x) + exp(-x))/2, which the square in the slope of tanh needs right to half a digit."""
    if not abs(x) < LARGE:
        return INF if abs(x) > HUGE else math.cosh(x)
    if abs(x) < SMALL:
        rise = math.expm1(x)
        return 1.0 + rise * rise / (2.0 + 2.0 * rise)
    high, low = exp_pair(abs(x))
    return 0.5 * (high + (low + 1.0 / (high + low)))


def sinh(x: float) -> float:
    """The hyperbolic sine, infinite with the sign of x where it overflows."""
    try:
        return math.sinh(x)
    except OverflowError:
        return math.copysign(INF, x)


def sinc(x: float) -> float:
    """sin(x)/x, 1 at 0 and 0 at the infinities."""
    if math.isinf(x):
        return 0.0
    return math.sin(x) / x if x else 1.0


ELEMENTARY: tuple[Callable[..., float], ...] = (
    exp,
    log,
    logb,
    logit,
    entr,
    entr_slope,
    xlogy,
    fma,
    cbrt,
    cosh,
    sinh,
    sinc,
)
"""Each has the name of its operator."""
