"""The decisions of a formula: what chooses between its pieces, and what it comes to at a point.

Depends on the operator table. A composite that chooses, as relu does, is unfolded first, so that its decision is a
node. What a definition chooses for its digits alone, as softplus does, is one function everywhere and no decision.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from math import isfinite, nan
from typing import NamedTuple

from gradcli.errors import LONGEST_QUOTED
from gradcli.graph.graph import Graph
from gradcli.graph.walk import dependent, reachable
from gradcli.language.notation import expression_text
from gradcli.language.rules import parse_template
from gradcli.operators.row import Trait
from gradcli.operators.table import OPERATORS, having

ANALYTIC = having(Trait.ANALYTIC)
"""What is so on one of their pieces is so on all."""
COMPARISONS = having(Trait.COMPARISON)
ENDLESS = having(Trait.ENDLESS)
"""No points show all of their pieces."""
CONDITIONS = having(Trait.TRUTH)
SIGNS = frozenset({"abs", "sign"})
FOLLOWING = frozenset({"where", "and", "or", "not"})
DECISIONS = having(Trait.DECISION)
FARTHEST = 2.0
"""Whole results beyond it are one side of a decision without end."""


class Unfolded(NamedTuple):
    """Formulas in which every decision is a node of its own.

    nodes    where the formulas are in the graph
    written  the nodes that a person wrote, and not a rule of differentiation
    """

    graph: Graph
    nodes: list[int]
    written: frozenset[int]

    def decisions(self, free: Sequence[str]) -> list[int]:
        """The decisions that a person wrote and that may change as the free variables move."""
        graph, needed, variables = self.graph, reachable(self.graph, self.nodes), self.graph.variables()
        moves = dependent(graph, [variables[name] for name in free if name in variables], len(needed) - 1)
        found = (at for at, flag in enumerate(needed) if flag and moves[at] and graph.operators[at] in DECISIONS)
        return [at for at in found if at in self.written]


def unfolded(graph: Graph, nodes: Sequence[int]) -> Unfolded:
    """The same formulas with relu(x) as max(0, x)."""
    fresh, place, written = Graph(), dict[int, int](), set[int]()
    for node, flag in enumerate(reachable(graph, nodes)):
        if flag:
            before = len(fresh)
            place[node] = _copied(graph, node, fresh, place)
            written.update((*range(before, len(fresh)), place[node]) if graph.span(node) else ())
    return Unfolded(fresh, [place[node] for node in nodes], frozenset(written))


def is_decided(graph: Graph, nodes: Sequence[int]) -> bool:
    """Whether formulas have a decision in them, be it within a composite."""
    needed = reachable(graph, nodes)
    return any(flag and _decides(graph.operators[at]) for at, flag in enumerate(needed))


def _copied(graph: Graph, node: int, fresh: Graph, place: Mapping[int, int]) -> int:
    leaf = graph.leaves.get(node)
    if leaf is None:
        return _build(fresh, graph.operators[node], tuple([place[operand] for operand in graph.operands[node]]))
    return fresh.variable(leaf) if isinstance(leaf, str) else fresh.constant(leaf)


def _build(graph: Graph, operator: str, operands: tuple[int, ...], start: int = 0, end: int = 0) -> int:
    if operator in DECISIONS or not _decides(operator):
        return graph.node(operator, operands, start, end)
    row = OPERATORS[operator]
    return parse_template(row.definition, row.operands).put(graph, operands, _build)


@cache
def _decides(operator: str) -> bool:
    """Whether an operator is a decision, or has one in its definition."""
    if operator in DECISIONS or operator in ANALYTIC or operator not in OPERATORS:
        return operator in DECISIONS
    row = OPERATORS[operator]
    steps = parse_template(row.definition, row.operands).steps if row.definition else ()
    return any(_decides(step.operator) for step in steps)


def outcome(graph: Graph, node: int, values: Sequence[float]) -> float:
    """Which of the pieces a decision takes: by default its value says it, as that of a comparison does."""
    rule = OUTCOMES.get(graph.operators[node])
    operands = [values[operand] for operand in graph.operands[node]]
    return float(rule(*operands, values[node]) if rule else values[node])


def side(graph: Graph, node: int, values: Sequence[float]) -> float:
    """On which side of its boundary a decision is: 0 where it is exactly on it. NaN where there is none."""
    operator, operands = graph.operators[node], graph.operands[node]
    if operator in ENDLESS:
        return max(-FARTHEST, min(FARTHEST, outcome(graph, node, values)))
    if operator in COMPARISONS:
        return _sign(values[operands[0]], values[operands[1]])
    return _sign(values[operands[0]]) if operator in ("abs", "sign", "where") else outcome(graph, node, values)


def outcomes(graph: Graph, node: int) -> frozenset[float]:
    """The outcomes that a decision has; one without end has a piece more than all that were seen."""
    operator = graph.operators[node]
    if operator in ("min", "max"):
        return frozenset(map(float, range(len(graph.operands[node]))))
    return frozenset({nan} if operator in ENDLESS else {-1.0, 1.0} if operator == "sign" else {0.0, 1.0})


def reached(nodes: Sequence[int], operands: Callable[[int], Sequence[int]]) -> bytearray:
    """A flag for every node on which nodes depend, where `operands` tells which operands of one are taken."""
    flags = bytearray(max(nodes) + 1)
    for node in nodes:
        flags[node] = 1
    for node in range(len(flags) - 1, -1, -1):
        for operand in operands(node) if flags[node] else ():
            flags[operand] = 1
    return flags


def taken(graph: Graph, node: int, values: Sequence[float]) -> Sequence[int]:
    """The operands of a node that matter to its value."""
    operator, operands = graph.operators[node], graph.operands[node]
    if operator == "where":
        return operands[0], operands[1] if values[operands[0]] != 0 else operands[2]
    if operator in ("min", "max"):
        return [operand for operand in operands if values[operand] == values[node]]
    return operands


def told(graph: Graph, node: int) -> str:
    """Words for a decision whose outcomes were not all seen."""
    text = expression_text(graph, node, LONGEST_QUOTED)
    if graph.operators[node] in ENDLESS:
        return f"`{text}` has more pieces than there are points"
    return f"no point was found on the other side of `{text}`"


def _sign(first: float, second: float = 0.0) -> float:
    if first != first or second != second:
        return first + second
    return float(first > second) - float(first < second)


def _position(*numbers: float) -> int:
    """Which operand is the result."""
    *operands, result = numbers
    return operands.index(result) if result in operands else -1


def _quotient(left: float, right: float, rest: float) -> float:
    """The whole number of times that y is taken from x; NaN, which is no piece, where that is no finite double."""
    times = float((left - rest) / right) if right else nan
    return float(round(times)) if isfinite(times) else nan


OUTCOMES: dict[str, Callable[..., float]] = {
    **dict.fromkeys(("min", "max"), _position),
    "abs": lambda operand, _: operand >= 0,
    "where": lambda condition, *_: condition != 0,
    "mod": _quotient,
}
"""The piece on which an operator is."""
