"""Numerators, factors and whole powers: formulas of SymPy taken apart.

Depends on SymPy.
"""

from collections.abc import Iterator

import sympy

from gradcli.proof.sympy_families import Formula

LARGEST = 10_000
"""Greater prime factors of a number are not looked for."""
WIDEST = 40
"""Sums of more terms are not factored."""


def numerator(formula: Formula) -> Formula:
    """What stands above one denominator, multiplied out."""
    return sympy.expand(sympy.fraction(sympy.together(formula))[0])


def whole_powers(formula: Formula, generator: Formula, factor: Formula) -> Formula:
    """A formula where the factor stands for the whole powers of its generator."""
    powers = {power for power in formula.atoms(sympy.Pow) if power.base == generator}
    wholes = {power: factor ** sympy.floor(power.exp) * generator ** (power.exp % 1) for power in powers}
    stay = sympy.Dummy(positive=True)
    parted = {power: whole.xreplace({generator: stay}) for power, whole in wholes.items()}
    return formula.xreplace(parted).xreplace({generator: factor}).xreplace({stay: generator})


def by_terms(exponent: Formula) -> Formula:
    """An exponent as a sum: g/(g - 1) is 1 + 1/(g - 1)."""
    if not sympy.fraction(sympy.together(exponent))[1].has(sympy.Add):
        return sympy.expand(exponent)
    above, below = sympy.fraction(sympy.cancel(sympy.together(exponent)))
    quotient, rest = sympy.div(above, below)
    below = 1 / below
    return sympy.expand(quotient) + sympy.Add(*[term * below for term in sympy.Add.make_args(sympy.expand(rest))])


def factors(formula: Formula) -> Iterator[tuple[Formula, Formula]]:
    """Factors and their powers, those of numbers among them."""
    for part, side in zip(sympy.fraction(sympy.together(formula)), (1, -1), strict=True):
        for factor in sympy.Mul.make_args(_factored(part)):
            base, power = factor.as_base_exp()
            if base.is_Rational:
                primes = sympy.factorrat(base, limit=LARGEST).items()  # -1 among them
                yield from ((sympy.Integer(prime), side * power * times) for prime, times in primes if prime != 1)
            elif power.is_Rational:
                yield base, side * power
            else:
                yield factor, sympy.Integer(side)


def _factored(formula: Formula) -> Formula:
    wide = any(len(each.args) > WIDEST for each in formula.atoms(sympy.Add))
    return sympy.factor_terms(formula) if wide else sympy.factor(formula)
