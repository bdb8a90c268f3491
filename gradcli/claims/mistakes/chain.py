"""A chain of local derivatives in numbers: what flows through each edge of a formula, at a few points.

Depends on `gradcli.derivatives` for the edges and on `gradcli.precision.multiprecision` for the values. One mistake at
one edge changes the whole by upstream × (wrong − right) × tangent; so a wrong whole tells what the edge must have been.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from gradcli.claims.claim import Claim
from gradcli.derivatives import Edge, differentiate
from gradcli.graph.walk import reachable
from gradcli.precision.multiprecision import same, values_as_written
from gradcli.precision.multiprecision_kernels import MP, Number, is_finite

WORKING = 80
CLOSE = 25
"""Digits to which two numbers must be the same."""
MOST_EDGES = 400

Numbers = Sequence[Number]
"""One number for each point."""


class Step(NamedTuple):
    """An edge of the chain at every point.

    partial   the local derivative as it is
    required  what it must have been for the claim to come out
    flow      the part of the derivative that passes through it
    """

    edge: Edge
    partial: Numbers
    required: Numbers
    flow: Numbers


class Chain:
    """The derivative that a claim is about as a chain of edges, and the claim itself, at a few points."""

    def __init__(self, claim: Claim, points: Iterable[Mapping[str, float]]) -> None:
        self.claim, self.of, self.by = claim, claim.source, claim.variable
        graph, derivative = claim.graph, differentiate(claim.graph, self.of, [self.by], edges=True, tails=False)
        self.edges, self.adjoints = derivative.edges, derivative.adjoints
        edges = [at for it in self.edges for at in (it.upstream, it.partial, it.operand, it.node, it.guard)]
        truth = derivative.gradient[0]
        needed = reachable(graph, [self.of, self.by, claim.node, truth, *edges, *self.adjoints.values()])
        self.nodes = [node for node, flag in enumerate(reachable(graph, [self.of, self.by])) if flag]
        all_values = (values_as_written(graph, needed, point, WORKING) for point in points)
        self.values = [value for value in all_values if is_finite(value[claim.node]) and is_finite(value[truth])]
        self.claimed, self.true = self.at(claim.node), self.at(truth)
        self.gaps = [claimed - true for claimed, true in zip(self.claimed, self.true, strict=True)]
        self.tangents = [self._tangents(values) for values in self.values]

    def at(self, node: int) -> list[Number]:
        """The values of a node."""
        return [values[node] for values in self.values]

    def slope(self, node: int) -> list[Number]:
        """The derivative of a node by `by`."""
        return [known.get(node, MP.zero) for known in self.tangents]

    def steps(self) -> list[Step]:
        """The edges through which something flows at every point, from the output down."""
        found = []
        for edge in self.edges[:MOST_EDGES]:
            partial, gains = self.at(edge.partial), times(self.at(edge.upstream), self.slope(edge.operand))
            if all(gain != 0 and is_finite(gain) and is_finite(p) for gain, p in zip(gains, partial, strict=True)):
                found.append(self._step(edge, partial, gains))
        return found

    def _step(self, edge: Edge, partial: Numbers, gains: Numbers) -> Step:
        required = [p + gap / gain for p, gap, gain in zip(partial, self.gaps, gains, strict=True)]
        return Step(edge, partial, required, flow=times(partial, gains))

    def _tangents(self, values: Sequence[Number]) -> dict[int, Number]:
        """The derivative of each node by `by`: the forward sweep over the same edges."""
        tangents: dict[int, Number] = {self.by: MP.one}
        for edge in sorted(self.edges, key=lambda edge: edge.node):
            if edge.operand in tangents and edge.node != self.by and values[edge.guard] != 0:
                gain = values[edge.partial] * tangents[edge.operand]
                tangents[edge.node] = tangents.get(edge.node, MP.zero) + gain
        return tangents


def equal(first: Numbers, second: Numbers) -> bool:
    """Whether two numbers are the same at every point."""
    return len(first) > 0 and all(map(_close, first, second))


def constant(numbers: Numbers) -> bool:
    """Whether it is one number at all points, and there is more than one."""
    return len(numbers) > 1 and all(_close(number, numbers[0]) for number in numbers)


def ratios(first: Numbers, second: Numbers) -> list[Number]:
    """first/second at each point; NaN where that is none."""
    return [one / other if other != 0 else MP.nan for one, other in zip(first, second, strict=True)]


def negatives(numbers: Numbers) -> list[Number]:
    """-number at each point."""
    return [-number for number in numbers]


def reciprocals(numbers: Numbers) -> list[Number]:
    """1/number at each point; NaN where that is none."""
    return ratios([MP.one] * len(numbers), numbers)


def times(first: Numbers, second: Numbers) -> list[Number]:
    """first × second at each point."""
    return [one * other for one, other in zip(first, second, strict=True)]


def _close(first: Number, second: Number) -> bool:
    return is_finite(first) and same(first, second, CLOSE)
