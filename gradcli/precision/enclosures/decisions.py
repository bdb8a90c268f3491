"""What compares, chooses or rounds, on enclosures: nothing is decided that is not certain.

Depends on `arithmetic` and `balls`.
"""

from collections.abc import Callable
from functools import reduce
from typing import Any

from flint import arb, fmpq

from gradcli.precision.enclosures.arithmetic import floor
from gradcli.precision.enclosures.balls import (
    HUGE,
    INF,
    NAN,
    NEGATIVE_INF,
    ONE,
    UNKNOWN,
    ZERO,
    Enclosure,
    as_ball,
    exactly,
    hull,
    is_finite,
    is_huge,
    is_moderate,
    kept,
    sign,
    truth,
)
from gradcli.precision.enclosures.strictness import Meaning

HALF = fmpq(1, 2)


def _compare(x: Enclosure, y: Enclosure) -> bool:
    """Whether balls tell which is larger, if one is beyond all that is followed."""
    return not (is_huge(x) or is_huge(y)) or is_moderate(x) or is_moderate(y)


def comparison(holds: Callable[[Any, Any], bool], fails: Callable[[Any, Any], bool]) -> Meaning:
    """1 or 0; UNKNOWN where the balls overlap. A number is equal to itself, however little is known of it."""
    same, unlike = exactly(float(holds(0, 0))), exactly(float(holds(0, float("nan"))))

    def compared(x: Enclosure, y: Enclosure) -> Enclosure:
        if x is NAN or y is NAN:
            return unlike
        if x is UNKNOWN or y is UNKNOWN or not _compare(x, y):
            return UNKNOWN
        if x is y:
            return same
        return ONE if holds(x, y) else ZERO if fails(x, y) else UNKNOWN

    return compared


def connective(deciding: bool) -> Meaning:
    """`and`, `or`: one operand may decide alone."""

    def connected(x: Enclosure, y: Enclosure) -> Enclosure:
        sides = truth(x), truth(y)
        if deciding in sides:
            return exactly(float(deciding))
        return UNKNOWN if None in sides else exactly(float(not deciding))

    return connected


def negated(x: Enclosure) -> Enclosure:
    """1 where x is 0, else 0."""
    holds = truth(x)
    return UNKNOWN if holds is None else ZERO if holds else ONE


def where(c: Enclosure, x: Enclosure, y: Enclosure) -> Enclosure:
    """x or y; where the condition is not certain, what holds both."""
    holds = truth(c)
    return hull(x, y) if holds is None else x if holds else y


def best(less: Callable[[Any, Any], bool], native: str) -> Meaning:
    """max, min: the very operand where it wins for certain, so that a rule finds it again; else what holds both."""

    def best(x: Enclosure, y: Enclosure) -> Enclosure:
        if x is NAN or y is NAN:
            return NAN
        if x is UNKNOWN or y is UNKNOWN or not _compare(x, y):
            return UNKNOWN
        if less(y, x):
            return y
        if x is y or less(x, y) or x == y:
            return x
        return kept(getattr(as_ball(x), native)(as_ball(y)))

    return lambda *operands: reduce(best, operands)


def side_of(x: Enclosure) -> Enclosure:
    """-1, 0 or 1; a ball that holds them where that is not certain."""
    side = sign(x)
    return arb(0, 1) if side is None else fmpq(side)


def magnitude(x: Enclosure) -> Enclosure:
    """The number without its sign."""
    if x is INF or is_huge(x):
        return HUGE if is_huge(x) else x
    return INF if x is NEGATIVE_INF else x if sign(x) == 1 else abs(x)


def nearest(x: Enclosure) -> Enclosure:
    """The nearest whole number; halves go to the even one. Both where a ball holds a half."""
    if not is_finite(x):
        return x
    up = floor(x + HALF)
    if type(x) is fmpq:
        return up - 1 if up - x == HALF and int(up.p) % 2 else up
    return hull(up, up - 1) if as_ball(x + HALF).contains_integer() else up
