"""Bessel functions of whole order: J_n with its derivatives, and I_n.

Depends on `fixed_point`. Near 0, and where the order is above the argument, the power series (DLMF 10.2.2, 10.25.2);
farther out Hankel's expansions of J_0 and J_1 (DLMF 10.17.3) and the recurrence from order to order (DLMF 10.6.1). All
is done in wide fixed point, the phase reduced by as much of pi as it takes: so J_n keeps its digits near its zeros.
"""

import math

from gradcli.kernels.fixed_point import fixed, pi, ratio, sin_cos

BITS = 160
NEAR = 100.0
"""From here on Hankel's expansions reach 2^-288: their smallest term is about exp(-2x)."""
HIGHEST, HIGHEST_SLOPE = 10_000.0, 30.0
"""The highest order, and the highest derivative; beyond them the answer is NaN."""
SMALLEST, LARGEST = -800.0, 711.0
"""Logarithms of what is 0, and of what is infinite, also where they are estimated."""


def bessel_j(n: float, x: float) -> float:
    """The Bessel function of the first kind."""
    return bessel_j_slope(0.0, n, x)


def bessel_j_slope(k: float, n: float, x: float) -> float:
    """The k-th derivative of bessel_j(n, x) by x, for a whole k from 0 to 30 and a whole n from -10,000 to 10,000."""
    if math.isnan(x) or not (is_order(n) and 0 <= k <= HIGHEST_SLOPE and k == math.floor(k)):
        return math.nan
    if math.isinf(x):
        return 0.0
    slope, order, size = int(k), abs(int(n)), abs(x)
    far = size >= NEAR and size > abs(n)
    found = waves(slope, order, size) if far else power_series(slope, order, size, -1)
    return -found if is_turned(n, n + k, x) else found


def bessel_i(n: float, x: float) -> float:
    """The modified Bessel function of the first kind, for a whole n from -10,000 to 10,000."""
    if math.isnan(x) or not is_order(n):
        return math.nan
    order, size = abs(int(n)), abs(x)
    found = rising(order, size)
    return -found if is_turned(0.0, n, x) else found


def is_order(n: float) -> bool:
    """Whether it is whole, and not too high."""
    return abs(n) <= HIGHEST and n == math.floor(n)


def is_turned(n: float, odd: float, x: float) -> bool:
    """Whether the sign is turned: of a negative odd order, and of an odd function to the left of 0 (DLMF 10.4.1)."""
    by_order = n < 0 and math.fmod(n, 2.0) != 0
    by_side = math.copysign(1.0, x) < 0 and math.fmod(odd, 2.0) != 0
    return by_order != by_side


def rising(order: int, x: float) -> float:
    """I_n(x) to the right of 0, by the power series where doubles hold it."""
    if math.isinf(x):
        return x
    size = height(order, x) if x else 0.0
    if size > LARGEST:
        return math.inf
    return power_series(0, order, x, 1) if size > SMALLEST else 0.0


def height(order: int, x: float) -> float:
    """The logarithm of I_n(x), about (DLMF 10.41.3)."""
    far = math.hypot(order, x)
    return far + order * (math.log(x) - math.log(order + far)) - 0.5 * (math.log(math.tau) + math.log(far))


def power_series(slope: int, order: int, x: float, sign: int) -> float:
    """The k-th derivative of the sum of sign^m (x/2)^(n + 2m) / (m! (n + m)!), from the first term that is not 0."""
    first = max(0, slope - order + 1) // 2
    power = order + 2 * first - slope
    top = math.factorial(order + 2 * first) * sign**first
    bottom = math.factorial(power) * math.factorial(first) * math.factorial(order + first) << order + 2 * first
    size = (top.bit_length() - bottom.bit_length()) * math.log(2.0) + x * x / (4 * order + 4)
    if x and size + power * math.log(x) < SMALLEST:
        return 0.0
    reach = int(x) + 1
    bits = BITS + 4 * slope + (0 if sign > 0 else reach if order >= reach else 3 * reach)
    high, low = x.as_integer_ratio()
    return ratio(top * high**power * later_terms(slope, order, first, x, sign, bits), bottom * low**power << bits)


def later_terms(slope: int, order: int, first: int, x: float, sign: int, bits: int) -> int:
    """The sum over its first term, in fixed point."""
    step = sign * fixed(x, bits) ** 2 >> bits + 2
    total = term = 1 << bits
    m, n = first, order + 2 * first
    while abs(term) > 1:
        term = (term * step >> bits) // ((m + 1) * (order + m + 1))
        if slope > 0:
            term = term * ((n + 1) * (n + 2)) // ((n + 1 - slope) * (n + 2 - slope))
        total, m, n = total + term, m + 1, n + 2
    return total


def waves(slope: int, order: int, x: float) -> float:
    """From J_0 and J_1 up to the orders that make the derivative, each times sqrt(pi x)."""
    bits = BITS + math.frexp(x)[1] + 2 * slope
    at = fixed(x, bits)
    sine, cosine = sin_cos(at, bits)
    orders = [wave(0, at, sine + cosine, cosine - sine, bits), wave(1, at, sine - cosine, sine + cosine, bits)]
    for n in range(1, order + slope):
        orders.append((2 * n * orders[-1] << bits) // at - orders[-2])
    low = order - slope
    window = [orders[n] if n >= 0 else (-1) ** (n % 2) * orders[-n] for n in range(low, order + slope + 1)]
    for _ in range(slope):
        window = [window[j] - window[j + 2] for j in range(len(window) - 2)]
    return ratio(window[0], math.isqrt(pi(bits) * at) << slope)


def wave(order: int, at: int, even: int, odd: int, bits: int) -> int:
    """Hankel's expansion: the terms by turns times the sine and the cosine of the phase, with signs +, +, -, -."""
    total = 0
    term, k = 1 << bits, 0
    while abs(term) > 1:
        total += (term * (odd if k % 2 else even) >> bits) * (-1) ** (k // 2 % 2)
        k += 1
        term = (term * (4 * order * order - (2 * k - 1) ** 2) << bits) // (8 * k * at)
    return total
