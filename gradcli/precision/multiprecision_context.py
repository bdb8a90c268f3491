"""Real numbers of any precision: gradcli's own context of mpmath, and what its functions need to be safe.

Depends on mpmath alone.
"""

from collections.abc import Callable
from typing import Any

import mpmath

Number = Any
"""A real number of mpmath, which has no types of its own."""
Meaning = Callable[..., Number]

MP: Any = mpmath.MPContext()
"""gradcli's own context: its precision is nobody else's."""
INF, NAN, ONE, ZERO = MP.inf, MP.nan, MP.one, MP.zero
FARTHEST = 4000
"""A number of more bits before the point counts as infinite where a function would need them all, as exp and sin do."""
LONG = 64
"""Bits before the point from which on exponentials are taken by a road of their own."""


def is_finite(number: Number) -> bool:
    """Whether it is a number, and no infinite one."""
    return bool(MP.isfinite(number))


def real(number: Number) -> Number:
    """The number; NaN for a complex one."""
    return NAN if isinstance(number, MP.mpc) else number


def reached(number: Number, farthest: Number = FARTHEST) -> Number:
    """The number, or infinity where it is out of reach."""
    return number if not is_finite(number) or MP.mag(number) <= farthest else MP.sign(number) * INF


def long_exp(x: Number) -> Number:
    """e^x; that of a long number by its quotient by log(2), for mpmath would raise e to an integer of as many bits."""
    if not is_finite(x) or MP.mag(x) <= LONG:
        return MP.exp(x)
    x = reached(x)
    if not is_finite(x):
        return MP.exp(x)
    with MP.extraprec(int(MP.mag(x)) + LONG):
        whole = MP.floor(x / MP.ln2)
        rest = MP.exp(x - whole * MP.ln2)
    return MP.ldexp(+rest, int(whole))
