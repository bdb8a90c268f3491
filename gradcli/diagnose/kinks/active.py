"""Which kinks are active, that is, which nodes are at theirs: one test, whatever the numbers are.

Depends on the kink conditions of `gradcli.derivatives.rules`. Doubles are the default; who has other numbers
brings his own way to run a condition.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Any, Protocol

from gradcli.derivatives.rules import VARIADIC, kink_rule, tie
from gradcli.evaluate.scalar import run_template
from gradcli.graph.graph import Graph
from gradcli.graph.template import Template
from gradcli.operators.table import OPERATORS

Run = Callable[[Template, tuple[Any, ...]], Any]
"""The value of a condition whose holes are filled with numbers; 0 for false."""


class Values(Protocol):
    """A number for each node, by its index."""

    def __getitem__(self, node: int, /) -> Any:
        """The number of a node."""


def has_kinks(graph: Graph) -> bool:
    """Whether some operator of a graph has a kink somewhere."""
    return bool(_kinked(graph))


def active_kinks(
    graph: Graph,
    needed: Sequence[int],
    moving: Sequence[int],
    values: Values,
    run: Run = run_template,
) -> Iterator[int]:
    """The nodes at a kink, operands first, among those that are needed and that move."""
    kinked = _kinked(graph)
    for node, (flag, moves) in enumerate(zip(needed, moving, strict=False)):
        if flag and moves and graph.operators[node] in kinked and is_active(graph, node, values, run):
            yield node


def is_active(graph: Graph, node: int, values: Values, run: Run = run_template) -> bool:
    """Whether a node is at its kink, where all nodes have these values."""
    operator, result = graph.operators[node], values[node]
    rule = kink_rule(operator)
    if rule is None:
        return False
    operands = tuple([values[operand] for operand in graph.operands[node]])
    if operator not in VARIADIC:
        return bool(run(rule.kink, (*operands, result)))
    condition = tie(operator)
    ties = sum(run(condition, (operand, result)) for operand in operands) if condition else 0
    return bool(run(rule.kink, (result, ties)))


def _kinked(graph: Graph) -> set[str]:
    """The operators of a graph that have a kink."""
    return {name for name in set(graph.operators) if name in OPERATORS and OPERATORS[name].kink}
