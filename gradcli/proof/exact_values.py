"""Is a node exactly this number, or that other node, at a point or all around it? SymPy may show it.

Depends on SymPy and on `gradcli.precision.enclosures`, whose balls decide every choice between pieces. What moves is a
symbol. So is first every variable, and then every function that is used twice: what is so for all their numbers is
shown sooner than what is so for one, of which SymPy takes logarithms and powers apart. Last, numbers enter as the
rationals that they are. Nothing is proved of a formula in which a decision is open, or falls otherwise just beside the
point.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import partial
from typing import NamedTuple

import sympy

from gradcli.derivatives.rules import kink_rule
from gradcli.graph.graph import Graph
from gradcli.graph.walk import dependent, reachable
from gradcli.language.rules import parse_template
from gradcli.operators.row import Operator
from gradcli.operators.table import OPERATORS
from gradcli.precision.enclosures.balls import Enclosure, as_written, exactly, is_far, is_finite, sign, truth
from gradcli.precision.enclosures.conversions import fraction
from gradcli.precision.enclosures.meanings import MEANINGS, fails
from gradcli.precision.enclosures.questions import Question
from gradcli.proof.angle_sums import is_angle_zero
from gradcli.proof.decisions import reached
from gradcli.proof.is_zero import FAILURES, is_zero
from gradcli.proof.sympy_families import Formula
from gradcli.proof.sympy_formula import ARITHMETIC, CHOICES, is_long, native
from gradcli.time_limit import within

LONGEST = 5000
"""A power of more bits is not written out."""
SECONDS = 3.0
"""The time for one question."""
BRIEF = 0.7
"""The time for one way to more than is asked."""
LONGEST_SUM = 100
"""Of gamma and its kin at a number beyond that SymPy would write out a sum."""


class _Piece(NamedTuple):
    """A formula of numbers alone, and its enclosure; None for what SymPy cannot have."""

    formula: Formula | None
    ball: Enclosure


def proves(graph: Graph, question: Question, leaves: Mapping[int, Enclosure], values: Sequence[Enclosure]) -> bool:
    """Whether SymPy shows that the answer is yes. `values` are the enclosures of all nodes, `leaves` exact."""
    nodes = [question.node, question.other] if isinstance(question.other, int) else [question.node]
    needed = reachable(graph, nodes)
    if is_long(graph, needed, nodes):
        return False
    task = _Task(graph, question, needed, leaves, values)
    return bool(within(SECONDS, lambda: any(map(task.shows_in_time, task.cuts())), False))


class _Task(NamedTuple):
    """A question, the nodes that it needs, and what is known of these."""

    graph: Graph
    question: Question
    needed: bytearray
    leaves: Mapping[int, Enclosure]
    values: Sequence[Enclosure]

    def cuts(self) -> Iterator[frozenset[int]]:
        """Ever fewer nodes that may have any number: the variables, then functions that are used twice, then none."""
        cuts = [self._variables(), self._shared()]
        yield from dict.fromkeys(cut for cut in cuts if cut and self.question.node not in cut)
        yield frozenset()

    def shows_in_time(self, cut: frozenset[int]) -> bool:
        """Whether the answer is yes whatever the numbers of the nodes in `cut` are. Only without is all time for it."""
        return bool(within(BRIEF if cut else SECONDS, partial(self._shows, cut), False))

    def _variables(self) -> frozenset[int]:
        return frozenset(at for at in self.graph.variables().values() if at in self.leaves and self._is_there(at))

    def _shared(self) -> frozenset[int]:
        """The outermost functions that have more than one user and a number."""
        operators, operands = self.graph.operators, self.graph.operands
        users = Counter(operand for at, flag in enumerate(self.needed) if flag for operand in {*operands[at]})
        functions = (at for at in users if operands[at] and operators[at] not in (*ARITHMETIC, *CHOICES))
        shared = {at for at in functions if users[at] > 1 and is_finite(self.values[at])}
        outermost = reached([self.question.node], lambda at: () if at in shared else operands[at])
        return frozenset(at for at in shared if at < len(outermost) and outermost[at])

    def _is_there(self, node: int) -> bool:
        return node < len(self.needed) and bool(self.needed[node])

    def _shows(self, cut: frozenset[int]) -> bool:
        try:
            found = self._pieces(cut)
            first, other = found[self.question.node], self.question.other
            second = found[other] if isinstance(other, int) else _Piece(_rational(other), other)
            if first.formula is None or second.formula is None:
                return False
            difference = first.formula - second.formula
            return is_zero(difference, dear=not cut) or is_angle_zero(difference, first.ball - second.ball)
        except FAILURES:
            return False

    def _pieces(self, cut: Collection[int]) -> list[_Piece]:
        """The formulas of all nodes; of one that is a rational for certain and does not move, that number."""
        found: list[_Piece] = []
        symbols = {*self.question.around, *cut}
        moves = dependent(self.graph, [*symbols], len(self.needed) - 1)
        for node, flag in enumerate(self.needed):
            ball = self.values[node] if flag else exactly(0.0)
            if not flag:
                found.append(_Piece(None, ball))
            elif node in symbols:
                found.append(_Piece(_symbol(ball), ball))
            elif node in self.leaves or (node != self.question.node and not moves[node] and fraction(ball) is not None):
                found.append(_Piece(_rational(ball), ball))
            else:
                operands = [found[at] for at in self.graph.operands[node]]
                found.append(_piece(self.graph.operators[node], *operands))
        return found


def _piece(operator: str, *operands: _Piece) -> _Piece:
    """An operator on pieces."""
    ball = MEANINGS[operator](*[operand.ball for operand in operands])
    row, formulas = OPERATORS[operator], [operand.formula for operand in operands]
    if operator in CHOICES:
        return _Piece(None if _turns(operator, operands, ball) else _chosen(operator, operands, ball), ball)
    if None in formulas or not is_finite(ball) or (operator == "pow" and _is_long(formulas, ball)):
        return _Piece(None, ball)
    meaning = ARITHMETIC.get(operator) or native(row)
    return _Piece(meaning(*formulas), ball) if meaning else _composite(row, operands, ball)


def _turns(operator: str, operands: Sequence[_Piece], ball: Enclosure) -> bool:
    """Whether a choice may fall otherwise beside the point: it moves, and may be at its kink."""
    formulas = [operand.formula for operand in operands]
    if not any(it is not None and it.free_symbols for it in formulas):
        return operator == "where" and formulas[0] is None
    if operator in ("min", "max"):
        return not all(it.ball is ball or it.ball < ball or it.ball > ball for it in operands)
    rule = kink_rule(operator)
    return formulas[0] is None or (rule is not None and not fails(rule.kink, [*[it.ball for it in operands], ball]))


def _symbol(number: Enclosure) -> Formula:
    """A fresh symbol of the sign that a number has, and keeps around the point."""
    side = sign(number)
    return sympy.Dummy(**({"positive": True} if side == 1 else {"negative": True} if side == -1 else {"real": True}))


def _is_long(formulas: Sequence[Formula], ball: Enclosure) -> bool:
    """Whether SymPy would write a power out that has too many bits."""
    return all(it.is_Rational for it in formulas) and is_far(ball, LONGEST)


def _composite(row: Operator, operands: Sequence[_Piece], ball: Enclosure) -> _Piece:
    if row.variadic:
        return _Piece(None, ball)
    definition = parse_template(row.definition, row.operands)
    meanings = {step.operator: partial(_piece, step.operator) for step in definition.steps}
    return definition.run(operands, meanings, lambda number: _Piece(_rational(as_written(number)), as_written(number)))


def _chosen(operator: str, operands: Sequence[_Piece], ball: Enclosure) -> Formula | None:
    """The formula of a choice that is decided: a number, or the operand that is taken."""
    if operator == "where":
        taken = truth(operands[0].ball)
        return None if taken is None else operands[1 if taken else 2].formula
    if operator in ("min", "max"):
        return next((it.formula for it in operands if it.ball is ball), None)
    if operator == "abs":
        side, formula = sign(operands[0].ball), operands[0].formula
        return None if side is None or formula is None else side * formula
    if operator in ("digamma", "polygamma"):
        return _polygamma(operands)
    return _rational(ball)


def _polygamma(operands: Sequence[_Piece]) -> Formula | None:
    """A derivative of lgamma's slope, whose order is a whole number."""
    order, at = sympy.Integer(0) if len(operands) == 1 else operands[0].formula, operands[-1]
    if at.formula is None or not is_finite(at.ball) or order is None or not order.is_Integer:
        return None
    return None if at.formula.is_number and abs(at.formula) > LONGEST_SUM else sympy.polygamma(order, at.formula)


def _rational(number: Enclosure) -> Formula | None:
    """The number as SymPy has it; None where it is no rational for certain."""
    parts = fraction(number)
    return None if parts is None else sympy.Rational(*parts)
