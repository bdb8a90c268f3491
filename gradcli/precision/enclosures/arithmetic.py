"""Arithmetic on enclosures: exact on rationals, balls elsewhere, with infinities and NaN as IEEE 754 has them.

Depends on `balls`.
"""

from math import prod

from flint import arb, fmpq

from gradcli.precision.enclosures.balls import (
    HUGE,
    INF,
    LONGEST,
    NAN,
    NEAR,
    NEGATIVE_HUGE,
    NEGATIVE_INF,
    ONE,
    UNKNOWN,
    ZERO,
    Enclosure,
    as_ball,
    is_finite,
    is_huge,
    is_moderate,
    kept,
    sign,
)
from gradcli.precision.enclosures.strictness import strict

FARTHEST = arb((1, 4200))
"""Where what grows as an exponential does is beyond what is followed."""
MOST_ROOTS = 64
"""Higher roots of rationals are not looked for."""


def add(x: Enclosure, y: Enclosure) -> Enclosure:
    """The sum."""
    found = x + y
    if is_finite(found):
        return kept(found)
    if is_huge(x) or is_huge(y):
        large, other = (x, y) if is_huge(x) else (y, x)
        return large if other is large or is_moderate(other) else UNKNOWN
    return _sum_of_infinities(x, y)


@strict
def _sum_of_infinities(x: Enclosure, y: Enclosure) -> Enclosure:
    if is_finite(x):
        return UNKNOWN if is_finite(y) else y
    return x if is_finite(y) or x is y else NAN


def neg(x: Enclosure) -> Enclosure:
    """The number with its sign changed."""
    if is_finite(x):
        return -x
    if is_huge(x):
        return NEGATIVE_HUGE if x is HUGE else HUGE
    return NEGATIVE_INF if x is INF else INF if x is NEGATIVE_INF else x


def sub(x: Enclosure, y: Enclosure) -> Enclosure:
    """The difference."""
    if x is y and is_finite(x):  # the same number, however little is known of it
        return ZERO
    return add(x, neg(y))


def mul(x: Enclosure, y: Enclosure) -> Enclosure:
    """The product."""
    found = x * y
    if is_finite(found):
        return kept(found)
    if is_huge(x) or is_huge(y):
        return _huge_product(*((x, y) if is_huge(x) else (y, x)))
    return _infinite_product(x, y)


def _huge_product(large: Enclosure, other: Enclosure) -> Enclosure:
    """A huge number times another that is not as far from 0, or huge too."""
    if type(other) is fmpq and other == 0:
        return ZERO
    side = sign(other)
    if not side or not (is_huge(other) or (is_moderate(other) and abs(as_ball(other)) > NEAR)):
        return UNKNOWN
    return large if side > 0 else neg(large)


@strict
def _infinite_product(x: Enclosure, y: Enclosure) -> Enclosure:
    return UNKNOWN if is_finite(x) and is_finite(y) else _infinite(x, y)


def _infinite(*factors: Enclosure) -> Enclosure:
    """The infinity with the sign of a product; NaN where a factor is 0."""
    signs = [sign(x) for x in factors]
    if None in signs:
        return UNKNOWN
    direction = prod(side for side in signs if side is not None)
    return INF if direction > 0 else NEGATIVE_INF if direction < 0 else NAN


def div(x: Enclosure, y: Enclosure) -> Enclosure:
    """The quotient."""
    if is_huge(y) and is_moderate(x):
        return ZERO if type(x) is fmpq and x == 0 else arb(0, NEAR)
    if is_huge(x) and is_moderate(y) and sign(y):
        return x if y > 0 else neg(x)
    return _ratio(x, y)


@strict
def _ratio(x: Enclosure, y: Enclosure) -> Enclosure:
    if not is_finite(y):
        return ZERO if is_finite(x) else NAN
    if type(y) is fmpq and y == 0:
        return _infinite(x)
    return kept(x / y) if is_finite(x) else _infinite(x, y)


def mod(x: Enclosure, y: Enclosure) -> Enclosure:
    """The remainder with the sign of y, within the hull where it is not clear how often y is taken away."""
    if (type(y) is fmpq and y == 0) or not is_finite(x):
        return NAN
    if not is_finite(y):
        same = sign(x) == 0 or sign(x) == sign(y)
        return UNKNOWN if sign(x) is None else x if same else y
    return sub(x, mul(y, floor(div(x, y))))


def raised(x: Enclosure, y: Enclosure) -> Enclosure:
    """As C99's pow (Annex F.9.4.4), but for the sign of zero."""
    is_one = (type(y) is fmpq and y == 0) or (type(x) is fmpq and x == 1)
    return ONE if is_one else _power(x, y)


@strict
def _power(x: Enclosure, y: Enclosure) -> Enclosure:
    if not (is_finite(x) and is_finite(y)):
        return _pow_at_infinity(x, y)
    if type(x) is fmpq and x == 0:
        return UNKNOWN if sign(y) is None else ZERO if y > 0 else INF
    if type(x) is fmpq and type(y) is fmpq and (exact := exact_power(x, y)) is not None:
        return exact
    if type(y) is fmpq and y.q == 1:
        found = _whole_power(as_ball(x), y) if _fits(y) else _long_power(x, y)
        return _by_logarithm(as_ball(x), as_ball(y)) if found is UNKNOWN and x > 0 else found
    if x < 0:
        return NAN if type(y) is fmpq or not as_ball(y).contains_integer() else UNKNOWN
    return _by_logarithm(as_ball(x), as_ball(y))


def _whole_power(x: arb, y: fmpq) -> Enclosure:
    """A power of a ball, which may hold 0: python-flint gives NaN there."""
    if y > 0 and x.contains(0) and not x.is_zero():
        return kept(arb(0, (x.abs_upper() ** arb(y.p)).abs_upper()))
    return kept(x ** arb(y.p))


def _by_logarithm(x: arb, y: arb) -> Enclosure:
    found = x**y
    return kept(found) if found.is_finite() or not x.log() * y > FARTHEST else HUGE


def _fits(y: fmpq) -> bool:
    """Whether a whole exponent is exact at the working precision."""
    return bool(arb(y.p).is_exact())


def _long_power(x: Enclosure, y: fmpq) -> Enclosure:
    """The power of a magnitude, with its sign: arb would round the exponent, and not know whether it is even."""
    grown = as_ball(abs(x)) ** arb(y.p)
    return kept(grown if int(y.p) % 2 == 0 else grown * (sign(x) or arb(0, 1)))


def exact_power(x: fmpq, y: fmpq) -> fmpq | None:
    """A rational power that is rational, and not too long."""
    root, power = int(y.q), int(y.p)
    if root > MOST_ROOTS or x.height_bits() * abs(power) > LONGEST * root:
        return None
    if root > 1:
        if x < 0:
            return None
        parts = x.p.root(root), x.q.root(root)
        x, whole = fmpq(*parts), x
        if x**root != whole:
            return None
    return x**power


def _pow_at_infinity(x: Enclosure, y: Enclosure) -> Enclosure:
    """Where one of both is infinite: only the sign of x, its size beside 1, and whether y is odd matter."""
    if is_finite(x):
        size, side = abs(x), y is INF
        if size > 1 or size < 1:
            return INF if (size > 1) == side else ZERO
        return ONE if type(size) is fmpq else UNKNOWN
    if not is_finite(y):
        return INF if y is INF else ZERO
    if sign(y) is None or (x is NEGATIVE_INF and type(y) is not fmpq):
        return UNKNOWN
    odd = y.q == 1 and int(y.p) % 2 == 1 if type(y) is fmpq else False
    return ZERO if y < 0 else NEGATIVE_INF if x is NEGATIVE_INF and odd else INF


def floor(x: Enclosure) -> Enclosure:
    """The whole number at or below; a ball where that is not certain."""
    return kept(fmpq(x.floor()) if type(x) is fmpq else x.floor()) if is_finite(x) else x
