"""Finding a formula in a graph: with any subformulas for a, b and c, the operands of + and * in either order.

Depends on the language, in which the formulas are written, and on the graph.
"""

from collections.abc import Iterator
from functools import cache
from itertools import permutations
from typing import NamedTuple

from gradcli.graph.graph import VARIABLE, Graph
from gradcli.language.program import Program, parse
from gradcli.operators.row import Trait
from gradcli.operators.table import having

COMMUTATIVE = having(Trait.COMMUTATIVE)
HOLES = ("a", "b", "c")


class Match(NamedTuple):
    """What the holes stand for, and the nodes that the formula itself is made of."""

    holes: dict[str, int]
    inside: set[int]


@cache
def forms(formula: str) -> tuple[Program, ...]:
    """A formula over the holes as it stands, and with powers of e for exp."""
    texts = dict.fromkeys((formula, formula.replace("exp(", "e^(")))
    return tuple(parse(text, variables=HOLES) for text in texts)


def match(graph: Graph, root: int, form: Program) -> Match | None:
    """The formula at this node, in the first order of its commutative operands that fits."""
    return next(_matches(graph, [(form.output, root)], form.graph, Match({}, set())), None)


def _matches(graph: Graph, pairs: list[tuple[int, int]], form: Graph, so_far: Match) -> Iterator[Match]:
    """Every way to match pairs of (node of the formula, node of the graph)."""
    if not pairs:
        yield so_far
        return
    (pattern, node), *rest = pairs
    operator = form.operators[pattern]
    if operator == VARIABLE:
        name = str(form.leaves[pattern])
        if so_far.holes.get(name, node) == node:
            yield from _matches(graph, rest, form, Match({**so_far.holes, name: node}, so_far.inside))
    elif graph.operators[node] == operator and form.value_of(pattern) == graph.value_of(node):
        inside = {*so_far.inside, node}
        for operands in _orders(operator, graph.operands[node]):
            if len(operands) == len(form.operands[pattern]):
                inner = [*zip(form.operands[pattern], operands, strict=True), *rest]
                yield from _matches(graph, inner, form, Match(so_far.holes, inside))


def _orders(operator: str, operands: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
    few = operator in COMMUTATIVE and len(operands) == 2
    yield from permutations(operands) if few else (operands,)
