"""What SymPy's own derivative says of gradcli's: the same formula, the same number, or another one.

Depends on `gradcli.proof.sympy_formula` and on SymPy, which raises the working precision until SETTLED digits of the
difference are certain. A difference that never settles, and shrinks as the precision grows, is nothing but rounding.
The proof is of the piece of the formula on which the point lies. This owes nothing to gradcli's rules.
"""

import time
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any, NamedTuple

import sympy
from sympy.core.evalf import PrecisionExhausted

from gradcli.graph.graph import Graph
from gradcli.graph.walk import dependent, reachable
from gradcli.precision.multiprecision import values_at
from gradcli.precision.multiprecision_kernels import MP, Number, as_given, is_finite
from gradcli.proof.decisions import reached
from gradcli.proof.is_zero import FAILURES, is_zero
from gradcli.proof.sympy_families import Formula, Piece
from gradcli.proof.sympy_formula import DIGITS, is_long, pieces, rational, symbol
from gradcli.time_limit import within

ALGEBRA = 0.8
"""The share of the time that algebra may take; the rest is for numbers."""
WORKING = 400
"""The working digits at which SymPy gives up; what they do not tell apart is the same."""
SETTLED = 15
"""A difference of so many certain digits is none of rounding."""
VANISHING = sympy.Float("1e-200")
"""What is left after so many digits must be less than this part of the numbers themselves."""


class Evidence(NamedTuple):
    """What was found.

    proved  whether SymPy shows that both are the same formula
    gap     where it does not: the difference at the point, 0 where no precision tells them apart; None if not known
    """

    proved: bool = False
    gap: Number | None = None


class Comparison(NamedTuple):
    """A derivative as SymPy has it and as gradcli has it, and the symbols of both."""

    sympy: Formula
    ours: Formula
    symbols: Sequence[Piece]

    @property
    def at(self) -> dict[Formula, Formula]:
        """The exact numbers of the symbols at the point."""
        return {each.formula: rational(each.number) for each in self.symbols}

    def is_same(self, *, dear: bool) -> bool:
        """Whether both are the same around the point."""
        return bool(self.sympy == self.ours) or is_zero(self.sympy - self.ours, self.at, dear=dear)


def evidence(
    graph: Graph, output: int, gradient: int, by: int, bindings: Mapping[str, Any], seconds: float
) -> Evidence:
    """Hold node `gradient` against SymPy's derivative of `output` by node `by`, around a point, for so many seconds."""
    until = time.monotonic() + seconds
    algebra = until - seconds * (1 - ALGEBRA)

    def shown(*, whole: bool) -> bool:
        found = comparison(graph, output, gradient, by, bindings, whole=whole)
        return found is not None and found.is_same(dear=whole)

    if any(within(algebra - time.monotonic(), partial(shown, whole=whole), False) for whole in (False, True)):
        return Evidence(proved=True)

    def gap() -> Formula | None:
        found = comparison(graph, output, gradient, by, bindings)
        return sympy_difference(found.sympy, found.ours, found.at) if found else None

    try:
        apart = within(until - time.monotonic(), gap, None)
    except FAILURES:
        return Evidence()
    return Evidence(gap=None if apart is None else MP.mpf(str(apart)))


def comparison(
    graph: Graph, output: int, gradient: int, by: int, bindings: Mapping[str, Any], *, whole: bool = True
) -> Comparison | None:
    """Node `gradient` beside SymPy's derivative of `output` by node `by`; None where SymPy cannot have them.

    Unless it is the `whole` formula, what does not depend on `by` is a symbol: what is equal so is sooner shown.
    """
    needed = reachable(graph, [output, gradient, by])
    values = values_at(graph, needed, bindings, DIGITS)
    with MP.workdps(DIGITS):
        known = ((name, at) for name, at in graph.variables().items() if at < len(needed) and needed[at])
        named = {at: symbol(as_given(bindings[name])) for name, at in known}
    given = {**named, **({} if whole else _still(graph, output, by, values)), by: symbol(values[by])}
    nodes = output, gradient, by
    taken = reached(nodes, lambda node: () if node in given else _branch(graph, node, values))
    if is_long(graph, taken, nodes[:2]):
        return None
    there = reached(nodes, lambda node: () if node in given else graph.operands[node])
    try:
        found = pieces(graph, there, given, nodes)
        value, ours = found[output].formula, found[gradient].formula
        symbols = [each for node, each in given.items() if node < len(there) and there[node]]
        return None if None in (value, ours) else Comparison(_derivative(value, given[by].formula), ours, symbols)
    except FAILURES:
        return None


def _still(graph: Graph, output: int, by: int, values: Sequence[Number]) -> dict[int, Piece]:
    """A symbol for each part of the output that does not move with `by`, and belongs to none that does not either."""
    moves, within_output = dependent(graph, [by], output), reachable(graph, [output])
    moving = (node for node, flag in enumerate(within_output) if flag and moves[node])
    beside = {at for node in moving for at in graph.operands[node] if not moves[at] and graph.operands[at]}
    return {at: symbol(values[at]) for at in beside if is_finite(values[at])}


def _derivative(formula: Formula, by: Formula) -> Formula:
    """SymPy's derivative; it would take that of every factor that is none."""
    rest, moving = formula.as_independent(by, as_Add=formula.is_Add)
    return sympy.diff(moving, by) if formula.is_Add else rest * sympy.diff(moving, by)


def _branch(graph: Graph, node: int, values: Sequence[Number]) -> tuple[int, ...]:
    """The operands of a node at a point: of the branches of a choice the one that is taken."""
    operands = graph.operands[node]
    if graph.operators[node] != "where":
        return operands
    return operands[1:2] if values[operands[0]] != 0 else operands[2:]


def sympy_difference(first: Formula, second: Formula, at: Mapping[Formula, Formula]) -> Formula | None:
    """The difference of two formulas at a point: 0 where WORKING digits do not tell them apart, None if there is none.

    `at` holds the exact numbers of the symbols.
    """
    try:
        number = (first - second).evalf(SETTLED, subs=at, maxn=WORKING, strict=True)
    except PrecisionExhausted:
        return sympy.Integer(0) if _shrinks(first, second, at) else None
    return number if number.is_Number and number.is_finite else None


def _shrinks(first: Formula, second: Formula, at: Mapping[Formula, Formula]) -> bool:
    """Whether a difference that does not settle is small indeed: a division by what may be 0 does not settle either."""
    left, size = (formula.evalf(SETTLED, subs=at, maxn=WORKING) for formula in (first - second, first))
    return bool(left.is_Number and size.is_Number and abs(left) <= VANISHING * max(abs(size), VANISHING))
