"""Is a formula 0? Settled for rational functions of exponentials and of circular functions, by multiplying out.

Depends on SymPy. exp(u), for each different u, becomes a letter of its own, sinh and its kin rational functions of
such letters, sin and its kin rational functions of tan(u/2) (DLMF 4.35, 4.21(iii)). If the formula is 0 whatever
numbers the letters stand for, it is 0. Nothing is said where it is not: letters may depend on each other.
"""

from collections.abc import Callable
from typing import Any

import sympy

Formula = Any


def multiplies_out_to_zero(formula: Formula) -> bool:
    """Whether the numerator of a formula, over one denominator, is 0 once it is multiplied out."""
    numerator, _ = sympy.fraction(sympy.together(_Letters().spelled(formula)))
    return bool(sympy.expand(numerator) == 0)


class _Letters:
    """Letters for the exponentials and the half-angle tangents of one formula."""

    def __init__(self) -> None:
        self.letters: dict[Formula, Formula] = {}

    def spelled(self, formula: Formula) -> Formula:
        """The formula as a rational function of letters. The outermost function counts; what is in it is hidden."""
        atoms = formula.atoms(sympy.Function, sympy.exp, sympy.E)
        return formula.xreplace(
            {atom: self.meaning(atom) for atom in atoms if atom.func in (*EXPONENTIAL, *CIRCULAR, *PLAIN)}
        )

    def meaning(self, atom: Formula) -> Formula:
        """A rational function of letters for one function of something."""
        if atom.func in PLAIN:
            return self.exponential(sympy.log(atom))
        if atom.func in CIRCULAR:
            return CIRCULAR[atom.func](self.letter(sympy.tan, atom.args[0]))
        # SymPy draws logarithms out of a sum: exp(x + log(1 + exp(x))) is a product.
        return EXPONENTIAL[atom.func](self.spelled(sympy.exp(atom.args[0])))

    def exponential(self, exponent: Formula) -> Formula:
        """exp of a sum: a product of letters to rational powers."""
        product = sympy.Integer(1)
        for term in sympy.Add.make_args(exponent):
            factor, rest = term.as_coeff_Mul(rational=True)
            product *= self.letter(sympy.exp, rest) ** factor
        return product

    def letter(self, function: Formula, of: Formula) -> Formula:
        """The letter for a function of something."""
        return self.letters.setdefault((function, of), sympy.Dummy(positive=True))


PLAIN = (sympy.exp, type(sympy.E))

EXPONENTIAL: dict[Any, Callable[[Formula], Formula]] = {
    sympy.sinh: lambda e: (e - 1 / e) / 2,
    sympy.cosh: lambda e: (e + 1 / e) / 2,
    sympy.tanh: lambda e: (e**2 - 1) / (e**2 + 1),
    sympy.coth: lambda e: (e**2 + 1) / (e**2 - 1),
}
"""Functions of u over e, which is exp(u)."""

CIRCULAR: dict[Any, Callable[[Formula], Formula]] = {
    sympy.sin: lambda t: 2 * t / (1 + t**2),
    sympy.cos: lambda t: (1 - t**2) / (1 + t**2),
    sympy.tan: lambda t: 2 * t / (1 - t**2),
    sympy.cot: lambda t: (1 - t**2) / (2 * t),
}
"""Functions of u over t, which is tan(u/2)."""
