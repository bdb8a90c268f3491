"""Are two nodes of a graph the same function? Held against each other at many points, then proved by SymPy.

Depends on `gradcli.proof.sample_points` for the points, on `gradcli.proof.sympy_formula` and SymPy for the proof.
Numbers come first: they refute at once.
"""

import math
import time
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from gradcli.graph.graph import Graph
from gradcli.graph.walk import reachable
from gradcli.precision.exact_zeros import certain
from gradcli.precision.multiprecision import same, values_as_written
from gradcli.precision.multiprecision_kernels import MP, Number, is_finite
from gradcli.proof.sample_points import SamplePoint, nearby
from gradcli.time_limit import has_alarm, left, within

FEWEST = 2
ENOUGH = 8
"""So many points at which two nodes differ tell all that there is to be told."""
LOADING = 0.3
"""Seconds below which a proof is not begun: SymPy takes longer to load."""
PATIENCE = 0.5
"""Seconds for the digits of one point; it is passed over if they are not enough."""
WORKING = (65, 260, 2000, 2400)
"""Working digits; two numbers that differ are computed again with more before they count as different."""
FAR = 12
"""Numbers of a point that are so many powers of 10 away from 1 take more digits: 3 + 1e-300 is 3 to 260."""
MORE, FARTHEST = 150, 20_000
"""Digits beyond those of a tiny number, 3 for each 10 of its bits, and the most for it."""
CLOSE = 45
"""Digits to which two numbers are the same, and a derivative and its difference quotient."""
NOISE = MP.mpf("1e-25")
"""Numbers that are nearer than that are the same; of larger ones, which agree to 45 digits, more digits tell."""
STEADY = 5
"""A distance of which so many digits stay as working digits are added is one indeed."""
FLAT = MP.mpf("1e-500")
"""What differs by less, and does not settle or is 0, may be all that 2000 digits leave of terms that cancel."""


class Pair(NamedTuple):
    """Two nodes of a graph."""

    graph: Graph
    first: int
    second: int


class Sample(NamedTuple):
    """Two numbers at a point, and whether they are the same; NaN where there was no time for their digits."""

    point: SamplePoint
    first: Number
    second: Number
    same: bool
    in_time: bool = True


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
        found.append(_PairAt(pair, point).sample(patience))
        if sum(not sample.same for sample in found) > ENOUGH:
            break
    return found


class _Settled(NamedTuple):
    """Two numbers as far as working digits tell.

    parted  whether they keep a distance, though it is beyond their 45th digit: 1e40 and 1e40 + 1e-12
    stay    of each whether it changes with the digits no more
    """

    first: Number
    second: Number
    parted: bool = False
    stay: tuple[bool, bool] = (False, False)

    def agree(self) -> bool:
        """A distance that does not settle, and is less than all digits leave of one, is none."""
        if same(self.first, self.second, CLOSE):
            return not self.parted
        return not all(self.stay) and bool(abs(self.first - self.second) <= FLAT)

    def is_told(self) -> bool:
        """Whether more digits would tell no more."""
        if same(self.first, self.second, CLOSE):
            return not abs(self.first - self.second) > NOISE and (all(self.stay) or self.first != 0)
        return all(self.stay)

    def further(self) -> Sequence[int]:
        """Digits that show a number as small as the one that is certain beside one that is not."""
        certain = [it for it, stays in zip(self[:2], self.stay, strict=True) if stays and it != 0]
        reach = -int(MP.mag(certain[0])) * 3 // 10 if certain and is_finite(certain[0]) else 0
        return (reach + MORE, reach + 2 * MORE) if WORKING[-1] - MORE < reach < FARTHEST else ()


class _PairAt(NamedTuple):
    """Two nodes at a point."""

    pair: Pair
    point: SamplePoint

    def sample(self, seconds: float) -> Sample:
        """Both numbers, where there is time for their digits."""
        settled = within(seconds, self.settled, None)
        if settled is None:
            return Sample(self.point, MP.nan, MP.nan, same=True, in_time=False)
        return Sample(self.point, settled.first, settled.second, settled.agree())

    def settled(self) -> _Settled:
        """Two numbers with as many working digits as it takes until they agree, or change no more."""
        found = self._climbed(self._at(_Settled(MP.nan, MP.nan), WORKING[0]), WORKING[1:])
        return self._climbed(found, found.further())

    def _spread(self) -> int:
        """Digits that keep a term beside one that is far larger, where the point's own numbers are far from 1."""
        sizes = (abs(math.log10(abs(it))) for it in self.point.bindings.values() if it and math.isfinite(it))
        spread = int(max(sizes, default=0.0))
        return 2 * spread if spread > FAR else 0

    def _climbed(self, found: _Settled, rungs: Sequence[int]) -> _Settled:
        for digits in rungs:
            found = found if found.is_told() else self._at(found, digits)
        return found

    def _at(self, before: _Settled, digits: int) -> _Settled:
        """The numbers with so many digits, beside those with fewer."""
        graph, first, second = self.pair
        needed = reachable(graph, [first, second])
        values = values_as_written(graph, needed, self.point.bindings, digits + self._spread())
        now = values[first], values[second]
        known = certain(graph, needed, values) if 0 in now else ()
        nodes = zip(before[:2], now, (first, second), strict=True)
        one, other = (_stays(was, number, known, node) for was, number, node in nodes)
        return _Settled(*now, _keep_apart(before[:2], now, digits), (one, other))


def _keep_apart(before: tuple[Number, Number], now: tuple[Number, Number], digits: int) -> bool:
    """Whether the distance of two numbers is the same as with fewer digits: what is left of rounding would not be."""
    with MP.workdps(digits):
        was, gap = before[0] - before[1], now[0] - now[1]
    return is_finite(was) and is_finite(gap) and abs(gap) > NOISE and same(was, gap, STEADY)


def _stays(before: Number, now: Number, known: Sequence[bool], node: int) -> bool:
    """Whether a number does not change with the working digits. A zero may be all that too few of them leave."""
    return bool(known[node]) if now == 0 else same(before, now, CLOSE)


def differs_around(pair: Pair, point: SamplePoint, names: Iterable[str], patience: float = PATIENCE) -> bool:
    """Whether two nodes differ at all neighbours of a point at which the second has a number, if there is one.

    Each name is moved alone, as where one is moved another may have to stay: x^m at a negative x has no neighbour in m.
    """
    around = (SamplePoint(bindings, point.generic) for bindings in nearby(point.bindings, names))
    samples = [_PairAt(pair, near).sample(patience) for near in around]
    known = [sample for sample in samples if is_finite(sample.second)]
    return bool(known) and not any(sample.same for sample in known)


def is_proved(
    pair: Pair, points: Sequence[SamplePoint], free: Sequence[str], seconds: float, *, whole: bool = False
) -> bool | None:
    """Whether SymPy proves two nodes equal; None where time ran out.

    With `whole`, everywhere, whatever their decisions come to; else on every piece on which the points lie.
    """
    if not has_alarm() or min(seconds, left()) < LOADING:
        return None
    # SymPy takes 0.3 s to load: only here, where a proof is tried.
    from gradcli.proof.symbolic_equality import pieces_are_equal

    bindings = [point.bindings for point in points]
    return within(seconds, lambda: pieces_are_equal(pair.graph, pair[1:], bindings, free, whole=whole), None)
