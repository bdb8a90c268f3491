"""Functions of balls that arb has not, or of which it knows little far out; not finite where nothing is known.

Depends on python-flint alone.
"""

from collections.abc import Callable
from functools import reduce
from itertools import zip_longest
from math import comb

from flint import acb, arb

Native = Callable[..., arb]

HIGHEST_REFLECTED, MOST_SHIFTS = 1000, 1000
FAR_OUT, VERY_NEAR, VERY_FAR = 8, arb((1, -(1 << 16))), arb((1, 1 << 16))


def near_zero(native: Native) -> Native:
    """A function that is x, but for a part of x at most, where x is so small that arb has but 30 bits of it."""
    return lambda x: x * (1 + arb(0, x.abs_upper())) if abs(x) < VERY_NEAR and not x.is_zero() else native(x)


def erfc(x: arb) -> arb:
    """Far out by its ends, for it falls, and arb's own bound is wide there unless x is exact."""
    return x.lower().erfc().union(x.upper().erfc()) if x > FAR_OUT and not x.is_exact() else x.erfc()


def erfcx_slope(order: int, x: arb) -> arb:
    """The derivative of erfcx of an order; by its ends, for all of them rise or fall everywhere."""
    return (
        _erfcx_slope(order, x) if x.is_exact() else _erfcx_slope(order, x.lower()).union(_erfcx_slope(order, x.upper()))
    )


def _erfcx_slope(order: int, x: arb) -> arb:
    """(-1)^n n! U((n + 1)/2, 1/2, x^2)/√π (DLMF 7.18.11) to the right; to the left the recurrence (DLMF 7.18.7)."""
    if x > 1:
        right: arb = (-1) ** order * arb(order + 1).gamma() * (x**2).hypgeom_u(arb(order + 1) / 2, arb(1) / 2)
        return right / arb.pi().sqrt()
    if order > HIGHEST_REFLECTED:
        return arb.nan()
    before, now = -2 / arb.pi().sqrt(), (x**2).exp() * erfc(x)
    for n in range(order):
        before, now = now, 2 * x * now + (2 * n * before if n else before)
    return now


def exprel_slope(order: int, x: arb) -> arb:
    """The derivative of exprel of an order, e^x 1F1(1; n + 2; -x)/(n + 1) (DLMF 13.2.39); by its ends, for it rises."""
    if not x.is_exact():
        return exprel_slope(order, x.lower()).union(exprel_slope(order, x.upper()))
    one, above = arb(1), arb(order + 2)
    found: arb = x.hypgeom_1f1(above - 1, above) if x < 0 else x.exp() * (-x).hypgeom_1f1(one, above)
    return found / (order + 1)


def probit(x: arb) -> arb:
    """sqrt(2) erfinv(2x - 1), of what is nearer to 0 by the inverse of erfc."""
    half = 2 * x
    return arb(2).sqrt() * ((half - 1).erfinv() if x > arb(1) / 4 else -half.erfcinv())


def lgamma(x: arb) -> arb:
    """Of a number above 0; far out (x - 1/2) log(x) - x + log(2π)/2, less than 1/(12x) short of it (DLMF 5.11.1)."""
    if not x > VERY_FAR:
        return x.lgamma()
    return (x - arb(1) / 2) * x.log() - x + (2 * arb.pi()).log() / 2 + arb(0, (1 / x).abs_upper())


def polygamma(order: int, x: arb) -> arb:
    """Of an order above 0."""
    if x > 0:
        return acb(x).polygamma(arb(order)).real
    return _shifted(order, x) if x > -MOST_SHIFTS else _reflected(order, x)


def _reflected(order: int, x: arb) -> arb:
    """(-1)^n ψ_n(1 - x) - π cot^(n)(πx) (DLMF 5.15.6), for arb would add up as many terms as x is long.

    A derivative of the cotangent c is a polynomial of it, by c' = -(1 + c^2).
    """
    cotangent = x.cot_pi()
    if order > HIGHEST_REFLECTED or not cotangent.is_finite():
        return arb.nan()
    terms = [0, 1]
    for _ in range(order):
        slopes = [power * factor for power, factor in enumerate(terms)][1:]
        terms = [-(low + high) for low, high in zip_longest(slopes, [0, 0, *slopes], fillvalue=0)]
    powers = reduce(lambda total, term: total * cotangent + term, reversed(terms), arb(0))
    above: arb = (-1) ** order * polygamma(order, 1 - x)
    return above - arb.pi() ** (order + 1) * powers


def _shifted(order: int, x: arb) -> arb:
    """By the recurrence from x to x + 1 (DLMF 5.15.5), up to what is above 0."""
    steps = int(float(-x.lower())) + 2
    poles = sum(((x + step) ** -(order + 1) for step in range(steps)), arb(0))
    lower: arb = (-1) ** order * arb(order + 1).gamma() * poles
    return polygamma(order, x + steps) - lower


def sinc_n(order: int, x: arb) -> arb:
    """j_n(x)/x^n as 0F1(; n + 3/2; -x^2/4)/(2n + 1)!! (DLMF 10.47.3 with 10.16.9)."""
    half: arb = order + arb(3) / 2
    odd: arb = half.gamma() * arb(2) ** (order + 1) / arb.pi().sqrt()  # (2n + 1)!! = 2^(n + 1) Γ(n + 3/2)/√π
    found: arb = (x**2 / -4).hypgeom_0f1(half) / odd
    return found


def bessel_j_slope(slope: int, order: int, x: arb) -> arb:
    """The k-th derivative of J_n, of order 2k + 1 neighbours with signs by turns (DLMF 10.6.7)."""
    return _beside(slope, order, -1, x.bessel_j)


def bessel_i_slope(slope: int, order: int, x: arb) -> arb:
    """The k-th derivative of I_n (DLMF 10.29.5)."""
    return _beside(slope, order, 1, x.bessel_i)


def _beside(slope: int, order: int, sign: int, native: Native) -> arb:
    if slope > HIGHEST_REFLECTED:
        return arb.nan()
    terms = (sign**j * comb(slope, j) * native(arb(order - slope + 2 * j)) for j in range(slope + 1))
    total: arb = sum(terms, arb(0))
    return total / arb(2) ** slope
