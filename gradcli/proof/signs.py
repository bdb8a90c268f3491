"""On which side of 0 does a formula lie around a point?

Depends on SymPy. What SymPy knows of the symbols is asked first; then the number at the point, as a formula that is
positive there stays so around it. A number that may be nothing but what is left of terms that cancel says nothing.
Where there is no point, a sign may be assumed, and whoever assumes one has to try the other as well.
"""

from collections.abc import Iterable, Mapping
from math import prod

import sympy

from gradcli.proof.sympy_families import Formula

DIGITS = 60
LEFT = sympy.Float("1e-30")
"""What must be left of the terms of a sum for its sign to be believed."""


class Signs:
    """The signs of formulas, around one point or in one case of several.

    at       the numbers of the symbols at the point, as far as they are known
    assumed  formulas whose sign is taken for given, 1 or -1
    asked    formulas whose sign was asked for and is not known, in that order
    """

    def __init__(self, at: Mapping[Formula, Formula], assumed: Mapping[Formula, int] | None = None) -> None:
        self.at, self.assumed = dict(at), dict(assumed or {})
        self.asked: dict[Formula, None] = {}

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
        turn = -1 if formula.could_extract_minus_sign() else 1
        found = self.assumed.get(turn * formula) or self._by_numbers(turn * formula)
        if not found and all(symbol.is_real for symbol in formula.free_symbols):  # others need have no sign
            self.asked[turn * formula] = None
        return turn * found

    def assume(self, formula: Formula, sign: int) -> None:
        """Take the sign of a formula for given."""
        turn = -1 if formula.could_extract_minus_sign() else 1
        self.assumed[turn * formula] = turn * sign

    def is_consistent(self, factors: Iterable[tuple[Formula, Formula]]) -> bool:
        """Whether a product may be positive, of factors and their powers. If only one sign is open, it is settled.

        A product with a power that is not whole says nothing.
        """
        odd = [factor for factor, power in factors if power % 2]
        if not all(power.is_Integer for _, power in factors):
            return True
        signs = [self.sign(factor) for factor in odd]
        if signs.count(0) == 1:
            self.assume(odd[signs.index(0)], prod(sign for sign in signs if sign))
        return 0 in signs or prod(signs) > 0

    def _by_numbers(self, formula: Formula) -> int:
        terms: list[Formula] = [self.number(term) for term in sympy.Add.make_args(formula)]
        if None in terms:
            return 0
        total, size = sum(terms), sum(abs(term) for term in terms)
        return int(sympy.sign(total)) if abs(total) > LEFT * size else 0
