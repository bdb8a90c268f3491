"""What an enclosure is: an exact rational, a ball that holds a real number, an infinity, NaN, or nothing known.

Depends on python-flint. A rational is a `fmpq`, a ball a finite `arb` whose radius is a bound. INF, -INF and NAN are
known to be just these; of UNKNOWN nothing is known, for its ball holds a pole, or the end of a domain, or both sides of
a switch; of HUGE and its negative the sign. All but rationals and balls are told by identity.
"""

from fractions import Fraction
from math import isfinite, isnan, nan
from typing import Any

from flint import arb, fmpq

from gradcli.graph.written import Written
from gradcli.graph.written import as_written as written

Enclosure = Any
"""A `fmpq` or an `arb`: flint's types do not say what their arithmetic gives."""

INF, NEGATIVE_INF, NAN, UNKNOWN = arb.pos_inf(), arb.neg_inf(), arb.nan(), arb.nan()
HUGE, NEGATIVE_HUGE = arb.pos_inf(), arb.neg_inf()
"""Real numbers, and beyond 2^(2^4096) when they arise, of which no more is followed; what `is_moderate` is far less, or
as far from 0, so that no chain of operations on both can bring one back."""
ZERO, ONE = fmpq(0), fmpq(1)
FAR, NEAR = arb((1, 1 << 4000)), arb((1, -(1 << 4000)))
LONGEST, LONGEST_DOUBLE = 1 << 14, 1 << 10
"""A rational of more bits goes on as a ball; one of more is not looked at as a double."""


def exactly(number: Any) -> Enclosure:
    """A number that a variable is given, a float or one of mpmath, as the rational that it is."""
    if type(number) is Written:
        return fmpq(*number.ratio)
    if isinstance(number, (int, float)):
        if not isfinite(number):
            return NAN if isnan(number) else INF if number > 0 else NEGATIVE_INF
        return fmpq(*number.as_integer_ratio())
    if number != number:
        return NAN
    if not (man := int(number.man)) and number != 0:
        return INF if number > 0 else NEGATIVE_INF
    sign, exponent = (-1 if number < 0 else 1), int(number.exp)
    return kept(arb((sign * man, exponent)) if abs(exponent) > LONGEST else _dyadic(sign * man, exponent))


def as_written(number: float | str) -> Enclosure:
    """A literal as the decimal that is written, a tenth for 0.1; a decimal as it stands."""
    if isinstance(number, str):
        decimal = Fraction(number)
        return fmpq(decimal.numerator, decimal.denominator)
    return fmpq(*written(number)) if isfinite(number) or type(number) is Written else exactly(number)


def as_double(x: Enclosure) -> float | None:
    """The double that it is; None where it is none for certain."""
    if type(x) is not fmpq:
        return None if x is UNKNOWN or is_huge(x) or is_finite(x) else float(x)
    near = int(x.p) / int(x.q) if x.height_bits() < LONGEST_DOUBLE else nan
    return near if isfinite(near) and exactly(near) == x else None


def is_finite(x: Enclosure) -> bool:
    """Whether it holds a real number for certain."""
    return type(x) is fmpq or bool(x.is_finite())


def is_huge(x: Enclosure) -> bool:
    """Whether it is a number beyond all that is followed."""
    return x is HUGE or x is NEGATIVE_HUGE


def is_moderate(x: Enclosure) -> bool:
    """Whether it is a number that is nothing beside a huge one."""
    return is_finite(x) and bool(abs(as_ball(x)) < FAR)


def as_ball(x: Enclosure) -> arb:
    """The same as an arb, rounded outwards at the working precision."""
    return x if type(x) is arb else arb(x)


def kept(ball: Enclosure) -> Enclosure:
    """What an operation on real numbers gave: a rational if it is short, UNKNOWN if nothing finite."""
    if type(ball) is fmpq:
        return ball if ball.height_bits() <= LONGEST else arb(ball)
    if not ball.is_finite():
        return UNKNOWN
    if ball.is_exact():
        man, exponent = ball.man_exp()
        if -LONGEST < int(exponent) < LONGEST:
            return _dyadic(int(man), int(exponent))
    return ball


def hull(x: Enclosure, y: Enclosure) -> Enclosure:
    """What holds both; UNKNOWN where one is no real number."""
    if x is y:
        return x
    return kept(as_ball(x).union(as_ball(y))) if is_finite(x) and is_finite(y) else UNKNOWN


def is_far(x: Enclosure, bits: int) -> bool:
    """Whether a magnitude is certainly beyond 2^bits, or below 2^-bits and not 0."""
    size = abs(as_ball(x))
    return bool(size > arb((1, bits)) or (size < arb((1, -bits)) and not size.is_zero()))


def sign(x: Enclosure) -> int | None:
    """-1, 0 or 1; None where it is not known, or there is none."""
    if x is NAN or x is UNKNOWN:
        return None
    if x > 0:
        return 1
    return -1 if x < 0 else 0 if x == 0 else None


def truth(x: Enclosure) -> bool | None:
    """Whether it counts as true: anything but 0 does, NaN too. None where that is not known."""
    if type(x) is fmpq:
        return x != 0
    if x is UNKNOWN:
        return None
    return True if x is NAN or not x.contains(0) else None


def _dyadic(man: int, exponent: int) -> fmpq:
    return fmpq(man << exponent) if exponent >= 0 else fmpq(man, 1 << -exponent)
