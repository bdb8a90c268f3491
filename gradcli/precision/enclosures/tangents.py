"""A derivative that owes nothing to gradcli's rules: Taylor arithmetic on the formula itself, enclosed.

Depends on `lifts` for the slopes of operators, on `meanings` for values. Where a formula chooses, a slope is known only
strictly within a piece: at a kink or a jump, and where a ball does not tell, it is UNKNOWN.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import partial, reduce
from time import monotonic
from typing import Any

from flint import ctx

from gradcli.graph.graph import Graph, PausedCollector
from gradcli.graph.walk import reachable
from gradcli.language.rules import parse_template
from gradcli.operators.row import Operator
from gradcli.operators.table import OPERATORS
from gradcli.precision.enclosures.balls import (
    ONE,
    UNKNOWN,
    Enclosure,
    as_written,
    is_finite,
    is_huge,
)
from gradcli.precision.enclosures.lifts import CHOOSING, OWN, SERIES, SLOPES, chain
from gradcli.precision.enclosures.meanings import MEANINGS
from gradcli.precision.enclosures.moving import STILL, Tangent, is_still
from gradcli.precision.enclosures.search import BITS_A_DIGIT, DEARER, FIRST, SPARE, is_settled
from gradcli.time_limit import left, within

MOST = 1 << 18
"""No more bits are tried."""


def tangent(
    graph: Graph, output: int, by: int, leaves: Mapping[int, Enclosure], digits: int, seconds: float
) -> Tangent:
    """The output and its derivative by a node, with bits until so many digits are settled, or the time is over.

    `leaves` are the exact numbers of constants and variables.
    """
    found = [Tangent(UNKNOWN, UNKNOWN)]
    deadline = monotonic() + min(seconds, left())
    within(seconds, partial(_climb, graph, output, by, leaves, digits, deadline, found), None)
    return found[-1]


def _climb(
    graph: Graph,
    output: int,
    by: int,
    leaves: Mapping[int, Enclosure],
    digits: int,
    deadline: float,
    found: list[Tangent],
) -> None:
    bits, took = max(FIRST, int(digits * BITS_A_DIGIT) + SPARE), 0.0
    while bits <= MOST and DEARER * took < deadline - monotonic():
        began = monotonic()
        with ctx.workprec(bits), PausedCollector():
            found.append(_swept(graph, output, by, leaves))
        if all(is_settled(x, digits) for x in found[-1]) or is_huge(found[-1].value):
            return
        bits, took = 2 * bits, monotonic() - began


def _swept(graph: Graph, output: int, by: int, leaves: Mapping[int, Enclosure]) -> Tangent:
    """All nodes that the output needs, once; `by` moves at the speed 1, whatever is below it."""
    found: list[Any] = []
    for node, flag in enumerate(reachable(graph, [output])):
        if not flag:
            found.append(None)
        elif node in leaves:
            found.append(Tangent(leaves[node], ONE if node == by else STILL))
        else:
            lifted = _lifted(graph.operators[node], *[found[at] for at in graph.operands[node]])
            found.append(lifted._replace(slope=ONE) if node == by else lifted)
    moved: Tangent = found[output]
    return moved


def _lifted(operator: str, *operands: Tangent) -> Tangent:
    """An operator on tangents; one whose operands stand still stands still where it has a number."""
    row = OPERATORS[operator]
    own = OWN.get(operator)
    if own is None and operator not in SLOPES and operator not in SERIES and row.definition:
        return _defined(row, operands)
    value = MEANINGS[operator](*[x.value for x in operands])
    if not is_finite(value):
        return Tangent(value, UNKNOWN)
    if all(is_still(x) for x in operands):
        return Tangent(value, STILL)
    if operator not in CHOOSING and not all(is_finite(x.slope) for x in operands):
        return Tangent(value, UNKNOWN)
    return Tangent(value, own(value, *operands) if own else chain(operator, *operands))


def _defined(row: Operator, operands: Sequence[Tangent]) -> Tangent:
    """By the row's definition; a variadic one follows operand by operand."""
    template = parse_template(row.definition, ("x", "y") if row.variadic else row.operands)
    meanings = _Lifts()

    def once(*them: Tangent) -> Tangent:
        return template.run(them, meanings, lambda number: Tangent(as_written(number), STILL))

    return reduce(once, operands) if row.variadic else once(*operands)


class _Lifts(dict[str, Callable[..., Tangent]]):
    def __missing__(self, operator: str) -> Callable[..., Tangent]:
        return partial(_lifted, operator)
