"""erfinv and probit, the inverses of erf and of normal_cdf, and their slopes, with all digits next to their ends.

Depends on `erfc`, `fixed_point` and `scaled_erfc`. Newton's method in doubles finds a quantile nearly; what is left is
the residual of the tail there in wide fixed point, over the slope. So it is known as a sum of two doubles.
"""

import math

from gradcli.kernels.erfc import BITS, ONE, height, tail
from gradcli.kernels.fixed_point import exp, fixed, ratio
from gradcli.kernels.scaled_erfc import INVERSE_ROOT_2, erfcx, log_ndtr

HALF_ROOT_PI, ROOT_HALF_PI, ROOT_TAU = 0.886226925452758, 1.2533141373155003, 2.5066282746310002
LOG_2 = 0.6931471805599453
STEPS = 5
"""Of Newton's method, as many as it takes from anywhere."""
NEAR = 5 * ONE >> 1
"""Below this the series around 0 is quicker than the continued fraction."""
LINEAR = 1e-9
"""Nearer to the middle than this, a quantile is its first term, to all digits."""


def erfinv(x: float) -> float:
    """The y with erf(y) = x; infinite at -1 and 1, NaN beyond."""
    if not LINEAR < abs(x) < 1.0:
        return inner(x, HALF_ROOT_PI) if abs(x) <= LINEAR else outer(x, 1.0)
    near, rest = quantile(2, abs(x), 1.0 - abs(x))
    return math.copysign(near + rest, x)


def erfinv_slope(x: float) -> float:
    """sqrt(pi)/2*exp(erfinv(x)^2)."""
    if not LINEAR < abs(x) < 1.0:
        return HALF_ROOT_PI if abs(x) <= LINEAR else abs(outer(x, 1.0))
    near, rest = quantile(2, abs(x), 1.0 - abs(x))
    return inverse_density(2, near, rest)


def probit(x: float) -> float:
    """The y with normal_cdf(y) = x; infinite at 0 and 1, NaN beyond."""
    middle = x - 0.5
    if not (abs(middle) > LINEAR and 0.0 < x < 1.0):
        return inner(middle, ROOT_TAU) if abs(middle) <= LINEAR else outer(middle, 0.5)
    near, rest = quantile(1, abs(middle), min(x, 1.0 - x))
    return math.copysign(near + rest, middle)


def probit_slope(x: float) -> float:
    """sqrt(tau)*exp(probit(x)^2/2)."""
    middle = x - 0.5
    if not (abs(middle) > LINEAR and 0.0 < x < 1.0):
        return ROOT_TAU if abs(middle) <= LINEAR else abs(outer(middle, 0.5))
    near, rest = quantile(1, abs(middle), min(x, 1.0 - x))
    return inverse_density(1, near, rest)


def inner(middle: float, slope: float) -> float:
    """The quantile at so little from the middle."""
    return middle * slope


def outer(middle: float, end: float) -> float:
    """The quantile at an end, and beyond."""
    return math.copysign(math.inf, middle) if abs(middle) == end else math.nan


def quantile(weight: int, middle: float, beyond: float) -> tuple[float, float]:
    """The u > 0 that so much of the tail T of `erfc` lies beyond, which is so far from the middle, as two doubles."""
    near = newton(beyond / weight) / math.sqrt(weight)
    u = fixed(near, BITS)
    bell, k = exp(-weight * u * u >> BITS + 1, BITS)
    if u < NEAR:
        bell, k = bell >> -k, 0
    residual = tail_near(weight, u) if u < NEAR else tail(weight, u, bell)
    top, bottom = beyond.as_integer_ratio()
    if middle <= 0.25 * weight:
        return near, ratio(residual - (weight << BITS - 1) + fixed(middle, BITS) << BITS, height(weight) * bell)
    return near, ratio(residual * bottom - (top << BITS - k) << BITS, height(weight) * bell * bottom)


def tail_near(weight: int, u: int) -> int:
    """T(u) by its power series around 0 (DLMF 7.6.1)."""
    square = weight * u * u >> BITS + 1
    total, term, n = u, u, 1
    while abs(term) > 1:
        term = -(term * square >> BITS) // n
        total, n = total + term // (2 * n + 1), n + 1
    return (weight << BITS - 1) - (height(weight) * total >> BITS)


def newton(beyond: float) -> float:
    """That of the standard normal to about half the digits: log_ndtr is concave, so that no step goes astray."""
    goal = math.log(beyond)
    u = math.sqrt(max(0.0, -2.0 * (goal + LOG_2)))
    for _ in range(STEPS):
        u += (log_ndtr(-u) - goal) * ROOT_HALF_PI * erfcx(u * INVERSE_ROOT_2)
    return u


def inverse_density(weight: int, near: float, rest: float) -> float:
    """exp(weight*u^2/2)*sqrt(tau/weight^3)*weight for the sum u of two doubles."""
    u = fixed(near, BITS) + fixed(rest, BITS)
    bell, k = exp(weight * u * u >> BITS + 1, BITS)
    return ratio(bell << max(k, 0), height(weight))
