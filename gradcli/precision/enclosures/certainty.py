"""What is certain of enclosures, and what may be.

Depends on `balls`, `conversions` and `meanings`.
"""

from collections.abc import Sequence
from math import nan

from flint import fmpq

from gradcli.graph.template import Template
from gradcli.precision.enclosures import meanings
from gradcli.precision.enclosures.balls import Enclosure, is_finite, truth
from gradcli.precision.enclosures.conversions import are_apart, nearest


def holds(template: Template, operands: Sequence[Enclosure]) -> int:
    """Whether a condition on enclosures holds for certain."""
    return int(truth(meanings.run_template(template, operands)) is True)


def may_hold(template: Template, operands: Sequence[Enclosure]) -> int:
    """The same, if it does not fail for certain."""
    return int(not meanings.fails(template, operands))


def is_same(x: Enclosure, y: Enclosure) -> bool:
    """Whether two numbers are one for certain."""
    return x is y or bool(type(x) is fmpq and type(y) is fmpq and x == y)


def may_be_same(x: Enclosure, y: Enclosure) -> bool:
    """The same, if they are not apart for certain."""
    return is_finite(x) and is_finite(y) and not are_apart(x, y)


def double(x: Enclosure | None) -> float:
    """The nearest double; NaN where that is not certain."""
    near = None if x is None else nearest(x)
    return nan if near is None else near + 0.0
