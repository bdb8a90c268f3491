"""Which branches of a `where` are costly enough to be passed over in vectors of rows that do not take them.

Depends on `branches` for what only one branch needs. A branch that is passed over costs nothing in the rows that do
not take it: many a rule keeps a branch for rare arguments that is dearer than all the rest.
"""

from collections import Counter
from collections.abc import Mapping

from gradcli.compiler.branches import WHERE, Branch, branch_paths
from gradcli.graph.graph import Graph
from gradcli.operators.row import Trait
from gradcli.operators.table import having
from gradcli.rewriting.formula import Formula

CHEAP = {"add", "sub", "mul", "neg", "fma"} | (having(Trait.DECISION) - having(Trait.ENDLESS))
"""What takes about a cycle for a vector of rows: arithmetic without division, and to decide between a few pieces."""
WORTH_A_BRANCH = 12
"""Cycles that a branch must take for a vector of rows, about, to be worth passing over."""
DEEPEST = 8
"""How deep branches nest; deeper ones are computed in every row."""

Regions = Mapping[Branch | None, list[int]]
"""For None, and for each branch that may be passed over, the nodes that are computed there, in order."""


def predicated_regions(formula: Formula, varying: bytearray) -> Regions:
    """The regions of a formula's nodes, of which those flagged in `varying` differ from row to row."""
    paths = branch_paths(formula, WHERE, DEEPEST)
    costs = Counter[Branch]()
    for node, path in paths.items():
        for branch in path:
            costs[branch] += cycles(formula.graph, node) * varying[node]
    regions: dict[Branch | None, list[int]] = {None: []}
    regions |= {branch: [] for branch, cost in costs.items() if cost >= WORTH_A_BRANCH}
    for node in sorted(paths):
        regions[next((branch for branch in reversed(paths[node]) if branch in regions), None)].append(node)
    return regions


def cycles(graph: Graph, node: int) -> int:
    """What a node takes for a vector, about; what is not cheap is worth a branch by itself."""
    if not graph.operands[node]:
        return 0
    return 1 if graph.operators[node] in CHEAP else WORTH_A_BRANCH
