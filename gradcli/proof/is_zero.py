"""Is a formula 0? Ever dearer ways of showing it.

Depends on `gradcli.proof.normal_form` and on SymPy.
"""

from collections.abc import Callable, Mapping

import sympy
from sympy.polys.polyerrors import BasePolynomialError

from gradcli.proof.normal_form import NO_NUMBERS, multiplies_out_to_zero
from gradcli.proof.sympy_formula import Formula

STEEPEST = 64
"""Higher powers of sums are not multiplied out."""
FAILURES = (
    ArithmeticError,
    AttributeError,
    BasePolynomialError,
    MemoryError,
    NotImplementedError,
    RecursionError,
    TypeError,
    ValueError,
)
"""SymPy raises all of these from within on formulas that it cannot handle; that is no proof, and no news."""


def is_zero(difference: Formula, at: Mapping[Formula, Formula] = NO_NUMBERS) -> bool:
    """Whether some way shows it; each is tried on its own, as one may fail where the next does not.

    `at` holds the numbers of the symbols where a formula around one point is meant.
    """
    if difference == 0:
        return True
    if any(power.exp.is_Integer and abs(power.exp) > STEEPEST for power in difference.atoms(sympy.Pow)):
        return False
    ways = (
        lambda: bool(sympy.expand(difference) == 0),
        lambda: multiplies_out_to_zero(difference, at),
        lambda: bool(sympy.simplify(difference) == 0),
    )
    return any(map(_shows, ways))


def _shows(way: Callable[[], bool]) -> bool:
    try:
        return way()
    except FAILURES:
        return False
