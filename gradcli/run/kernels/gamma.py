"""The gamma function, its logarithm, and the derivatives of that, for every real number.

Depends on `fixed.py`. Recurrence carries the argument to where the asymptotic series of Stirling holds
(DLMF 5.11.1, 5.11.2, 5.15.8), reflection carries it over from the negative side (DLMF 5.5.3, 5.5.4, 5.15.6),
all in wide fixed point: so the results keep their digits near the zeros of lgamma and digamma, too.
"""

import math
from collections.abc import Iterator
from functools import cache

from gradcli.run.kernels.fixed import exp, fixed, ln2, log, pi, ratio, sin_cos

BITS = 160
STIRLING = 24
"""From here up the asymptotic series reaches 2^-160: its smallest term is about exp(-2 pi z)."""
TINY = 2.0**-60
"""Nearer to 0 than this, the pole at 0 is all that a double can see."""
HIGHEST = 1000
"""The highest order of polygamma."""


@cache
def bernoulli(count: int) -> tuple[tuple[int, int], ...]:
    """B_2, B_4, … as numerators and denominators, from the tangent numbers (Brent and Harvey 2011, section 6.1)."""
    tangent = [math.factorial(n) for n in range(count)]
    for n in range(1, count):
        for k in range(n, count):
            tangent[k] = (k - n) * tangent[k - 1] + (k - n + 2) * tangent[k]
    return tuple(
        ((-1) ** n * 2 * (n + 1) * value, 4 ** (n + 1) * (4 ** (n + 1) - 1)) for n, value in enumerate(tangent)
    )


def series(first: int, square: int, bits: int, weight: int = 0) -> Iterator[int]:
    """B_2k times first / square^(k - 1), k = 1, 2, …, until nothing is left of it."""
    for top, bottom in bernoulli(60):
        yield top * first // bottom
        first = (first << bits) // square
        if not first:
            return


def is_pole(x: float) -> bool:
    """Whether x is 0 or a negative whole number."""
    return x <= 0 and x == math.floor(x)


def shifted(x: int, bits: int, least: int = STIRLING) -> tuple[int, int]:
    """x plus the number of steps that carries it to `least` or beyond, and that number."""
    steps = max(0, least - (x >> bits))
    return x + (steps << bits), steps


def log_gamma(x: int, bits: int) -> int:
    """log(gamma(x)) for a positive x."""
    z, steps = shifted(x, bits)
    product = 1 << bits
    for i in range(steps):
        product = product * (x + (i << bits)) >> bits
    total = ((z - (1 << bits - 1)) * log(z, bits) >> bits) - z + (log(2 * pi(bits), bits) >> 1) - log(product, bits)
    square = z * z >> bits
    for k, term in enumerate(series((1 << 2 * bits) // z, square, bits), start=1):
        total += term // (2 * k * (2 * k - 1))
    return total
