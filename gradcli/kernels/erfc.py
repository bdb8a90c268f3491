"""The tails of the normal distribution: erfc, normal_cdf and gelu, of which no bit depends on the C library.

Depends on `fixed_point`. At the multiples of 1/256 a tail is known to twice the digits of a double, and from there its
Taylor series leads to what lies between, to 0.9 ulp. The cell of a multiple is made in wide fixed point when it is
first asked for, which takes some tens of microseconds; a call takes a third of one, and all cells some megabytes.
"""

import math
from functools import cache

from gradcli.kernels.fixed_point import exp, fixed, pi, ratio

Cell = tuple[float, ...]
"""A power of 2, and in units of it the tail as two doubles, and the coefficients of its series from the first up."""
STANDARD: dict[float, Cell] = {}
NARROW: dict[float, Cell] = {}
"""The cells by u of the tail T(u) of a normal distribution with the variance 1/weight, where T(-inf) is the weight.

The standard one has the weight 1 and is normal_cdf(-u), the narrow one has the weight 2 and is erfc(u).
"""
ORDER = 9
"""The power where the series ends: 1/512 off, the next term is below 2^-54 of the tail."""
COARSE = 1.5 * 2.0**44
"""Adding and taking this away rounds to a multiple of 1/256."""
ALL, GONE = -9.0, 38.6
"""To the left of the one, a tail is the whole; to the right of the other it is 0."""
BITS = 128
ONE = 1 << BITS
NEAR_ORDER = 70
"""Where the series around 0 ends, for |u| < 1."""


def new_cell(cells: dict[float, Cell], weight: int, near: float) -> Cell:
    """Make and keep the cell of a multiple of 1/256. To the right, where T is small, its unit is a power of 2."""
    u = fixed(near, BITS)
    bell, k = exp(-weight * u * u >> BITS + 1, BITS)
    if u < ONE:
        bell, k = bell >> -k, 0
    value, *slopes = series(weight, u, tail(weight, u, bell), bell, ORDER)
    high = ratio(value, ONE)
    low = ratio(value - fixed(high, BITS), ONE)
    cells[near] = cell = math.ldexp(1.0, k), high, low, *(ratio(slope, ONE) for slope in slopes)
    return cell


def tail(weight: int, u: int, bell: int) -> int:
    """T(u): from the series around 0, or else from its continued fraction (DLMF 7.9.3, A&S 26.2.14)."""
    if u < 0:
        return (weight << BITS) - tail(weight, -u, bell)
    if u < ONE:
        return polynomial(series(weight, 0, weight << BITS - 1, ONE, NEAR_ORDER), u)
    below = u
    for n in range(20 + 800 * ONE**2 // u**2, 0, -1):
        below = u + (n << 2 * BITS) // (weight * below)
    return height(weight) * bell // (weight * below)


def series(weight: int, u: int, value: int, bell: int, order: int) -> list[int]:
    """The coefficients of the Taylor series around u, after T'' = -weight*u*T'."""
    terms = [value, -height(weight) * bell >> BITS]
    for n in range(2, order + 1):
        both = ((n - 1) * u * terms[-1] >> BITS) + (n - 2) * terms[-2]
        terms.append(-weight * both // (n * (n - 1)))
    return terms


@cache
def height(weight: int) -> int:
    """T'(u) = -height*bell(u), where bell(u) = exp(-weight*u^2/2)."""
    return math.isqrt((weight**3 << 3 * BITS) // (2 * pi(BITS)))


def polynomial(terms: list[int], u: int) -> int:
    """A polynomial by Horner's rule, from the lowest coefficient up."""
    total = 0
    for term in reversed(terms):
        total = term + (total * u >> BITS)
    return total


def beyond(cells: dict[float, Cell], weight: int, u: float, factor: float = 1.0) -> float:
    """factor*T(u), from the cell next to u; rounded to a subnormal number only once."""
    if not ALL < u < GONE:
        return 0.0 if u > 0 else weight * factor if u < 0 else u
    near = u + COARSE - COARSE
    unit, high, low, c1, c2, c3, c4, c5, c6, c7, c8, c9 = cells.get(near) or new_cell(cells, weight, near)
    d = u - near
    rise = d * (c1 + d * (c2 + d * (c3 + d * (c4 + d * (c5 + d * (c6 + d * (c7 + d * (c8 + d * c9))))))))
    return (high + (low + rise)) * factor * unit


def normal_cdf(x: float) -> float:
    """The distribution function of the standard normal."""
    return beyond(STANDARD, 1, -x)


def erfc(x: float) -> float:
    """1 - erf(x), with all digits of its tail."""
    return beyond(NARROW, 2, x)


def gelu(x: float) -> float:
    """x*normal_cdf(x)."""
    return beyond(STANDARD, 1, -x, x) if not x <= -GONE else -0.0
