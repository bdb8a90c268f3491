"""What points show of the decisions of a formula: which of their outcomes, and which of these together.

Depends on `gradcli.proof.decisions` and `gradcli.proof.combinations`.
"""

from collections.abc import Mapping, Sequence
from functools import partial
from itertools import product
from math import prod

from gradcli.evaluate.scalar import evaluate_all
from gradcli.graph.graph import Graph
from gradcli.graph.walk import reachable
from gradcli.proof.combinations import groups
from gradcli.proof.decisions import CONDITIONS, FOLLOWING, outcome, outcomes, reached, taken

MOST_COMBINED = 256
"""Combinations; more are too many to be seen."""


class Seen:
    """What points show of some decisions in a formula. A decision within a branch that is not taken shows nothing."""

    def __init__(self, graph: Graph, formula: int, asked: Sequence[int], points: Sequence[Mapping[str, float]]) -> None:
        needed = reachable(graph, [formula])
        self.graph, self.nodes = graph, [node for node in asked if node < len(needed) and needed[node]]
        self.shown: list[list[float | None]] = []
        for point in points if self.nodes else ():
            values = evaluate_all(graph, needed, point)
            there = reached([formula], partial(taken, graph, values=values))
            self.shown.append([outcome(graph, node, values) if there[node] else None for node in self.nodes])

    def one_sided(self) -> list[int]:
        """The decisions of which not every outcome was seen."""
        columns = zip(*self.shown, strict=True) if self.shown else ((None,) for _ in self.nodes)
        return [
            node for node, seen in zip(self.nodes, columns, strict=True) if not outcomes(self.graph, node) <= {*seen}
        ]

    def is_combined(self) -> bool:
        """Whether every combination of their outcomes was seen; what a branch hides does not matter there."""
        together = groups(self.graph, self.nodes, self._atoms())
        possible = prod(len(group.joint) for group in together)
        if possible > MOST_COMBINED:
            return False
        met: set[tuple[tuple[float, ...], ...]] = set()
        for shown in self.shown:
            met |= {*product(*(group.agreeing([shown[at] for at in group.places]) for group in together))}
        return not together or len(met) == possible

    def _atoms(self) -> list[int]:
        """The places of the decisions that none of the others makes."""
        return [at for at, node in enumerate(self.nodes) if not self._follows(node)]

    def _follows(self, node: int) -> bool:
        """Whether a decision only follows others: a choice by a comparison."""
        operands = self.graph.operands[node]
        return self.graph.operators[node] in FOLLOWING and self.graph.operators[operands[0]] in CONDITIONS
