"""The decisions on which a claim and the derivative depend: points on their sides, and sides without a point.

Depends on `gradcli.proof.boundaries` and `gradcli.proof.decisions`.
"""

from collections.abc import Sequence

from gradcli.claims.parse import Claim
from gradcli.proof.boundaries import boundaries
from gradcli.proof.decisions import Seen, is_decided, told, unfolded
from gradcli.proof.sample_points import SamplePoint

COMBINATIONS = "no points were found for all combinations of the sides of its decisions"


class Decided:
    """What is decided in a claim, and in the formula that it is about.

    A rule of differentiation decides only where the formula does, or for the digits: its own decisions do not count.
    The formula's do not where the derivative, node `truth`, has none.
    """

    def __init__(self, claim: Claim, truth: int, free: Sequence[str]) -> None:
        self.free = free
        matters = [claim.node, claim.source] if free and is_decided(claim.graph, [truth]) else [claim.node]
        self.formulas = unfolded(claim.graph, matters if free and is_decided(claim.graph, matters) else [])
        found = self.formulas.decisions(self.formulas.nodes, free)
        self.asked = [node for node in found if node in self.formulas.written]

    def points(self, known: Sequence[SamplePoint], seconds: float) -> list[SamplePoint]:
        """Points on sides of which none is known."""
        points = [point.bindings for point in known]
        found = boundaries(self.formulas.graph, self.asked, self.free, points, seconds)
        return [SamplePoint(point, generic=False) for point in found]

    def unseen(self, where: Sequence[SamplePoint]) -> str:
        """Words for a side of which there is no point; empty where there is none."""
        graph, points = self.formulas.graph, [point.bindings for point in where]
        seen = [Seen(graph, formula, self.asked, points) for formula in self.formulas.nodes]
        rest = next((node for each in seen for node in each.one_sided()), None)
        if rest is not None:
            return told(graph, rest)
        return "" if all(each.is_combined() for each in seen) else COMBINATIONS
