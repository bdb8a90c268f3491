"""The nodes of a graph that is written anew: each with its number, how fast it moves, and its form.

Depends on `forms`, and on the enclosures: `tangents` tells where a node is smooth. The working precision is the
caller's.
"""

from collections.abc import Sequence
from functools import partial, reduce
from typing import NamedTuple

from flint import ctx, fmpq

from gradcli.graph.graph import Graph
from gradcli.graph.written import Written, quotient
from gradcli.graph.written import as_written as written
from gradcli.precision.cancellation.forms import Atoms, Form, Monomial, atom, number, plus, scaled
from gradcli.precision.enclosures.balls import ONE, ZERO, Enclosure, is_finite, is_huge, sign
from gradcli.precision.enclosures.meanings import MEANINGS
from gradcli.precision.enclosures.moving import STILL, Tangent
from gradcli.precision.enclosures.tangents import lifted

SLOPE_BITS = 256
"""So many bits tell whether there is a slope at all; those of gamma take minutes with more."""
ASIDE = (fmpq(1031, 1024), fmpq(1021, 1024), fmpq(1033, 1024), fmpq(1019, 1024))
"""By how much variables are changed to see whether two nodes are the same there too."""
Key = frozenset[tuple[Monomial, fmpq]]


class Known(NamedTuple):
    """What is known of a new node: its number, how fast it moves, its number elsewhere, and its form if it is real."""

    value: Enclosure
    slope: Enclosure
    aside: Enclosure
    form: Form | None


class Nodes:
    """New nodes. `around` says whether they must be smooth, so that derivatives can be taken of them.

    atoms    what forms know of nodes
    logs     node that is an exponential → the form of its logarithm
    exps     node that is a logarithm → the form of what it is taken of
    known    what is known of each node
    exact    the numbers of constants and variables, and `moving` are the variables
    by_form  the form of a node → the node
    """

    def __init__(self, *, around: bool) -> None:
        self.around, self.graph, self.atoms = around, Graph(), Atoms()
        self.logs, self.exps = dict[int, Form](), dict[int, Form]()
        self.known: list[Known] = []
        self.exact: dict[int, Enclosure] = {}
        self.moving: list[int] = []
        self.by_form: dict[Key, int] = {}

    def node(self, form: Form) -> int:
        """The node of a form, put together if there is none."""
        key = frozenset(form.items())
        if key not in self.by_form:
            found = self._summed(form)
            self.known[found] = self.known[found]._replace(form=form)
            self.by_form[key] = found
        return self.by_form[key]

    def called(self, operator: str, *operands: int) -> int:
        """The node of an operator, as it stands."""
        found = self.graph.node(operator, operands)
        if found == len(self.known):
            self._know(found, operator, operands)
        return found

    def sign(self, node: int) -> int | None:
        """The sign of an atom; None where it is not known."""
        return 1 if node in self.logs else sign(self.known[node].value)

    def is_real(self, node: int) -> bool:
        """Whether a node is a real number for certain, and smooth where derivatives are to be taken."""
        return self.known[node].form is not None

    def leaf(self, leaf: float | str, value: Enclosure) -> int:
        """The node of a variable, or of a constant, that has this number."""
        if not isinstance(leaf, str):
            return self.constant(value)
        found = self.graph.variable(leaf)
        if found == len(self.known):
            by = ASIDE[len(self.moving) % len(ASIDE)]
            self.moving.append(found)
            aside = value * by if is_finite(value) and value != 0 else by
            self._add(found, Known(value, by if self.around else STILL, aside, None), real=is_finite(value))
            self.exact[found] = value
        return found

    def constant(self, value: fmpq) -> int:
        """The node of a number."""
        found = self.graph.constant(_literal(value))
        if found == len(self.known):
            self._add(found, Known(value, STILL, value, None), number(value))
            self.exact[found] = value
        return found

    def _add(self, node: int, known: Known, form: Form | None = None, *, real: bool = True) -> None:
        form = (form if form is not None else atom(node)) if real else None
        self.known.append(known._replace(form=form))
        if form is not None:
            self.by_form.setdefault(frozenset(form.items()), node)

    def _know(self, node: int, operator: str, operands: Sequence[int]) -> None:
        known = [self.known[at] for at in operands]
        value, slope = MEANINGS[operator](*[it.value for it in known]), STILL
        if self.around:
            with ctx.workprec(SLOPE_BITS):
                slope = lifted(operator, *[Tangent(it.value, it.slope) for it in known]).slope
            slope = STILL if all(it.slope is STILL for it in known) and _is_real(value) else slope
        aside = value if slope is STILL else MEANINGS[operator](*[it.aside for it in known])
        real = all(it.form is not None for it in known) and _is_real(value) and _is_real(slope)
        self._add(node, Known(value, slope, aside, None), real=real)

    def _summed(self, form: Form) -> int:
        terms = [self._term(monomial, factor) for monomial, factor in sorted(form.items(), key=lambda it: it[0])]
        return reduce(partial(self.called, "add"), terms) if terms else self.constant(ZERO)

    def _term(self, monomial: Monomial, factor: fmpq) -> int:
        if factor == -1 and monomial:
            return self.called("neg", self._term(monomial, ONE))
        over, under = [] if factor == 1 and monomial else [self.constant(factor)], list[int]()
        power: Form = {}
        for node, exponent in monomial:
            if node in self.logs and monomial != ((node, ONE),):
                power = plus(power, scaled(self.logs[node], exponent))
            else:
                base = node if abs(exponent) == 1 else self.called("pow", node, self.constant(abs(exponent)))
                (over if exponent > 0 else under).append(base)
        over += [self.called("exp", self.node(power))] if power else []
        top = reduce(partial(self.called, "mul"), over) if over else self.constant(ONE)
        return self.called("div", top, reduce(partial(self.called, "mul"), under)) if under else top


def _is_real(x: Enclosure) -> bool:
    return is_finite(x) or is_huge(x)


def _literal(value: fmpq) -> float:
    """A number as a literal, which is the decimal that its double shows only if it is that."""
    over, under = int(value.p), int(value.q)
    near = quotient(over, under)
    is_that = near - near == 0 and fmpq(*written(near)) == value
    return near if is_that else Written(near, (over, under))
