"""exprel(x) = (exp(x) - 1)/x with its derivatives of every order up to 31, of which none is 0.

Depends on `elementary` and `fixed_point`. A derivative of order n is the integral of t^n*exp(t*x) over t from 0 to 1,
which is 1F1(n + 1; n + 2; x)/(n + 1) (DLMF 13.4.1). Near 0 its power series (DLMF 13.2.2), farther out the recurrence
that integration by parts gives, both in wide fixed point.
"""

import math

from gradcli.kernels import fixed_point
from gradcli.kernels.elementary import exp
from gradcli.kernels.fixed_point import fixed, ratio

LARGE = 709.0
"""Above this the exponential overflows before exprel does."""
BITS = 128
NEAR, FAR = 32.0, 800.0
"""The recurrence shrinks errors from the highest order up; far out exp(x) is infinite, or does not count."""
HIGHEST = 31
"""The highest order; a higher one is NaN."""


def exprel(x: float) -> float:
    """(exp(x) - 1)/x, and 1 at 0."""
    if x > LARGE:
        root = exp(0.5 * x)
        return root * (root / x) if x < math.inf else x
    return math.expm1(x) / x if x else 1.0


def exprel_slope(n: float, x: float) -> float:
    """The n-th derivative of exprel for a whole n from 0 to 31, else NaN."""
    if math.isnan(x) or not (0 <= n <= HIGHEST and n == math.floor(n)):
        return math.nan
    if x > FAR or x == -math.inf:
        return math.inf if x > 0 else 0.0
    return far_left(int(n), x) if x < -FAR else power_series(int(n), x) if abs(x) < NEAR else recurrence(int(n), x)


def far_left(order: int, x: float) -> float:
    """n!/(-x)^(n + 1): what is left out has a factor exp(x)."""
    top, bottom = x.as_integer_ratio()
    return ratio(math.factorial(order) * bottom ** (order + 1), (-top) ** (order + 1))


def power_series(order: int, x: float) -> float:
    """The sum of x^k/(k! (n + 1 + k))."""
    bits = 2 * BITS
    at = fixed(x, bits)
    term = 1 << bits
    total, k = term // (order + 1), 1
    while abs(term) > 1:
        term = (term * at >> bits) // k
        total, k = total + term // (order + 1 + k), k + 1
    return ratio(total, 1 << bits)


def recurrence(order: int, x: float) -> float:
    """From (exp(x) - 1)/x by I_n = (exp(x) - n*I_(n - 1))/x."""
    bits = BITS + (order + 1) * math.frexp(x)[1]
    at = fixed(x, bits)
    mantissa, k = fixed_point.exp(at, bits)
    power = mantissa << k if k > 0 else mantissa >> -k
    now = (power - (1 << bits) << bits) // at
    for n in range(1, order + 1):
        now = (power - n * now << bits) // at
    return ratio(now, 1 << bits)
