"""One-sided expansions: what a number becomes as h falls to 0, term by term, every coefficient enclosed.

Depends on `gradcli.precision.enclosures.balls`. With L = -log(h), which grows, an expansion is a sum of terms c h^p L^k
and a rest that is bounded by a multiple of one such power: Puiseux series with logarithms, cut off after flint's
`ctx.cap` terms. What falls faster than every power (exp(-1/h)) is a rest of infinite order, what grows faster is HUGE.
Nothing is decided that is not certain: where a leading coefficient may be 0, no sign is told, and nothing is divided.
"""

from collections.abc import Iterable
from fractions import Fraction
from math import inf
from typing import NamedTuple

from flint import ctx, fmpq

from gradcli.precision.enclosures import balls
from gradcli.precision.enclosures.balls import Enclosure, is_finite, kept

Exponent = int | Fraction | float
Order = tuple[Exponent, Exponent]
"""(p, -k) of h^p L^k: what is larger beside 0 sorts first, and a product's is the sum. Whole numbers are int."""
CONSTANT, LOGARITHM, LINEAR, FLAT, EXACT, BOUNDLESS = (0, 0), (0, -1), (1, 0), (inf, 0), (inf, inf), (-inf, 0)


class Expansion(NamedTuple):
    """A sum of terms and a rest.

    terms  (order, coefficient), the largest first; none of them is 0 for certain
    rest   what is left out is at most a multiple of this power; EXACT where nothing is
    side   the sign of what has no terms, where that is known: of exp(-1/h), say
    """

    terms: tuple[tuple[Order, Enclosure], ...]
    rest: Order = EXACT
    side: int | None = None

    @property
    def lead(self) -> Order:
        """The order of the whole."""
        return self.terms[0][0] if self.terms else self.rest

    def coefficient(self, order: Order) -> Enclosure:
        """That of a power; only to be asked where the rest is smaller."""
        return next((it for at, it in self.terms if at == order), balls.ZERO)


ZERO = Expansion(())
UNDEFINED, UNKNOWN = Expansion((), BOUNDLESS), Expansion((), BOUNDLESS)
"""There is no number on this side; and: nothing is known. Told by identity, as are the infinities."""
INFINITE, NEGATIVE_INFINITE = Expansion((), BOUNDLESS, 1), Expansion((), BOUNDLESS, -1)
HUGE, NEGATIVE_HUGE = Expansion((), BOUNDLESS, 1), Expansion((), BOUNDLESS, -1)
"""Numbers that grow faster than every power of 1/h."""
BOUNDED = Expansion((), CONSTANT)


def constant(number: Enclosure) -> Expansion:
    """What does not move."""
    if is_finite(number):
        return summed(((CONSTANT, number),), EXACT)
    if number is balls.INF or number is balls.NEGATIVE_INF:
        return INFINITE if number is balls.INF else NEGATIVE_INFINITE
    return UNDEFINED if number is balls.NAN else UNKNOWN


def number_of(x: Expansion) -> Enclosure | None:
    """The number that does not move; None for what does."""
    if x is UNDEFINED or is_infinite(x):
        return balls.NAN if x is UNDEFINED else balls.INF if x is INFINITE else balls.NEGATIVE_INF
    still = x.rest == EXACT and all(order == CONSTANT for order, _ in x.terms)
    return x.coefficient(CONSTANT) if still else None


def is_infinite(x: Expansion) -> bool:
    """Whether it is an infinity itself."""
    return x is INFINITE or x is NEGATIVE_INFINITE


def is_boundless(x: Expansion) -> bool:
    """Whether it is one of those that have neither terms nor an order."""
    return x.rest == BOUNDLESS and not x.terms


def sign(x: Expansion) -> int | None:
    """-1, 0 or 1 on this side of the point, however near; None where it is not known."""
    if x.terms:
        return balls.sign(x.terms[0][1]) or None
    return 0 if x.rest == EXACT else x.side


def limit(x: Expansion) -> Enclosure | None:
    """What it tends to; None where that is not known."""
    if is_boundless(x):
        return balls.NAN if x is UNDEFINED else _infinity(x.side)
    if x.lead < CONSTANT:
        return _infinity(sign(x)) if x.terms else None
    return x.coefficient(CONSTANT) if x.rest > CONSTANT else None


def slope(x: Expansion) -> Enclosure | None:
    """The limit of (x - its limit)/h; None where that is not known."""
    if is_boundless(x) or x.lead < CONSTANT:
        return balls.NAN if x is UNDEFINED else None
    for order, coefficient in x.terms:
        if order > LINEAR or order == CONSTANT:
            continue
        return coefficient if order == LINEAR else _infinity(balls.sign(coefficient))
    return balls.ZERO if x.rest > LINEAR else None


def _infinity(side: int | None) -> Enclosure | None:
    return {1: balls.INF, -1: balls.NEGATIVE_INF}.get(side or 0)


def shifted(x: Expansion, order: Order, factor: Enclosure) -> Expansion:
    """The product with one term."""
    terms = tuple((plus(at, order), kept(it * factor)) for at, it in x.terms)
    return Expansion(terms, plus(x.rest, order), x.side and x.side * (balls.sign(factor) or 0))


def within(x: Expansion, order: Order) -> Expansion:
    """The same with a rest of this order, if it has no larger one."""
    return x if x.rest <= order else Expansion(tuple(term for term in x.terms if term[0] < order), order)


def factored(x: Expansion) -> tuple[Order, Enclosure, Expansion] | None:
    """The leading term c h^p L^k, and what tends to 0 in c h^p L^k (1 + u); None where no term leads for certain."""
    if not sign(x) or not x.terms:
        return None
    (order, leading), *_ = x.terms
    terms = tuple((minus(at, order), kept(it / leading)) for at, it in x.terms[1:])
    return order, leading, Expansion(terms, minus(x.rest, order))


def parted(x: Expansion) -> tuple[Enclosure, Expansion] | None:
    """The limit, and what tends to 0 beside it; None where there is no limit that is known to be finite."""
    if is_boundless(x) or x.lead < CONSTANT or x.rest <= CONSTANT:
        return None
    return x.coefficient(CONSTANT), x._replace(terms=tuple(term for term in x.terms if term[0] != CONSTANT))


def plus(one: Order, other: Order) -> Order:
    """The order of a product."""
    if EXACT in (one, other):
        return EXACT
    return FLAT if one[0] == inf or other[0] == inf else (one[0] + other[0], one[1] + other[1])


def minus(one: Order, other: Order) -> Order:
    """The order of a quotient by a term."""
    return plus(one, (-other[0], -other[1]))


def summed(terms: Iterable[tuple[Order, Enclosure]], rest: Order) -> Expansion:
    """Terms put in order: exact zeros and those that the rest covers are left out, and all beyond the cap."""
    known = [term for term in terms if term[0] < rest and not (type(term[1]) is fmpq and term[1] == 0)]
    if any(not is_finite(it) for _, it in known):
        return UNKNOWN
    known.sort(key=lambda term: term[0])
    if len(known) > ctx.cap:
        rest = known[ctx.cap][0]
    return Expansion(tuple(known[: ctx.cap]), rest)
