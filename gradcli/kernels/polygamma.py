"""Digamma and its derivatives of every order up to 170, for every real number.

Depends on `fixed_point`, and on what `gamma` has in common with it. Recurrence carries the argument to where the
asymptotic series holds (DLMF 5.15.5, 5.15.8), reflection carries it over from the negative side (DLMF 5.15.6).
"""

import math
from functools import cache

from gradcli.kernels.fixed_point import fixed, log, pi, ratio
from gradcli.kernels.gamma import BITS, FAR, TINY, bernoulli, is_pole, shifted, sin_cos_pi

HIGHEST = 170
"""The highest order; of a higher one even the factorial overflows, and the answer is NaN."""


def digamma(x: float) -> float:
    """The derivative of lgamma."""
    return polygamma(0.0, x)


def digamma1p(x: float) -> float:
    """digamma(x + 1), whose zero is where rounding would take digits from x + 1."""
    if -0.5 < x < 1:
        return ratio(slope(0, fixed(x, BITS) + (1 << BITS), BITS, FAR), 1 << BITS)
    return digamma(x + 1.0)


def polygamma(n: float, x: float) -> float:
    """The n-th derivative of digamma for a whole n from 0 to 170, else NaN."""
    if math.isnan(x) or not (0 <= n <= HIGHEST and n == math.floor(n)):
        return math.nan
    order = int(n)
    if is_pole(x):
        return at_pole(order, x)
    if abs(x) < TINY:
        return near_pole(order, x)
    if x > 1 / TINY:
        return far_out(order, x)
    bits = BITS + (order + 1) * math.frexp(max(abs(x), FAR + order))[1]
    at = fixed(x, bits)
    return ratio(slope(order, at, bits, FAR) if x > 0 else reflected(order, at, bits), 1 << bits)


def at_pole(order: int, x: float) -> float:
    """An odd order rises to infinity on both sides; an even one has a side only at 0, as 0 has a sign."""
    if order % 2 and x > -math.inf:
        return math.inf
    return -math.copysign(math.inf, x) if x == 0 else math.nan


def near_pole(order: int, x: float) -> float:
    """n!/(-x)^(n + 1)."""
    top, bottom = x.as_integer_ratio()
    return ratio(math.factorial(order) * bottom ** (order + 1), (-top) ** (order + 1))


def far_out(order: int, x: float) -> float:
    """log(x), or -(n - 1)!/(-x)^n."""
    if order == 0 or math.isinf(x):
        return 0.0 if order else math.log(x)
    return ratio(-math.factorial(order - 1), (-int(x)) ** order)


def slope(order: int, x: int, bits: int, far: int) -> int:
    """polygamma for a positive x, right to 9 bits for each step that the series is to begin from 0, about."""
    z, steps = shifted(x, bits, far + order)
    factorial, inverse = math.factorial(order), (1 << 2 * bits) // z
    total = sum(factorial * inverse_power(x + (i << bits), order + 1, bits) for i in steps)
    power = inverse_power(z, order, bits)
    total += factorial // order * power if order else -log(z, bits)
    total += factorial * (power * inverse >> bits) // 2 + tail(order, power, inverse * inverse >> bits, bits, 2 * far)
    return total if order % 2 else -total


def tail(order: int, power: int, inverse_square: int, bits: int, count: int) -> int:
    """The sum of so many terms B_2k (2k + n - 1)! / ((2k)! z^(2k + n)), where power is z^-n."""
    total = 0
    for k, (top, bottom) in enumerate(bernoulli(count), start=1):
        power = power * inverse_square >> bits
        term = power * top * math.factorial(2 * k + order - 1) // (bottom * math.factorial(2 * k))
        if abs(term) <= 1:
            break
        total += term
    return total


def inverse_power(x: int, n: int, bits: int) -> int:
    """1/x^n."""
    power: int = x**n
    return (1 << bits * (n + 1)) // power


def reflected(order: int, x: int, bits: int) -> int:
    """(-1)^n polygamma(n, 1 - x) - pi^(n + 1) P_n(cot(pi x)), where P_n is the n-th derivative of the cotangent."""
    mirrored = slope(order, (1 << bits) - x, bits, FAR)
    sine, cosine = sin_cos_pi(x, bits)
    cotangent, circle = (cosine << bits) // sine, pi(bits)
    total = 0
    for coefficient in reversed(cotangent_derivative(order)):
        total = (total * cotangent >> bits) + (coefficient << bits)
    for _ in range(order + 1):
        total = total * circle >> bits
    return (-mirrored if order % 2 else mirrored) - total


@cache
def cotangent_derivative(order: int) -> tuple[int, ...]:
    """The coefficients of P_n(c) from the lowest up: P_0 = c and P_n = -(1 + c^2) P_(n - 1)'."""
    coefficients = [0, 1]
    for _ in range(order):
        slopes = [n * c for n, c in enumerate(coefficients)][1:]
        coefficients = [-(a + b) for a, b in zip([*slopes, 0, 0], [0, 0, *slopes], strict=True)]
    return tuple(coefficients)
