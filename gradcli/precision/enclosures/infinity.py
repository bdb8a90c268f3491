"""Does a formula level off as one of its nodes goes to infinity? It is followed far out, in enclosures.

Depends on `gradcli.precision.enclosures.search`.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

from flint import arb, ctx, fmpq

from gradcli.graph.graph import Graph
from gradcli.graph.walk import reachable
from gradcli.precision.enclosures.balls import Enclosure, as_ball, exactly, is_finite
from gradcli.precision.enclosures.search import enclosed, leaves

POWERS = (5, 6, 7, 8, 9, 10, 11, 16, 32, 64, 128, 256, 512, 1024)
"""How far out is looked, as powers of 2; an exponential of an exponential is followed to 2^11."""
STEPS, BITS = 3, 4352
NEARER, NEAR, TINY = 0.9, 2.0**-50, 5e-324
"""A distance of less than so much of that before shrinks; so much of the number itself, and of anything, is nothing."""
STEEPEST = 2.0
"""How steep a slope may be that dies away, in units of 1/x."""


class _Step(NamedTuple):
    """How far the value is from that at infinity, and the slope times x, both at most."""

    apart: arb
    slope: arb


def levels_off(
    graph: Graph, value: int, slope: int, bindings: Mapping[str, Any], node: int, end: float, limit: float
) -> bool:
    """Whether `value` comes nearer to `limit`, and `slope` dies away as 1/x does or faster, as `node` goes to `end`.

    Raises KeyError for a missing binding.
    """
    needed = reachable(graph, [value, slope])
    given = leaves(graph, needed, bindings, exactly)

    def at(x: fmpq) -> Sequence[Enclosure]:
        values = enclosed(graph, needed, given, {node: x})
        return values[value], values[slope]

    steps = [*_steps(at, 1 if end > 0 else -1, exactly(limit))][-STEPS:]
    return len(steps) == STEPS and _approach(steps, max(abs(limit) * NEAR, TINY))


def _steps(at: Callable[[fmpq], Sequence[Enclosure]], sign: int, limit: Enclosure) -> Iterator[_Step]:
    """What is known ever further out, where it can be followed so far."""
    for power in POWERS:
        with ctx.workprec(BITS):
            x = fmpq(sign * 2**power)
            value, slope = at(x)
            if is_finite(value) and is_finite(slope):
                yield _Step(*[as_ball(it).abs_upper() for it in (value - limit, slope * x)])


def _approach(steps: Sequence[_Step], near: float) -> bool:
    nearer = all(after.apart <= near or after.apart < NEARER * before.apart for before, after in pairwise(steps))
    return nearer and all(step.slope < STEEPEST for step in steps)
