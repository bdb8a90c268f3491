"""Are two nodes of a graph the same function? Held against each other at many points, then proved by SymPy.

Depends on `gradcli.verify.sampling` for the points, on `gradcli.verify.symbolic` and SymPy for the proof. Numbers
come first: they refute at once.
"""

import math
import time
from collections.abc import Iterable, Sequence
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
NOISE = MP.mpf("1e-25")
"""Numbers that are nearer than that are the same; of larger ones, which agree to 45 digits, more digits tell."""
STEADY = MP.mpf("1e-5")
"""A distance that changes by no more of it as digits are added is one indeed."""
FLAT = MP.mpf("1e-500")
"""What differs by less may be all that 2000 digits leave of a difference that cancels, and is 0 to every double."""


class Sample(NamedTuple):
    """Two numbers at a point, and whether they are the same; NaN where there was no time for their digits."""

    place: Place
    first: Number
    second: Number
    same: bool
    in_time: bool = True


def compared(graph: Graph, first: int, second: int, places: Sequence[Place], seconds: float = math.inf) -> list[Sample]:
    """Two nodes at each point, or at as many as there is time for; at two in any case. One point may take it all."""
    needed, deadline = reachable(graph, [first, second]), time.monotonic() + seconds
    patience = max(PATIENCE, seconds) if len(places) == 1 and math.isfinite(seconds) else PATIENCE
    found: list[Sample] = []
    for place in places:
        if len(found) >= FEWEST and time.monotonic() > deadline:
            break
        found.append(_sample(graph, needed, first, second, place, patience))
        if sum(not sample.same for sample in found) > ENOUGH:
            break
    return found


def _sample(graph: Graph, needed: bytearray, first: int, second: int, place: Place, patience: float) -> Sample:
    settled = within(patience, lambda: _settled(graph, needed, first, second, place), None)
    if settled is None:
        return Sample(place, MP.nan, MP.nan, same=True, in_time=False)
    left, right, parted = settled
    agree = (same(left, right) and not parted) or bool(abs(left - right) <= FLAT)
    return Sample(place, left, right, agree)


def _settled(graph: Graph, needed: bytearray, first: int, second: int, place: Place) -> tuple[Number, Number, bool]:
    """Two numbers with as many working digits as it takes until they agree, or change no more.

    And whether they keep a distance, though it is beyond their 45th digit: 1e40 and 1e40 + 1e-12.
    """
    before: tuple[Number, Number] = (MP.nan, MP.nan)
    parted = False
    for digits in WORKING:
        values = exact(graph, needed, place.bindings, digits)
        now = values[first], values[second]
        known = certain(graph, needed, values) if 0 in now else ()
        parted = _keep_apart(before, now, digits)
        if _are_one(*now) or (not same(*now) and all(map(_stays, before, now, (known, known), (first, second)))):
            break
        before = now
    return *now, parted


def _are_one(first: Number, second: Number) -> bool:
    """Whether two numbers are the same, and so near that no term is lost between them."""
    return same(first, second) and not abs(first - second) > NOISE


def _keep_apart(before: tuple[Number, Number], now: tuple[Number, Number], digits: int) -> bool:
    """Whether the distance of two numbers is the same as with fewer digits: what is left of rounding would not be."""
    with MP.workdps(digits):
        was, gap = before[0] - before[1], now[0] - now[1]
    return is_finite(was) and is_finite(gap) and abs(gap) > NOISE and same(was, gap, STEADY)


def _stays(before: Number, now: Number, known: Sequence[bool], node: int) -> bool:
    """Whether a number does not change with the working digits. A zero may be all that too few of them leave."""
    return bool(known[node]) if now == 0 else same(before, now)


def same(first: Number, second: Number, close: Number = CLOSE) -> bool:
    """Whether two numbers agree to 45 digits; two that are not finite agree where they are the same."""
    if not (is_finite(first) and is_finite(second)):
        return bool(first == second) or (first != first and second != second)
    with MP.workdps(WORKING[-1]):
        return bool(abs(first - second) <= close * max(abs(first), abs(second)))


def differs_around(graph: Graph, first: int, second: int, place: Place, names: Iterable[str]) -> bool:
    """Whether two nodes differ at all neighbours of a point at which the second has a number, if there is one.

    Each name is moved alone, as where one is moved another may have to stay: x^m at a negative x has no neighbour in m.
    """
    needed = reachable(graph, [first, second])
    around = (Place(bindings, place.generic) for bindings in nearby(place.bindings, names))
    samples = [_sample(graph, needed, first, second, near, PATIENCE) for near in around]
    known = [sample for sample in samples if is_finite(sample.second)]
    return bool(known) and not any(sample.same for sample in known)


def is_proved(
    graph: Graph,
    first: int,
    second: int,
    places: Sequence[Place],
    free: Sequence[str],
    seconds: float,
    *,
    whole: bool = False,
) -> bool | None:
    """Whether SymPy proves two nodes equal; None where time ran out.

    With `whole`, everywhere, whatever their decisions come to; else on every piece on which the points lie.
    """
    if not has_alarm():
        return None
    # SymPy takes 0.3 s to load: only here, where a proof is tried.
    from gradcli.verify.equality_proof import pieces_are_equal

    points = [place.bindings for place in places]
    return within(seconds, lambda: pieces_are_equal(graph, first, second, points, free, whole=whole), None)
