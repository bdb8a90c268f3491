"""The beta function of positive numbers and its logarithm, with their derivatives.

Depends on `gamma` and `polygamma`, and on `fixed_point`. Gamma functions are taken beside 1, where no operand is too
small for fixed point (DLMF 5.5.1 with 5.12.1), and as wide as the greater operand: what cancels between them is known.
"""

import math

from gradcli.kernels.fixed_point import exp, fixed, ln2, log, ratio
from gradcli.kernels.gamma import FAR, log_gamma, scaled
from gradcli.kernels.polygamma import polygamma, slope

BITS = 176
HIGHEST_SLOPE, HIGHEST_LOG_SLOPE = 30.0, 171.0
"""The highest derivatives of beta and of its logarithm; beyond them the answer is NaN."""
SMALLEST = -800
"""The logarithm of what is 0."""
TINY = 2.0**-80
"""An operand so much less than the other moves a polygamma function by its slope."""
LOST, NEAREST = 70, 2.0**-70
"""An operand so near to 0 is as good as 0 where there is no pole; so many bits cancel for each order beside it."""
POLE = 2.0**-160
"""Nearer to 0 than this, the pole is all that a derivative of beta by the same operand can see."""


def beta(a: float, b: float) -> float:
    """gamma(a)*gamma(b)/gamma(a + b); infinite where an operand is 0, NaN to the left of it."""
    if not is_inside(a, b):
        return math.exp(outside(a, b))
    bits = width(a, b)
    total = log_beta(a, b, bits)
    if total >> bits < SMALLEST:
        return 0.0
    mantissa, power = exp(total, bits)
    return scaled(mantissa, 1 << bits, power)


def beta_slope(k: float, n: float, a: float, b: float) -> float:
    """The derivative of beta, k times by a and n times by b, for whole k and n that are 30 together at most.

    By one operand it has no pole at 0 of the other, which may be as good as 0.
    """
    if not are_orders(k, n, HIGHEST_SLOPE):
        return math.nan
    if k + n == 0:
        return beta(a, b)
    if not is_inside(a, b):
        return 0.0 if a > 0 and b > 0 else math.nan
    if (a < POLE and n == 0) or (b < POLE and k == 0):
        return at_pole(int(k + n), a if n == 0 else b)
    x, y = max(a, NEAREST if n else 0.0), max(b, NEAREST if k else 0.0)
    wide = width(x, y)
    total = log_beta(x, y, wide)
    if total >> wide < SMALLEST * int(k + n + 1):
        return 0.0
    factor, bits = relative_slope(int(k), int(n), x, y)
    mantissa, power = exp(total, wide)
    return scaled(factor * mantissa, 1 << bits + wide, power)


def at_pole(order: int, x: float) -> float:
    """The derivative of 1/x, which is all that there is of beta so near to 0."""
    top, bottom = x.as_integer_ratio()
    return ratio((-1) ** (order % 2) * math.factorial(order) * bottom ** (order + 1), top ** (order + 1))


def relative_slope(k: int, n: int, a: float, b: float) -> tuple[int, int]:
    """A derivative of beta over beta itself, from those of the logarithm, and how many bits it has."""
    order = k + n
    far = (BITS + LOST * (order + 1)) // 9
    bits = BITS + order * exponent(a, b, far + order) + (k + 1) * smallness(a) + (n + 1) * smallness(b)
    x, y = fixed(a, bits), fixed(b, bits)
    logs = [log_slope(at // (n + 1), at % (n + 1), x, y, bits, far) for at in range((k + 1) * (n + 1))]
    found = [1 << bits]
    for at in range(1, len(logs)):
        found.append(next_slope(at // (n + 1), at % (n + 1), n + 1, found, logs) >> bits)
    return found[-1], bits


def next_slope(k: int, n: int, row: int, found: list[int], logs: list[int]) -> int:
    """One more derivative, from those before it: Leibniz's rule on beta' = beta*lbeta'. A row has the same k."""
    total, outer = 0, 1
    for i in range(max(k, 1)):
        inner = outer
        for j in range(n + 1 if k else n):
            total += inner * found[i * row + j] * logs[(k - i) * row + n - j]
            inner = inner * ((n if k else n - 1) - j) // (j + 1)
        outer = outer * (k - 1 - i) // (i + 1)
    return total


def log_slope(k: int, n: int, x: int, y: int, bits: int, far: int) -> int:
    """A derivative of the logarithm in fixed point; 0 for order 0."""
    if k + n == 0:
        return 0
    of_one = 0 if k and n else slope(k + n - 1, x if k else y, bits, far)
    return of_one - slope(k + n - 1, x + y, bits, far)


def lbeta(a: float, b: float) -> float:
    """Its logarithm, which is 0 where both operands are 1."""
    if a == 1 and b == 1:
        return 0.0
    return ratio(log_beta(a, b, width(a, b)), 1 << width(a, b)) if is_inside(a, b) else outside(a, b)


def is_inside(a: float, b: float) -> bool:
    """Whether both operands are positive numbers."""
    return 0 < a < math.inf and 0 < b < math.inf


def outside(a: float, b: float) -> float:
    """The logarithm elsewhere: at 0 and far out its limit, where that does not depend on the way there."""
    if not (a >= 0 and b >= 0) or (min(a, b) == 0 and max(a, b) == math.inf):
        return math.nan
    return math.inf if min(a, b) == 0 else -math.inf


def width(a: float, b: float) -> int:
    """As many bits as it takes for the logarithms of gamma functions to cancel."""
    return BITS + max(0, math.frexp(max(a, b))[1])


def log_beta(a: float, b: float, bits: int) -> int:
    """log((a + b)/(a*b)) + log(gamma(1 + b)), and what log(gamma) falls by from 1 + a + b to 1 + a, for b <= a."""
    if a < b:
        return log_beta(b, a, bits)
    (p, q), (r, s) = a.as_integer_ratio(), b.as_integer_ratio()
    narrow, x, y = width(b, b), (1 << bits) + fixed(a, bits), fixed(b, bits)
    of_lesser = log_ratio(p * s + r * q, p * r, narrow) + log_gamma((1 << narrow) + fixed(b, narrow), narrow)
    return (of_lesser << bits - narrow) + log_gamma(x, bits) - log_gamma(x + y, bits)


def log_ratio(top: int, bottom: int, bits: int) -> int:
    """log(top/bottom), of numbers of any size."""
    k = top.bit_length() - bottom.bit_length()
    return log((top << bits + max(0, -k)) // (bottom << max(0, k)), bits) + k * ln2(bits)


def lbeta_slope(k: float, n: float, a: float, b: float) -> float:
    """The derivative of lbeta, k times by a and n times by b, for whole k and n that are 171 together at most."""
    if not are_orders(k, n, HIGHEST_LOG_SLOPE):
        return math.nan
    if k + n == 0:
        return lbeta(a, b)
    if not (a >= 0 and b >= 0):
        return math.nan
    order = int(k + n) - 1
    if k > 0 and n > 0:
        return -of_sum(order, max(a, b), min(a, b))
    return fall(order, a, b) if k > 0 else fall(order, b, a)


def are_orders(k: float, n: float, most: float) -> bool:
    """Whether both are whole, and not below 0, and not too high together."""
    return k >= 0 and n >= 0 and k + n <= most and k == math.floor(k) and n == math.floor(n)


def of_sum(order: int, x: float, y: float) -> float:
    """polygamma(n, x + y) of an order above 0, without the digits that rounding takes from x + y."""
    if x in (0.0, math.inf):
        return polygamma(order / 1, x)
    bits = slope_width(order, x, x)
    return ratio(slope(order, fixed(x, bits) + fixed(y, bits), bits, FAR), 1 << bits)


def fall(order: int, x: float, y: float) -> float:
    """polygamma(n, x) - polygamma(n, x + y)."""
    if x in (0.0, math.inf) or y in (0.0, math.inf):
        return fall_at_end(order, x, y)
    if y < x * TINY:
        bits, (top, bottom) = slope_width(order + 1, x, y), y.as_integer_ratio()
        return ratio(-slope(order + 1, fixed(x, bits), bits, FAR) * top, bottom << bits)
    bits = slope_width(order, x, y)
    at = fixed(x, bits)
    return ratio(slope(order, at, bits, FAR) - slope(order, at + fixed(y, bits), bits, FAR), 1 << bits)


def fall_at_end(order: int, x: float, y: float) -> float:
    """The same where an operand is 0 or infinite: its limit, where that does not depend on the way there."""
    if x == y and (x == 0 or order == 0):
        return math.nan
    if y == 0 or x == math.inf:
        return 0.0
    return polygamma(order / 1, abs(x)) if order or x == 0 else -y


def slope_width(order: int, x: float, y: float) -> int:
    """As many bits as it takes for polygamma(n, x) and polygamma(n, x + y) to cancel."""
    return BITS + (order + 1) * exponent(x, y, FAR + order) + smallness(x)


def exponent(x: float, y: float, least: int) -> int:
    """That of 2 beyond the sum of two numbers, and beyond where an asymptotic series begins."""
    return math.frexp(max(x, y, least / 1))[1] + 1


def smallness(x: float) -> int:
    """How many bits after the point a number begins."""
    return max(0, -math.frexp(x)[1])
