"""Sums of products of powers, exact: a number as a polynomial of others, its atoms, whose exponents are any rationals.

Depends on python-flint. What cancels in such a form is gone, however large it is or how little is known of it. An atom
is a whole number, and what it stands for is the affair of who makes it: `Atoms` is told what is known of one.
"""

from functools import reduce
from math import gcd

from flint import fmpq

Monomial = tuple[tuple[int, fmpq], ...]
"""Atoms, ascending, with their exponents, none of them 0."""
Form = dict[Monomial, fmpq]
"""Monomials with their coefficients, none of them 0. An empty one is 0."""

ONE = fmpq(1)
MOST_TERMS, MOST_PRODUCTS, LONGEST = 40, 400, 1 << 15
"""What has more terms, or coefficients of more bits, is no form; that of a product before terms are collected."""
HIGHEST = 8
"""Higher powers of sums are not multiplied out."""


class TooLongError(Exception):
    """A form that is not worth while."""


def number(value: fmpq) -> Form:
    """A number."""
    return {(): value} if value else {}


def atom(node: int, exponent: fmpq = ONE) -> Form:
    """A power of an atom."""
    return {((node, exponent),): ONE} if exponent else number(ONE)


def plus(f: Form, g: Form) -> Form:
    """The sum. Raises TooLongError."""
    found = dict(f)
    for monomial, factor in g.items():
        if total := found.get(monomial, 0) + factor:
            found[monomial] = total
        else:
            del found[monomial]
    return _checked(found)


def scaled(f: Form, factor: fmpq) -> Form:
    """A multiple."""
    return _checked({monomial: it * factor for monomial, it in f.items()}) if factor else {}


def joined(one: Monomial, other: Monomial) -> Monomial:
    """The product of two monomials."""
    powers = dict(one)
    for node, exponent in other:
        powers[node] = powers.get(node, 0) + exponent
    return tuple(sorted((node, exponent) for node, exponent in powers.items() if exponent))


def raised(monomial: Monomial, exponent: fmpq) -> Monomial:
    """A power of a monomial."""
    return tuple((node, it * exponent) for node, it in monomial) if exponent else ()


def content(f: Form) -> tuple[Monomial, fmpq, Form]:
    """A form as a monomial times a number times a sum that has no such factors; its first coefficient is above 0."""
    nodes = {node for monomial in f for node, _ in monomial}
    least = {node: min(dict(monomial).get(node, fmpq(0)) for monomial in f) for node in nodes}
    shared = tuple(sorted((node, exponent) for node, exponent in least.items() if exponent))
    over = reduce(gcd, (int(it.p) for it in f.values()))
    under = reduce(lambda x, y: x * y // gcd(x, y), (int(it.q) for it in f.values()))
    inverse = raised(shared, fmpq(-1))
    rest = {joined(monomial, inverse): it * fmpq(under, over) for monomial, it in f.items()}
    if rest[min(rest)] < 0:
        over, rest = -over, {monomial: -it for monomial, it in rest.items()}
    return shared, fmpq(over, under), rest


def _checked(f: Form) -> Form:
    if len(f) > MOST_TERMS or any(it.height_bits() > LONGEST for it in f.values()):
        raise TooLongError
    return f


class Atoms:
    """What is known of atoms.

    squares  atom → the form of its square, for a root or a cosine
    sums     atom → the form that it stands for, a sum without common factors
    of       the form of a sum → its atom
    """

    def __init__(self) -> None:
        self.squares: dict[int, Form] = {}
        self.sums: dict[int, Form] = {}
        self.of: dict[frozenset[tuple[Monomial, fmpq]], int] = {}

    def times(self, f: Form, g: Form) -> Form:
        """The product. Raises TooLongError."""
        if len(f) * len(g) > MOST_PRODUCTS:
            raise TooLongError
        found: Form = {}
        for one, factor in f.items():
            for other, by in g.items():
                monomial = joined(one, other)
                found[monomial] = found.get(monomial, fmpq(0)) + factor * by
        return self._reduced(_checked({monomial: it for monomial, it in found.items() if it}))

    def plus(self, f: Form, g: Form) -> Form:
        """The sum, where a sum in the denominators may cancel. Raises TooLongError."""
        return self._reduced(plus(f, g))

    def power(self, f: Form, exponent: int) -> Form:
        """A power that is multiplied out, of a sum above 0. Raises TooLongError."""
        if len(f) == 1:
            (monomial, factor), *_ = f.items()
            if factor.height_bits() * abs(exponent) > LONGEST:
                raise TooLongError
            return self._reduced({raised(monomial, fmpq(exponent)): factor**exponent})
        if not 0 <= exponent <= HIGHEST:
            raise TooLongError
        return reduce(self.times, [f] * exponent, number(ONE))

    def content(self, f: Form) -> tuple[Monomial, fmpq, Form]:
        """A form as a monomial times a number times a sum, sums that it is divided by among the factors.

        Raises TooLongError.
        """
        shared, factor, rest = content(f)
        for _ in range(HIGHEST):
            written = self._reduced(rest)
            if written == rest or not written:
                break
            further, by, rest = content(written)
            shared, factor = joined(shared, further), factor * by
        return shared, factor, rest

    def _reduced(self, f: Form) -> Form:
        """With the squares of roots, sums and what they divide written out."""
        f = self._expanded(f)
        for _ in range(HIGHEST):
            found = self._divided(f)
            if found is None:
                return f
            f = self._expanded(found)
        raise TooLongError

    def _expanded(self, f: Form) -> Form:
        """With the squares of roots and sums written out."""
        for _ in range(MOST_TERMS):
            found = self._once(f)
            if found is None:
                return f
            f = found
        raise TooLongError

    def _once(self, f: Form) -> Form | None:
        for monomial, factor in f.items():
            for node, exponent in monomial:
                if (inner := self._written_out(node, exponent)) is not None:
                    rest = {joined(monomial, ((node, -inner[0]),)): factor}
                    others = {it: by for it, by in f.items() if it != monomial}
                    return plus(others, _product(rest, inner[1]))
        return None

    def _written_out(self, node: int, exponent: fmpq) -> tuple[fmpq, Form] | None:
        """The part of a power that has another form, and this."""
        if node in self.squares and exponent >= 2:
            return fmpq(2), self.squares[node]
        if node in self.squares and exponent < 0 and len(square := self.squares[node]) == 1:
            (monomial, factor), *_ = square.items()
            return fmpq(-2), {raised(monomial, fmpq(-1)): 1 / factor}
        if node in self.squares and exponent < 0 and (under := self.of.get(frozenset(self.squares[node].items()))):
            return fmpq(-2), atom(under, fmpq(-1))
        return (ONE, self.sums[node]) if node in self.sums and exponent >= 1 and exponent.q == 1 else None

    def _divided(self, f: Form) -> Form | None:
        """With one sum divided out, of the terms that it divides or of all; None where none leaves no remainder."""
        under = {(node, exponent) for it in f for node, exponent in it if exponent <= -1 and node in self.sums}
        for node, exponent in sorted(under):
            for part in ({it: by for it, by in f.items() if (node, exponent) in it}, f):
                over = self._expanded(_product(part, atom(node, -exponent)))
                found = quotient(over, self.sums[node])
                if found is not None:
                    rest = {it: by for it, by in f.items() if it not in part}
                    return plus(rest, _product(atom(node, exponent + 1), found))
        return None


def _product(f: Form, g: Form) -> Form:
    found: Form = {}
    for one, factor in f.items():
        for other, by in g.items():
            monomial = joined(one, other)
            found[monomial] = found.get(monomial, fmpq(0)) + factor * by
    return _checked({monomial: it for monomial, it in found.items() if it})


def quotient(f: Form, g: Form) -> Form | None:
    """f/g by leading terms; None where that leaves a remainder, or is long."""
    found: Form = {}
    lead, last = max(g, key=_weight), min(g, key=_weight)
    least = min(map(_weight, f)) - _weight(last) if f else fmpq(0)
    for _ in range(MOST_TERMS):
        if not f:
            return found
        first = max(f, key=_weight)
        monomial = joined(first, raised(lead, fmpq(-1)))
        if _weight(monomial) < least:
            return None
        found[monomial] = f[first] / g[lead]
        f = plus(f, _product({monomial: -found[monomial]}, g))
    return None


def _weight(monomial: Monomial) -> fmpq:
    """An order of monomials that multiplication keeps."""
    return sum((exponent * _irregular(node) for node, exponent in monomial), fmpq(0))


def _irregular(node: int) -> int:
    """A large number for each atom, so that no two monomials weigh the same but by chance."""
    return (node + 1) * 0x9E3779B97F4A7C15 % (1 << 61) + 1
