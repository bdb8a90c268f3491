"""Numbers at the edges where frameworks go wrong: what the issue trackers of JAX, PyTorch, autograd and CasADi tell.

Each is a well-known report, reduced to one scalar formula; the expected numbers are closed forms or mpmath's.
"""

from math import cosh, exp, inf, isnan, log, pi, ulp

import pytest

from gradcli.language import parse
from gradcli.run.gradient import Gradient
from gradcli.verify.precise import settle

NAN = float("nan")


def found(text: str, bindings: dict[str, float]) -> list[float]:
    """Value and gradient under `auto`, in the order of the bindings."""
    program = parse(text, variables=bindings)
    gradient = Gradient(program, {name: program.variables[name] for name in bindings})
    point = settle(program, gradient, bindings, "auto").point
    return [point.value, *point.gradient.values()]


def same(got: float, expected: float) -> bool:
    """Within 16 ulp, or not a number alike."""
    if isnan(expected):
        return isnan(got)
    return got == expected or abs(got - expected) <= 16 * ulp(expected)


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
