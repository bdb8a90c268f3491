"""Exponentials, logarithms and powers of expansions, and the Taylor series of all other functions.

Depends on `series`, on `strictness`, and on flint's power series.
"""

from fractions import Fraction
from itertools import accumulate

from flint import arb, arb_series, ctx, fmpq, fmpq_series

from gradcli.precision.enclosures import balls, meanings
from gradcli.precision.enclosures.balls import Enclosure, as_ball, is_finite, kept
from gradcli.precision.expansions.arithmetic import add, compose, mul
from gradcli.precision.expansions.series import (
    CONSTANT,
    FLAT,
    HUGE,
    INFINITE,
    LOGARITHM,
    NEGATIVE_HUGE,
    NEGATIVE_INFINITE,
    UNDEFINED,
    UNKNOWN,
    ZERO,
    Expansion,
    Order,
    constant,
    factored,
    is_boundless,
    is_infinite,
    number_of,
    parted,
    shifted,
    sign,
)
from gradcli.precision.expansions.strictness import strict

ONE, HALF = constant(balls.ONE), constant(fmpq(1, 2))
HIGHEST = 64
"""Higher whole powers are not multiplied out."""
FARTHEST = 1 << 12
"""An order of more than 2 to this is not told from this."""


def coefficients(operator: str, at: Enclosure) -> list[Enclosure] | None:
    """The Taylor coefficients at a number, rationals at 0 where they are; None where it has none."""
    exact = type(at) is fmpq and at == 0 and hasattr(fmpq_series, operator)
    series = getattr(fmpq_series([0, 1]) if exact else arb_series([as_ball(at), 1]), operator)()
    found = [kept(series[order]) for order in range(ctx.cap)]
    return found if all(map(is_finite, found)) else None


def taylor(operator: str, x: Expansion) -> Expansion:
    """A function that is analytic where the operand tends to."""
    parts = parted(x)
    found = coefficients(operator, parts[0]) if parts else None
    return compose(found, parts[1]) if parts and found else UNKNOWN


@strict("exp")
def exp(x: Expansion) -> Expansion:
    """e^x: of what grows faster than a logarithm beyond, or below, all powers; of a logarithm a power."""
    if is_boundless(x):
        return x if sign(x) == 1 else ZERO if is_infinite(x) else Expansion((), FLAT, 1)
    growing = tuple(term for term in x.terms if term[0] < CONSTANT)
    tame = Expansion(tuple(term for term in x.terms if term[0] >= CONSTANT), x.rest)
    if not growing:
        return taylor("exp", x)
    (order, leading), *more = growing
    side = balls.sign(leading)
    if order < LOGARITHM and side:
        return HUGE if side > 0 else Expansion((), FLAT, 1)
    if order != LOGARITHM or more or x.rest <= CONSTANT:
        return UNKNOWN
    factor = taylor("exp", tame)
    power = _exponent(leading)
    if power is not None:
        return shifted(factor, (-power, 0), balls.ONE)
    return _vanishing(-as_ball(leading))


def _vanishing(power: arb) -> Expansion:
    """What is positive, and no more than a power of which this is known: as high a one as is told apart."""
    man, exponent = map(int, power.lower().man_exp())
    if exponent < -FARTHEST or (exponent > FARTHEST and man < 0):
        return UNKNOWN
    return Expansion((), (man * Fraction(2) ** min(exponent, FARTHEST), 0), 1)


def _exponent(x: Enclosure) -> int | Fraction | None:
    """A rational, as an order has it."""
    if type(x) is not fmpq:
        return None
    return int(x.p) if x.q == 1 else Fraction(int(x.p), int(x.q))


@strict("log")
def log(x: Expansion) -> Expansion:
    """log(c h^p (1 + u)) = log(c) - p L + log(1 + u)."""
    if x == ZERO:
        return NEGATIVE_INFINITE
    side = sign(x)
    if not side or is_boundless(x):
        return INFINITE if x is INFINITE else UNDEFINED if side == -1 else UNKNOWN
    if side < 0:
        return UNDEFINED
    parts = factored(x)
    if parts is None or parts[0][1] != 0:
        return UNKNOWN
    (power, _), leading, beside = parts
    logarithms = [balls.ZERO, *((-(fmpq(-1) ** order)) / order for order in range(1, ctx.cap))]
    own = add(constant(meanings.MEANINGS["log"](leading)), compose(logarithms, beside))
    return add(Expansion(((LOGARITHM, -_rational(power)),)), own) if power else own


def _rational(power: int | Fraction | float) -> fmpq:
    return fmpq(*power.as_integer_ratio())


def raised(x: Expansion, y: Expansion) -> Expansion:
    """x^y; 1 where y is 0, or x is 1, whatever the other is."""
    return ONE if y == ZERO or x == ONE else _power(x, y)


@strict("pow")
def _power(x: Expansion, y: Expansion) -> Expansion:
    exponent = number_of(y)
    if exponent is None:
        return _moving_power(x, y)
    if not is_finite(exponent):
        return UNKNOWN
    if type(exponent) is fmpq and exponent.q == 1 and 0 <= exponent <= HIGHEST and not is_boundless(x):
        return _multiplied(x, int(exponent.p))
    side = sign(x)
    if side == -1 and not (type(exponent) is fmpq and exponent.q == 1):
        return UNKNOWN if type(exponent) is arb and exponent.contains_integer() else UNDEFINED
    parts = factored(x)
    return _binomial(parts, exponent) if parts else _power_of_extremes(x, exponent, side)


def _multiplied(x: Expansion, times: int) -> Expansion:
    """A whole power by squaring, exact where x is."""
    found = ONE
    for bit in bin(times)[2:]:
        found = mul(found, found)
        found = mul(found, x) if bit == "1" else found
    return found


def _binomial(parts: tuple[Order, Enclosure, Expansion], exponent: Enclosure) -> Expansion:
    """(c h^p L^k (1 + u))^r, by the binomial series."""
    order, leading, beside = parts
    power = _exponent(exponent)
    if power is None and order != CONSTANT:
        return UNKNOWN if order[1] else exp(mul(constant(exponent), log(Expansion(((order, leading),)))))
    factors = accumulate(range(1, ctx.cap), lambda term, at: kept(term * (exponent - at + 1) / at), initial=balls.ONE)
    found = compose(factors, beside)
    scale = meanings.MEANINGS["pow"](leading, exponent)
    if not is_finite(scale):
        return UNKNOWN
    moved = CONSTANT if power is None else (_whole(order[0] * power), _whole(order[1] * power))
    return shifted(found, moved, scale)


def _whole(power: int | Fraction | float) -> int | Fraction | float:
    return int(power) if power == int(power) else power


def _power_of_extremes(x: Expansion, exponent: Enclosure, side: int | None) -> Expansion:
    """What has no leading term: 0, what is faster than all powers, infinities."""
    way = balls.sign(exponent)
    if x == ZERO and way:
        return ZERO if way > 0 else INFINITE
    if is_infinite(x) or not way or not side or (side < 0 and not is_boundless(x)):
        return UNKNOWN
    if x.rest[0] == -FLAT[0]:
        odd = side < 0 and int(exponent.p) % 2 == 1
        return (NEGATIVE_HUGE if odd else HUGE) if way > 0 else Expansion((), FLAT, -1 if odd else 1)
    if x.rest[0] == FLAT[0]:
        return Expansion((), FLAT, 1) if way > 0 else HUGE
    return UNKNOWN


def _moving_power(x: Expansion, y: Expansion) -> Expansion:
    """e^(y log(x)); beside a negative base an exponent that moves is not whole."""
    if x == ZERO:
        return {1: ZERO, -1: INFINITE}.get(sign(y) or 0, UNKNOWN)
    if sign(x) == -1:
        parts = parted(y)
        return UNDEFINED if parts and sign(parts[1]) else UNKNOWN
    return exp(mul(y, log(x)))


@strict("div")
def div(x: Expansion, y: Expansion) -> Expansion:
    """The quotient: infinite where y is 0, on this side of the point too."""
    if is_infinite(y):
        return UNDEFINED if is_infinite(x) else ZERO
    if y == ZERO:
        side = sign(x)
        return UNDEFINED if side == 0 else UNKNOWN if side is None else INFINITE if side > 0 else NEGATIVE_INFINITE
    return mul(x, _power(y, constant(fmpq(-1))))
