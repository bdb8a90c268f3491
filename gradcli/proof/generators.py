"""The generators of a formula: functions that are independent of each other but for what algebra knows of them.

Depends on SymPy, and on the rest of `gradcli.proof` below it.
"""

from collections.abc import Callable, Sequence
from functools import reduce
from typing import Any

import sympy

from gradcli.proof.factors import by_terms, factors, numerator, whole_powers
from gradcli.proof.half_tangents import CIRCULAR, Angles, of_multiple, of_sum
from gradcli.proof.signs import Signs
from gradcli.proof.sympy_families import Formula


class Generators:
    """The generators of one formula.

    generators what a generator stands for → the generator; they are the same in all cases
    exponents  a generator that is exp of something → that
    inner      a generator that is the logarithm of something → the generator for that
    roots      a generator that is a factor → the factor; of its powers only those from 0 to 1 are kept
    complex    those that are the logarithm of something that may be negative
    """

    def __init__(self, signs: Signs, generators: dict[Formula, Formula], angles: Angles) -> None:
        self.signs, self.generators, self.angles = signs, generators, angles
        self.known: dict[Formula, Formula] = {}
        self.exponents: dict[Formula, Formula] = {}
        self.inner: dict[Formula, Formula] = {}
        self.roots: dict[Formula, Formula] = {}
        self.complex: dict[Formula, None] = {}

    def open_signs(self, formula: Formula, positive: Sequence[Formula]) -> list[Formula] | None:
        """The signs on which it depends whether a formula is 0: none of them if it is. None if it does on nothing else.

        It is where not all can be positive that should be, for there it is nowhere.
        """
        for of in (*positive, *positive):  # what the last one settles may settle the first
            if not self.signs.is_consistent([*factors(self.in_generators(of))]):
                return []
            self.known.clear()
        self.signs.asked.clear()
        return [] if self.vanishes(self.in_generators(formula)) else [*self.signs.asked] or None

    def in_generators(self, formula: Formula) -> Formula:
        """The formula as a rational function of generators."""
        if formula not in self.known:
            self.known[formula] = self.meaning(formula)
        return self.known[formula]

    def meaning(self, formula: Formula) -> Formula:
        """A rational function of generators, by what is outermost in a formula."""
        if formula.is_Add or formula.is_Mul:
            return formula.func(*map(self.in_generators, formula.args))
        base, exponent = formula.as_base_exp()
        if base == sympy.E:
            return self.exponential(self.in_generators(exponent))
        if exponent != 1:
            return self.power(self.in_generators(base), self.in_generators(exponent))
        return self.function(formula) if formula.args else formula

    def function(self, formula: Formula) -> Formula:
        """A rational function of generators for one function of something."""
        function, of = formula.func, [self.plain(self.in_generators(each)) for each in formula.args]
        if function in CIRCULAR:
            return CIRCULAR[function](self.half_tangent(of[0]))
        if function in EXPONENTIAL:
            return EXPONENTIAL[function](self.exponential(of[0]))
        if function in RELATED:
            return self.in_generators(RELATED[function](*of))
        if function in SIDED and (side := self.signs.sign(of[0])):
            return SIDED[function](side, of[0])
        if function == sympy.log:
            return self.logarithm(of[0])
        found = self.expanded(function(*of))
        return self.generator(found) if found.func == function else self.in_generators(found)

    def expanded(self, formula: Formula) -> Formula:
        """By recurrences: of gamma(x + 1) it is x*gamma(x), and the logarithm of that where x is positive."""
        less = formula.args[0] - 1 if formula.func == sympy.loggamma else sympy.Integer(-1)
        recurs = less.as_coeff_Add()[0] >= 0 and self.signs.sign(less) == 1
        return sympy.loggamma(less) + sympy.log(less) if recurs else sympy.expand_func(formula)

    def generator(self, of: Formula, **known: bool) -> Formula:
        """The generator for a formula of symbols and other generators."""
        found = self.generators.setdefault(of, sympy.Dummy(**(known or {"real": True})))
        if found not in self.signs.at and "complex" not in known:
            self.signs.learn(found, of)
        return found

    def half_tangent(self, angle: Formula) -> Formula:
        """tan(angle/2), which is odd."""
        if angle.could_extract_minus_sign():
            return -self.half_tangent(-angle)
        parts = (
            (self.generator(sympy.tan(part / 2, evaluate=False)), times) for part, times in self.angles.parts(angle)
        )
        return reduce(of_sum, (of_multiple(*part) for part in parts))

    def exponential(self, exponent: Formula) -> Formula:
        """exp of a sum: a product of generators to rational powers."""
        product = sympy.Integer(1)
        for term in sympy.Add.make_args(by_terms(self.plain(exponent))):
            factor, rest = term.as_coeff_Mul(rational=True)
            product *= self.root(self.inner[rest], factor) if rest in self.inner else self.growth(rest) ** factor
        return product

    def growth(self, exponent: Formula) -> Formula:
        """The generator for exp of one term; 1 for that of 0."""
        if exponent == 0:
            return sympy.Integer(1)
        if exponent.has(*self.complex):
            return self.generator(sympy.exp(exponent, evaluate=False), complex=True)
        generator = self.generator(sympy.exp(exponent, evaluate=False), positive=True)
        self.exponents[generator] = exponent
        return generator

    def root(self, generator: Formula, power: Formula) -> Formula:
        """A positive factor to a rational power: whole powers of the factor, and what is left of its generator."""
        whole = sympy.floor(power)
        return self.roots[generator] ** whole * generator ** (power - whole)

    def power(self, base: Formula, exponent: Formula) -> Formula:
        """A power: of logarithms, if need be."""
        if exponent.is_Integer:
            return base**exponent
        logarithm = self.sum_of_logarithms(base)
        if logarithm is None:
            opposite = None if exponent.is_Rational else self.sum_of_logarithms(-base)
            half_turn = self.complex_logarithm(sympy.Integer(-1))
            logarithm = self.complex_logarithm(base) if opposite is None else opposite + half_turn
        return self.exponential(exponent * logarithm)

    def logarithm(self, of: Formula) -> Formula:
        """The logarithm of something, by its factors where their signs are known."""
        found = self.sum_of_logarithms(of)
        return self.complex_logarithm(of) if found is None else found

    def complex_logarithm(self, of: Formula) -> Formula:
        """The logarithm of something of any sign: x^(n - 1) is x^n/x whatever x is, as both are exp of multiples of it.

        That of -1 is half a turn, by which that of a negative number is more than that of its opposite.
        """
        base = self.generator(sympy.Tuple(of), complex=True)
        logarithm = self.generator(sympy.log(base, evaluate=False), complex=True)
        self.roots[base], self.inner[logarithm] = of, base
        self.complex[logarithm] = None
        return logarithm

    def sum_of_logarithms(self, of: Formula) -> Formula | None:
        """The logarithm of a positive product; None where that is not known to be positive."""
        found, sign = sympy.Integer(0), 1
        for factor, power in factors(self.reduced(of)):
            its = self.signs.sign(factor)
            if not its or (its < 0 and not power.is_Integer):
                return None
            sign *= its if power % 2 else 1
            found += power * self.log_generator(its * factor)
        return found if sign > 0 else None

    def log_generator(self, factor: Formula) -> Formula:
        """The logarithm of one positive factor: what exp was taken of, or a generator."""
        if factor == 1 or factor in self.exponents:
            return self.exponents.get(factor, sympy.Integer(0))
        base = factor if factor in self.roots else self.generator(factor, positive=True)
        self.roots.setdefault(base, factor)
        generator = self.generator(sympy.log(base))
        self.inner[generator] = base
        return generator

    def vanishes(self, formula: Formula) -> bool:
        """Whether a rational function is 0 once whole powers of roots are what they stand for, the outermost first."""
        left = numerator(formula)
        for generator, factor in reversed(self.roots.items()):
            if left.has(generator):
                left = numerator(whole_powers(left, generator, factor))
        return bool(left == 0)

    def reduced(self, formula: Formula) -> Formula:
        """A formula with sums of roots multiplied out: (1 - sqrt(x))*(1 + sqrt(x)) is 1 - x."""
        if not any(power.base in self.roots and not power.exp.is_Integer for power in formula.atoms(sympy.Pow)):
            return formula
        above, below = map(self.plain, sympy.fraction(sympy.together(formula)))
        return above / below

    def plain(self, formula: Formula) -> Formula:
        """A formula multiplied out, where whole powers of roots are what they stand for."""
        formula = sympy.expand(formula)
        for generator, factor in reversed(self.roots.items()):
            if formula.has(generator):
                formula = sympy.expand(whole_powers(formula, generator, factor))
        return formula


EXPONENTIAL: dict[Any, Callable[[Formula], Formula]] = {
    sympy.sinh: lambda e: (e - 1 / e) / 2,
    sympy.cosh: lambda e: (e + 1 / e) / 2,
    sympy.tanh: lambda e: (e**2 - 1) / (e**2 + 1),
    sympy.coth: lambda e: (e**2 + 1) / (e**2 - 1),
}
"""Functions of u over e, which is exp(u)."""

RELATED: dict[Any, Callable[[Formula], Formula]] = {
    sympy.erfc: lambda u: 1 - sympy.erf(u),
    sympy.acos: lambda u: sympy.pi / 2 - sympy.asin(u),
    sympy.asinh: lambda u: sympy.log(u + sympy.sqrt(u**2 + 1)),
    sympy.acosh: lambda u: sympy.log(u + sympy.sqrt(u - 1) * sympy.sqrt(u + 1)),
    sympy.atanh: lambda u: (sympy.log(1 + u) - sympy.log(1 - u)) / 2,
}
"""Functions in terms of others (DLMF 7.2.2, 4.23.16, 4.37)."""

SIDED: dict[Any, Callable[[int, Formula], Formula]] = {
    sympy.Abs: lambda side, u: side * u,
    sympy.sign: lambda side, _: sympy.Integer(side),
}
"""Functions that SymPy makes of sqrt(u^2), where it is known on which side of 0 the operand lies."""
