"""What a gradient means: where each variable should go, which matters most, what a small step does; and an update.

Depends on `gradcli.explanation.document`, and on answers at other points.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from math import floor, isfinite, log10
from typing import NamedTuple

from gradcli.diagnose.kinks.one_sided import Sides
from gradcli.evaluate.gradient import Point
from gradcli.explanation.document import Line, Section, equation, figure, name, prose, sides, slope
from gradcli.learn.descent import Update
from gradcli.passes.arithmetic import product, rounded, step

At = Callable[[Mapping[str, float]], Point]
MOST_NAMED = 5
STEP = 0.01
"""A small step: so much of a variable's size."""


class Remarks(NamedTuple):
    """What is known of some slopes: why they are 0, and of those at a kink what the output does on both sides."""

    zeros: Mapping[str, str]
    kinks: Mapping[str, Sides]
    jumping: Collection[str]


def meaning(output: str, point: Point, remarks: Remarks, at: At, digits: int) -> Section:
    """What the slopes say, steepest first; nothing of a value that is not finite."""
    slopes = {by: it for by, it in point.gradient.items() if by in point.bindings} if isfinite(point.value) else {}
    ordered = sorted(slopes, key=lambda by: (isfinite(slopes[by]), -abs(slopes[by])))
    smooth = [by for by in ordered if isfinite(slopes[by]) and by not in remarks.kinks]
    lines = [line for by in ordered[:MOST_NAMED] for line in _direction(output, by, slopes[by], remarks, digits)]
    if smooth and slopes[smooth[0]]:
        lines += [_largest(output, smooth, slopes)] if 1 < len(smooth) == len(ordered) else []
        lines += _small_step(output, smooth[0], point, at, digits)
    return Section("What the gradient means", lines)


def _direction(output: str, by: str, it: float, remarks: Remarks, digits: int) -> Iterator[Line]:
    loss, weight = name(output), name(by)
    if by in remarks.kinks:
        yield _at_kink(output, by, remarks.kinks[by], remarks.jumping, digits)
    elif not isfinite(it):
        yield prose(loss, " has no finite slope by ", weight, " here.")
    elif not it:
        why = f": {remarks.zeros[by]}." if by in remarks.zeros else "."
        yield prose(loss, " does not change with a small step in ", weight, f", to first order{why}")
    else:
        grows, less = ("grows", "smaller") if it > 0 else ("falls", "larger")
        why = f" grows (slope {rounded(it, digits)}): for a smaller "
        yield prose(loss, f" {grows} as ", weight, why, loss, ", make ", weight, f" {less}.")


def _at_kink(output: str, by: str, found: Sides, jumping: Collection[str], digits: int) -> Line:
    if by in jumping:
        return prose(name(output), " jumps here as ", name(by), " grows: no slope tells what a step does.")
    slopes = (found.left.derivative, found.right.derivative)
    left, right = (rounded(it, digits) if it == it else "none" for it in slopes)
    told = f" is {left} to the left and {right} to the right."
    return prose(name(output), " has a kink here: its slope by ", name(by), told)


def _largest(output: str, ordered: list[str], slopes: Mapping[str, float]) -> Line:
    first, second = ordered[:2]
    if abs(slopes[first]) == abs(slopes[second]):
        return prose(name(first), " and ", name(second), " have the same, largest influence on ", name(output), ".")
    return prose(name(first), " has the largest influence on ", name(output), ": its slope is the steepest.")


def _small_step(output: str, by: str, point: Point, at: At, digits: int) -> Iterator[Line]:
    """What a step of about a hundredth does, by the slope and in fact."""
    here = point.bindings[by]
    size = STEP * 10.0 ** floor(log10(abs(here))) if here and isfinite(here) else STEP
    there = at({**point.bindings, by: here + size})
    actual = there.value - point.value
    if isfinite(actual) and here + size != here:
        expected = product((point.gradient[by], size), point.gradient[by] * size, digits)
        moved, found = rounded(size, digits), rounded(actual, digits)
        yield prose(
            "If ", name(by), f" grows by {moved}, ", name(output), f" changes by about {expected}; in fact by {found}."
        )


def update_section(output: str, point: Point, update: Update, digits: int) -> Section:
    """The step of gradient descent, and its change of the value as predicted and in fact."""
    lines = [_moved(output, by, update, point.gradient[by], digits) for by in update.after]
    predicted, actual = rounded(update.predicted_change, digits), rounded(update.actual_change, digits)
    before, after = rounded(point.value, digits), rounded(update.value_after, digits)
    changes = f" changes by {predicted}; in fact it goes from {before} to {after}, a change of {actual}."
    lines.append(prose("By the slope ", name(output), changes))
    return Section(f"Update with learning rate {rounded(update.lr, digits)}", lines)


def _moved(output: str, by: str, update: Update, it: float, digits: int) -> Line:
    """w_new = w - 0.1 × dL/dw = 3 - 0.1 × 16 = 1.4."""
    shown = step(update.before[by], update.lr, it, update.after[by], digits)
    before, lr, gradient = map(figure, shown.numbers)
    symbols = name(by), " - ", sides(" × ", figure(rounded(update.lr, digits)), slope(output, by))
    numbers = before, " - ", sides(" × ", lr, gradient)
    return equation(name(f"{by}_new"), " = ", *symbols, " = ", *numbers, f" {shown.sign} ", figure(shown.result))
