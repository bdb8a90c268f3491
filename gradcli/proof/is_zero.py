"""Is a formula 0? Ever dearer ways of showing it.

Depends on `gradcli.proof.normal_form` and on SymPy.
"""

from collections.abc import Callable, Mapping, Sequence

import sympy
from sympy.polys.polyerrors import BasePolynomialError

from gradcli.proof.half_tangents import CIRCULAR
from gradcli.proof.normal_form import NO_NUMBERS, multiplies_out_to_zero
from gradcli.proof.sympy_families import Formula

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


def is_zero(
    difference: Formula,
    at: Mapping[Formula, Formula] = NO_NUMBERS,
    positive: Sequence[Formula] = (),
    *,
    dear: bool = True,
) -> bool:
    """Whether some way shows it; each is tried on its own, as one may fail where the next does not.

    `at` holds the numbers of the symbols where a formula around one point is meant, `positive` what is so where it is
    meant. What is `dear` takes seconds, and seldom shows what nothing else does.
    """
    if not at:
        difference, positive = _signed(difference, positive)
    if difference == 0:
        return True
    if any(power.exp.is_Integer and abs(power.exp) > STEEPEST for power in difference.atoms(sympy.Pow)):
        return False
    ways = (
        lambda: bool(sympy.expand(difference) == 0),
        lambda: difference.has(sympy.gamma) and bool(_gammas(difference) == 0),
        lambda: multiplies_out_to_zero(difference, at, positive),
        lambda: difference.has(*CIRCULAR) and multiplies_out_to_zero(difference, at, positive, whole=False),
        lambda: dear and bool(sympy.simplify(difference) == 0),
    )
    return any(map(_shows, ways))


def _gammas(formula: Formula) -> Formula:
    """With products of gamma as recurrence, reflection and duplication have them (DLMF 5.5)."""
    return sympy.expand(sympy.gammasimp(sympy.expand_func(formula)))


def _signed(difference: Formula, positive: Sequence[Formula]) -> tuple[Formula, Sequence[Formula]]:
    """The same with a symbol of which SymPy knows the sign for each that has one."""
    symbols = {
        (-each if each.is_Mul else each): sympy.Dummy(**{"negative" if each.is_Mul else "positive": True})
        for each in positive
        if (-each if each.is_Mul else each).is_Symbol
    }
    return difference.xreplace(symbols), [each.xreplace(symbols) for each in positive]


def _shows(way: Callable[[], bool]) -> bool:
    try:
        return way()
    except FAILURES:
        return False
