"""Points on all sides of the decisions of a formula, those at which it changes from one piece to another too.

Depends on `gradcli.proof.decisions`. Along each variable the sides are looked at on a wide grid of magnitudes, and
where two neighbours differ, the boundary between them is bisected to the last bit. What no point shows can be told.
"""

import random
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from struct import pack, unpack

from gradcli.evaluate.scalar import evaluate_all
from gradcli.graph.graph import Graph
from gradcli.graph.walk import reachable
from gradcli.proof.decisions import is_decided, side, told, unfolded
from gradcli.proof.sample_points import SamplePoint
from gradcli.proof.seen import Seen

MAGNITUDES = (1e-300, 1e-100, 1e-30, *(10.0**power for power in range(-12, 16)), 1e20, 1e30, 1e50, 1e100, 1e200, 1e300)
GRID = (0.0, *MAGNITUDES, *(-size for size in MAGNITUDES))
BASES = 2
"""From so many points the lines along each variable start."""
MOST_CONSTANTS = 20
"""So many numbers of the formula join the grid: a narrow piece is near one of them."""
MOST_LINES = 24
MOST_CROSSINGS = 6
"""So many boundaries of one decision are looked for along one line."""
MOST = 32
"""So many points at most are given."""
ENOUGH = 2
"""So many points show a side: at one of them a claim may have no number."""
COMBINED = 200
"""Where several variables have boundaries, so many points that combine them are tried."""
LEAST = 0.05
"""Seconds that are taken in any case."""
SEED = 20
SHORT = 12
LEAST_NORMAL = 2.0**-1022
COMBINATIONS = "no points were found for all combinations of the sides of its decisions"


class Decided:
    """What is decided in a claim, and in the formula that it is about: nodes of a graph.

    A rule of differentiation decides only where the formula does, or for the digits: its own decisions do not count.
    The formula's do not where the derivative, node `truth`, has none.
    """

    def __init__(self, graph: Graph, claim: int, formula: int, truth: int, free: Sequence[str]) -> None:
        self.free = free
        matters = [claim, formula] if free and is_decided(graph, [truth]) else [claim]
        self.formulas = unfolded(graph, matters if free and is_decided(graph, matters) else [])
        self.asked = self.formulas.decisions(free)

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


def boundaries(
    graph: Graph, asked: Sequence[int], free: Sequence[str], known: Sequence[Mapping[str, float]], seconds: float
) -> list[dict[str, float]]:
    """Points that show sides of the decisions `asked` which the known points do not show."""
    search = _Search(graph, asked, free, time.monotonic() + max(seconds, LEAST))
    return search.points(known) if asked and known else []


class _Search:
    """One search under way."""

    def __init__(self, graph: Graph, asked: Sequence[int], free: Sequence[str], deadline: float) -> None:
        self.graph, self.asked, self.free, self.deadline = graph, asked, free, deadline
        self.needed = reachable(graph, asked)
        self.near: dict[str, dict[float, None]] = {name: {} for name in free}
        self.seen = Counter[tuple[float, ...]]()
        self.found: list[dict[str, float]] = []

    def points(self, known: Sequence[Mapping[str, float]]) -> list[dict[str, float]]:
        """The points: along the variables, then beside what was found there, then where boundaries meet."""
        self.seen.update(self._sides(point) for point in known)
        self._lines(known[:BASES])
        self._lines([*self.found[:BASES]])
        self._combinations(known[0])
        return self.found

    def _sides(self, point: Mapping[str, float]) -> tuple[float, ...]:
        values = evaluate_all(self.graph, self.needed, point)
        return tuple(side(self.graph, node, values) for node in self.asked)

    def _is_over(self) -> bool:
        return len(self.found) >= MOST or time.monotonic() > self.deadline

    def _lines(self, bases: Sequence[Mapping[str, float]]) -> None:
        for base in bases:
            for name in self.free[:MOST_LINES]:
                for value in self._along(base, name):
                    self.near[name][value] = None
                    self._offer({**base, name: value})

    def _offer(self, point: dict[str, float]) -> None:
        """Take a point that shows something new."""
        if self._is_over():
            return
        sides = self._sides(point)
        if self.seen[sides] < ENOUGH and point not in self.found:
            self.seen[sides] += 1
            self.found.append(point)

    def _along(self, base: Mapping[str, float], name: str) -> Iterator[float]:
        """Numbers on both sides of each boundary along one variable, the nearest to 0 first."""
        grid = sorted({*GRID, *self._constants(), base[name]})
        sides = {}
        for value in grid:
            if self._is_over():
                return
            sides[value] = self._sides({**base, name: value})
        crossings = [0] * len(self.asked)
        for low, high in sorted(pairwise(grid), key=lambda ends: abs(ends[0]) + abs(ends[1])):
            for at, (below, above) in enumerate(zip(sides[low], sides[high], strict=True)):
                if below == below and above == above and below != above and crossings[at] < MOST_CROSSINGS:
                    crossings[at] += 1
                    yield from _around(*self._bisected(base, name, at, low, high))

    def _bisected(self, base: Mapping[str, float], name: str, at: int, low: float, high: float) -> tuple[float, float]:
        """The two neighbouring doubles between which one decision changes."""
        node = self.asked[at]
        needed = reachable(self.graph, [node])

        def there(value: float) -> float:
            return side(self.graph, node, evaluate_all(self.graph, needed, {**base, name: value}))

        start, (first, last) = there(low), (_rank(low), _rank(high))
        while last - first > 1 and not self._is_over():
            middle = (first + last) // 2
            first, last = (middle, last) if there(_ranked(middle)) == start else (first, middle)
        return _ranked(first), _ranked(last)

    def _constants(self) -> list[float]:
        """The numbers of the formula, of either sign."""
        numbers = [leaf for leaf in self.graph.leaves.values() if not isinstance(leaf, str)][:MOST_CONSTANTS]
        return [sign * number for number in numbers for sign in (1, -1)]

    def _combinations(self, base: Mapping[str, float]) -> None:
        """Points where several variables are beside a boundary at once."""
        source = random.Random(SEED)  # noqa: S311 - sampling, no secret
        choices = {name: [base[name], *near] for name, near in self.near.items()}
        if sum(len(near) > 0 for near in self.near.values()) < 2:
            return
        for _ in range(COMBINED):
            self._offer({**base, **{name: source.choice(numbers) for name, numbers in choices.items()}})


def _around(below: float, above: float) -> Iterator[float]:
    """Numbers beside a boundary, simple ones first; the boundary itself where it is a short decimal."""
    short = float(f"{above:.{SHORT}g}")
    yield from (short - 1.0, short + 1.0, short, short * 2.0, short / 2.0)
    yield from (value for value in (below, above) if abs(value) >= LEAST_NORMAL)


def _rank(number: float) -> int:
    """The place of a double among all of them."""
    bits = int(unpack("<q", pack("<d", number))[0])
    return bits if bits >= 0 else -(bits + 2**63)


def _ranked(rank: int) -> float:
    return float(unpack("<d", pack("<q", rank if rank >= 0 else -rank - 2**63))[0])
