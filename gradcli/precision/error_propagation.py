"""Operator → its meaning in doubles that know their own error, from the rules of the operator table.

Depends on `gradcli.precision.running_error`, on the table's rules, and on the meanings of `gradcli.evaluate.scalar`.
"""

from collections.abc import Callable
from functools import cache
from math import copysign, inf, isfinite, isnan, nextafter, ulp

from gradcli.derivatives.rules import Rule, rules
from gradcli.evaluate import scalar
from gradcli.graph.graph import CONSTANT
from gradcli.graph.template import Template
from gradcli.language.rules import parse_template
from gradcli.operators.row import Operator
from gradcli.operators.table import OPERATORS
from gradcli.precision.running_error import (
    ELEMENTARY,
    EPSILON,
    NORMAL,
    TINY,
    UNIT,
    Tracked,
    Tracking,
    exactly,
    is_certain,
    slack_of,
)

Slope = Callable[..., float]
"""A local derivative, over the operands and the result."""
STEEP = 2.0**-40
"""Where an operand's error is larger than this, relative to it, one slope does not speak for all of the interval."""
FAR = 2.0**-20
"""The same, for an error as it stands."""
BENT = 16.0
"""Where a relative error grows by more than this, the slope itself may change within the error: beside the end of a
domain, where it is infinite, or many waves away from 0."""
STRAIGHT = 2.0**-10
"""Where a slope changes by more than this, relative to it, its change is not the second order of the error alone."""
MOST_UNFOLDED = 8
"""How many times as many steps a template may come to that is written out."""
ROOTS = frozenset({0.0, 1.0, -1.0, 2.0, inf, -inf})
"""Where functions of one operand have their exact zeros; a 0 elsewhere has underflowed."""


class _Meanings(dict[str, Tracking]):
    """What is not written out is found when first asked for: what the row tells of its operator."""

    def __missing__(self, operator: str) -> Tracking:
        self[operator] = meaning = _from_row(OPERATORS[operator])
        return meaning


def _from_row(row: Operator) -> Tracking:
    """A constant, a staircase, a function put together from pieces, or a smooth one."""
    if not row.signature:
        return _constant(row)
    if len(row.operands) == 1 and row.partials == ("0",):
        return _staircase(row)
    return _pieces(row) if row.kink and row.definition else smooth(row.name)


# -- rules of their own


def _pow(x: Tracked, y: Tracked) -> Tracked:
    """By the relative error of the base, which is what nearly every power needs; otherwise by the row's rules.

    Where the base may be 0 only whole powers from 1 on are followed: 0^(-1e-300) is a pole, and slopes beside it are 0.
    """
    a, before, first = x
    unsure = abs(before) + first
    if not is_certain(x) and not (y[0] >= 1 and y[0] % 1 == 0):
        return scalar.MEANINGS["pow"](a, y[0]), 0.0, inf
    if y[1] or y[2] or not unsure or not unsure <= STEEP * abs(a):
        return smooth("pow")(x, y)
    value = scalar.MEANINGS["pow"](a, y[0])
    slope = value / a * y[0]
    bent = unsure / abs(a) * (1 + abs(y[0]))
    if not bent <= STRAIGHT:
        return value, 0.0, inf
    error = abs(slope) * (first + bent * unsure) + _own_error(value, OPERATORS["pow"].ulps)
    return value, slope * before, error if isfinite(slope) else inf


def _staircase(row: Operator) -> Tracking:
    """A function that is constant between its jumps: exact, unless a jump is within the error."""
    kernel = scalar.MEANINGS[row.name]

    def stepped(x: Tracked) -> Tracked:
        slack, value = slack_of(x), kernel(x[0])
        ends = nextafter(x[0] - slack, -inf), nextafter(x[0] + slack, inf)  # 3 - 5e-324 would be 3, and at no jump
        level = slack == 0.0 or kernel(ends[0]) == value == kernel(ends[1])
        return value, 0.0, 0.0 if level else inf

    return stepped


def _hypot(*operands: Tracked) -> Tracked:
    """A length changes by no more than its ends; C99's is infinite beside an infinity, whatever else is NaN."""
    values = [it[0] for it in operands]
    value = scalar.MEANINGS["hypot"](*values)
    if any(map(isnan, values)):
        return value, 0.0, inf
    return value, 0.0, _own_error(value, OPERATORS["hypot"].ulps, values) + sum(map(slack_of, operands))


def _atan2(y: Tracked, x: Tracked) -> Tracked:
    """Beside the cut, the negative half of the x axis, the angle may be off by a turn; a number's 0 has no sign."""
    kernel = scalar.MEANINGS["atan2"]
    value, real = kernel(y[0], x[0]), kernel(y[0] + 0.0, x[0] + 0.0)
    jumps = not is_certain(y) and not x[0] > slack_of(x)
    return (value, 0.0, inf) if jumps or value != real else smooth("atan2")(y, x)


# -- whatever the rows tell


def _constant(row: Operator) -> Tracking:
    """pi and its kin are more than their doubles; inf and nan are not."""
    value = scalar.MEANINGS[row.name]()
    tracked = (value, 0.0, UNIT * abs(value) if isfinite(value) else 0.0)
    return lambda: tracked


@cache
def smooth(operator: str) -> Tracking:
    """The first-order bound: each operand's error times the slope that the row's rule gives, and the kernel's own."""
    row = OPERATORS[operator]
    if len(row.operands) == 1:
        return _smooth_of_one(row)
    kernel, slopes, ulps = scalar.MEANINGS[row.name], [_slope(rule) for rule in rules(row.name)], row.ulps

    def tracked(*operands: Tracked) -> Tracked:
        values = [it[0] for it in operands]
        value = kernel(*values)
        known, error = 0.0, _own_error(value, ulps, values) or (0.0 if value or _has_root(kernel, values) else TINY)
        for at, (number, correction, unknown) in enumerate(operands):
            slack = abs(correction) + unknown
            if not slack:
                continue
            if slack <= STEEP * abs(number) and slack <= FAR:
                slope = slopes[at](*values, value)
                known += slope * correction
                error += TINY + abs(slope) * (unknown + STEEP * abs(correction))
                if abs(slope * number) > BENT * abs(value):
                    error += slack * _bend(row, slopes[at], values, at, slack)
            else:
                error += TINY + slack * (TINY + _steepest(row, slopes[at], values, at, slack))
        return value, known, error

    return tracked


def _smooth_of_one(row: Operator) -> Tracking:
    """The same for one operand, without a loop: it is what most nodes are beside arithmetic."""
    kernel, slope, ulps = scalar.MEANINGS[row.name], _slope(rules(row.name)[0]), row.ulps

    def tracked(x: Tracked) -> Tracked:
        number, correction, unknown = x
        value = kernel(number)
        size, slack = abs(value), abs(correction) + unknown
        error = ulps * EPSILON * size if NORMAL < size < inf else _own_error(value, ulps, [number])
        if not slack:
            return value, 0.0, error
        if slack <= STEEP * abs(number) and slack <= FAR:
            rise = slope(number, value)
            error += TINY + abs(rise) * (unknown + STEEP * abs(correction))
            if abs(rise * number) > BENT * size:
                error += slack * _bend(row, slope, [number], 0, slack)
            return value, rise * correction, error
        return value, 0.0, error + TINY + slack * (TINY + _steepest(row, slope, [number], 0, slack))

    return tracked


def _steepest(row: Operator, slope: Slope, values: list[float], at: int, slack: float) -> float:
    """The largest slope at an operand and at both ends of its interval; infinite where one is not finite."""
    found = [abs(it) for it in _around(row, slope, values, at, slack)]
    return max(found) if all(map(isfinite, found)) else inf


def _bend(row: Operator, slope: Slope, values: list[float], at: int, slack: float) -> float:
    """How much the slope changes between an operand and an end of its interval; infinite where one is not finite.

    An end is the next double at least: within half a unit in the last place an operand would not move at all.
    """
    here, *ends = _around(row, slope, values, at, max(slack, ulp(values[at])))
    return max(abs(it - here) for it in ends) if all(map(isfinite, ends)) else inf


def _around(row: Operator, slope: Slope, values: list[float], at: int, slack: float) -> list[float]:
    """The slopes at an operand and at both ends of its interval."""
    kernel, found = scalar.MEANINGS[row.name], []
    for shift in (0.0, -slack, slack):
        moved = [*values]
        moved[at] += shift
        found.append(slope(*moved, kernel(*moved)))
    return found


def _slope(rule: Rule | None) -> Slope:
    """A rule as a function of the operands and the result. Where an operand is flat, an error in it is not known."""
    if rule is None:
        return lambda *_: inf
    partial, active = _function(rule.partial), rule.active
    if active is None:
        return partial
    return lambda *slots: partial(*slots) if scalar.run_template(active, slots) else 0.0


def _function(template: Template) -> Slope:
    """A template as a function: one call in another, each choice of one side alone.

    A step that is used twice is done twice; where that is much more than the template's loop, the loop it is.
    """
    holes, steps = len(template.parameters), template.steps
    sizes = [0] * holes
    for step in steps:
        sizes.append(1 + sum(sizes[slot] for slot in step.slots))
    if sizes[template.output] > MOST_UNFOLDED * len(steps):
        return lambda *slots: scalar.run_template(template, slots)

    def made(slot: int) -> Slope | float:
        if slot < holes:
            return lambda *slots: slots[slot]
        operator, slots, literal, _, _ = steps[slot - holes]
        return literal if operator == CONSTANT else _applied(operator, slots, [*map(made, slots)])

    return _as_function(made(template.output))


def _as_function(it: Slope | float) -> Slope:
    return (lambda *_: it) if isinstance(it, float) else it


def _applied(operator: str, operands: tuple[int, ...], inner: list[Slope | float]) -> Slope | float:
    """An operator on what other functions give of the same slots; a number where these are."""
    kernel = scalar.MEANINGS[operator]
    if all(isinstance(it, float) for it in inner):
        return kernel(*inner)
    if operands == (0,):
        return lambda x, *_: kernel(x)
    first, *more = map(_as_function, inner)
    if operator == "where":
        taken, other = more
        return lambda *slots: taken(*slots) if first(*slots) else other(*slots)
    if len(more) == 1:
        last = more[0]
        return lambda *slots: kernel(first(*slots), last(*slots))
    return lambda *slots: kernel(first(*slots), *[each(*slots) for each in more])


def _own_error(value: float, ulps: float, values: list[float] | None = None) -> float:
    """What a kernel itself is off by. A 0 is exact where the function has a root, and has underflowed elsewhere."""
    size = abs(value)
    if size > NORMAL:
        return ulps * EPSILON * size if size < inf or not values or isfinite(sum(values)) else 0.0
    if size == 0.0 and values and (values[0] in ROOTS if len(values) == 1 else 0.0 in values):
        return 0.0
    return size if size != size else ulps * TINY


def _has_root(kernel: Slope, values: list[float]) -> bool:
    """Whether a 0 among operands makes a 0, whatever the size of the others: in atan2(0, x), not in softmax2(0, x)."""
    return kernel(*[copysign(1.0, it) if it else it for it in values]) == 0.0


def _pieces(row: Operator) -> Tracking:
    """By the definition, whose decisions are tracked like any others; but the value is the kernel's."""
    kernel, definition = scalar.MEANINGS[row.name], parse_template(row.definition, row.operands)

    def tracked(*operands: Tracked) -> Tracked:
        value = kernel(*[it[0] for it in operands])
        defined, known, error = definition.run(operands, MEANINGS, exactly)
        if not any(map(slack_of, operands)):
            return value, 0.0, min(_own_error(value, row.ulps), abs(value - defined) + abs(known) + error)
        return value, known + (defined - value), error

    return tracked


MEANINGS = _Meanings(ELEMENTARY, pow=_pow, hypot=_hypot, atan2=_atan2)
