"""What is a number that moves: its value and its slope, and what all rules of slopes are made of.

Depends on `gradcli.precision.enclosures.meanings`.
"""

from collections.abc import Callable
from functools import reduce
from typing import NamedTuple

from flint import fmpq

from gradcli.precision.enclosures.balls import Enclosure
from gradcli.precision.enclosures.meanings import MEANINGS

STILL = fmpq(0)
"""The slope of what is constant around the point, told by identity: a slope of 0 may be that of x^2 at 0."""


class Tangent(NamedTuple):
    """A number, and how fast it moves."""

    value: Enclosure
    slope: Enclosure


Lift = Callable[..., Enclosure]
"""The slope of an operator: its value, then its operands as tangents."""


def is_still(x: Tangent) -> bool:
    """Whether it is constant around the point."""
    return x.slope is STILL


def times(*factors: Enclosure) -> Enclosure:
    """Their product."""
    return reduce(MEANINGS["mul"], factors)


def plus(*terms: Enclosure) -> Enclosure:
    """Their sum."""
    return reduce(MEANINGS["add"], terms)
