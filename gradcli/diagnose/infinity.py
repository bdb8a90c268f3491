"""Slopes at infinity, where a formula of infinite operands has a number and its rules have none, as of exp(-x^2).

What is put together from logarithms, exponentials, powers and their kin and does not oscillate moves one way in the end
(Hardy, Orders of Infinity): if it tends to a number, its slope tends to 0. Doubles and enclosures take every operator
to its limit, and are NaN where operands that are infinite leave it open or make it oscillate; so a value that is finite
is that limit, but for jumps and powers such as 1^inf. These, and what oscillates ever faster while it dies away, show
far out: enclosed there, the value must come nearer and the slope shrink as 1/x does, or faster.

Depends on `gradcli.precision.enclosures`, which is loaded only where a slope is missing.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from math import isfinite, isinf
from typing import TYPE_CHECKING, NamedTuple

from gradcli.errors import Notice, listed
from gradcli.evaluate.gradient import Gradient, Point
from gradcli.evaluate.scalar import evaluate_all
from gradcli.graph.walk import reachable
from gradcli.language.program import Program
from gradcli.precision.enclosures import is_available
from gradcli.time_limit import within

if TYPE_CHECKING:
    from flint import arb

FAR = (5, 6, 7, 8, 9, 10, 11, 16, 32, 64, 128, 256, 512, 1024)
"""How far out is looked, as powers of 2; an exponential of an exponential is followed to 2^11."""
STEPS, BITS = 3, 256
SHRUNK, NEAR, TINY, STEEPEST = 0.9, 2.0**-50, 5e-324, 2.0
"""A distance shrinks if it is less than so much of that before; a relative one, and one of all, that rounding leaves;
and how steep a slope may be, as a multiple of 1/x."""
SECONDS, MOST_FOLLOWED = 2.0, 10_000
"""The time for all slopes of a point, and the operations of which one is looked for."""


class _Step(NamedTuple):
    """How far the value is from that at infinity, and the slope times x, both at most."""

    apart: "arb"
    slope: "arb"


def levelled(program: Program, point: Point, wrt: Mapping[str, int]) -> tuple[Point, tuple[Notice, ...]]:
    """The point with 0 for each slope by an infinite number that the rules leave open, where the formula levels off."""
    lost = {name: wrt[name] for name, slope in point.gradient.items() if not isfinite(slope)}
    if not lost or not isfinite(point.value) or not is_available() or program.output > MOST_FOLLOWED:
        return point, ()
    flat = within(SECONDS, lambda: [*_flat(program, point, lost)], [])
    if not flat:
        return point, ()
    return point._replace(gradient={**point.gradient, **dict.fromkeys(flat, 0.0)}), (_notice(program, flat),)


def _flat(program: Program, point: Point, wrt: Mapping[str, int]) -> Iterator[str]:
    """The names of infinite nodes that the output levels off by."""
    values = evaluate_all(program.graph, reachable(program.graph, [program.output, *wrt.values()]), point.bindings)
    for name, node in wrt.items():
        if isinf(values[node]) and _levels_off([*_steps(program, point, node, values[node])][-STEPS:], point.value):
            yield name


def _steps(program: Program, point: Point, node: int, end: float) -> Iterator[_Step]:
    """What is enclosed ever further out, where it can be followed so far."""
    from flint import ctx, fmpq

    from gradcli.precision.enclosures.balls import as_ball, exactly, is_finite
    from gradcli.precision.enclosures.search import enclosed, leaves

    gradient = Gradient(program, {"": node})
    given = leaves(program.graph, gradient.needed, point.bindings, exactly)
    for power in FAR:
        with ctx.workprec(BITS):
            x = fmpq(1 << power if end > 0 else -(1 << power))
            values = enclosed(program.graph, gradient.needed, given, {node: x})
            value, slope = (values[at] for at in gradient.outputs)
            if is_finite(value) and is_finite(slope):
                yield _Step(*[as_ball(it).abs_upper() for it in (value - exactly(point.value), slope * x)])


def _levels_off(steps: Sequence[_Step], value: float) -> bool:
    """Whether the value comes nearer from step to step, and the slope is no more than 1/x has."""
    near = max(abs(value) * NEAR, TINY)
    nearer = all(after.apart <= near or after.apart < SHRUNK * before.apart for before, after in pairwise(steps))
    return len(steps) == STEPS and nearer and all(step.slope < STEEPEST for step in steps)


def _notice(program: Program, names: Sequence[str]) -> Notice:
    slopes = listed([f"by {name} is 0" for name in names])
    message = f"{program.name} levels off here, at infinity, and so the slope {slopes}; rule by rule there is none"
    return Notice("kink", message)
