"""Are two nodes of a graph the same function? Held against each other at many points, then proved by SymPy.

Depends on `gradcli.verify.sampling` for the points, on `gradcli.verify.symbolic` and SymPy for the proof. Numbers
come first: they refute at once.
"""

import math
import time
from collections.abc import Sequence
from typing import NamedTuple

from gradcli.graph.graph import Graph
from gradcli.graph.walk import reachable
from gradcli.time_limit import has_alarm, within
from gradcli.verify.meanings import MP, Number, is_finite
from gradcli.verify.sampling import Place, exact, nearby
from gradcli.verify.zeros import certain

FEWEST = 2
ENOUGH = 8
"""So many points at which two nodes differ tell all that there is to be told."""
PATIENCE = 0.5
"""Seconds for the digits of one point; it is passed over if they are not enough."""
WORKING = (65, 260, 2000)
"""Working digits; two numbers that differ are computed again with more before they count as different."""
CLOSE = MP.mpf("1e-45")
FLAT = MP.mpf("1e-500")
"""What differs by less may be all that 2000 digits leave of a difference that cancels, and is 0 to every double."""


class Sample(NamedTuple):
    """Two numbers at a point, and whether they are the same."""

    place: Place
    first: Number
    second: Number
    same: bool


def compared(graph: Graph, first: int, second: int, places: Sequence[Place], seconds: float = math.inf) -> list[Sample]:
    """Two nodes at each point, or at as many as there is time for; at two in any case."""
    needed, deadline = reachable(graph, [first, second]), time.monotonic() + seconds
    found: list[Sample] = []
    for place in places:
        if len(found) >= FEWEST and time.monotonic() > deadline:
            break
        found.append(_sample(graph, needed, first, second, place))
        if sum(not sample.same for sample in found) > ENOUGH:
            break
    return found


def _sample(graph: Graph, needed: bytearray, first: int, second: int, place: Place) -> Sample:
    settled = within(PATIENCE, lambda: _settled(graph, needed, first, second, place), None)
    if settled is None:
        return Sample(place, MP.nan, MP.nan, same=True)
    left, right = settled
    return Sample(place, left, right, same(left, right) or bool(abs(left - right) <= FLAT))


def _settled(graph: Graph, needed: bytearray, first: int, second: int, place: Place) -> tuple[Number, Number]:
    """Two numbers with as many working digits as it takes until they agree, or change no more."""
    before: tuple[Number, Number] = (MP.nan, MP.nan)
    for digits in WORKING:
        values = exact(graph, needed, place.bindings, digits)
        now = values[first], values[second]
        known = certain(graph, needed, values) if 0 in now else ()
        if same(*now) or all(_stays(*it, known) for it in zip(before, now, (first, second), strict=True)):
            break
        before = now
    return now


def _stays(before: Number, now: Number, node: int, known: Sequence[bool]) -> bool:
    """Whether a number does not change with the working digits. A zero may be all that too few of them leave."""
    return bool(known[node]) if now == 0 else same(before, now)


def same(first: Number, second: Number, close: Number = CLOSE) -> bool:
    """Whether two numbers agree to 45 digits; two that are not finite agree where they are the same."""
    if not (is_finite(first) and is_finite(second)):
        return bool(first == second) or (first != first and second != second)
    with MP.workdps(WORKING[-1]):
        return bool(abs(first - second) <= close * max(abs(first), abs(second)))


def differs_around(graph: Graph, first: int, second: int, sample: Sample, free: Sequence[str]) -> bool:
    """Whether two nodes differ beside a point too, and not by a convention at that very point."""
    needed = reachable(graph, [first, second])
    around = (Place(bindings, sample.place.generic) for bindings in nearby(sample.place.bindings, free))
    return all(not _sample(graph, needed, first, second, place).same for place in around)


def is_proved(
    graph: Graph, first: int, second: int, places: Sequence[Place], free: Sequence[str], seconds: float
) -> bool | None:
    """Whether SymPy proves two nodes equal, on every piece on which the points lie; None where time ran out."""
    if not has_alarm():
        return None
    # SymPy takes 0.3 s to load: only here, where a proof is tried.
    from gradcli.verify.equality_proof import pieces_are_equal

    points = [place.bindings for place in places]
    return within(seconds, lambda: pieces_are_equal(graph, first, second, points, free), None)
