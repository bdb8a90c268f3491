"""Slopes at infinity, where a formula of infinite operands has a number and its rules have none, as of exp(-x^2).

What is put together from logarithms, exponentials, powers and their kin and does not oscillate moves one way in the end
(Hardy, Orders of Infinity): if it tends to a number, its slope tends to 0. Doubles and enclosures take every operator
to its limit, and are NaN where operands that are infinite leave it open or make it oscillate; so a value that is finite
is that limit, but for jumps and powers such as 1^inf. These, and what oscillates ever faster while it dies away, show
far out: enclosed there, the value must come nearer and the slope shrink as 1/x does, or faster.

Depends on `gradcli.precision.enclosures`, which is loaded only where a slope is missing.
"""

from collections.abc import Iterator, Mapping, Sequence
from math import isfinite, isinf

from gradcli.derivatives import differentiate
from gradcli.errors import Notice, listed
from gradcli.evaluate.gradient import Point
from gradcli.evaluate.scalar import evaluate_all
from gradcli.graph.walk import reachable
from gradcli.language.program import Program
from gradcli.precision.enclosures import is_available
from gradcli.time_limit import within

SECONDS, MOST_FOLLOWED = 2.0, 10_000
"""The time for all slopes of a point, and the operations of which one is looked for."""


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
    from gradcli.precision.enclosures.infinity import levels_off

    graph, output = program.graph, program.output
    values = evaluate_all(graph, reachable(graph, [output, *wrt.values()]), point.bindings)
    for name, node in wrt.items():
        if isinf(values[node]):
            slope = differentiate(graph, output, [node]).gradient[0]
            if levels_off(graph, output, slope, point.bindings, node, values[node], point.value):
                yield name


def _notice(program: Program, names: Sequence[str]) -> Notice:
    slopes = listed([f"by {name} is 0" for name in names])
    message = f"{program.name} levels off here, at infinity, and so the slope {slopes}; rule by rule there is none"
    return Notice("kink", message)
