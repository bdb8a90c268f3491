"""Families of functions, one of every whole order, and the beta function, of balls, infinities and NaN.

Depends on `special` and `beta`, and on the kernels for what is infinite or none at an end of a domain.
"""

from collections.abc import Callable, Sequence
from functools import partial
from math import comb, isfinite

from flint import arb, fmpq

from gradcli.evaluate import scalar
from gradcli.precision.enclosures import beta, special
from gradcli.precision.enclosures.balls import (
    INF,
    NAN,
    NEGATIVE_INF,
    UNKNOWN,
    ZERO,
    Enclosure,
    as_ball,
    exactly,
    is_finite,
    kept,
    sign,
)
from gradcli.precision.enclosures.strictness import Meaning, strict

HIGHEST_ORDER = 10**18
MOST_FACTORS = 1000
"""The beta function of greater whole numbers is no fraction that is written out."""


def by_order(meaning: Callable[..., Enclosure], least: Sequence[int] = (0,)) -> Meaning:
    """A function of whole orders, then of numbers; NaN where an order is none, or below its least."""

    def image(*operands: Enclosure) -> Enclosure:
        orders = [_order(n, low) for n, low in zip(operands, least, strict=False)]
        lost = [n for n in orders if not isinstance(n, int)]
        return next((n for n in lost if n is NAN), UNKNOWN) if lost else meaning(*orders, *operands[len(least) :])

    return strict(image)


def _order(n: Enclosure, least: int) -> int | Enclosure:
    if type(n) is not fmpq:
        return UNKNOWN if is_finite(n) and n.contains_integer() else NAN
    is_order = n.q == 1 and n >= least
    return int(n.p) if is_order and abs(n) <= HIGHEST_ORDER else UNKNOWN if is_order else NAN


def _sinc_n(order: int, x: Enclosure) -> Enclosure:
    return kept(special.sinc_n(order, as_ball(x))) if is_finite(x) else ZERO


def _erfcx_slope(order: int, x: Enclosure) -> Enclosure:
    if is_finite(x):
        return kept(special.erfcx_slope(order, as_ball(x)))
    return ZERO if x is INF else NEGATIVE_INF if order % 2 else INF


def _exprel_slope(order: int, x: Enclosure) -> Enclosure:
    return kept(special.exprel_slope(order, as_ball(x))) if is_finite(x) else INF if x is INF else ZERO


def _bessel_j_slope(slope: int, order: int, x: Enclosure) -> Enclosure:
    return kept(special.bessel_j_slope(slope, order, as_ball(x))) if is_finite(x) else ZERO


def _bessel_i(order: int, x: Enclosure) -> Enclosure:
    is_negative = order % 2 == 1 and sign(x) == -1
    if not is_finite(x):
        return NEGATIVE_INF if is_negative else INF
    return kept(special.bessel_i_slope(0, order, as_ball(x)))


def _of_positive(operator: str, native: Callable[..., Enclosure]) -> Meaning:
    """A function of two positive numbers, after its orders; NaN to the left of 0."""
    kernel = scalar.MEANINGS[operator]

    def image(*operands: Enclosure) -> Enclosure:
        *orders, a, b = operands
        sides = sign(a), sign(b)
        if -1 in sides or None in sides:
            return NAN if -1 in sides else UNKNOWN
        if sides == (1, 1) and is_finite(a) and is_finite(b):
            return kept(native(*orders, a, b))
        limit = kernel(*map(float, orders), *(float(as_ball(x).mid()) for x in (a, b)))
        return exactly(limit) if limit == 0 or not isfinite(limit) else UNKNOWN

    return image


def _beta(a: Enclosure, b: Enclosure) -> Enclosure:
    """Of whole numbers a fraction (DLMF 5.12.1 with 5.4.1)."""
    whole = all(type(x) is fmpq and x.q == 1 and x < MOST_FACTORS for x in (a, b))
    return fmpq(1, int(b.p) * comb(int(a.p + b.p) - 1, int(b.p))) if whole else beta.beta(as_ball(a), as_ball(b))


def _lbeta_slope(k: int, n: int, a: Enclosure, b: Enclosure) -> Enclosure:
    """By both operands, and where the other one is infinite, all that is left is a polygamma function."""
    if k and n and sign(a) in (0, 1) and sign(b) in (0, 1) and is_finite(a) and is_finite(b) and a + b > 0:
        return kept(-special.polygamma(k + n - 1, as_ball(a) + as_ball(b)))
    finite, order = (a, k) if b is INF else (b, n)
    if (a is INF) != (b is INF) and order == k + n > 1 and sign(finite) == 1:
        return kept(special.polygamma(order - 1, as_ball(finite)))
    return _POSITIVE_LBETA_SLOPE(k, n, a, b)


def _of_balls(native: Callable[..., arb]) -> Callable[..., arb]:
    return lambda k, n, a, b: native(k, n, as_ball(a), as_ball(b))


_POSITIVE_LBETA_SLOPE = _of_positive("lbeta_slope", _of_balls(beta.lbeta_slope))
ORDERED: dict[str, Meaning] = {
    "sinc_n": by_order(_sinc_n),
    "erfcx": strict(partial(_erfcx_slope, 0)),
    "erfcx_slope": by_order(_erfcx_slope),
    "exprel": strict(partial(_exprel_slope, 0)),
    "exprel_slope": by_order(_exprel_slope),
    "bessel_j": by_order(partial(_bessel_j_slope, 0), (-HIGHEST_ORDER,)),
    "bessel_j_slope": by_order(_bessel_j_slope, (0, -HIGHEST_ORDER)),
    "bessel_i": by_order(_bessel_i, (-HIGHEST_ORDER,)),
    "beta": strict(_of_positive("beta", _beta)),
    "beta_slope": by_order(_of_positive("beta_slope", _of_balls(beta.beta_slope)), (0, 0)),
    "lbeta": strict(_of_positive("lbeta", lambda a, b: beta.lbeta(as_ball(a), as_ball(b)))),
    "lbeta_slope": by_order(_lbeta_slope, (0, 0)),
}
"""By the names of the rows."""
