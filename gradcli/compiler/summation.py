"""Sums of columns, compensated: each number is cut in two, and of the upper parts no digit is lost.

Depends on NumPy.
"""

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

HEADROOM = 6
"""What numbers are cut with is so many bits above the greatest: then 65,536 upper parts add up to 63 bits."""
GREATEST = 2.0**1000
"""From here on sums are plain: cutting would overflow."""
LEAST = -1022
"""The exponent of the least normal number."""


def compensated(array: Array, spare: Array) -> Sequence[float]:
    """Numbers whose exact sum is that of an array, but for 2^-78 of its greatest number and in general far less.

    spare  as many doubles, to be written over; at most 65,536

    To add and to take away a number much greater leaves the upper part of every number, all to one place (S. M. Rump,
    T. Ogita, S. Oishi, Accurate floating-point summation I, SIAM J. Sci. Comput. 31, 2008). In between, numbers
    differ as their bits do, read as whole numbers: so the upper parts are added without error.
    """
    top = max(np.maximum.reduce(array, initial=0.0), -np.minimum.reduce(array, initial=0.0))
    if not top < GREATEST:
        return [float(np.add.reduce(array))]
    exponent = max(math.frexp(top)[1] + HEADROOM, LEAST)
    cutter = np.array(1.5 * 2.0**exponent)
    bits = np.add(array, cutter, spare).view(np.int64)
    units = _signed(int(np.add.reduce(bits)) - len(array) * int(cutter.view(np.int64)))
    lower = np.subtract(array, np.subtract(spare, cutter, spare), spare)
    upper = float(units), float(units - int(float(units)))
    return [*(math.ldexp(part, exponent - 52) for part in upper), float(np.add.reduce(lower))]


def _signed(whole: int) -> int:
    """The number of 64 bits with a sign that is equal to another whole number but for multiples of 2^64."""
    return (whole + 2**63) % 2**64 - 2**63
