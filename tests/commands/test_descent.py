"""Gradient descent, held against steps done by hand."""

import math
from itertools import pairwise

import pytest

from gradcli.evaluate.gradient import Gradient
from gradcli.language import parse
from gradcli.learn.descent import descend, whole

LOSS = parse("y = x*w; L = (y - 2)^2")
START = {"x": 2.0, "w": 3.0}
BY_W = {"w": LOSS.variables["w"]}


def test_one_update_of_the_worked_example() -> None:
    (step,) = descend(Gradient(LOSS, BY_W).at, START, 0.1, 1)
    assert (step.number, step.point.value, step.point.gradient) == (1, 16.0, {"w": 16.0})
    assert step.update.before == {"w": 3.0}
    assert step.update.after == {"w": 1.4}
    assert step.update.value_after == pytest.approx(0.64)
    assert step.update.predicted_change == pytest.approx(-0.1 * 16**2)
    assert step.update.actual_change == pytest.approx(0.64 - 16)


def test_each_step_begins_where_the_one_before_arrived() -> None:
    steps = list(descend(Gradient(LOSS, BY_W).at, START, 0.1, 4))
    assert [step.number for step in steps] == [1, 2, 3, 4]
    for before, after in pairwise(steps):
        assert after.point == before.arrived
        assert after.update.before == before.update.after


def test_a_quadratic_converges_at_the_rate_that_theory_gives() -> None:
    """The error of w is multiplied by 1 - lr * L'' = 1 - 0.1 * 8 in every step."""
    steps = list(descend(Gradient(LOSS, BY_W).at, START, 0.1, 10))
    assert steps[-1].arrived.bindings["w"] - 1 == pytest.approx(2 * 0.2**10)


def test_another_rule_has_a_state_of_each_weight() -> None:
    """Momentum: v = 0.9*v + slope, from slopes of 16 at w = 3 and of 3.2 at w = 1.4."""

    def momentum(_weight: float, slope: float, speed: float | None) -> tuple[float, float]:
        taken = 0.9 * (speed or 0.0) + slope
        return taken, taken

    first, second = descend(Gradient(LOSS, BY_W).at, START, 0.1, 2, momentum)
    assert first.update.after["w"] == pytest.approx(1.4)
    assert second.update.after["w"] == pytest.approx(1.4 - 0.1 * 17.6)
    assert second.update.predicted_change == pytest.approx(-0.1 * 3.2 * 17.6)


def test_variables_that_were_not_chosen_stay() -> None:
    steps = list(descend(Gradient(LOSS, BY_W).at, START, 0.1, 3))
    assert {step.arrived.bindings["x"] for step in steps} == {2.0}


def test_the_bindings_given_are_left_alone() -> None:
    list(descend(Gradient(LOSS).at, START, 0.1, 3))
    assert START == {"x": 2.0, "w": 3.0}


def test_steps_taken_together_are_one_update() -> None:
    steps = list(descend(Gradient(LOSS).at, START, 0.01, 5))
    update = whole(steps)
    assert update.before == START
    assert update.after == steps[-1].update.after
    assert update.value_after == steps[-1].arrived.value
    assert update.predicted_change == pytest.approx(sum(step.update.predicted_change for step in steps))
    assert update.actual_change == pytest.approx(sum(step.update.actual_change for step in steps))


def test_a_learning_rate_of_zero_changes_nothing() -> None:
    (step,) = descend(Gradient(LOSS).at, START, 0.0, 1)
    assert step.update.after == START
    assert step.update.actual_change == 0


def test_the_descent_of_a_bowl_ends_at_its_bottom() -> None:
    bowl = parse("(a - 3)^2 + 10*(b + 1)^2")
    *_, last = descend(Gradient(bowl).at, {"a": 0.0, "b": 0.0}, 0.04, 500)
    assert last.arrived.bindings == pytest.approx({"a": 3.0, "b": -1.0})


def test_too_large_a_rate_leaves_the_finite_numbers_without_an_error() -> None:
    *_, last = descend(Gradient(parse("x^4")).at, {"x": 2.0}, 10.0, 20)
    assert not math.isfinite(last.arrived.value)
