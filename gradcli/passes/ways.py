"""How a told node depends directly on another: a way, through what is told with it.

Depends on `gradcli.evaluate.trace` and on `textbook`, for local derivatives as they are read.
"""

from collections.abc import Collection, Iterator
from heapq import heappop, heappush
from typing import NamedTuple

from gradcli.evaluate.trace import Contribution, Trace, Zero
from gradcli.graph.simplify import product, simplified
from gradcli.operators.table import OPERATORS
from gradcli.passes.textbook import shown_local
from gradcli.precision.beyond import times


class Way(NamedTuple):
    """How a told node depends directly on another: through one operand of it, and what is told with it.

    local    the node of the local derivative; None where it is no formula but a number
    partial  the local derivative
    entries  the contributions on the way, from the user down
    paths    how many paths of the graph it stands for
    """

    user: int
    operand: int
    local: int | None
    partial: float
    entries: tuple[Contribution, ...]
    paths: int = 1

    @property
    def counts(self) -> bool:
        """Whether anything comes back on it: not through a branch that is not taken."""
        return all(entry.taken for entry in self.entries)


def by_user(trace: Trace) -> dict[int, list[Contribution]]:
    """Node → its contributions to its operands."""
    found: dict[int, list[Contribution]] = {}
    for entry in trace.contributions:
        found.setdefault(entry.node, []).append(entry)
    return found


def ways(trace: Trace, told: Collection[int], kept: list[int], *, one_by_one: bool) -> dict[int, list[Way]]:
    """Node → the ways on which it gets its gradient; users from the output down."""
    by_node = by_user(trace)
    found: dict[int, list[Way]] = {}
    for node in reversed(kept):
        for way in _each_way(trace, node, told, by_node) if one_by_one else _merged(node, told, by_node):
            found.setdefault(way.operand, []).append(way)
    return found


def _each_way(trace: Trace, user: int, told: Collection[int], by_node: dict[int, list[Contribution]]) -> Iterator[Way]:
    """The ways from a node down to told ones, each with its formula."""
    pending = [_first(trace, entry) for entry in reversed(by_node.get(user, []))]
    while pending:
        way = pending.pop()
        if way.operand in told:
            yield way
        else:
            pending += [_further(trace, way, entry) for entry in reversed(by_node.get(way.operand, []))]


def _first(trace: Trace, entry: Contribution) -> Way:
    return Way(entry.node, entry.operand, _local(trace, entry), entry.partial, (entry,))


def _further(trace: Trace, way: Way, entry: Contribution) -> Way:
    local = _local(trace, entry)
    if way.local is not None and local is not None:
        local = product(trace.program.graph, local, way.local, simplified)
    return Way(way.user, entry.operand, local, times(way.partial, entry.partial), (*way.entries, entry))


def _local(trace: Trace, entry: Contribution) -> int:
    """The formula of a local derivative; the number where one of several operands is chosen."""
    graph = trace.program.graph
    chosen = OPERATORS[graph.operators[entry.node]].tie or entry.zero is Zero.CONVENTION
    return graph.constant(entry.partial) if chosen else shown_local(trace, entry)


def _merged(user: int, told: Collection[int], by_node: dict[int, list[Contribution]]) -> Iterator[Way]:
    """The same where much lies between told nodes: a number, and how many paths it stands for."""
    reached = {user: (1.0, 1)}
    ends: dict[int, tuple[float, int]] = {}
    waiting = [-user]
    while waiting:
        node = -heappop(waiting)
        partial, paths = reached[node]
        for entry in by_node.get(node, []):
            into = ends if entry.operand in told else reached
            if into is reached and entry.operand not in reached:
                heappush(waiting, -entry.operand)
            slope, known = into.get(entry.operand, (0.0, 0))
            into[entry.operand] = slope + (times(partial, entry.partial) if entry.taken else 0.0), known + paths
    yield from (Way(user, end, None, partial, (), paths) for end, (partial, paths) in ends.items())
