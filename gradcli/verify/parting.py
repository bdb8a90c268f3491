"""Where do SymPy and gradcli part first? Node by node from the output down, in the order of the backward sweep.

Depends on `gradcli.derivatives`, `gradcli.proof.comparison` and `gradcli.proof.rising`. Of each node, first the
derivative of the output by it is held against SymPy's, the node being a symbol; then its local derivatives, by each of
its operands. What is wrong higher up is met first, and what only inherits it is not blamed.
"""

from collections.abc import Collection, Iterator, Mapping
from itertools import groupby
from operator import attrgetter
from typing import Any, NamedTuple

import sympy

from gradcli.derivatives import Derivative, Edge, differentiate
from gradcli.errors import Span
from gradcli.graph.graph import Graph
from gradcli.graph.walk import reachable
from gradcli.language.notation import expression_text
from gradcli.precision.multiprecision import number_text, values_at
from gradcli.precision.multiprecision_kernels import MP, Number, is_finite
from gradcli.proof.comparison import DIGITS, FAILURES, LARGEST, Comparison, comparison, variables
from gradcli.proof.rising import gap
from gradcli.proof.sympy_formula import Formula, Piece, piece, pieces, rational, symbol
from gradcli.verify.judgement import ROUNDED

LONGEST = 40
SHOWN = (17, 100)
"""Digits that are shown; more only where these are the same."""
TOLERANCES = (ROUNDED, 0.0)
"""What may be a literal that was rounded is blamed only if nothing else parts."""


class Parting(NamedTuple):
    """The first node where SymPy and gradcli part.

    operand  the operand by which the node's local derivative is wrong; None where it is the derivative of the output
             by the node itself
    gradcli  that derivative as gradcli has it, and as SymPy has it, in decimals
    """

    node: int
    text: str
    span: Span | None
    operand: int | None
    gradcli: str
    sympy: str

    def sentence(self, graph: Graph) -> str:
        """The same in words."""
        what = (
            "the derivative by it"
            if self.operand is None
            else f"its derivative by `{expression_text(graph, self.operand, LONGEST)}`"
        )
        return f"SymPy and gradcli part first at `{self.text}`: {what} is {self.sympy}, and gradcli has {self.gradcli}"


def first_parting(
    derivative: Derivative, wrt: Collection[int], bindings: Mapping[str, Any], kinks: Collection[int] = ()
) -> Parting | None:
    """The first node where a derivative and SymPy's part at a point; None where they part at none.

    wrt    the nodes of `derivative.gradient`
    kinks  nodes at a kink here, where a convention decides and SymPy has none
    """
    walk = _Walk(derivative, wrt, bindings, frozenset(kinks))
    return next((found for tolerance in TOLERANCES for found in walk.partings(tolerance)), None)


class _Walk:
    """One walk down the chain. The edges are the derivative's own, or those of a sweep by the same rules.

    whole  whether SymPy is asked for derivatives of the output: below a kink it does not know the convention
    """

    def __init__(
        self, derivative: Derivative, wrt: Collection[int], bindings: Mapping[str, Any], kinks: frozenset[int]
    ) -> None:
        self.graph, self.output, self.bindings, self.kinks = derivative.graph, derivative.output, bindings, kinks
        told = derivative if derivative.edges else differentiate(self.graph, self.output, tuple(wrt), edges=True)
        self.adjoints = told.adjoints | dict(zip(wrt, derivative.gradient, strict=True))
        self.edges = {node: list(edges) for node, edges in groupby(told.edges, attrgetter("node"))}
        needed = reachable(self.graph, [self.output, *(edge.guard for edge in told.edges)])
        self.whole = not kinks and sum(reachable(self.graph, [self.output])) <= LARGEST
        self.values = values_at(self.graph, needed, bindings, DIGITS)
        self.variables = variables(self.graph, bindings)

    def partings(self, tolerance: float) -> Iterator[Parting]:
        """Where they part, from the output down."""
        for node in sorted(self.adjoints, reverse=True):
            for operand, its in self.comparisons(node):
                if its is not None and _differ(its, tolerance):
                    yield self.parting(node, operand, its)

    def comparisons(self, node: int) -> Iterator[tuple[int | None, Comparison | None]]:
        """The derivative of the output by a node, then those of the node by its operands."""
        if self.whole:
            yield None, comparison(self.graph, self.output, self.adjoints[node], node, self.bindings)
        for edge in self.edges.get(node, ()):
            if node not in self.kinks and self.values[edge.guard] != 0:
                yield edge.operand, self.local(edge)

    def parting(self, node: int, operand: int | None, its: Comparison) -> Parting:
        """What there is to say of two derivatives that differ, in as many digits as it takes to see it."""
        numbers = [_number(formula, its) for formula in (its.own, its.sympys)]
        texts = [[number_text(number, digits) for number in numbers] for digits in SHOWN]
        own, sympys = next((pair for pair in texts if pair[0] != pair[1]), texts[-1])
        text = expression_text(self.graph, node, LONGEST)
        return Parting(node, text, self.graph.span(node), operand, own, sympys)

    def local(self, edge: Edge) -> Comparison | None:
        """The local derivative of a node by one of its operands, every operand a symbol."""
        operands = self.graph.operands[edge.node]
        if not all(is_finite(self.values[operand]) for operand in operands):
            return None
        symbols = [symbol(self.values[operand]) for operand in operands]
        try:
            return self.compared(edge, dict(zip(operands, symbols, strict=True)), symbols)
        except FAILURES:
            return None

    def compared(self, edge: Edge, given: dict[int, Piece], symbols: list[Piece]) -> Comparison | None:
        """The same, by the symbols of the operands; one that stands twice among them has a symbol for each place."""
        with MP.workdps(DIGITS):
            whole = piece(self.graph.operators[edge.node], *symbols)
        given = self.variables | given
        own = pieces(self.graph, _down_to(self.graph, edge.partial, given), given, DIGITS)[edge.partial].formula
        if None in (whole.formula, own):
            return None
        at = {each.formula: rational(each.number) for each in (*given.values(), *symbols)}
        slope = sympy.diff(whole.formula, symbols[edge.position].formula)
        return Comparison(slope, own, at)


def _down_to(graph: Graph, node: int, given: Collection[int]) -> bytearray:
    """A flag for every node that `node` is made of, down to those that are given."""
    flags = bytearray(node + 1)
    flags[node] = 1
    for index in range(node, -1, -1):
        if flags[index] and index not in given:
            for operand in graph.operands[index]:
                flags[operand] = 1
    return flags


def _differ(its: Comparison, tolerance: float) -> bool:
    try:
        apart = gap(its.sympys, its.own, its.at)
        return apart is not None and bool(abs(_decimal(apart)) > tolerance * abs(_number(its.sympys, its)))
    except FAILURES:
        return False


def _number(formula: Formula, its: Comparison) -> Number:
    return _decimal(formula.evalf(SHOWN[-1], subs=its.at))


def _decimal(number: Formula) -> Number:
    with MP.workdps(DIGITS):
        return MP.mpf(str(number))
