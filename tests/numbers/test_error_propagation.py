"""One operator on doubles that know their own error: how it carries that on, and when it says that it cannot."""

from math import inf, pi

import pytest

from gradcli.precision.error_propagation import MEANINGS
from gradcli.precision.running_error import UNIT, Tracked, slack_of

SMALL = 1e-12


@pytest.mark.parametrize(
    ("operator", "value", "slope"),
    [("exp", 1.0, 2.718281828459045), ("sin", 0.0, 1.0), ("log", 4.0, 0.25), ("tanh", 0.0, 1.0)],
)
def test_an_error_is_carried_on_by_the_slope(operator: str, value: float, slope: float) -> None:
    for off in ((value, SMALL, 0.0), (value, 0.0, SMALL)):
        assert slack_of(MEANINGS[operator](off)) == pytest.approx(slope * SMALL, rel=1e-2)


def test_an_exact_operand_leaves_a_rounding_error_at_most() -> None:
    value, correction, error = MEANINGS["exp"]((1.0, 0.0, 0.0))
    assert (correction, 0.0 < error <= 4 * UNIT * value) == (0.0, True)


@pytest.mark.parametrize(
    ("operator", "operands"),
    [
        ("floor", [(1.0, 0.0, SMALL)]),
        ("atan2", [(0.0, 0.0, SMALL), (-1.0, 0.0, 0.0)]),
        ("div", [(1.0, 0.0, 0.0), (SMALL, 0.0, 1.0)]),
    ],
)
def test_where_the_function_may_jump_nothing_is_known(operator: str, operands: list[Tracked]) -> None:
    assert MEANINGS[operator](*operands)[2] == inf


def test_a_staircase_between_its_jumps_is_exact() -> None:
    assert MEANINGS["floor"]((1.5, 0.0, SMALL)) == (1.0, 0.0, 0.0)


def test_pi_is_more_than_its_double() -> None:
    assert MEANINGS["pi"]() == (pi, 0.0, UNIT * pi)
