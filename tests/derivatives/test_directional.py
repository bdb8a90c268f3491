"""What the output comes to just beside a point, and its derivative in that direction: worked out by hand."""

from math import isnan

import pytest

from gradcli.diagnose.kinks.directional import swept
from gradcli.evaluate.scalar import evaluate_all
from gradcli.graph.walk import reachable, users
from gradcli.language import parse


def sides(text: str, **point: float) -> list[tuple[float, float]]:
    """The limit and the derivative by x, to the left and to the right: both as x goes that way."""
    program = parse(text)
    graph, output, x = program.graph, program.output, program.variables["x"]
    needed = reachable(graph, [output])
    values = evaluate_all(graph, needed, point)
    moved = users(graph, x, output, needed)
    found = [(way, swept(graph, values, x, way, moved, output)[0]) for way in (-1.0, 1.0)]
    return [(side.value, way * side.derivative) for way, side in found]


@pytest.mark.parametrize(
    ("text", "left", "right"),
    [
        ("x^2 + 3*x", (0, -3), (0, 3)),  # smooth: only the direction differs
        ("abs(x)", (0, 1), (0, 1)),
        ("relu(x) - relu(-x)", (0, -1), (0, 1)),  # it is x
        ("max(x, 2*x)", (0, -1), (0, 2)),
        ("sign(x)", (-1, 0), (1, 0)),  # a jump
        ("floor(x) + x", (-1, -1), (0, 1)),
        ("where(x > 0, 5*x + 1, 7*x)", (0, -7), (1, 5)),
        ("abs(abs(x))*3", (0, 3), (0, 3)),
    ],
)
def test_both_sides_at_0(text: str, left: tuple[float, float], right: tuple[float, float]) -> None:
    assert sides(text, x=0.0) == [left, right]


def test_what_stands_still_is_a_number() -> None:
    assert sides("abs(x*y)", x=0.0, y=-4.0) == [(0, 4), (0, 4)]


def test_what_only_a_second_derivative_decides_is_left_open() -> None:
    assert all(isnan(rate) for _, rate in sides("abs(x^2)*0 + where(x^2 > 0, x, 2*x)", x=0.0))
