"""What compares, chooses or rounds, on expansions: by the sign of what leads, where that is certain.

Depends on `powers`, `series` and `strictness`.
"""

from functools import reduce

from flint import fmpq

from gradcli.precision.enclosures import balls, meanings
from gradcli.precision.enclosures.balls import exactly
from gradcli.precision.expansions.arithmetic import add, mul, neg, sub
from gradcli.precision.expansions.powers import div
from gradcli.precision.expansions.series import (
    BOUNDED,
    UNDEFINED,
    UNKNOWN,
    ZERO,
    Expansion,
    constant,
    is_boundless,
    is_infinite,
    parted,
    sign,
    within,
)
from gradcli.precision.expansions.strictness import strict


def comparison(operator: str, x: Expansion, y: Expansion) -> Expansion:
    """By the sign of the difference."""
    if x is UNDEFINED or y is UNDEFINED:
        return _literal(float(operator == "ne"))
    if x is UNKNOWN or y is UNKNOWN:
        return UNKNOWN
    side = 0 if x is y else sign(_apart(x, y))
    return UNKNOWN if side is None else constant(meanings.MEANINGS[operator](fmpq(side), balls.ZERO))


def _apart(x: Expansion, y: Expansion) -> Expansion:
    """A difference of the same sign, infinities beyond all that grows."""
    if y is ZERO:
        return x
    for one, other, way in ((x, y, 1), (y, x, -1)):
        if is_infinite(one):
            return ZERO if one is other else one if way > 0 else neg(one)
    return sub(x, y)


def truth(x: Expansion) -> bool | None:
    """Whether it counts as true beside the point; None where that is not known."""
    if x is UNDEFINED:
        return True
    side = sign(x)
    return None if side is None else side != 0


def connective(deciding: bool, x: Expansion, y: Expansion) -> Expansion:
    """`and`, `or`: one operand may decide alone."""
    sides = truth(x), truth(y)
    if deciding in sides:
        return _literal(float(deciding))
    return UNKNOWN if None in sides else _literal(float(not deciding))


def negated(x: Expansion) -> Expansion:
    """1 where x is 0, else 0."""
    holds = truth(x)
    return UNKNOWN if holds is None else _literal(float(not holds))


def where(c: Expansion, x: Expansion, y: Expansion) -> Expansion:
    """The branch that is taken, by identity."""
    holds = truth(c)
    return _either(x, y) if holds is None else x if holds else y


def _either(x: Expansion, y: Expansion) -> Expansion:
    """What holds both: the terms that they share, and the order of what parts them."""
    if is_boundless(x) or is_boundless(y):
        return x if x is y else UNKNOWN
    return within(x, sub(x, y).lead)


def best(way: int, *operands: Expansion) -> Expansion:
    """max, min: the very operand that wins."""

    def better(x: Expansion, y: Expansion) -> Expansion:
        for lost in (UNDEFINED, UNKNOWN):
            if x is lost or y is lost:
                return lost
        side = 0 if x is y else sign(_apart(y, x))
        return _either(x, y) if side is None else y if side * way > 0 else x

    return reduce(better, operands)


@strict("abs")
def magnitude(x: Expansion) -> Expansion:
    """The number without its sign."""
    side = sign(x)
    return _either(x, neg(x)) if side is None else neg(x) if side < 0 else x


@strict("sign")
def side_of(x: Expansion) -> Expansion:
    """-1, 0 or 1; something between where that is not certain."""
    side = sign(x)
    return BOUNDED if side is None else constant(fmpq(side))


@strict("floor")
def floor(x: Expansion) -> Expansion:
    """The whole number below: of what grows, as much but for something bounded."""
    if is_boundless(x):
        return x
    parts = parted(x)
    if parts is None:
        return add(x, BOUNDED)
    number, beside = parts
    below = meanings.MEANINGS["floor"](number)
    if type(below) is not fmpq:
        return BOUNDED
    side = 0 if below != number else sign(beside)
    return BOUNDED if side is None else constant(below - 1 if side < 0 else below)


@strict("ceil")
def ceil(x: Expansion) -> Expansion:
    """The whole number above."""
    return neg(floor(neg(x)))


@strict("round")
def nearest(x: Expansion) -> Expansion:
    """A half that moves goes to the side that it is on."""
    return floor(add(x, constant(fmpq(1, 2))))


@strict("mod")
def remainder(x: Expansion, y: Expansion) -> Expansion:
    """What x leaves over, with the sign of y; of an infinite y all or nothing is taken away."""
    if y == ZERO or is_infinite(x):
        return UNDEFINED
    if not is_infinite(y):
        return sub(x, mul(y, floor(div(x, y))))
    side = sign(x)
    return UNKNOWN if side is None else x if side in (0, sign(y)) else y


def _literal(number: float) -> Expansion:
    return constant(exactly(number))
