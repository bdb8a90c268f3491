"""Two formulas of SymPy at one point, by SymPy's own arithmetic: the same number, or apart?

Depends on SymPy, which raises the working precision until SETTLED digits of the difference are certain. A difference
that never settles, and shrinks as the precision grows, is nothing but rounding. This owes nothing to gradcli's rules.
"""

from collections.abc import Mapping
from typing import Any

import sympy
from sympy.core.evalf import PrecisionExhausted

Formula = Any

WORKING = 400
"""The working digits at which SymPy gives up; what they do not tell apart is the same."""
SETTLED = 15
"""A difference of so many certain digits is none of rounding."""
VANISHING = sympy.Float("1e-200")
"""What is left after so many digits must be less than this part of the numbers themselves."""


def gap(first: Formula, second: Formula, at: Mapping[Formula, Formula]) -> Formula | None:
    """The difference of two formulas at a point: 0 where WORKING digits do not tell them apart, None if there is none.

    `at` holds the exact numbers of the symbols.
    """
    try:
        number = (first - second).evalf(SETTLED, subs=at, maxn=WORKING, strict=True)
    except PrecisionExhausted:
        return sympy.Integer(0) if _shrinks(first, second, at) else None
    return number if number.is_Number and number.is_finite else None


def _shrinks(first: Formula, second: Formula, at: Mapping[Formula, Formula]) -> bool:
    """Whether a difference that does not settle is small indeed: a division by what may be 0 does not settle either."""
    left, size = (formula.evalf(SETTLED, subs=at, maxn=WORKING) for formula in (first - second, first))
    return bool(left.is_Number and size.is_Number and abs(left) <= VANISHING * max(abs(size), VANISHING))
