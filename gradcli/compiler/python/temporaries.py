"""Which operations of a formula have a line of their own in a Python function; the others stand where they are used.

Depends on `branches`.
"""

from collections.abc import Container

from gradcli.compiler.branches import Branch, Choices, branch_paths, innermost
from gradcli.rewriting.formula import Formula

DEEPEST = 12
"""How many operations are nested in a line, and how many branches in each other."""


class Temporaries:
    """`lines[branch]` are the nodes that have a line of their own in a branch, in order; `nodes` are all of them.

    `repeating` are the operators that name an operand more than once. Of exp(x)*where(x > 0, sin(x) + 1, exp(x)) only
    exp(x) has a line: the rest is one expression.
    """

    def __init__(self, formula: Formula, choices: Choices, repeating: Container[str]) -> None:
        self.graph, self.repeating = formula.graph, repeating
        self.paths = branch_paths(formula, choices, DEEPEST)
        self.operations = [node for node in sorted(self.paths) if self.graph.operands[node]]
        self.lines: dict[Branch | None, list[int]] = {}
        self.nodes: set[int] = set()
        self.branching: set[int] = set()
        self.materialize(self.uses(formula))

    def uses(self, formula: Formula) -> list[int]:
        """How often each node is named."""
        uses = [0] * len(self.graph)
        for node in formula.outputs.values():
            uses[node] += 1
        for node in self.operations:
            times = 2 if self.graph.operators[node] in self.repeating else 1
            for operand in self.graph.operands[node]:
                uses[operand] += times
        return uses

    def materialize(self, uses: list[int]) -> None:
        """Give a line to what is used more than once, to a choice whose branches have lines, and to what is deep."""
        depths: dict[int, int] = {}
        for node in self.operations:
            depth = 1 + max(depths.get(operand, 0) for operand in self.graph.operands[node])
            if uses[node] > 1 or node in self.branching or depth > DEEPEST:
                self.add(node)
            else:
                depths[node] = depth

    def add(self, node: int) -> None:
        """Give a line to a node, in its branch."""
        branch = innermost(self.paths[node])
        self.nodes.add(node)
        self.lines.setdefault(branch, []).append(node)
        if branch:
            self.branching.add(branch[0])
