"""A derivative by finite differences in plain doubles, with an honest estimate of its error.

Depends on nothing. Central differences of shrinking steps, extrapolated to step 0 (Richardson) in a tableau after
C. J. F. Ridders, Advances in Engineering Software 4 (1982) 75; the error is the distance between neighbours in it,
and never less than what rounding alone does to the differences. A tableau may be fooled by a function that swings
faster than its steps, and by a kink: so several scales must agree, and the slopes on both sides.
"""

import sys
from collections.abc import Callable
from math import inf, isfinite, nan
from typing import NamedTuple

SHRINK = 1.4
ROUNDS = 12
SCALES = (1e-1, 3e-3, 1e-4)
"""The first steps, as parts of the number."""
BESIDE = 1e-7
PARTING = 1e-3
"""Slopes on both sides that differ by this part of the larger one are those of a kink."""


class Estimate(NamedTuple):
    """A number and the error that it may have; NaN where the function is not defined on both sides."""

    value: float
    error: float


def derivative(function: Callable[[float], float], at: float) -> Estimate:
    """The derivative of a function of one number."""
    size = max(abs(at), 0.1)
    found = [_extrapolated(function, at, size * scale) for scale in SCALES]
    known = sorted((each for each in found if isfinite(each.value)), key=lambda each: each.error)
    if not known:
        return Estimate(nan, nan)
    best, *others = known
    apart = min((abs(best.value - other.value) for other in others), default=0.0)
    return Estimate(best.value, max(best.error, apart, _parting(function, at, size * BESIDE)))


def _parting(function: Callable[[float], float], at: float, step: float) -> float:
    """Half the distance between the slopes on the right and on the left, where it is more than a curve explains."""
    here = function(at)
    right, left = (function(at + step) - here) / step, (here - function(at - step)) / step
    apart = abs(right - left)
    return apart / 2 if apart > PARTING * max(abs(right), abs(left)) else 0.0


def _extrapolated(function: Callable[[float], float], at: float, step: float) -> Estimate:
    """The entry of the tableau whose neighbours are nearest."""
    best, row = Estimate(nan, inf), list[float]()
    for _ in range(ROUNDS):
        above, below, width = function(at + step), function(at - step), (at + step) - (at - step)
        noise = sys.float_info.epsilon * max(abs(above), abs(below)) / width
        fresh = [(above - below) / width]
        for order, before in enumerate(row, 1):
            power = SHRINK ** (2 * order)
            fresh.append((fresh[-1] * power - before) / (power - 1))
            error = max(abs(fresh[-1] - fresh[-2]), abs(fresh[-1] - before), noise)
            if error < best.error:
                best = Estimate(fresh[-1], error)
        row, step = fresh, step / SHRINK
    return best
