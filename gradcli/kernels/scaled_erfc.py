"""erfcx(x) = exp(x^2)*erfc(x) with its derivatives of every order up to 31, and the logarithm of normal_cdf.

Depends on `double_double`, `erfc` and `fixed_point`. A derivative of order n is (-2)^n n! exp(x^2) i^n erfc(x) (DLMF
7.18.3), where i^n erfc is the n-th repeated integral: all terms of its recurrence (DLMF 7.18.7) have one sign.
"""

import math

from gradcli.kernels import fixed_point
from gradcli.kernels.double_double import exp_pair
from gradcli.kernels.erfc import BITS, COARSE, ONE, erfc, normal_cdf, tail
from gradcli.kernels.fixed_point import fixed, pi, ratio

FAR, OVERFLOW = 26.0, -26.63
"""Beyond the one, erfc nears the subnormal numbers; below the other, erfcx overflows."""
INVERSE_ROOT_PI, INVERSE_ROOT_2 = 0.5641895835477563, 0.7071067811865476
NEAR = 1.0
"""From here on the continued fraction is quick."""
HIGHEST = 31
"""The highest order; a higher one is NaN."""


def erfcx(x: float) -> float:
    """exp(x^2)*erfc(x): the exponential of a number nearby whose square is exact, times that of what is left."""
    if not OVERFLOW < x < FAR:
        return INVERSE_ROOT_PI / stretched(x) if x > 0 else math.inf if x < 0 else x
    head = x + COARSE - COARSE
    high, low = exp_pair(head * head)
    return erfc(x) * (high + (low + (high + low) * math.expm1((x - head) * (x + head))))


def stretched(x: float) -> float:
    """x + (1/2)/(x + 1/(x + (3/2)/(x + …))), the continued fraction of 1/(sqrt(pi)*erfcx(x)) (DLMF 7.9.3)."""
    below = x
    for n in range(7, 0, -1):
        below = x + 0.5 * n / below
    return below


def log_ndtr(x: float) -> float:
    """log(normal_cdf(x)); to the left as -x^2/2 + log(erfcx(-x/sqrt(2))/2), whose terms have one sign."""
    if x < -1.0:
        return -0.5 * x * x + math.log(0.5 * erfcx(-x * INVERSE_ROOT_2)) if x > -math.inf else x
    return math.log1p(-normal_cdf(-x)) if x > 0 else math.log(normal_cdf(x))


def erfcx_slope(n: float, x: float) -> float:
    """The n-th derivative of erfcx for a whole n from 0 to 31, else NaN."""
    if math.isnan(x) or not (0 <= n <= HIGHEST and n == math.floor(n)):
        return math.nan
    order = int(n)
    if math.isinf(x) or x < OVERFLOW:
        return 0.0 if x > 0 else -math.inf if order % 2 else math.inf
    factor = (-2) ** order * math.factorial(order)
    return by_fraction(order, factor, x) if x >= NEAR else by_recurrence(order, factor, x)


def by_fraction(order: int, factor: int, x: float) -> float:
    """2/sqrt(pi), which is order -1, over what each order up to this one falls by: 2x + 2(n + 1)/(that of the next)."""
    u = fixed(x, BITS)
    fall, product = 2 * u, 1
    for n in range(2 * order + 30 + int(400 / (x * x)), -1, -1):
        fall = 2 * u + (2 * (n + 1) << 2 * BITS) // fall
        if n <= order:
            product *= fall
    return ratio(2 * factor << BITS * (order + 2), root_pi() * product)


def by_recurrence(order: int, factor: int, x: float) -> float:
    """From the integrals of order -1 and 0 up."""
    u = fixed(x, BITS)
    square, k = fixed_point.exp(u * u >> BITS, BITS)
    bell, shift = fixed_point.exp(-u * u >> BITS, BITS)
    before, now = (2 << 2 * BITS) // root_pi(), tail(2, u, bell >> -shift) * square << k >> BITS
    for n in range(1, order + 1):
        before, now = now, (before - (2 * u * now >> BITS)) // (2 * n)
    return ratio(factor * now, ONE)


def root_pi() -> int:
    """sqrt(pi)."""
    return math.isqrt(pi(BITS) << BITS)
