"""The operator table: every row by name, and every name that can be called or stands for a constant.

Depends on the family files beside it. To add an operator, add its row to a family: there is no second place.
"""

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from gradcli.operators.activations import ACTIVATIONS
from gradcli.operators.arithmetic import ARITHMETIC
from gradcli.operators.bessel import BESSEL
from gradcli.operators.choice import CHOICE
from gradcli.operators.constants import CONSTANTS
from gradcli.operators.exponential import EXPONENTIAL
from gradcli.operators.hyperbolic import HYPERBOLIC
from gradcli.operators.logic import LOGIC
from gradcli.operators.powers import POWERS
from gradcli.operators.row import Operator, Trait
from gradcli.operators.special import SPECIAL
from gradcli.operators.trigonometric import TRIGONOMETRIC

ROWS = (
    *(*CONSTANTS, *ARITHMETIC, *LOGIC, *CHOICE, *EXPONENTIAL, *POWERS, *TRIGONOMETRIC, *HYPERBOLIC),
    *(*SPECIAL, *BESSEL, *ACTIVATIONS),
)


def spoken(row: Operator) -> tuple[str, ...]:
    """The names a row answers to; one with a symbol answers only to its aliases."""
    return row.aliases if row.notation else (row.name, *row.aliases)


OPERATORS: Mapping[str, Operator] = MappingProxyType({row.name: row for row in ROWS})
"""Operator name -> row."""


@cache
def having(*traits: Trait) -> frozenset[str]:
    """The names of the operators that have one of some traits."""
    return frozenset(row.name for row in ROWS if not {*traits}.isdisjoint(row.traits))


CALLABLE: Mapping[str, str] = MappingProxyType(
    {name: row.name for row in ROWS if row.signature for name in spoken(row)}
)
"""Name before a parenthesis -> operator name."""

CONSTANT: Mapping[str, str] = MappingProxyType(
    {name: row.name for row in ROWS if not row.signature for name in spoken(row)}
)
"""Name that stands alone -> operator name."""
