"""Two nodes of a graph: are they the same numbers at points, and does SymPy show that they are the same function?"""

import pytest

from gradcli.language import parse
from gradcli.precision.multiprecision_kernels import MP
from gradcli.proof.equality import Pair, compared, differs_around
from gradcli.proof.sample_points import SamplePoint
from gradcli.proof.symbolic_equality import pieces_are_equal


def sides(text: str) -> Pair:
    """The two operands of a difference."""
    program = parse(text)
    first, second = program.graph.operands[program.output]
    return Pair(program.graph, first, second)


def are_same(text: str, **bindings: float) -> bool:
    [sample] = compared(sides(text), [SamplePoint(bindings, generic=False)])
    return sample.same


@pytest.mark.parametrize(
    ("text", "bindings", "same"),
    [
        ("(x + 1)^2 - (x^2 + 2*x + 1)", {"x": 0.1}, True),
        ("sin(x)^2 - (1 - cos(x)^2)", {"x": 1e-30}, True),
        ("x - (x + 1e-40)", {"x": 1.0}, False),
        ("(1e40 + x) - 1e40", {"x": 1e-12}, False),
        ("log(x) - log(x)*1", {"x": -1.0}, True),
    ],
)
def test_numbers_that_differ_differ_in_their_digits(text: str, bindings: dict[str, float], same: bool) -> None:
    assert are_same(text, **bindings) == same


def test_decimals_are_what_they_say() -> None:
    [sample] = compared(sides("0.1*x - x/10"), [SamplePoint({"x": 3.0}, generic=False)])
    assert (sample.same, MP.nstr(sample.first, 20)) == (True, "0.3")


def test_a_gap_at_one_point_is_no_difference_around_it() -> None:
    point = SamplePoint({"x": 0.0}, generic=False)
    assert not differs_around(sides("x*sin(1/x)/sin(1/x) - x"), point, ["x"])
    assert differs_around(sides("2*x^2/x - x"), point, ["x"])


@pytest.mark.parametrize(
    ("text", "equal"),
    [
        ("(x + 1)^2 - (x^2 + 2*x + 1)", True),
        ("sqrt(x^2) - abs(x)", True),
        ("tanh(x) - (1 - 2/(exp(2*x) + 1))", True),
        ("relu(x) - (x + abs(x))/2", True),
        ("sin(x) - x", False),
        ("abs(x) - x", False),
    ],
)
def test_sympy_shows_what_is_equal_on_every_piece_with_a_point(text: str, equal: bool) -> None:
    graph, *nodes = sides(text)
    assert pieces_are_equal(graph, nodes, nodes[1], [{"x": 0.5}, {"x": -0.5}], ["x"], whole=False) == equal


def test_the_points_say_on_which_pieces_it_is_shown() -> None:
    graph, *nodes = sides("abs(x) - x")
    assert pieces_are_equal(graph, nodes, nodes[1], [{"x": 0.5}], ["x"], whole=False)
    assert not pieces_are_equal(graph, nodes, nodes[1], [{"x": 0.5}], ["x"], whole=True)
