"""Numbers at the edges where frameworks go wrong: what the issue trackers of JAX, PyTorch, autograd and CasADi tell.

Each is reduced to one scalar formula; the expected numbers are closed forms or mpmath's.
"""

from math import cosh, exp, inf, isnan, log, pi, ulp

import pytest

from gradcli.answers import answered
from gradcli.derivatives import differentiate
from gradcli.evaluate.scalar import evaluate
from gradcli.language import parse

NAN = float("nan")


def found(text: str, bindings: dict[str, float]) -> list[float]:
    """Value and gradient as `gradcli grad` answers them, in the order of the bindings."""
    program = parse(text, variables=bindings)
    point = answered(program, bindings, {name: program.variables[name] for name in bindings}, "auto").point
    return [point.value, *point.gradient.values()]


def same(got: float, expected: float) -> bool:
    """Within 16 ulp, or not a number alike."""
    if isnan(expected):
        return isnan(got)
    return got == expected or abs(got - expected) <= 16 * ulp(expected)


REPORTS: list[tuple[str, str, dict[str, float], list[float]]] = [
    # a branch that is not taken leaks its NaN
    ("jax-ml/jax#347", "where(sqrt(x^2 + y^2) > 0.5, sqrt(x^2 + y^2), 1)", {"x": 0, "y": 0}, [1, 0, 0]),
    ("jax-ml/jax#1052", "where(c > 0.5, 0, atan2(x, x))", {"c": 1, "x": 0}, [0, 0, 0]),
    ("jax-ml/jax#5798", "where(x < 1, x, sqrt(x))", {"x": 0}, [0, 1]),
    ("pytorch/pytorch#18287", "where(x < 1, cos(x), 0)", {"x": inf}, [0, 0]),
    ("pytorch/pytorch#23395", "where(x == 0, x/2, sqrt(x) + 1)", {"x": 0}, [0, 0.5]),
    ("pytorch/pytorch#36923", "where(x >= t, x, t*(x/t))", {"x": 1, "t": 0}, [1, 1, 0]),
    ("pytorch/pytorch#68425", "where(a <= 0, exp(a), 1 + a)", {"a": 1000}, [1001, 1]),
    ("pytorch/pytorch#108618", "where(x > 2, log2(x), 2*x)", {"x": 0}, [0, 2]),
    ("casadi/casadi#1805", "if x > 0 then sqrt(x) else 0", {"x": -1}, [0, 0]),
    # the norm at 0, its square, and the distance of a point from itself
    ("pytorch/pytorch#2421", "hypot(x, y)", {"x": 0, "y": 0}, [0, 0, 0]),
    ("HIPS/autograd#183", "exp(-hypot(x, y)^2)", {"x": 0, "y": 0}, [1, 0, 0]),
    ("jax-ml/jax#4177", "hypot(x, y)^2", {"x": 0, "y": 0}, [0, 0, 0]),
    ("casadi/casadi#2947", "hypot(u - 1, v - 1)*hypot(u - 1, v - 1)", {"u": 1, "v": 1}, [0, 0, 0]),
    ("casadi/casadi#3898", "1/2*hypot(y - r, z - s)^2", {"y": 0.3, "r": 0.3, "z": 2, "s": 2}, [0, 0, 0, 0, 0]),
    ("jax-ml/jax#4882", "hypot(x, y)", {"x": 3e200, "y": 4e200}, [5e200, 0.6, 0.8]),
    # powers at 0
    ("jax-ml/jax#14397", "x^0 + x^1 + x^2", {"x": 0}, [1, 1]),
    ("jax-ml/jax#12409", "(x - floor(x))^0", {"x": 1}, [1, 0]),
    ("pytorch/pytorch#8940", "x^0", {"x": 0}, [1, 0]),
    ("pytorch/pytorch#27134", "a^b", {"a": 0, "b": 1}, [0, 1, 0]),
    # kinks and ties
    ("HIPS/autograd#100", "abs(x)", {"x": 0}, [0, 0]),
    ("pytorch/pytorch#7002", "clip(x, 0, 1)", {"x": 0}, [0, 1]),
    ("pytorch/pytorch#184572", "max(x, 0)", {"x": 0}, [0, 0]),
    ("jax-ml/jax#2107", "max(x, 0) + log1p(exp(-abs(x)))", {"x": 0}, [log(2), 0.5]),
    # where a quotient, a product or an exponential is lost
    ("pytorch/pytorch#53989", "sinc(x)", {"x": 0}, [1, 0]),
    ("jax-ml/jax#34139", "sin(x)/x", {"x": 1e-6}, [0.99999999999983333, -3.3333333333330e-7]),
    ("pytorch/pytorch#80770", "xlogy(x, y)", {"x": 0, "y": 3}, [0, log(3), 0]),
    ("jax-ml/jax#15709", "-xlogy(x, x)", {"x": 0}, [0, inf]),
    ("jax-ml/jax#777", "1/(1 + exp(-x))", {"x": -710}, [4.47628622567513e-309, 4.47628622567513e-309]),
    ("jax-ml/jax#18605", "atan2(y, x)", {"y": 1e-10, "x": 1e-10}, [pi / 4, 5e9, -5e9]),
    ("jax-ml/jax#15798", "acos(x)", {"x": 1}, [0, -inf]),
]
"""The thread, the formula, where, and the value with its gradient."""


@pytest.mark.parametrize(("text", "bindings", "expected"), [it[1:] for it in REPORTS], ids=[it[0] for it in REPORTS])
def test_what_a_tracker_reports_is_answered(text: str, bindings: dict[str, float], expected: list[float]) -> None:
    got = found(text, {name: float(number) for name, number in bindings.items()})
    assert all(same(a, b) for a, b in zip(got, expected, strict=True)), got


def test_the_fourth_derivative_of_a_square_at_0() -> None:
    """HIPS/autograd#116: exp(-x**2) had none, exp(-x*x) had: 12."""
    program = parse("exp(-x**2)")
    node = program.output
    for _ in range(4):
        node = differentiate(program.graph, node, [program.variables["x"]]).gradient[0]
    assert evaluate(program.graph, [node], {"x": 0.0}) == [12]


def test_the_second_derivative_of_a_branch_that_is_not_taken() -> None:
    """casadi/casadi#1878: of if_else(x>0, sqrt(x), 0) at -3 it was NaN."""
    program = parse("where(x > 0, sqrt(x), 0)")
    (slope,) = differentiate(program.graph, program.output, [program.variables["x"]]).gradient
    (bend,) = differentiate(program.graph, slope, [program.variables["x"]]).gradient
    assert evaluate(program.graph, [slope, bend], {"x": -3.0}) == [0, 0]


def test_the_second_derivative_of_logaddexp_far_out() -> None:
    """pytorch/pytorch#196704: NaN at finite arguments 1200 apart; it is s*(1 - s) with s = sigmoid(-1200)."""
    program = parse("logaddexp(x, y)")
    (slope,) = differentiate(program.graph, program.output, [program.variables["x"]]).gradient
    (bend,) = differentiate(program.graph, slope, [program.variables["x"]]).gradient
    assert evaluate(program.graph, [bend], {"x": -800.0, "y": 400.0}) == [0]
    assert evaluate(program.graph, [bend], {"x": 700.0, "y": 700.0}) == [0.25]


@pytest.mark.parametrize(
    ("text", "bindings", "expected"),
    [
        ("max(x, y) + min(x, y)", {"x": 2, "y": 2}, [4, 1, 1]),
        ("max(x, y) - min(x, y)", {"x": 2, "y": 3}, [1, -1, 1]),
        ("relu(x) - relu(-x)", {"x": 0}, [0, 1]),
        ("relu(x) + relu(-x) - abs(x)", {"x": 0}, [0, 0]),
        ("max(x, 0) + min(x, 0)", {"x": 0}, [0, 1]),
        ("clip(x, -1, 1) + relu(x - 1) - relu(-x - 1)", {"x": 1}, [1, 1]),
        ("abs(x)^2", {"x": 0}, [0, 0]),
        ("abs(x)*sign(x)", {"x": 0}, [0, 1]),
        ("hypot(x, y, z)^2", {"x": 0, "y": 0, "z": 0}, [0, 0, 0, 0]),
    ],
)
def test_an_identity_holds_at_its_kink(text: str, bindings: dict[str, float], expected: list[float]) -> None:
    got = found(text, {name: float(number) for name, number in bindings.items()})
    assert got == expected


@pytest.mark.parametrize(
    ("text", "bindings", "expected"),
    [
        # where: the branch that is not taken must not leak its NaN (the "double where" of JAX's FAQ)
        ("where(x > 0, sqrt(x), 0)", {"x": -1}, [0, 0]),
        ("where(x > 0, x*log(x), 0)", {"x": 0}, [0, 0]),
        ("where(x == 0, 1, sin(x)/x)", {"x": 0}, [1, 0]),
        ("where(x < 1, 1/(1 - x), exp(exp(x)))", {"x": 0.5}, [2, 4]),
        # the norm at 0, and where squares overflow or underflow
        ("hypot(x, y)", {"x": 0, "y": 0}, [0, 0, 0]),
        ("sqrt(x^2 + y^2)", {"x": 3e-200, "y": 4e-200}, [5e-200, 0.6, 0.8]),
        ("sqrt(x^2 + y^2)", {"x": 3e200, "y": 4e200}, [5e200, 0.6, 0.8]),
        # logsumexp and softmax of large numbers, of infinity too
        ("log(exp(x) + exp(y))", {"x": 1000, "y": 1000}, [1000 + log(2), 0.5, 0.5]),
        (
            "log(exp(x) + exp(y))",
            {"x": -1000, "y": -1001},
            [-1000 + log(1 + exp(-1)), 1 / (1 + exp(-1)), 1 / (1 + exp(1))],
        ),
        ("exp(x)/(exp(x) + exp(y))", {"x": 800, "y": 800}, [0.5, 0.25, -0.25]),
        ("logaddexp(x, y)", {"x": -inf, "y": 3}, [3, 0, 1]),
        # softplus, sigmoid and log-sigmoid far out
        ("log(1 + exp(x))", {"x": 800}, [800, 1]),
        ("log(1 + exp(x))", {"x": -40}, [4.248354255291589e-18, 4.248354255291589e-18]),
        ("softplus(x)", {"x": -800}, [0, 0]),
        ("1/(1 + exp(-x))", {"x": -710}, [4.47628622567513e-309, 4.47628622567513e-309]),
        ("log(1/(1 + exp(-x)))", {"x": -800}, [-800, 1]),
        ("log(sigmoid(x))", {"x": -800}, [-800, 1]),
        ("log(1 - sigmoid(x))", {"x": 40}, [-40, -1]),
        # tanh where it saturates: the slope is small, and not 0
        ("tanh(x)", {"x": 20}, [1, 1 / cosh(20) ** 2]),
        ("1 - tanh(x)^2", {"x": 20}, [1.6993417021166355e-17, -3.398683404233271e-17]),
        # expm1 and log1p, written out and by name
        ("exp(x) - 1", {"x": 1e-20}, [1e-20, 1]),
        ("log(1 + x)", {"x": 1e-20}, [1e-20, 1]),
        ("expm1(x)", {"x": 1e-20}, [1e-20, 1]),
        ("log1p(x)", {"x": -1}, [-inf, inf]),
        # atan2 on the axes and at tiny arguments
        ("atan2(y, x)", {"y": 0, "x": 1}, [0, 1, 0]),
        ("atan2(y, x)", {"y": 1, "x": 0}, [pi / 2, 0, -1]),
        ("atan2(y, x)", {"y": 1e-200, "x": 1e-200}, [pi / 4, 5e199, -5e199]),
        # powers at 0 and of negative numbers
        ("x^2", {"x": 0}, [0, 0]),
        ("x^0", {"x": 0}, [1, 0]),
        ("x^y", {"x": 0, "y": 2}, [0, 0, 0]),
        ("x^3", {"x": -2}, [-8, 12]),
        ("x^0.5", {"x": 0}, [0, inf]),
        ("x^y", {"x": -2, "y": 2}, [4, -4, NAN]),
        # sinc, xlogy, entropy at 0
        ("sinc(x)", {"x": 0}, [1, 0]),
        ("sinc(x)", {"x": 1e-4}, [0.9999999983333333, -3.333333330000000e-05]),
        ("xlogy(x, y)", {"x": 0, "y": 2}, [0, log(2), 0]),
        ("xlogy(x, x)", {"x": 1}, [0, 1]),
        # clip at its ends, abs, relu and max at a tie
        ("clip(x, -1, 1)", {"x": 1}, [1, 1]),
        ("clip(x, -1, 1)", {"x": -1}, [-1, 1]),
        ("clip(x, -1, 1)", {"x": 2}, [1, 0]),
        ("abs(x)", {"x": 0}, [0, 0]),
        ("relu(x)", {"x": 0}, [0, 0]),
        ("max(x, y)", {"x": 1, "y": 1}, [1, 0.5, 0.5]),
        # roots, quotients and inverse functions at the ends of their domains
        ("cbrt(x)", {"x": -8}, [-2, 1 / 12]),
        ("asin(x)", {"x": 1}, [pi / 2, inf]),
        ("acosh(x)", {"x": 1e200}, [461.2101657793691, 1e-200]),
        ("x/y", {"x": 1e200, "y": 1e200}, [1, 1e-200, -1e-200]),
        ("sqrt(x)^2", {"x": 0}, [0, NAN]),
        ("lgamma(x)", {"x": 1e10}, [220258509288.81058, 23.025850929890456]),
        ("erfc(x)", {"x": 25}, [8.300172571196522e-274, -4.1534010636398965e-272]),
    ],
)
def test_the_number_at_the_edge(text: str, bindings: dict[str, float], expected: list[float]) -> None:
    exact = {name: float(number) for name, number in bindings.items()}
    got = found(text, exact)
    assert all(same(a, b) for a, b in zip(got, expected, strict=True)), got
