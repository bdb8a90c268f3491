"""Which operations of a formula are needed for one branch of a conditional alone.

Depends on the graph. In a block where no row takes a branch, its operations need not run: so the rules that guard
rare corners cost next to nothing.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from gradcli.graph.graph import Graph

Branch = tuple[tuple[int, int], ...]
"""The conditionals around an operation, each as its node and the position of the branch: () for none."""
GUARDS: Mapping[str, Mapping[int, bool]] = {"where": {1: True, 2: False}, "and": {1: True}}
"""Operator → for each operand that it may not need, what its first operand must be for it to be needed."""
DEEPEST = 4
"""Conditionals within more conditionals than this are not looked into."""


def by_branch(graph: Graph, outputs: Iterable[int], needed: Sequence[int]) -> Mapping[Branch, list[int]]:
    """The needed nodes of every branch, in order."""
    innermost: dict[int, Branch] = dict.fromkeys(outputs, ())
    members: defaultdict[Branch, list[int]] = defaultdict(list)
    for node in range(len(needed) - 1, -1, -1):
        if needed[node]:
            members[innermost[node]].append(node)
            for position, operand in enumerate(graph.operands[node]):
                used = _used(graph, node, position, innermost[node])
                innermost[operand] = _common(innermost.get(operand, used), used)
    return {branch: nodes[::-1] for branch, nodes in members.items()}


def _used(graph: Graph, node: int, position: int, branch: Branch) -> Branch:
    """The branch in which an operand is used by a node of `branch`."""
    if position in GUARDS.get(graph.operators[node], ()) and len(branch) < DEEPEST:
        return (*branch, (node, position))
    return branch


def _common(left: Branch, right: Branch) -> Branch:
    """The innermost branch around both."""
    if left == right:
        return left
    depth = 0
    while left[: depth + 1] == right[: depth + 1]:
        depth += 1
    return left[:depth]
