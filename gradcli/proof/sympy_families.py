"""Families of functions, one of every whole order, and the derivatives of the beta function, as formulas of SymPy.

Depends on `gradcli.precision.multiprecision_kernels` for numbers, and on SymPy. An order is whole, and stays.
"""

from collections.abc import Callable
from functools import partial, reduce
from typing import Any, NamedTuple

import sympy

from gradcli.precision.multiprecision_kernels import MP, Number, is_finite

LARGEST = 5000
"""An exact number of more bits is not worked out: 9^9^9 has a billion."""
LONGEST_SUM = 100
HIGHEST = 20
"""Derivatives of higher orders are not written out."""

Formula = Any
"""An expression of SymPy, which has no types of its own."""


class Piece(NamedTuple):
    """A formula around a point, and its number there. None for one that SymPy cannot have."""

    formula: Formula | None
    number: Number


def whole(number: Number) -> Formula | None:
    """A whole number; None for one that is too long."""
    return sympy.Integer(int(number)) if is_finite(number) and MP.mag(number) <= LARGEST else None


def _polygamma(order: Piece, at: Piece, _: Number) -> Formula | None:
    """The order is whole, and so there is no moving it. Of a million, SymPy would write out a million fractions."""
    if at.formula is None or (at.formula.is_number and abs(at.number) > LONGEST_SUM):
        return None
    return sympy.polygamma(whole(order.number), at.formula)


def _digamma(at: Piece, number: Number) -> Formula | None:
    return _polygamma(Piece(sympy.Integer(0), MP.zero), at, number)


def _sinc_n(order: Piece, at: Piece, _: Number) -> Formula | None:
    """j_n(x)/x^n by sines and cosines (DLMF 10.49.3)."""
    if at.formula is None or order.number > 20 or at.number == 0:
        return None
    return sympy.expand_func(sympy.jn(whole(order.number), at.formula)) / at.formula ** whole(order.number)


def _erfcx_slope(order: Piece, at: Piece, _: Number) -> Formula | None:
    """By the recurrence from order to order (DLMF 7.18.7)."""
    if at.formula is None or order.number > 20:
        return None
    x, before = at.formula, -2 / sympy.sqrt(sympy.pi)
    now = sympy.exp(x**2) * sympy.erfc(x)
    for n in range(int(order.number)):
        before, now = now, 2 * x * now + (2 * n * before if n else before)
    return sympy.expand(now)


def _exprel_slope(order: Piece, at: Piece, _: Number) -> Formula | None:
    """From (e^x - 1)/x by parts."""
    if at.formula is None or order.number > 20 or at.number == 0:
        return None
    power = sympy.exp(at.formula)
    start = (power - 1) / at.formula
    return reduce(lambda it, k: (power - k * it) / at.formula, range(1, int(order.number) + 1), start)


def _bessel_j(order: Piece, at: Piece, number: Number) -> Formula | None:
    return _bessel_j_slope(Piece(sympy.Integer(0), MP.zero), order, at, number)


def _bessel_j_slope(slope: Piece, order: Piece, at: Piece, _: Number) -> Formula | None:
    """By the orders beside (DLMF 10.6.7)."""
    n = whole(order.number)
    if at.formula is None or n is None or slope.number > HIGHEST:
        return None
    k = int(slope.number)
    terms = [(-1) ** j * sympy.binomial(k, j) * sympy.besselj(n - k + 2 * j, at.formula) for j in range(k + 1)]
    return sympy.Add(*terms) / 2**k


def _bessel_i(order: Piece, at: Piece, _: Number) -> Formula | None:
    return None if at.formula is None else sympy.besseli(whole(order.number), at.formula)


def _of_two(function: Formula, *operands: Any) -> Formula | None:
    """The derivative of a function of two symbols, as often by each as its order says."""
    k, n, a, b, _ = operands
    if a.formula is None or b.formula is None or k.number + n.number > HIGHEST:
        return None
    found = sympy.diff(function, FIRST, int(k.number), SECOND, int(n.number))
    return found.subs({FIRST: a.formula, SECOND: b.formula}, simultaneous=True)


FIRST, SECOND = sympy.Dummy(positive=True), sympy.Dummy(positive=True)
BETA = sympy.gamma(FIRST) * sympy.gamma(SECOND) / sympy.gamma(FIRST + SECOND)
LBETA = sympy.loggamma(FIRST) + sympy.loggamma(SECOND) - sympy.loggamma(FIRST + SECOND)

FAMILIES: dict[str, Callable[..., Formula | None]] = {
    "digamma": _digamma,
    "polygamma": _polygamma,
    "sinc_n": _sinc_n,
    "erfcx_slope": _erfcx_slope,
    "exprel_slope": _exprel_slope,
    "bessel_j": _bessel_j,
    "bessel_i": _bessel_i,
    "bessel_j_slope": _bessel_j_slope,
    "beta_slope": partial(_of_two, BETA),
    "lbeta_slope": partial(_of_two, LBETA),
}
"""By the names of the rows."""
