"""What a gradient means: where each variable should go, which matters most, what a small step does; and an update.

Depends on `gradcli.explanation.document`, and on answers at other points.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from decimal import Decimal
from math import floor, isfinite, log10
from typing import NamedTuple

from gradcli.diagnose.kinks.one_sided import OneSided, Sides
from gradcli.emit.latex import symbol
from gradcli.evaluate.gradient import Point
from gradcli.explanation.document import Line, Section, Side, array, equation, figure, name, prose, sides, slope
from gradcli.language.program import Program
from gradcli.learn.descent import Update
from gradcli.passes.arithmetic import added, balanced, multiplied, product, rounded, step
from gradcli.shapes import Array, grouped

At = Callable[[Mapping[str, float]], Point]
MOST_NAMED = 5
STEP = 0.01
"""A small step: so much of a variable's size."""
TRIES = 8
NEAR = 0.1
"""By so much of itself a change may differ from what the slope says, for a step that is small."""
LOST = 1e-10
"""A change that is no larger share of the value has lost its digits in doubles."""
LONG = 0.5
"""By a larger share of itself a change differs from what the slope says after a step that was long."""
TITLE = "What the gradient means"


class Kinks(NamedTuple):
    """What the output does on both sides of a point, by those names whose way meets a kink; by which names it jumps.

    `tiny` are the names by which the slope is no 0, but below the smallest double.
    """

    sides: Mapping[str, Sides]
    jumping: Collection[str]
    tiny: Collection[str] = ()


def meaning(output: str, point: Point, kinks: Kinks, at: At | None, digits: int) -> Section:
    """What the slopes say, steepest first; nothing of a value that is not finite."""
    slopes = point.gradient if isfinite(point.value) else {}
    ordered = sorted(slopes, key=lambda by: (isfinite(slopes[by]), -abs(slopes[by])))
    if slopes and not any(slopes.values()) and not kinks.sides:
        flat = ("The gradient is 0: ", name(output), " is flat here, and an update changes nothing.")
        tiny = ("The gradient is below the smallest double: in doubles an update changes nothing.",)
        return Section(TITLE, [prose(*(tiny if kinks.tiny else flat))])
    lines = [line for by in ordered[:MOST_NAMED] for line in _direction(output, by, slopes[by], kinks, digits)]
    if len(ordered) > MOST_NAMED:
        lines.append(prose(f"The slopes by {len(ordered) - MOST_NAMED:,} more are no steeper."))
    smooth = [by for by in ordered if isfinite(slopes[by]) and by not in kinks.sides]
    if smooth and slopes[smooth[0]]:
        lines += _largest(output, smooth, slopes, digits) if 1 < len(smooth) == len(ordered) else []
        moved = next((by for by in smooth if by in point.bindings), None)
        lines += _small_step(output, moved, point, at, digits) if at and moved else []
    return Section(TITLE, lines)


def _direction(output: str, by: str, it: float, kinks: Kinks, digits: int) -> Iterator[Line]:
    loss, weight = name(output), name(by)
    if by in kinks.sides:
        yield _at_kink(output, by, kinks.sides[by], kinks.jumping, digits)
    elif it != it:
        yield prose("No slope of ", loss, " by ", weight, " is known here.")
    elif not isfinite(it):
        yield prose(loss, " has no finite slope by ", weight, " here.")
    elif not it:
        yield prose(loss, " does not change with a small step in ", weight, ", to first order.")
    else:
        grows, less = ("grows", "smaller") if it > 0 else ("falls", "larger")
        why = f" grows (slope {rounded(it, digits)}): for a smaller "
        yield prose(loss, f" {grows} as ", weight, why, loss, ", make ", weight, f" {less}.")


def _at_kink(output: str, by: str, found: Sides, jumping: Collection[str], digits: int) -> Line:
    if by in jumping:
        return prose(name(output), " jumps here as ", name(by), " grows: no slope tells what a step does.")
    left, right = (_side(side, digits) for side in (found.left, found.right))
    known = all(isfinite(side.derivative) for side in (found.left, found.right))
    told = f" is {left} to the left and {right} to the right."
    return prose(
        name(output), " has a kink here: its" if known else " is not smooth here: its", " slope by ", name(by), told
    )


def _side(side: OneSided, digits: int) -> str:
    if side.derivative == side.derivative:
        return rounded(side.derivative, digits)
    return "not known" if side.defined else "undefined"


def _largest(output: str, ordered: list[str], slopes: Mapping[str, float], digits: int) -> Iterator[Line]:
    """The steepest slopes, as they are shown."""
    sizes = {by: rounded(abs(slopes[by]), digits) for by in ordered}
    steepest = [by for by in ordered if sizes[by] == sizes[ordered[0]]]
    if len(steepest) == 1:
        yield prose(name(ordered[0]), " has the largest influence on ", name(output), ": its slope is the steepest.")
    elif len(steepest) <= MOST_NAMED:
        them = [part for by in steepest for part in (" and ", name(by))][1:]
        yield prose(*them, " have the same, largest influence on ", name(output), ".")


def _small_step(output: str, by: str, point: Point, at: At, digits: int) -> Iterator[Line]:
    """What a small step does, by the slope and in fact; a step so small that the slope tells of it, if there is one."""
    here, slope_by = point.bindings[by], point.gradient[by]
    size = STEP * 10.0 ** floor(log10(abs(here))) if here and isfinite(here) else STEP
    for _ in range(TRIES):
        expected, actual = slope_by * size, at({**point.bindings, by: here + size}).value - point.value
        if here + size == here or abs(expected) < LOST * abs(point.value):
            return
        if abs(actual - expected) <= NEAR * abs(expected):
            about, found = product((slope_by, size), expected, digits), rounded(actual, digits)
            told = f" changes by about {about}; in fact by {found}."
            yield prose("If ", name(by), f" grows by {rounded(size, digits)}, ", name(output), told)
            return
        size /= 10


def update_section(program: Program, point: Point, update: Update, digits: int) -> Section:
    """The step of gradient descent, and its change of the value as predicted and in fact."""
    output, finite = program.name, all(isfinite(point.gradient[by]) for by in update.after)
    moved = grouped(update.after, program.arrays).items() if finite else ()
    lines = [
        _moved_array(output, by, update, it, digits)
        if isinstance(it, Array)
        else _moved(output, by, update, point.gradient[by], digits)
        for by, it in moved
    ]
    lines += _change(output, point, update, digits)
    return Section(f"Update with learning rate {rounded(update.lr, digits)}", lines)


def _change(output: str, point: Point, update: Update, digits: int) -> Iterator[Line]:
    """The change of the value by the slope, and in fact; whether the step was too long for the slope."""
    slopes = [point.gradient[by] for by in update.after]
    if not all(map(isfinite, slopes)):
        yield prose("The gradient is not finite: there is no update.")
        return
    shown = balanced((update.lr, *slopes), update.predicted_change, digits, _predicted)
    squares = " + ".join(f"({text})^2" if text.startswith("-") else f"{text}^2" for text in shown.numbers[1:])
    terms = squares if len(slopes) == 1 else f"({squares})"
    whole = f"-{shown.numbers[0]} × {terms} {shown.sign} {shown.result}" if len(slopes) <= MOST_NAMED else shown.result
    yield prose("By the slope ", name(output), f" changes by {whole}.")
    before, after, actual = (rounded(it, digits) for it in (point.value, update.value_after, update.actual_change))
    yield prose("In fact it goes from ", f"{before} to {after}, a change of {actual}.")
    if not abs(update.actual_change - update.predicted_change) <= LONG * abs(update.predicted_change):
        yield prose("That is far from what the slope says: the step is long, a smaller learning rate may help.")


def _predicted(numbers: Sequence[Decimal]) -> Decimal:
    lr, *slopes = numbers
    return -multiplied((lr, added([multiplied((it, it)) for it in slopes])))


def _moved_array(output: str, by: str, update: Update, after: Array[float], digits: int) -> Line:
    """W_new = W - 0.1 × dL/dW = [1.4, 2.3]."""
    step_back = sides(" × ", figure(rounded(update.lr, digits)), slope(output, by))
    return equation(_new(by), " = ", name(by), " - ", step_back, " = ", array(after, digits))


def _new(by: str) -> Side:
    return Side(f"{by}_new", lambda: rf"{symbol(by)}^{{\mathrm{{new}}}}")


def _moved(output: str, by: str, update: Update, it: float, digits: int) -> Line:
    """w_new = w - 0.1 × dL/dw = 3 - 0.1 × 16 = 1.4."""
    shown = step(update.before[by], update.lr, it, update.after[by], digits)
    before, lr, gradient = map(figure, shown.numbers)
    symbols = name(by), " - ", sides(" × ", figure(rounded(update.lr, digits)), slope(output, by))
    numbers = before, " - ", sides(" × ", lr, gradient)
    return equation(_new(by), " = ", *symbols, " = ", *numbers, f" {shown.sign} ", figure(shown.result))
