"""On which side of 0 does a formula lie around a point?

Depends on SymPy. What SymPy knows of the symbols is asked first; then the number at the point, as a formula that is
positive there stays so around it. A number that may be nothing but what is left of terms that cancel says nothing.
"""

from collections.abc import Mapping

import sympy

from gradcli.proof.sympy_formula import Formula

DIGITS = 60
LEFT = sympy.Float("1e-30")
"""What must be left of the terms of a sum for its sign to be believed."""


class Signs:
    """The signs of formulas around one point. `at` holds the numbers of the symbols there, as far as they are known."""

    def __init__(self, at: Mapping[Formula, Formula]) -> None:
        self.at = dict(at)

    def learn(self, generator: Formula, of: Formula) -> None:
        """Keep the number of a generator that stands for a formula, where it has one."""
        number = self.number(of)
        if number is not None:
            self.at[generator] = number

    def number(self, formula: Formula) -> Formula | None:
        """The number of a formula at the point; None where there is none."""
        if not formula.free_symbols <= self.at.keys():
            return None
        number = formula.evalf(DIGITS, subs=self.at)
        return number if number.is_Number and number.is_finite else None

    def sign(self, formula: Formula) -> int:
        """1 or -1; 0 where it is not known."""
        if formula.is_positive or formula.is_negative:
            return 1 if formula.is_positive else -1
        terms: list[Formula] = [self.number(term) for term in sympy.Add.make_args(formula)]
        if None in terms:
            return 0
        total, size = sum(terms), sum(abs(term) for term in terms)
        return int(sympy.sign(total)) if abs(total) > LEFT * size else 0
