"""Where a derivative needs a convention: branches not taken, kinks, ties, powers at zero and below."""

from math import e, inf, isnan, log, nan

import pytest
from gradients import derivatives, gradient, hessian

from gradcli.derivatives import differentiate
from gradcli.evaluate.scalar import evaluate
from gradcli.language import parse

NOT_TAKEN = [
    # a formula, and an x at which a branch with a wild derivative is not taken: every derivative is exactly this
    ("where(x > 0, sqrt(x), 0)", -1.0, 0.0),
    ("where(x > 0, sqrt(x), 0)", 0.0, 0.0),
    ("where(x > 0, log(x), 0)", 0.0, 0.0),
    ("where(x > 0, 1/x, 0)", 0.0, 0.0),
    ("where(x > 0, x^0.5, 0)", 0.0, 0.0),
    ("where(x > 0, x^x, 0)", 0.0, 0.0),
    ("where(x != 0, sin(1/x), 0)", 0.0, 0.0),
    ("where(x < 0, 0, where(x > 0, sqrt(x), 0))", 0.0, 0.0),
    ("where(x > 0, where(x > 1, log(x - 1), 0), 0)", 1.0, 0.0),
    ("where(x > 0, sqrt(x)*log(x), 0)", 0.0, 0.0),
    ("if x > 0 then sqrt(x) else if x < -1 then sqrt(-1 - x) else 0", -0.5, 0.0),
    ("where(0, log(x), 0)", 2.0, 0.0),
    ("where(1 > 2, x^2, 0)", 2.0, 0.0),
    ("y = sqrt(x); where(x > 0, y, 0)", 0.0, 0.0),
    ("y = log(x); where(x > 0, y*exp(y), 0) + where(x > 0, y, 0)", 0.0, 0.0),
    ("max(1, sqrt(x - 2))", 2.0, 0.0),
    ("min(-1, sqrt(x - 2))", 2.0, 0.0),
    ("max(1, -1/x^2)", 0.0, 0.0),
    ("relu(-sqrt(x) - 1)", 0.0, 0.0),
    ("relu(-1/x^2)", 0.0, 0.0),
    ("max(0, -1/x^2)", 0.0, 0.0),
    ("clip(-1/x^2, -1, 1)", 0.0, 0.0),
    ("clip(2, sqrt(x), 1)", 0.0, 0.0),
    ("hard_tanh(-1/x^2)", 0.0, 0.0),
    ("leaky_relu(-1, 0) + where(x == 0, 0, 1/x)", 0.0, 0.0),
    ("sqrt(x)^0", 0.0, 0.0),
    ("abs(where(x > 0, sqrt(x), 0))", 0.0, 0.0),
    ("where(x > 0, where(x > 0, sqrt(x), 1/x), 0)*inf", -1.0, 0.0),
    ("exp(where(x > 0, log(x), 0))", 0.0, 0.0),
]


@pytest.mark.parametrize(("text", "x", "expected"), NOT_TAKEN)
def test_a_branch_not_taken_contributes_exactly_nothing_at_every_order(text: str, x: float, expected: float) -> None:
    assert derivatives(text, x, 3) == [expected] * 3


@pytest.mark.parametrize(
    ("text", "x", "expected"),
    [
        ("where(x > 0, log(x), x)", 0.0, [1.0, 0.0]),
        ("where(x > 0, log(x), x) + x^2", -1.0, [-1.0, 2.0]),
        ("where(x > 0, sqrt(x), 0) + x^2", 0.0, [0.0, 2.0]),
        ("where(x > 0, sqrt(x), x^2)*x", 0.0, [0.0, 0.0]),
        ("y = x^3; where(x > 0, y, 2*y)", -1.0, [6.0, -12.0]),
        ("y = x^3; where(x > 0, y, 2*y) + y", 1.0, [6.0, 12.0]),
        ("y = sqrt(x); where(x > 4, y, x) + where(x > 4, x, y)", 4.0, [1.25, -1 / 32]),
        ("where(x > 0, sqrt(x), 0) + where(x > 1, log(x), x)", 0.25, [2.0, -2.0]),
        ("max(x^2, sqrt(x))", 4.0, [8.0, 2.0]),
        ("where(x and 1, x^2, x)", 3.0, [6.0, 2.0]),
        ("where(nan*x, x^2, x)", 3.0, [6.0, 2.0]),
        ("x^2 if not (x > 1 or x < -1) else x^3", 2.0, [12.0, 12.0]),
    ],
)
def test_the_branch_taken_counts(text: str, x: float, expected: list[float]) -> None:
    assert derivatives(text, x, 2) == pytest.approx(expected, rel=1e-15)


@pytest.mark.parametrize(
    ("text", "x"),
    [
        ("sqrt(x)^2", 0.0),
        ("0*sqrt(x)", 0.0),
        ("where(x > 0, sqrt(x), 0) + 0*sqrt(x)", 0.0),
        ("sqrt(x)*where(x > 0, sqrt(x), 0)", 0.0),
        ("log(x)", nan),
        ("inf*x - inf*x", 1.0),
        ("where(x >= 0, sqrt(x)^2, 0)", 0.0),
    ],
)
def test_a_zero_that_merely_arose_times_an_infinite_slope_is_an_honest_nan(text: str, x: float) -> None:
    assert isnan(derivatives(text, x, 1)[0])


@pytest.mark.parametrize(
    ("text", "point", "expected"),
    [
        ("abs(x)", {"x": 0.0}, [0.0]),
        ("abs(x)", {"x": -0.0}, [0.0]),
        ("relu(x)", {"x": 0.0}, [0.0]),
        ("max(0, x)", {"x": 0.0}, [0.0]),
        ("max(x, 0)", {"x": 0.0}, [0.0]),
        ("max(x, -0)", {"x": 0.0}, [0.5]),
        ("min(x, 0)", {"x": 0.0}, [0.0]),
        ("max(0, x, y)", {"x": 0.0, "y": 0.0}, [0.0, 0.0]),
        ("max(0, x, y)", {"x": 2.0, "y": 2.0}, [0.5, 0.5]),
        ("max(0, x)", {"x": 2.0}, [1.0]),
        ("min(0, x)", {"x": -2.0}, [1.0]),
        ("step(x)", {"x": 0.0}, [0.0]),
        ("sign(x)", {"x": 0.0}, [0.0]),
        ("floor(x)", {"x": 1.0}, [0.0]),
        ("ceil(x) + round(x)", {"x": 0.5}, [0.0]),
        ("x < 1", {"x": 1.0}, [0.0]),
        ("max(x, y)", {"x": 3.0, "y": 3.0}, [0.5, 0.5]),
        ("min(x, y)", {"x": 3.0, "y": 3.0}, [0.5, 0.5]),
        ("max(x, y, z)", {"x": 3.0, "y": 3.0, "z": 3.0}, [1 / 3, 1 / 3, 1 / 3]),
        ("max(x, y, z)", {"x": 3.0, "y": 1.0, "z": 3.0}, [0.5, 0.0, 0.5]),
        ("max(x, x)", {"x": 3.0}, [1.0]),
        ("max(x, x, y)", {"x": 3.0, "y": 3.0}, [2 / 3, 1 / 3]),
        ("max(x)", {"x": 3.0}, [1.0]),
        ("max(x, 3)", {"x": 3.0}, [0.5]),
        ("clip(x, -1, 1)", {"x": 1.0}, [1.0]),
        ("clip(x, -1, 1)", {"x": -1.0}, [1.0]),
        ("clip(x, -1, 1)", {"x": 1.5}, [0.0]),
        ("hard_tanh(x)", {"x": -1.0}, [1.0]),
        ("clip(x, lo, hi)", {"x": 0.0, "lo": 1.0, "hi": 2.0}, [0.0, 1.0, 0.0]),
        ("clip(x, lo, hi)", {"x": 0.0, "lo": 2.0, "hi": 1.0}, [0.0, 0.0, 1.0]),
        ("hypot(x, y)", {"x": 0.0, "y": 0.0}, [0.0, 0.0]),
        ("hypot(x, y)", {"x": 3.0, "y": -4.0}, [0.6, -0.8]),
        ("x % y", {"x": 7.5, "y": 2.0}, [1.0, -3.0]),
        ("relu(x) - relu(-x)", {"x": 0.0}, [0.0]),
    ],
)
def test_a_kink_has_the_slope_that_the_convention_gives(
    text: str, point: dict[str, float], expected: list[float]
) -> None:
    assert gradient(text, point) == pytest.approx(expected, abs=0)


@pytest.mark.parametrize(
    ("text", "point", "expected"),
    [
        ("x^0", {"x": 0.0}, [0.0]),
        ("x^0", {"x": inf}, [0.0]),
        ("x^0", {"x": nan}, [0.0]),
        ("x^1", {"x": 0.0}, [1.0]),
        ("x^2", {"x": 0.0}, [0.0]),
        ("x^2", {"x": -3.0}, [-6.0]),
        ("x^3", {"x": -2.0}, [12.0]),
        ("x^-1", {"x": -2.0}, [-0.25]),
        ("x^-2", {"x": -2.0}, [0.25]),
        ("x^(6/2)", {"x": -2.0}, [12.0]),
        ("n = 3; x^n", {"x": -2.0}, [12.0]),
        ("x^0.5", {"x": 4.0}, [0.25]),
        ("x^0.5", {"x": 0.0}, [inf]),
        ("x^1.5", {"x": 0.0}, [0.0]),
        ("x^0.5", {"x": -1.0}, [nan]),
        ("0^x", {"x": 2.0}, [0.0]),
        ("0^x", {"x": 0.0}, [-inf]),
        ("x^y", {"x": 0.0, "y": 2.0}, [0.0, 0.0]),
        ("x^y", {"x": 0.0, "y": 0.0}, [0.0, -inf]),
        ("x^y", {"x": 2.0, "y": 0.0}, [0.0, log(2)]),
        ("x^y", {"x": 2.0, "y": 3.0}, [12.0, 8 * log(2)]),
        ("x^y", {"x": -2.0, "y": 3.0}, [12.0, nan]),
        ("x^y", {"x": -2.0, "y": 2.5}, [nan, nan]),
        ("x^x", {"x": e}, [2 * e**e]),
        ("2^x", {"x": 3.0}, [8 * log(2)]),
    ],
)
def test_powers(text: str, point: dict[str, float], expected: list[float]) -> None:
    assert gradient(text, point) == pytest.approx(expected, rel=1e-15, nan_ok=True)


def test_whole_powers_have_their_second_derivatives_on_the_whole_line() -> None:
    assert derivatives("x^3", -2.0, 4) == [12.0, -12.0, 6.0, 0.0]
    assert derivatives("x^2", 0.0, 3) == [0.0, 2.0, 0.0]
    assert derivatives("x^1", 0.0, 2) == [1.0, 0.0]


def test_derivatives_by_what_does_not_matter_are_zero() -> None:
    assert gradient("y = 2*z; x^2", {"x": 3.0}, "x", "y") == [6.0, 0.0]
    program = parse("x > y")
    derivative = differentiate(program.graph, program.output, list(program.variables.values()))
    assert [program.graph.value_of(node) for node in derivative.gradient] == [0.0, 0.0]


def test_a_derivative_by_the_output_itself_is_one() -> None:
    assert gradient("L = x^2", {"x": 3.0}, "L", "x") == [1.0, 6.0]
    assert gradient("x", {"x": 3.0}) == [1.0]


def test_derivatives_by_definitions() -> None:
    text = "y = x*w; L = (y - target)^2"
    point = {"x": 2.0, "w": 3.0, "target": 2.0}
    assert gradient(text, point, "y", "w", "x", "target") == [8.0, 16.0, 24.0, -8.0]


def test_derivatives_by_named_numbers_of_both_orders() -> None:
    text = "w = 3; b = -1; L = (w*x + b)^2*w"
    assert gradient(text, {"x": 2.0}, "w", "b", "x") == [25.0 + 3 * 2 * 5 * 2, 3 * 2 * 5, 3 * 2 * 5 * 3]
    assert hessian(text, {"x": 2.0}, "w", "b") == [[2 * 2 * 5 * 2 + 3 * 8, 10 + 12], [22, 6]]
    assert hessian("a = 1; a*x*y", {"x": 2.0, "y": 3.0}, "a", "x") == [[0.0, 3.0], [3.0, 0.0]]
    assert hessian("n = 3; x^n", {"x": -2.0}, "n", "x")[1][1] == -12.0


def test_shared_nodes_get_the_sum_of_their_contributions() -> None:
    assert gradient("(x + y)*(x + y)", {"x": 1.0, "y": 2.0}) == [6.0, 6.0]
    assert gradient("x*x*x", {"x": 2.0}) == [12.0]
    assert gradient("s = sin(x); s + s*s - s/s", {"x": 0.0}) != [0.0]


STORIES = [
    ("y = x*w; L = (y - t)^2", {}),
    ("s = x*w; s*s + s*exp(s)/t", {}),
    ("where(x > w, x*t, w)*max(x, w, t)", {}),
    ("x^w*t + x/w", {}),
    ("where(c, x*w, t)", {"c": 0.0}),
    ("where(c, x*w, t)", {"c": 1.0}),
    ("where(c, sqrt(-x), w) + x*t", {"c": 0.0}),
    ("max(0, x - w)*t", {}),
]


@pytest.mark.parametrize(("text", "more"), STORIES)
def test_edges_tell_how_the_gradient_came_about(text: str, more: dict[str, float]) -> None:
    program = parse(text)
    point = {"x": 2.0, "w": 3.0, "t": 1.5, **more}
    variables = list(program.variables.values())
    derivative = differentiate(program.graph, program.output, variables, edges=True)
    edges = derivative.edges
    nodes = [it for edge in edges for it in (edge.upstream, edge.partial, edge.contribution, edge.adjoint, edge.guard)]
    values = dict(zip(nodes, evaluate(program.graph, nodes, point), strict=True))
    sums = dict.fromkeys(derivative.adjoints, 0.0)
    assert [edge.node for edge in edges] == sorted((edge.node for edge in edges), reverse=True)
    for edge in edges:
        assert program.graph.operands[edge.node][edge.position] == edge.operand
        taken = values[edge.upstream] * values[edge.partial] if values[edge.guard] else 0.0
        assert values[edge.contribution] == pytest.approx(taken, rel=1e-15)
        sums[edge.operand] += values[edge.contribution]
        assert values[edge.adjoint] == pytest.approx(sums[edge.operand], rel=1e-14)
    sums[program.output] = 1.0
    adjoints = evaluate(program.graph, list(derivative.adjoints.values()), point)
    assert dict(zip(derivative.adjoints, adjoints, strict=True)) == pytest.approx(sums, rel=1e-14)
    plain = differentiate(program.graph, program.output, variables)
    gradients = [evaluate(program.graph, found.gradient, point) for found in (plain, derivative)]
    assert gradients[0] == gradients[1]
    assert plain.edges == ()


def test_the_story_of_the_tutorial() -> None:
    program = parse("y = x × w; L = (y - target)²")
    derivative = differentiate(program.graph, program.output, list(program.variables.values()), edges=True)
    point = {"x": 2.0, "w": 3.0, "target": 2.0}
    rows = [
        evaluate(program.graph, [edge.upstream, edge.partial, edge.contribution], point) for edge in derivative.edges
    ]
    assert rows == [[1.0, 8.0, 8.0], [8.0, 1.0, 8.0], [8.0, -1.0, -8.0], [8.0, 3.0, 24.0], [8.0, 2.0, 16.0]]
