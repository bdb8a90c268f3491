"""Which nodes of a graph are told: a formula is told in a handful of steps.

Depends on `gradcli.evaluate.trace`. A sum or a constant factor that is used once is told with what uses it, and a
product of a sum with the sum, as in u1 = w*x + b.
"""

from collections.abc import Collection, Iterator
from enum import StrEnum
from itertools import count
from typing import NamedTuple

from gradcli.evaluate.trace import Contribution, Trace
from gradcli.graph.graph import VARIABLE, Graph
from gradcli.language.notation import quoted
from gradcli.operators.row import Trait
from gradcli.operators.table import OPERATORS, having
from gradcli.passes.last_told import last_told
from gradcli.passes.titles import titles
from gradcli.passes.ways import Way, by_user, ways

MOST_TOLD = 60
"""More nodes are told by the user's own definitions."""
MOST_FOLLOWED = 2000
"""In a graph of more operations only the user's own definitions are told, and their local derivatives as numbers."""


class Level(StrEnum):
    """How much is told."""

    brief = "brief"
    steps = "steps"
    full = "full"


class Outline(NamedTuple):
    """A graph as it is told.

    told    the nodes that are operations, operands first
    names   the name of every told node, of every variable and named constant
    ways    how told nodes and variables get their gradient, by the node that gets it; users from the output down
    hidden  how many operations are told with others
    """

    trace: Trace
    told: list[int]
    names: dict[int, str]
    ways: dict[int, list[Way]]
    hidden: int

    @property
    def graph(self) -> Graph:
        """The graph."""
        return self.trace.program.graph

    def parts(self, node: int) -> list[int]:
        """The named nodes that a told node is directly made of, in the order of the text."""
        found, seen, pending = dict[int, None](), set[int](), [*reversed(self.graph.operands[node])]
        while pending:
            at = pending.pop()
            if at in self.names:
                found[at] = None
            elif at not in seen:
                seen.add(at)
                pending += reversed(self.graph.operands[at])
        return list(found)


def outline(
    trace: Trace, level: Level, most: int | None = None, *, drawn: bool = False, own_alone: bool = False
) -> Outline:
    """The graph as it is told at a level; with `most`, so many of these operations, the last ones.

    `drawn` is for what stands beside a drawing of every node: nodes without a name are called as they are there.
    `own_alone` tells what the user named and nothing else.
    """
    operations, leaves, own = set(_operations(trace)), {*_leaves(trace)}, _own(trace)
    told = last_told(trace, own if own_alone else _told(trace, level, operations, own), most)
    kept = sorted(node for node in told if trace.program.graph.operands[node])
    names = titles(trace) if drawn or level is Level.full else _names(trace, told)
    named = {node: title for node, title in names.items() if node in told or node in leaves}
    found = ways(trace, told | leaves, kept, one_by_one=len(operations) <= MOST_FOLLOWED)
    return Outline(trace, kept, named, found, len(operations) - len(kept))


def _told(trace: Trace, level: Level, operations: set[int], own: set[int]) -> set[int]:
    """Every operation, or those that are worth a step, as long as they are few; else the user's own definitions."""
    if len(operations) > MOST_FOLLOWED:
        return own
    told = operations | own if level is Level.full else own | _steps(trace, own)
    return told if len(told) <= MOST_TOLD else own


def _own(trace: Trace) -> set[int]:
    """The nodes that the user named, and the output."""
    names = trace.program.graph.names
    return {trace.program.output, *(node for node in trace.nodes if node in names and node <= trace.program.output)}


def _leaves(trace: Trace) -> Iterator[int]:
    return (node for node in trace.nodes if not trace.program.graph.operands[node])


def _operations(trace: Trace) -> Iterator[int]:
    """The operations on variables; arithmetic on numbers alone is told with what uses it."""
    graph, moving = trace.program.graph, set(trace.program.variables.values())
    for node in trace.nodes:
        if not moving.isdisjoint(graph.operands[node]):
            moving.add(node)
            yield node


def _steps(trace: Trace, own: Collection[int]) -> set[int]:
    """The operations but those that are told with the one that uses them."""
    graph, by_node = trace.program.graph, by_user(trace)
    uses: dict[int, list[int]] = {}
    for node in trace.nodes:
        for operand in graph.operands[node]:
            uses.setdefault(operand, []).append(node)
    hidden: dict[int, bool] = {}  # whether there is a product in it
    for node in _operations(trace):
        users = uses.get(node, [])
        if node in own or len(users) != 1:
            continue
        product_in_it = any(hidden.get(operand, False) for operand in graph.operands[node])
        in_sum = _is_linear(graph, users[0], by_node)
        if graph.operators[node] in having(Trait.TRUTH):
            hidden[node] = False
        elif _is_linear(graph, node, by_node) and (in_sum or not product_in_it):
            hidden[node] = product_in_it
        elif in_sum and _is_product(graph, node, by_node) and not product_in_it:
            hidden[node] = True
    return set(_operations(trace)) - hidden.keys()


def _is_linear(graph: Graph, node: int, by_node: dict[int, list[Contribution]]) -> bool:
    """Whether a node is a sum, or a multiple of one operand: its local derivatives are numbers, and it has no kink."""
    row = OPERATORS[graph.operators[node]]
    entries = by_node.get(node, [])
    smooth = not row.kink and Trait.DECISION not in row.traits
    return smooth and bool(entries) and all(_is_number(graph, entry.local) for entry in entries)


def _is_number(graph: Graph, node: int) -> bool:
    """Whether no variable is in a node."""
    pending = [node]
    while pending:
        at = pending.pop()
        if graph.operators[at] == VARIABLE:
            return False
        pending += graph.operands[at]
    return True


def _is_product(graph: Graph, node: int, by_node: dict[int, list[Contribution]]) -> bool:
    """Whether the local derivative by each operand is another operand."""
    entries = by_node.get(node, [])
    return bool(entries) and all(entry.local in graph.operands[node] for entry in entries)


def _names(trace: Trace, told: Collection[int]) -> dict[int, str]:
    """The names of variables, definitions and the output; u1, u2, … of the other nodes that are told."""
    program = trace.program
    names = {node: quoted(name) for name, node in program.variables.items()} | program.graph.names
    names.setdefault(program.output, program.name)
    taken = set(names.values())
    free = (name for name in (f"u{number}" for number in count(1)) if name not in taken)
    return names | {node: next(free) for node in sorted(told) if node not in names}
