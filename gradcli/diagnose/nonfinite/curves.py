"""Curved ways to a point: along lines x^2*y/(x^4 + y^2) tends to 0, along y = x^2 to 1/2, x*log(x + y) to any number.

Depends on `gradcli.diagnose.nonfinite.trial`. A way is two moves of the variables, the second one nearer to the point.
"""

from collections.abc import Callable, Iterator, Sequence
from itertools import product
from math import frexp, isfinite
from time import monotonic
from typing import TYPE_CHECKING

from gradcli.diagnose.nonfinite.trial import ALL_DIGITS, CLOSE, MOST_NAMES, Move, Trial, is_finite
from gradcli.evaluate.scalar import evaluate_all
from gradcli.graph.walk import dependent, reachable

if TYPE_CHECKING:
    from gradcli.precision.multiprecision_kernels import Number

BITS = (7, 10)
"""The steps are 2^-7 and 2^-10."""
SHRUNK = (lambda bits: 2 * bits, lambda bits: 3 * bits, lambda bits: 1 << bits)
"""One variable goes as the square of the others, as the cube, or so that step*log2(least) is -1."""
SIGNS: Sequence[tuple[int, int]] = ((1, 1), (1, -1), (-1, 1), (-1, -1))
"""Which way that one is moved, and which way the others."""
FACTORS = (0.625, 0.8125, 0.53125, 0.71875)
NEARER = 0.9
ITERATIONS, FARTHEST = 16, 8
"""Steps of the secant rule, and how far from the point, beside the others, they may lead."""


def is_right_on_curves(trial: Trial, new: int) -> bool:
    """Whether the old formula comes nearer to the value that the new one has at the point, on all ways tried."""
    if len(trial.names) < 2 or trial.has_value:
        return True
    limit = trial.values([new], {})[0]
    return monotonic() < trial.deadline and all(_comes_nearer(trial, limit, way) for way in _ways(trial))


def holds_along(trial: Trial, condition: int, value: int) -> bool:
    """Whether the old formula comes to another one wherever two nodes are the same, not at the point alone."""
    difference = trial.graph.node("sub", trial.graph.operands[condition])
    variables = trial.graph.variables()
    moving = [name for name in trial.names if dependent(trial.graph, [variables[name]], difference)[difference]]
    if len(moving) < 2:
        return True
    moves = (_towards(trial, difference, name, signs, BITS[-1]) for name, signs in product(moving, SIGNS))
    pairs = [trial.values([trial.old, value], move) for move in moves if move]
    known = [(old, new) for old, new in pairs if is_finite(old)]
    return bool(known) and all(abs(old - new) <= CLOSE * max(1, abs(old)) for old, new in known)


def _comes_nearer(trial: Trial, limit: "Number", way: Sequence[Move]) -> bool:
    """Whether it does on one way; what has no number there tells nothing."""
    found = [trial.values([trial.old], move)[0] for move in way]
    if not all(map(is_finite, found)):
        return True
    near, far = (abs(value - limit) for value in found)
    return bool(far <= max(NEARER * near, CLOSE * abs(limit)))


def _ways(trial: Trial) -> Iterator[list[Move]]:
    """Ways on which one variable is much nearer to the point than the others, then those beside a pole."""
    names = trial.names[:MOST_NAMES]
    for name, shrunk, signs in product(names, SHRUNK, SIGNS):
        yield [_apart(trial, name, signs, bits, shrunk(bits)) for bits in BITS]
    for node, name, signs in product(_beside_poles(trial), names, SIGNS):
        moves = [_towards(trial, node, name, signs, bits) for bits in BITS]
        if all(moves):
            yield moves


def _apart(trial: Trial, name: str, signs: tuple[int, int], bits: int, shrunk: int) -> Move:
    one, others = signs
    factors = dict(zip(trial.names, FACTORS * len(trial.names), strict=False))
    steps = {other: trial.step(other, others * factor, bits) for other, factor in factors.items()}
    return {**steps, name: trial.step(name, one * factors[name], shrunk)}


def _beside_poles(trial: Trial) -> list[int]:
    """The operands, of several variables, of what has no number though they have one."""
    graph = trial.graph
    needed = reachable(graph, [trial.old])
    values = evaluate_all(graph, needed, trial.bindings)
    lost = (at for at, flag in enumerate(needed) if flag and not isfinite(values[at]))
    found = {operand for at in lost for operand in graph.operands[at] if isfinite(values[operand])}
    moving = [dependent(graph, [node], trial.old) for name, node in graph.variables().items() if name in trial.names]
    return [at for at in sorted(found) if sum(flags[at] for flags in moving) > 1]


def _towards(trial: Trial, node: int, name: str, signs: tuple[int, int], bits: int) -> Move:
    """A move by which a node is off its value at the point by 2^-(2^bits), found by the secant rule; empty for none."""
    from gradcli.precision.enclosures.balls import exactly
    from gradcli.precision.multiprecision_kernels import MP

    one, others = signs
    start, least = _apart(trial, name, (1, others), bits, bits), MP.ldexp(one, -(1 << bits))
    scale = MP.ldexp(1, frexp(trial.bindings[name])[1] - bits)

    def missed(step: "Number") -> "Number":
        return trial.values([node], {**start, name: exactly(step)}, ALL_DIGITS)[0] - wanted

    with MP.workdps(ALL_DIGITS):
        wanted = trial.values([node], {}, ALL_DIGITS)[0] + least
        found = _root(missed, scale, abs(least) / 2)
        return {} if found is None or abs(found) > FARTHEST * scale else {**start, name: exactly(found)}


def _root(function: "Callable[[Number], Number]", scale: "Number", room: "Number") -> "Number | None":
    """Where a function is nearly 0, by the secant rule from the scale on; None where that leads nowhere."""
    before, at = scale, scale * 3 / 4
    value_before, value = function(before), function(at)
    for _ in range(ITERATIONS):
        if abs(value) <= room:
            return at
        if not is_finite(value) or value == value_before:
            return None
        before, at = at, at - value * (at - before) / (value - value_before)
        value_before, value = value, function(at)
    return None
