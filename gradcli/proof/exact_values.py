"""Is a node exactly this number, or that other node, at a point or all around it? SymPy may show it.

Depends on SymPy and on `gradcli.precision.enclosures`, whose balls decide every choice between pieces. Numbers enter as
the rationals that they are, what moves as a symbol. Nothing is proved of a formula in which a decision is open, or
falls otherwise just beside the point.
"""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import NamedTuple

import sympy

from gradcli.derivatives.rules import kink_rule
from gradcli.graph.graph import Graph
from gradcli.graph.walk import dependent, reachable
from gradcli.language.program import parse_template
from gradcli.operators.row import Operator
from gradcli.operators.table import OPERATORS
from gradcli.precision.enclosures.balls import Enclosure, as_written, exactly, is_far, is_finite, sign, truth
from gradcli.precision.enclosures.conversions import fraction
from gradcli.precision.enclosures.meanings import MEANINGS, fails
from gradcli.precision.enclosures.questions import Question
from gradcli.proof.is_zero import FAILURES, is_zero
from gradcli.proof.sympy_formula import ARITHMETIC, CHOICES, Formula, is_long, native
from gradcli.time_limit import within

LONGEST = 5000
"""A power of more bits is not written out."""
SECONDS = 3.0
"""The time for one question."""


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
    return bool(within(SECONDS, partial(_shows, graph, question, needed, leaves, values), False))


def _shows(
    graph: Graph, question: Question, needed: bytearray, leaves: Mapping[int, Enclosure], values: Sequence[Enclosure]
) -> bool:
    try:
        found = _pieces(graph, needed, leaves, values, question)
        first = found[question.node].formula
        other = question.other
        second = found[other].formula if isinstance(other, int) else _rational(other)
        return first is not None and second is not None and is_zero(first - second)
    except FAILURES:
        return False


def _pieces(
    graph: Graph, needed: bytearray, leaves: Mapping[int, Enclosure], values: Sequence[Enclosure], question: Question
) -> list[_Piece]:
    """The formulas of all nodes; of one that is a rational for certain and does not move, that number."""
    found: list[_Piece] = []
    moves = dependent(graph, question.around, len(needed) - 1)
    for node, flag in enumerate(needed):
        if not flag:
            found.append(_Piece(None, exactly(0.0)))
        elif node in question.around:
            found.append(_Piece(_symbol(values[node]), values[node]))
        elif node in leaves or (node != question.node and not moves[node] and fraction(values[node]) is not None):
            found.append(_Piece(_rational(values[node]), values[node]))
        else:
            operands = [found[at] for at in graph.operands[node]]
            found.append(_piece(graph.operators[node], *operands))
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
    return _rational(ball)


def _rational(number: Enclosure) -> Formula | None:
    """The number as SymPy has it; None where it is no rational for certain."""
    parts = fraction(number)
    return None if parts is None else sympy.Rational(*parts)
