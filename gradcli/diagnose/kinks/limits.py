"""One-sided derivatives by approach: difference quotients with steps below every double.

Depends on `gradcli.precision.difference_quotients` for the values at the point. No rule of differentiation is used, and
every answer is a limit that three steps show, each computed at two precisions at least.

Which steps are honest? A branch may be decided by a width, as in where(x^2 >= 1e-300, x, 5*x), and a longer step would
see the wrong one. The steps are shorter than 2^-1074, the least double, so a width that a literal spells is wider. It
can be less than that, as in x^0.1 >= 1e-300 or tanh(1e300*(1e300*x)); so every node must stay where it is at the
point, as nodes do that are continuous, unless it is exactly at its kink or its operands have no number there. Where one
does not stay, the step was too long, and nothing is told.
"""

from collections.abc import Sequence
from itertools import pairwise
from math import isclose, nan
from time import monotonic
from typing import NamedTuple

from gradcli.diagnose.kinks.active import is_active
from gradcli.diagnose.kinks.directional import CLOSE, OneSided
from gradcli.evaluate.gradient import Point
from gradcli.graph.graph import Graph
from gradcli.graph.walk import users
from gradcli.precision.decimals import nearest
from gradcli.precision.difference_quotients import Differences, digits, scale
from gradcli.precision.multiprecision import agree, vanishes
from gradcli.precision.multiprecision_kernels import INF, MEANINGS, MP, NAN, ZERO, Number, is_finite, run_template
from gradcli.time_limit import within

STEPS = ((1100, 0.6180339887498949), (1300, 0.7548776662466927), (1500, 0.5698402909980532))
"""Bits of the steps, and a factor so odd that no step is a period of the formula: 1/h is no whole number."""
RUNGS = (4, 8, 16, 32, 64)
"""The working precisions, as `gradcli.precision.difference_quotients.digits` counts them."""
BELIEVED = 16
"""From this one on a change that is not seen is none: it has 1,500 digits more than the step needs."""
DIGITS = 25
"""Digits that must settle: 8 more than a double tells apart."""
FAR = MP.mpf("1e-5")
"""What a quotient shrinks to from step to step, at least, where it tends to 0. A logarithm takes longer."""
BARELY = MP.mpf(2) ** -10
"""How far a node may move whose operands move no further, unless it is at a kink."""


class _Step(NamedTuple):
    """The output one step aside: its change, and the change over the step; NaN where they cannot be told."""

    change: Number
    quotient: Number
    defined: bool = True


SECONDS = 5.0
"""The time that all the sides of one point may take."""
UNKNOWN, STILL = _Step(NAN, NAN), _Step(ZERO, ZERO)
UNTOLD = OneSided(nan, nan, defined=True)


class Approach:
    """The sides of one output at one point, by as many nodes as are asked for in the time that all of them may take.

    The point's value is what was given out. Where real numbers have another, as for what depends on the sign of a
    zero, there is nothing to approach, and nothing is told.
    """

    def __init__(self, graph: Graph, output: int, point: Point, seconds: float = SECONDS) -> None:
        self.graph, self.output, self.value = graph, output, point.value
        self.differences = Differences(graph, output, point.bindings)
        self.deadline = monotonic() + seconds

    def sides(self, node: int) -> tuple[OneSided, OneSided]:
        """The output on the left and on the right of the point, as `node` grows through it."""
        return within(self.deadline - monotonic(), lambda: self._both(node), (UNTOLD, UNTOLD))

    def _both(self, node: int) -> tuple[OneSided, OneSided]:
        if isclose(self.value, nearest(self.differences.value), rel_tol=CLOSE):
            return self._side(node, -1), self._side(node, 1)
        return UNTOLD, UNTOLD

    def _side(self, node: int, sign: int) -> OneSided:
        steps = [self._settled(node, sign * odd, bits) for bits, odd in STEPS]
        jump = _limit([step.change for step in steps])
        defined = any(step.defined for step in steps)
        if jump:
            return OneSided(nearest(self.differences.value + jump), nan, defined)
        return OneSided(self.value, nearest(_limit([step.quotient for step in steps])), defined)

    def _settled(self, node: int, odd: float, bits: int) -> _Step:
        """The output one step aside, at the first precision that the one before it bears out."""
        before = UNKNOWN
        for rung in RUNGS:
            if monotonic() > self.deadline:  # where there is no alarm, or it was swallowed
                break
            now = self._step(node, odd, bits, rung)
            if rung >= BELIEVED and vanishes(now.quotient, digits(rung)):
                return STILL
            if rung > RUNGS[0] and agree(before.quotient, now.quotient, DIGITS):
                return now
            before = now
        return UNKNOWN

    def _step(self, node: int, odd: float, bits: int, rung: int) -> _Step:
        """The same at one precision."""
        with MP.workdps(digits(rung)):
            values = self.differences.values(rung)
            if not is_finite(values[node]):  # beside infinity there is nothing
                return UNKNOWN
            step = MP.ldexp(odd, min(scale(values[node]), 0) - bits)
            moved = self._moved(values, node, step)
            if moved is None:
                return UNKNOWN
            change = moved[self.output] - values[self.output]
            return _Step(change, change / step, defined=moved[self.output] == moved[self.output])

    def _moved(self, values: Sequence[Number], node: int, step: Number) -> list[Number] | None:
        """All nodes, where `node` is moved and all that depends on it follows; None where the step was too long."""
        moved, strayed = [*values], set[int]()
        moved[node] += step
        for at in users(self.graph, node, self.output, self.differences.needed):
            operands, meaning = self.graph.operands[at], MEANINGS[self.graph.operators[at]]
            moved[at] = meaning(*[moved[operand] for operand in operands])
            if _strays(values[at], moved[at]):
                if strayed.isdisjoint(operands) and self._is_steady(values, at):
                    return None
                strayed.add(at)
        return moved

    def _is_steady(self, values: Sequence[Number], node: int) -> bool:
        """Whether a node can only move with its operands: it has no jump here, and no pole below it."""
        finite = all(is_finite(values[operand]) for operand in self.graph.operands[node])
        return finite and not is_active(self.graph, node, values, run_template)


def _strays(here: Number, there: Number) -> bool:
    """Whether a number has moved more than a step so short can move it; one that is not finite tells nothing."""
    return bool(abs(there - here) > BARELY * (abs(here) or 1))


def _limit(numbers: Sequence[Number]) -> Number:
    """What three numbers tend to, each at a much shorter step than the one before; NaN where that is not clear."""
    if not all(map(is_finite, numbers)):
        return numbers[-1] if len(set(numbers)) == 1 else NAN
    pairs = [*pairwise(numbers)]
    if all(after == 0 or abs(after) <= FAR * abs(before) for before, after in pairs):
        return ZERO
    if all(agree(before, after, DIGITS) for before, after in pairs):
        return numbers[-1]
    if all(abs(before) <= FAR * abs(after) and before * after > 0 for before, after in pairs):
        return MP.sign(numbers[-1]) * INF
    return NAN
