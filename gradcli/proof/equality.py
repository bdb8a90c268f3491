"""Are two nodes of a graph the same function? Held against each other at many points, then proved by SymPy.

Depends on `gradcli.proof.sample_points` for the points, on `gradcli.proof.sympy_formula` and SymPy for the proof.
Numbers come first: they refute at once.
"""

import math
import time
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from gradcli.graph.graph import Graph
from gradcli.precision.enclosures import is_available
from gradcli.precision.multiprecision import SPARE
from gradcli.precision.multiprecision_kernels import MP, Number, is_finite
from gradcli.proof import algebra
from gradcli.proof.loading import loaded
from gradcli.proof.sample_points import SamplePoint, nearby
from gradcli.time_limit import has_alarm, left, within

FEWEST = 2
ENOUGH = 8
"""So many points at which two nodes differ tell all that there is to be told."""
LOADING = 0.3
"""Seconds below which a proof is not begun: SymPy takes longer to load."""
PATIENCE = 0.5
"""Seconds for the digits of one point; it is passed over if they are not enough."""
WORKING = 65
"""Working digits, where what is computed has no enclosure."""
CLOSE = 45
"""Digits to which two numbers are the same, and a derivative and its Taylor coefficient."""
FINER = 1200
"""Digits that numbers which agree must not differ in either: 1e40 and 1e40 + 1e-12 are two."""
MOST_BITS = 1 << 18
"""No more are tried for the numbers of one point."""
NO_TIME = "there was no time for the digits"
NO_ENCLOSURES = "without python-flint there are no digits"


class Pair(NamedTuple):
    """Two nodes of a graph."""

    graph: Graph
    first: int
    second: int


class Sample(NamedTuple):
    """Two numbers at a point, and whether they are the same; NaN where they are `open`, which tells why."""

    point: SamplePoint
    first: Number
    second: Number
    same: bool
    open: str = ""


def compared(
    pair: Pair, points: Sequence[SamplePoint], seconds: float = math.inf, patience: float = PATIENCE
) -> list[Sample]:
    """Two nodes at each point, or at as many as there is time for; at two in any case. One point may take it all.

    `patience` is the time for each of several points.
    """
    deadline = time.monotonic() + seconds
    patience = max(patience, seconds) if len(points) == 1 and math.isfinite(seconds) else patience
    found: list[Sample] = []
    for point in points:
        if len(found) >= FEWEST and time.monotonic() > deadline:
            break
        found.append(_sample(pair, point, patience))
        if sum(not sample.same for sample in found) > ENOUGH:
            break
    return found


def _sample(pair: Pair, point: SamplePoint, seconds: float) -> Sample:
    """Both numbers at a point, enclosed: they are apart, or overlap however many digits there are.

    Where enclosures do not tell, or not in time, there are none.
    """
    if not is_available():
        return Sample(point, MP.nan, MP.nan, same=True, open=NO_ENCLOSURES)
    from gradcli.precision.enclosures.balls import as_written
    from gradcli.precision.enclosures.conversions import are_apart, number
    from gradcli.precision.enclosures.search import Search

    nodes, digits = pair[1:], CLOSE + SPARE
    search = Search(pair.graph, nodes, point.bindings, digits, algebra, MOST_BITS, as_written)
    deadline = time.monotonic() + seconds
    found = {**search.settle(seconds)}
    first, second = (found[node] for node in nodes)
    apart = are_apart(first, second)
    if not apart and search.unsettled():
        tried = f"{search.tried:,} digits do not tell what it is" if search.in_time else NO_TIME
        return Sample(point, MP.nan, MP.nan, same=True, open=tried)
    if not apart and first is not second:
        finer = within(deadline - time.monotonic(), lambda: search.at(FINER), None)
        apart = finer is not None and are_apart(*(finer[node] for node in nodes))
    return Sample(point, number(first, digits), number(second, digits), same=not apart)


def screened(graph: Graph, pairs: Sequence[tuple[int, int]], point: SamplePoint) -> list[bool | None]:
    """Whether the nodes of each pair are the same at a point, all enclosed in one sweep; None where that is open."""
    if not is_available():
        return [None for _ in pairs]
    from gradcli.precision.enclosures.balls import as_written
    from gradcli.precision.enclosures.conversions import are_apart
    from gradcli.precision.enclosures.search import Search, is_settled

    nodes = [node for pair in pairs for node in pair]
    found = Search(graph, nodes, point.bindings, CLOSE, read=as_written).at(WORKING)
    settled = {node: is_settled(ball, CLOSE) for node, ball in found.items()}

    def told(first: int, second: int) -> bool | None:
        if first == second:
            return True
        return not are_apart(found[first], found[second]) if settled[first] and settled[second] else None

    return [told(*pair) for pair in pairs]


def differs_around(pair: Pair, point: SamplePoint, names: Iterable[str], patience: float = PATIENCE) -> bool:
    """Whether two nodes differ at all neighbours of a point at which the second has a number, if there is one.

    Each name is moved alone, as where one is moved another may have to stay: x^m at a negative x has no neighbour in m.
    """
    around = (SamplePoint(bindings, point.generic) for bindings in nearby(point.bindings, names))
    samples = [_sample(pair, near, patience) for near in around]
    known = [sample for sample in samples if is_finite(sample.second)]
    return bool(known) and not any(sample.same for sample in known)


def is_proved(
    pair: Pair, source: int, points: Sequence[SamplePoint], free: Sequence[str], seconds: float, *, whole: bool = False
) -> bool | None:
    """Whether SymPy proves two nodes equal, wherever the second and `source` have values; None where time ran out.

    With `whole`, everywhere, whatever their decisions come to; else on every piece on which the points lie.
    """
    if not has_alarm() or min(seconds, left()) < LOADING:
        return None
    bindings = [point.bindings for point in points]

    def proof() -> bool:
        symbolic = loaded("symbolic_equality")
        return bool(symbolic.pieces_are_equal(pair.graph, pair[1:], source, bindings, free, whole=whole))

    return within(seconds, proof, None)
