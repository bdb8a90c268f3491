"""Where each operation of a formula is computed: in the line that uses it, in a line of its own, or in a branch.

Depends on the graph. What only one branch of a choice uses is computed in that branch: a rule's rare branch costs the
comparison that rules it out, and nothing more.
"""

from collections.abc import Container, Iterator, Mapping
from itertools import takewhile

from gradcli.rewriting.formula import Formula

Branch = tuple[int, bool]
"""The node of a choice, and whether its condition holds."""
Place = tuple[Branch, ...]
"""The branches around a line, the outermost first."""
Choices = Mapping[str, Mapping[int, bool]]
"""Operator → for the position of an operand that is not always taken, whether it is where the condition holds."""

DEEPEST = 12
"""How many operations are nested in a line, and how many branches in each other."""


class Places:
    """The lines of a formula: `lines[place]` are the nodes that have a line of their own there, in order.

    `repeating` are the operators that name an operand more than once.
    """

    def __init__(self, formula: Formula, choices: Choices, repeating: Container[str]) -> None:
        self.graph, self.choices, self.repeating = formula.graph, choices, repeating
        self.operations = [node for node, flag in enumerate(formula.needed) if flag and self.graph.operands[node]]
        self.uses = [0] * len(formula.needed)
        self.homes: dict[int, Place] = {}
        self.lines: dict[Place, list[int]] = {}
        self.own: set[int] = set()
        self.branching: set[int] = set()
        for output in formula.outputs.values():
            self.want(output, (), 1)
        self.settle()
        self.cut()

    def settle(self) -> None:
        """Count the uses of every node and find the branches that hold them all."""
        for node in reversed(self.operations):
            uses = 2 if self.graph.operators[node] in self.repeating else 1
            for operand, place in self.wanted(node):
                self.want(operand, place, uses)

    def want(self, node: int, place: Place, uses: int) -> None:
        """Note that a node is used at a place."""
        self.uses[node] += uses
        self.homes[node] = common(self.homes.get(node, place), place)

    def wanted(self, node: int) -> Iterator[tuple[int, Place]]:
        """The operands of a node, and where they are used."""
        home, branches = self.homes[node], self.choices.get(self.graph.operators[node], {})
        for position, operand in enumerate(self.graph.operands[node]):
            inside = position in branches and len(home) < DEEPEST
            yield operand, (*home, (node, branches[position])) if inside else home

    def cut(self) -> None:
        """Give a line to what is used more than once, to a choice whose branches have lines, and to what is deep."""
        depths: dict[int, int] = {}
        for node in self.operations:
            depth = 1 + max(depths.get(operand, 0) for operand in self.graph.operands[node])
            if self.uses[node] > 1 or node in self.branching or depth > DEEPEST:
                self.own.add(node)
                self.lines.setdefault(self.homes[node], []).append(node)
                self.branching.update(choice for choice, _ in self.homes[node][-1:])
            else:
                depths[node] = depth


def common(one: Place, other: Place) -> Place:
    """The branches around both."""
    return tuple(a for a, _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))
