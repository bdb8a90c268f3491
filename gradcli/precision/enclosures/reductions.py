"""Operator → the form of its result, by the laws of powers, roots, exponentials and logarithms.

Depends on `forms`. `Terms` says what is known of atoms and makes new ones. A law is used where it holds: a logarithm is
taken apart where all factors are above 0 for certain. An operator that is not here is its definition, or an atom.
"""

from collections.abc import Callable
from functools import reduce
from typing import Protocol

from flint import fmpq

from gradcli.precision.enclosures.arithmetic import exact_power
from gradcli.precision.enclosures.forms import (
    ONE,
    Atoms,
    Form,
    Monomial,
    TooLongError,
    atom,
    number,
    plus,
    raised,
    scaled,
)

HALF, MINUS = fmpq(1, 2), fmpq(-1)
MOST_SHIFTS = 8
"""How often the recurrence of gamma is used."""


class Terms(Protocol):
    """Numbers by forms.

    atoms  what is known of atoms
    logs   atom that is an exponential → the monomial of which it is
    exps   atom that is a logarithm → the form of which it is
    """

    atoms: Atoms
    logs: dict[int, Form]
    exps: dict[int, Form]

    def node(self, form: Form) -> int:
        """The node of a form."""

    def called(self, operator: str, *operands: int) -> int:
        """The node of an operator, as it stands."""

    def sign(self, node: int) -> int | None:
        """The sign of an atom; None where it is not known."""

    def is_real(self, node: int) -> bool:
        """Whether a node is a real number for certain."""


Rule = Callable[..., Form]


def function(terms: Terms, operator: str, *forms: Form) -> Form:
    """An operator on numbers, as an atom. Raises TooLongError where it may be none."""
    node = terms.called(operator, *map(terms.node, forms))
    if not terms.is_real(node):
        raise TooLongError
    return atom(node)


# -- arithmetic


def _times(terms: Terms, *factors: Form) -> Form:
    return reduce(terms.atoms.times, factors)


def _plus(terms: Terms, *addends: Form) -> Form:
    return reduce(terms.atoms.plus, addends)


def _inverse(terms: Terms, f: Form) -> Form:
    """1/f, of what is not 0 for certain."""
    shared, factor, rest = terms.atoms.content(f) if f else ((), ONE, f)
    if not f or any(not terms.sign(node) for node, _ in shared):
        raise TooLongError
    found = {raised(shared, MINUS): 1 / factor}
    if rest == number(ONE):
        return found
    under = _sum(terms, rest)
    if not terms.sign(under):
        raise TooLongError
    return _times(terms, found, atom(under, MINUS))


def _sum(terms: Terms, rest: Form) -> int:
    """The atom of a sum."""
    key = frozenset(rest.items())
    if key not in terms.atoms.of:
        node = terms.node(rest)
        terms.atoms.of[key] = node
        terms.atoms.sums[node] = rest
    return terms.atoms.of[key]


def _quotient(terms: Terms, f: Form, g: Form) -> Form:
    return _times(terms, f, _inverse(terms, g))


def _constant(f: Form) -> fmpq | None:
    """The number that a form is."""
    return f.get(()) if len(f) == 1 else fmpq(0) if not f else None


def _power(terms: Terms, x: Form, y: Form) -> Form:
    exponent = _constant(y)
    if exponent is not None and exponent.q == 1:
        if exponent >= 0 and (len(x) == 1 or exponent <= MOST_SHIFTS):
            return terms.atoms.power(x, int(exponent)) if x or exponent else number(ONE)
        if exponent < 0 and (len(x) == 1 or -exponent <= MOST_SHIFTS):
            return (
                terms.atoms.power(_inverse(terms, x), -int(exponent))
                if len(x) != 1
                else _monomial_power(terms, x, exponent)
            )
    if exponent == HALF:
        return _root(terms, x)
    return _exponential(terms, _times(terms, y, _logarithm(terms, x)))


def _monomial_power(terms: Terms, x: Form, exponent: fmpq) -> Form:
    (monomial, _), *_ = x.items()
    if any(not terms.sign(node) for node, _ in monomial):
        raise TooLongError
    return terms.atoms.power(x, int(exponent))


# -- roots, exponentials, logarithms


def _is_positive(terms: Terms, monomial: Monomial) -> bool:
    return all(terms.sign(node) == 1 for node, _ in monomial)


def _root(terms: Terms, x: Form) -> Form:
    """The square root: of the factors that are above 0, and of what is left."""
    if not x:
        return {}
    shared, factor, rest = terms.atoms.content(x)
    found, inside = _rooted(terms, shared)
    rest = scaled(rest, factor)
    top = exact_power(abs(factor), HALF)
    if top is not None and top:
        found, rest = scaled(found, top), scaled(rest, 1 / abs(factor))
    rest = _times(terms, rest, {inside: ONE})
    return found if rest == number(ONE) else _times(terms, found, _root_atom(terms, rest))


def _rooted(terms: Terms, monomial: Monomial) -> tuple[Form, Monomial]:
    """The root of a monomial, and the factors of which it cannot be taken."""
    outside, inside, side = [], [], 1
    for node, exponent in monomial:
        sign = terms.sign(node)
        if sign == 1 or (sign == -1 and (exponent / 2).q == 1):
            outside.append((node, exponent / 2))
            side *= sign ** abs(int(exponent / 2)) if sign == -1 else 1
        else:
            inside.append((node, exponent))
    return {tuple(outside): fmpq(side)}, tuple(inside)


def _root_atom(terms: Terms, inner: Form) -> Form:
    if terms.sign(terms.node(inner)) != 1:
        raise TooLongError
    node = terms.called("sqrt", terms.node(inner))
    terms.atoms.squares.setdefault(node, inner)
    return atom(node)


def _exponential(terms: Terms, x: Form) -> Form:
    """e^x as a product, a factor for each term."""
    return _times(terms, number(ONE), *[_factor(terms, monomial, by) for monomial, by in x.items()])


def _factor(terms: Terms, monomial: Monomial, by: fmpq) -> Form:
    if len(monomial) == 1 and monomial[0][1] == 1 and monomial[0][0] in terms.exps:
        inner = terms.exps[monomial[0][0]]
        (base, factor), *others = inner.items()
        if not others and factor == 1:
            return terms.atoms.times(number(ONE), {raised(base, by): ONE})
        if not (others or base) and by.q == 1 and abs(by) <= MOST_SHIFTS:
            return number(factor ** int(by))
    node = terms.called("exp", terms.node({monomial: ONE}))
    terms.logs.setdefault(node, {monomial: ONE})
    return atom(node, by)


def _logarithm(terms: Terms, x: Form) -> Form:
    """Of a product the sum, where all factors are above 0 for certain."""
    if not x:
        raise TooLongError
    shared, factor, rest = terms.atoms.content(x)
    if factor < 0 or not _is_positive(terms, shared):
        shared, factor, rest = (), ONE, x
    found = _log_of(terms, number(factor)) if factor != 1 else {}
    for node, exponent in shared:
        part = terms.logs[node] if node in terms.logs else _log_of(terms, atom(node))
        found = plus(found, scaled(part, exponent))
    if rest != number(ONE):
        base = atom(_sum(terms, rest)) if len(rest) > 1 else rest
        if len(rest) > 1 and terms.sign(_sum(terms, rest)) != 1:
            raise TooLongError
        found = plus(found, _log_of(terms, base))
    return found


def _log_of(terms: Terms, base: Form) -> Form:
    """The logarithm of an atom or a number, as an atom."""
    (monomial, factor), *_ = base.items()
    if not (_is_positive(terms, monomial) and factor > 0):
        raise TooLongError
    node = terms.called("log", terms.node(base))
    terms.exps.setdefault(node, base)
    return atom(node)


# -- functions with a law of their own


def _odd(operator: str) -> Rule:
    def rule(terms: Terms, x: Form) -> Form:
        return (
            scaled(function(terms, operator, scaled(x, MINUS)), MINUS)
            if _leads_below(x)
            else function(terms, operator, x)
        )

    return rule


def _leads_below(x: Form) -> bool:
    return bool(x) and x[min(x)] < 0


def _cosine(terms: Terms, x: Form) -> Form:
    x = scaled(x, MINUS) if _leads_below(x) else x
    found = function(terms, "cos", x)
    ((cosine, _),) = next(iter(found))
    if cosine not in terms.atoms.squares:
        ((sine, _),) = next(iter(function(terms, "sin", x)))
        terms.atoms.squares[cosine] = plus(number(ONE), {((sine, fmpq(2)),): MINUS})
    return found


def _erfc(terms: Terms, x: Form) -> Form:
    """erfc(-x) = 2 - erfc(x)."""
    if _leads_below(x):
        return plus(number(fmpq(2)), scaled(function(terms, "erfc", scaled(x, MINUS)), MINUS))
    return function(terms, "erfc", x)


def _gamma(terms: Terms, x: Form) -> Form:
    """By Γ(x + 1) = x Γ(x) from the least argument above 0 that it has (DLMF 5.5.1)."""
    base, steps = _shifted(x)
    return _times(terms, function(terms, "gamma", base), *steps)


def _shifted(x: Form) -> tuple[Form, list[Form]]:
    """The argument without the whole part of its constant, and what lies between."""
    whole = int(x.get((), fmpq(0)).floor()) if len(x) > 1 else 0
    if not 0 < whole <= MOST_SHIFTS:
        return x, []
    base = plus(x, number(fmpq(-whole)))
    return base, [plus(base, number(fmpq(at))) for at in range(whole)]


def _lgamma(terms: Terms, x: Form) -> Form:
    if terms.sign(terms.node(x)) != 1:
        raise TooLongError
    return _logarithm(terms, _gamma(terms, x))


def _digamma(terms: Terms, x: Form) -> Form:
    """ψ(x + 1) = ψ(x) + 1/x (DLMF 5.5.2)."""
    base, steps = _shifted(x)
    return _plus(terms, function(terms, "digamma", base), *[_inverse(terms, it) for it in steps])


def _hypot(terms: Terms, *operands: Form) -> Form:
    return _root(terms, _plus(terms, *[_times(terms, it, it) for it in operands]))


RULES: dict[str, Rule] = {
    "add": _plus,
    "sub": lambda terms, x, y: _plus(terms, x, scaled(y, MINUS)),
    "neg": lambda _, x: scaled(x, MINUS),
    "mul": _times,
    "div": _quotient,
    "pow": _power,
    "sqrt": _root,
    "hypot": _hypot,
    "exp": _exponential,
    "log": _logarithm,
    "cos": _cosine,
    "erfc": _erfc,
    "gamma": _gamma,
    "lgamma": _lgamma,
    "digamma": _digamma,
    **{name: _odd(name) for name in ("sin", "asin", "atan", "asinh", "atanh", "cbrt")},
}
DEFINED = {
    "sinh": "(exp(x) - exp(-x))/2",
    "cosh": "(exp(x) + exp(-x))/2",
    "tanh": "(exp(2*x) - 1)/(exp(2*x) + 1)",
    "tan": "sin(x)/cos(x)",
    "softplus": "log(1 + exp(x))",
    "logaddexp": "log(exp(x) + exp(y))",
    "xlogy": "x*log(y)",
    "entr": "-x*log(x)",
    "erf": "1 - erfc(x)",
}
"""Definitions for those that have none, or one that chooses for its digits."""
