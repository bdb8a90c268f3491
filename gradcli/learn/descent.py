"""Descent: w_new = w - lr * direction, once or several times; of gradient descent the slope is the direction.

Depends on `gradcli.evaluate.gradient` for value and gradient.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from math import isfinite
from typing import Any, NamedTuple

from gradcli.errors import UsageError
from gradcli.evaluate.gradient import Point
from gradcli.language.program import Program

Evaluator = Callable[[Mapping[str, float]], Point]
"""Value and gradient at any bindings: `Gradient.at`, or one that promises more digits."""
Rule = Callable[[float, float, Any], tuple[float, Any]]
"""An update rule: a weight, its slope and its state, None at first → the direction of its step, and its next state."""


class Update(NamedTuple):
    """What an update changed.

    predicted_change  of the value, to first order: -lr times the product of gradient and direction
    actual_change     of the value
    """

    lr: float
    before: dict[str, float]
    after: dict[str, float]
    value_after: float
    predicted_change: float
    actual_change: float


class Step(NamedTuple):
    """One step of a descent: where it began, and what it changed. Steps are numbered from 1."""

    number: int
    point: Point
    update: Update
    arrived: Point

    @property
    def finite(self) -> bool:
        """Whether it arrives where weights, value and gradient are finite, so that another can follow."""
        return self.arrived.finite and all(map(isfinite, self.update.after.values()))


def check_moves(program: Program, by: Mapping[str, int]) -> None:
    """Raise UsageError where an update would move nothing: definitions are not moved."""
    if by and not any(name in program.variables for name in by):
        defined, are = " and ".join(f"`{name}`" for name in by), "is" if len(by) == 1 else "are"
        message = f"--lr updates variables, and {defined} {are} defined by the expression"
        raise UsageError(message, hint="name a variable in --wrt too")


def steepest(_weight: float, slope: float, state: None) -> tuple[float, None]:
    """The rule of gradient descent: the slope is the direction."""
    return slope, state


def descend(
    at: Evaluator, bindings: Mapping[str, float], lr: float, steps: int, rule: Rule = steepest
) -> Iterator[Step]:
    """The steps of a descent from `bindings`, over the variables of the gradient that `at` gives; nodes are not moved.

    The first that arrives where a number is not finite is the last.
    """
    point, states = at(bindings), dict[str, Any]()
    for number in range(1, steps + 1):
        slopes = {name: slope for name, slope in point.gradient.items() if name in point.bindings}
        before = {name: point.bindings[name] for name in slopes}
        ruled = {name: rule(before[name], slope, states.get(name)) for name, slope in slopes.items()}
        states = {name: state for name, (_, state) in ruled.items()}
        after = {name: before[name] - lr * direction for name, (direction, _) in ruled.items()}
        arrived = at({**point.bindings, **after})
        predicted = -lr * sum(slope * ruled[name][0] for name, slope in slopes.items())
        update = Update(lr, before, after, arrived.value, predicted, arrived.value - point.value)
        step = Step(number, point, update, arrived)
        yield step
        if not step.finite:
            return
        point = arrived


def whole(steps: Sequence[Step]) -> Update:
    """Several steps as one update, from where the first began to where the last arrived."""
    first, last = steps[0], steps[-1]
    predicted = sum(step.update.predicted_change for step in steps)
    change = last.arrived.value - first.point.value
    return Update(first.update.lr, first.update.before, last.update.after, last.arrived.value, predicted, change)
