"""sinc_n: spherical Bessel functions j_n(x)/x^n, which are sin(x)/x and what its derivatives are made of.

Depends on `fixed_point`. Near 0 the power series (DLMF 10.53.1), farther out the recurrence from order to order
(DLMF 10.51.1), both in wide fixed point: so the results keep their digits near their zeros, too.
"""

import math

from gradcli.kernels.fixed_point import fixed, ratio, sin_cos

BITS = 160
NEAR = 32.0
HIGHEST = 30
"""The highest order; a higher one is NaN."""


def sinc_n(n: float, x: float) -> float:
    """j_n(x)/x^n for a whole n from 0 to 30."""
    if math.isnan(x) or not (0 <= n <= HIGHEST and n == math.floor(n)):
        return math.nan
    if math.isinf(x):
        return 0.0
    return power_series(int(n), x) if abs(x) < NEAR else recurrence(int(n), x)


def power_series(order: int, x: float) -> float:
    """The sum of (-x^2/2)^k / (k! (2n + 1)!! (2n + 3) … (2n + 2k + 1))."""
    bits = BITS + 100
    half_square = fixed(x, bits) ** 2 >> bits + 1
    total = term = (1 << bits) // math.prod(range(1, 2 * order + 2, 2))
    k = 1
    while abs(term) > 1:
        term = -(term * half_square >> bits) // (k * (2 * order + 2 * k + 1))
        total, k = total + term, k + 1
    return ratio(total, 1 << bits)


def recurrence(order: int, x: float) -> float:
    """From cos(x) and sin(x)/x by f_n = ((2n - 1) f_(n - 1) - f_(n - 2))/x^2."""
    bits = BITS + (2 * order + 2) * math.frexp(x)[1]
    at = fixed(x, bits)
    sine, before = sin_cos(at, bits)
    now = (sine << bits) // at
    square = at * at >> bits
    for n in range(order):
        now, before = (((2 * n + 1) * now - before) << bits) // square, now
    return ratio(now, 1 << bits)
