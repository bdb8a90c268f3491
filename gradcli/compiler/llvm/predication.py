"""Which operations only one arm of a `where` needs, and which are costly enough to be passed over with it.

Depends on the graph. An arm that is passed over costs nothing in the rows that do not take it: many a rule keeps an
arm for rare arguments that is dearer than all the rest.
"""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from gradcli.graph.graph import Graph

CHEAP = frozenset({"add", "sub", "mul", "neg", "abs", "sign", "min", "max", "fma", "where", "and", "or", "not"})
COMPARISONS = frozenset({"lt", "le", "gt", "ge", "eq", "ne"})
DEAR = frozenset({"div", "sqrt"})
WORTH_A_BRANCH = 12
"""Cycles that an arm must take for a vector of rows, about, to be worth passing over."""
DEEPEST = 8
"""How deep branches nest; deeper ones are computed in every row."""

WHOLE = 0
"""The region of what is computed in every row."""
Arm = tuple[int, int]
"""A `where` node, and which of its operands: 1 or 2."""


class Regions(NamedTuple):
    """members: the nodes of each region in order, WHOLE first; arms: the regions that may be passed over, by arm."""

    members: list[list[int]]
    arms: Mapping[Arm, int]


class Tree:
    """Regions, each but WHOLE within a parent; a parent has a lower number."""

    def __init__(self) -> None:
        self.parents, self.depths = [WHOLE], [0]

    def branch(self, parent: int) -> int:
        """A new region within another."""
        self.parents.append(parent)
        self.depths.append(self.depths[parent] + 1)
        return len(self.parents) - 1

    def meet(self, one: int, other: int) -> int:
        """The innermost region that both are, or are within."""
        while one != other:
            one, other = self.parents[max(one, other)], min(one, other)
        return one

    def worthwhile(self, costs: list[int]) -> list[int]:
        """For each region itself, or the innermost one around it that is worth a branch, given what each takes."""
        for region in range(len(costs) - 1, WHOLE, -1):
            costs[self.parents[region]] += costs[region]
        kept = [WHOLE]
        for region, parent in enumerate(self.parents[1:], start=1):
            kept.append(region if costs[region] >= WORTH_A_BRANCH else kept[parent])
        return kept


def regions(graph: Graph, needed: bytearray, outputs: Iterable[int], varying: bytearray) -> Regions:
    """The regions of the needed nodes, of which those flagged in `varying` differ from row to row."""
    tree = Tree()
    arms: dict[Arm, int] = {}
    homes = _homes(graph, needed, outputs, tree, arms)
    costs = [0] * len(tree.parents)
    for node, home in homes.items():
        costs[home] += cycles(graph, node) * varying[node]
    kept = tree.worthwhile(costs)
    members: list[list[int]] = [[] for _ in kept]
    for node in sorted(homes):
        members[kept[homes[node]]].append(node)
    return Regions(members, {arm: region for arm, region in arms.items() if kept[region] == region})


def cycles(graph: Graph, node: int) -> int:
    """What a node takes for a vector, about."""
    operator = graph.operators[node]
    if not graph.operands[node]:
        return 0
    return 1 if operator in CHEAP or operator in COMPARISONS else 12 if operator in DEAR else 16


def _homes(graph: Graph, needed: bytearray, outputs: Iterable[int], tree: Tree, arms: dict[Arm, int]) -> dict[int, int]:
    """For each needed node the innermost region that holds all its uses; `arms` gets the region of each arm."""
    homes = dict.fromkeys(outputs, WHOLE)
    for node in range(len(needed) - 1, -1, -1):
        if needed[node]:
            home = homes[node]
            has_arms = graph.operators[node] == "where" and tree.depths[home] < DEEPEST
            for position, operand in enumerate(graph.operands[node]):
                use = home
                if has_arms and position:
                    use = arms[node, position] = tree.branch(home)
                homes[operand] = tree.meet(homes.get(operand, use), use)
    return homes
