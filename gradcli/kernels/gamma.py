"""The gamma function and its logarithm for every real number.

Depends on `fixed_point`. Recurrence carries the argument to where Stirling's series holds (DLMF 5.5.1, 5.11.1),
reflection carries it over from the negative side (DLMF 5.5.3). All is done in wide fixed point, so that lgamma
keeps its digits near its zeros, too.
"""

import math
from functools import cache

from gradcli.kernels.fixed_point import exp, fixed, log, pi, ratio, sin_cos

BITS = 160
ONE = 1 << BITS
FAR = 24
"""From here up the asymptotic series reaches 2^-160: its smallest term is about exp(-2 pi z)."""
HIGHEST, LOWEST = 172.0, -190.0
"""Above this the gamma function overflows, below this it is smaller than any number."""
TINY = 2.0**-60
"""Nearer to 0 than this, the pole at 0 is all that a double can see."""


def gamma(x: float) -> float:
    """The gamma function; NaN at its poles but for 0, where the sign of zero chooses the side, as in C99."""
    if is_pole(x):
        return math.copysign(math.inf, x) if x == 0 else math.nan
    if abs(x) < TINY:
        top, bottom = x.as_integer_ratio()
        return ratio(bottom, top)
    if x > HIGHEST or math.isnan(x):
        return x + math.inf
    if x > 0:
        mantissa, k = exp(log_gamma(fixed(x, BITS), BITS), BITS)
        return scaled(mantissa, ONE, k)
    return reflected(x) if x > LOWEST else math.copysign(0.0, math.sin(math.pi * math.fmod(x, 2.0)))


def reflected(x: float) -> float:
    """gamma(x) = pi / (sin(pi x) gamma(1 - x)) for a negative x."""
    mantissa, k = exp(log_gamma(ONE - fixed(x, BITS), BITS), BITS)
    sine, _ = sin_cos_pi(fixed(x, BITS), BITS)
    return scaled(pi(BITS) << BITS, sine * mantissa, -k)


def factorial(x: float) -> float:
    """gamma(x + 1), without the digits that rounding takes from x + 1."""
    return x * gamma(x) if x >= 1 else gamma(x + 1.0)


def lgamma(x: float) -> float:
    """log |gamma(x)|, infinite at the poles."""
    if is_pole(x) or math.isinf(x):
        return math.inf
    if abs(x) < TINY or math.isnan(x):
        return -math.log(abs(x))
    if x in (1.0, 2.0):
        return 0.0
    if x > 0:
        return ratio(log_gamma(fixed(x, BITS), BITS), ONE)
    sine, _ = sin_cos_pi(fixed(x, BITS), BITS)
    return ratio(log((pi(BITS) << BITS) // abs(sine), BITS) - log_gamma(ONE - fixed(x, BITS), BITS), ONE)


def is_pole(x: float) -> bool:
    """Whether x is 0 or a negative whole number, or at that end of the line."""
    return x <= 0 and (math.isinf(x) or x == math.floor(x))


def scaled(top: int, bottom: int, k: int) -> float:
    """top/bottom * 2^k."""
    return ratio(top << max(k, 0), bottom << max(-k, 0))


def sin_cos_pi(x: int, bits: int) -> tuple[int, int]:
    """The sine and the cosine of pi x, which keep their digits next to whole numbers."""
    return sin_cos(pi(bits) * (x % (2 << bits)) >> bits, bits)


def shifted(x: int, bits: int, least: int) -> tuple[int, range]:
    """x carried to `least` or beyond, and the steps that it takes."""
    steps = range(max(0, least - (x >> bits)))
    return x + (len(steps) << bits), steps


def log_gamma(x: int, bits: int) -> int:
    """log(gamma(x)) for a positive x."""
    z, steps = shifted(x, bits, FAR)
    product = 1 << bits
    for i in steps:
        product = product * (x + (i << bits)) >> bits
    total = ((z - (1 << bits - 1)) * log(z, bits) >> bits) - z + half_log_tau(bits)
    if len(steps) > 0:
        total -= log(product, bits)
    power, square = (1 << 2 * bits) // z, z * z >> bits
    for k, (top, bottom) in enumerate(bernoulli(40), start=1):
        total += top * power // (bottom * 2 * k * (2 * k - 1))
        power = (power << bits) // square
        if not power:
            break
    return total


@cache
def half_log_tau(bits: int) -> int:
    """log(2 pi)/2."""
    return log(2 * pi(bits), bits) >> 1


@cache
def bernoulli(count: int) -> tuple[tuple[int, int], ...]:
    """B_2, B_4, … as numerators and denominators, from the tangent numbers (Brent and Harvey 2011, section 6)."""
    tangent = [math.factorial(n) for n in range(count)]
    for n in range(1, count):
        for k in range(n, count):
            tangent[k] = (k - n) * tangent[k - 1] + (k - n + 2) * tangent[k]
    return tuple(signed_bernoulli(n, value) for n, value in enumerate(tangent, start=1))


def signed_bernoulli(n: int, tangent: int) -> tuple[int, int]:
    """B_2n from the n-th tangent number (DLMF 24.15.4)."""
    return (-1) ** (n - 1) * 2 * n * tangent, 4**n * (4**n - 1)
