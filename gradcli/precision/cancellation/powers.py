"""Forms of results, by the laws of powers, roots, exponentials and logarithms.

Depends on `forms`. `Terms` says what is known of atoms and makes new ones. A law is used where it holds: a logarithm is
taken apart where all factors are above 0 for certain.
"""

from collections.abc import Callable
from functools import reduce
from typing import Protocol

from flint import fmpq

from gradcli.precision.cancellation.forms import (
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
from gradcli.precision.enclosures.arithmetic import exact_power

HALF, MINUS = fmpq(1, 2), fmpq(-1)
HIGHEST = 8
"""Higher powers of sums and of numbers are not multiplied out."""
PRIMES = (2, 3, 5, 7, 11, 13)
"""Greater prime factors of a number stay in its logarithm."""


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


def times(terms: Terms, *factors: Form) -> Form:
    """The product of all."""
    return reduce(terms.atoms.times, factors)


def total(terms: Terms, *addends: Form) -> Form:
    """The sum of all."""
    return reduce(terms.atoms.plus, addends)


def inverse(terms: Terms, f: Form) -> Form:
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
    return times(terms, found, atom(under, MINUS))


def _sum(terms: Terms, rest: Form) -> int:
    """The atom of a sum."""
    key = frozenset(rest.items())
    if key not in terms.atoms.of:
        node = terms.node(rest)
        terms.atoms.of[key] = node
        terms.atoms.sums[node] = rest
    return terms.atoms.of[key]


def divided(terms: Terms, f: Form, g: Form) -> Form:
    """The quotient. Raises TooLongError where it may be none."""
    return times(terms, f, inverse(terms, g))


def _constant(f: Form) -> fmpq | None:
    """The number that a form is."""
    return f.get(()) if len(f) == 1 else fmpq(0) if not f else None


def power(terms: Terms, x: Form, y: Form) -> Form:
    """The power. Raises TooLongError where it may be none."""
    exponent = _constant(y)
    if exponent is not None and exponent.q == 1:
        if exponent >= 0 and (len(x) == 1 or exponent <= HIGHEST):
            return terms.atoms.power(x, int(exponent)) if x or exponent else number(ONE)
        if exponent < 0 and (len(x) == 1 or -exponent <= HIGHEST):
            return (
                terms.atoms.power(inverse(terms, x), -int(exponent))
                if len(x) != 1
                else _monomial_power(terms, x, exponent)
            )
    if exponent == HALF:
        return root(terms, x)
    return exponential(terms, times(terms, y, logarithm(terms, x)))


def _monomial_power(terms: Terms, x: Form, exponent: fmpq) -> Form:
    (monomial, _), *_ = x.items()
    if any(not terms.sign(node) for node, _ in monomial):
        raise TooLongError
    return terms.atoms.power(x, int(exponent))


# -- roots, exponentials, logarithms


def are_positive(terms: Terms, monomial: Monomial) -> bool:
    """Whether all factors are above 0 for certain."""
    return all(terms.sign(node) == 1 for node, _ in monomial)


def root(terms: Terms, x: Form) -> Form:
    """The square root: of the factors that are above 0, and of what is left."""
    if not x:
        return {}
    shared, factor, rest = terms.atoms.content(x)
    found, inside = _rooted(terms, shared)
    rest = scaled(rest, factor)
    top = exact_power(abs(factor), HALF)
    if top is not None and top:
        found, rest = scaled(found, top), scaled(rest, 1 / abs(factor))
    rest = times(terms, rest, {inside: ONE})
    return found if rest == number(ONE) else times(terms, found, _root_atom(terms, rest))


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


def exponential(terms: Terms, x: Form) -> Form:
    """e^x as a product, a factor for each term."""
    return times(terms, number(ONE), *[_factor(terms, monomial, by) for monomial, by in x.items()])


def _factor(terms: Terms, monomial: Monomial, by: fmpq) -> Form:
    if len(monomial) == 1 and monomial[0][1] == 1 and monomial[0][0] in terms.exps:
        inner = terms.exps[monomial[0][0]]
        (base, factor), *others = inner.items()
        if not others and factor == 1:
            return terms.atoms.times(number(ONE), {raised(base, by): ONE})
        if not (others or base) and by.q == 1 and abs(by) <= HIGHEST:
            return number(factor ** int(by))
    node = terms.called("exp", terms.node({monomial: ONE}))
    terms.logs.setdefault(node, {monomial: ONE})
    return atom(node, by)


def logarithm(terms: Terms, x: Form) -> Form:
    """Of a product the sum, where all factors are above 0 for certain."""
    if not x:
        raise TooLongError
    shared, factor, rest = terms.atoms.content(x)
    if factor < 0 or not are_positive(terms, shared):
        shared, factor, rest = (), ONE, x
    found = _log_of_number(terms, factor)
    for node, exponent in shared:
        part = terms.logs[node] if node in terms.logs else _log_of(terms, atom(node))
        found = plus(found, scaled(part, exponent))
    if rest != number(ONE):
        base = atom(_sum(terms, rest)) if len(rest) > 1 else rest
        if len(rest) > 1 and terms.sign(_sum(terms, rest)) != 1:
            raise TooLongError
        found = plus(found, _log_of(terms, base))
    return found


def _log_of_number(terms: Terms, factor: fmpq) -> Form:
    """The logarithm of a number above 0, by its small prime factors."""
    found: Form = {}
    for prime in PRIMES:
        while factor.p % prime == 0 or factor.q % prime == 0:
            way = 1 if factor.p % prime == 0 else -1
            factor = factor / prime if way > 0 else factor * prime
            found = plus(found, scaled(_log_of(terms, number(fmpq(prime))), fmpq(way)))
    return found if factor == 1 else plus(found, _log_of(terms, number(factor)))


def _log_of(terms: Terms, base: Form) -> Form:
    """The logarithm of an atom or a number, as an atom."""
    (monomial, factor), *_ = base.items()
    if not (are_positive(terms, monomial) and factor > 0):
        raise TooLongError
    node = terms.called("log", terms.node(base))
    terms.exps.setdefault(node, base)
    return atom(node)
