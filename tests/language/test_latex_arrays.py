r"""Arrays in LaTeX, held against NumPy: entries, sums over them, transposes and what stands side by side."""

from typing import Any

import numpy as np
import pytest

from gradcli.errors import LanguageError
from gradcli.evaluate.scalar import evaluate
from gradcli.language.program import parse
from gradcli.shapes import flattened

GIVEN: dict[str, Any] = {
    "W": [[1.0, 2.0, -1.0], [0.5, -0.25, 3.0]], "A": [[2.0, 1.0], [-1.0, 3.0]], "x": [1.0, -2.0, 0.5],
    "y": [0.75, 2.0], "y_hat": [0.5, 4.0], "b": 1.5, "n": 3.0,
}  # fmt: skip
W, A, x, y, y_hat, b, n = (np.array(value) for value in GIVEN.values())


def bound(*names: str) -> dict[str, float]:
    found: dict[str, float] = {}
    for name in names:
        array = flattened(GIVEN[name]) if isinstance(GIVEN[name], list) else None
        found |= array.named(name) if array else {name: GIVEN[name]}
    return found


def value(text: str, *names: str) -> float:
    given = bound(*names)
    program = parse(text, variables=given)
    return evaluate(program.graph, [program.output], given)[0]


@pytest.mark.parametrize(
    ("text", "names", "right"),
    [
        (r"\sum_{i=1}^{3} i x_i^2", "x", np.sum(np.arange(1, 4) * x**2)),
        (r"\sum_{i=1}^2 \sum_{j=1}^3 W_{ij} x_j", "W x", np.sum(W @ x)),
        (r"\prod_{i=1}^2 W_{i,i+1}", "W", W[0, 1] * W[1, 2]),
        (r"\sum_{t=2}^{n} (x_t - x_{t-1})^2 + x_n", "x n", np.sum(np.diff(x) ** 2) + x[-1]),
        (r"W_{1,2} + W_{21} + \hat{y}_2", "W y_hat", W[0, 1] + W[1, 0] + y_hat[1]),
        (r"\mathbf{x}^\top \mathbf{x} + b", "x b", x @ x + b),
        ("$x^T x$", "x", x @ x),
        (r"\mathbf{y} \cdot \hat{y}", "y y_hat", y @ y_hat),
        (r"y^{\top} (W x - y)", "W x y", y @ (W @ x - y)),
        (r"-\frac{1}{2} y^\top A y", "A y", -y @ A @ y / 2),
        (r"x^\top W^\top A^\top y", "W A x y", x @ W.T @ A.T @ y),
        (r"y^\top (y x^\top) x", "x y", y @ np.outer(y, x) @ x),
        (r"h = \tanh(W x + b y); h_1 + 2 h^\top h", "W x b y", (h := np.tanh(W @ x + b * y))[0] + 2 * h @ h),
        (r"\operatorname{sum}(y \odot \hat{y})/2 + \|x\|", "x y y_hat", y @ y_hat / 2 + np.linalg.norm(x)),
        (r"p = \operatorname{softmax}(y); -\log p_2", "y", -np.log(np.exp(y[1]) / np.sum(np.exp(y)))),
    ],
)
def test_what_latex_says_of_arrays_is_what_numpy_computes(text: str, names: str, right: Any) -> None:
    assert value(text, *names.split()) == pytest.approx(float(right), rel=1e-14)


def test_a_shape_is_declared_beside_the_formula() -> None:
    program = parse(r"x: [3]; \sum_{i=1}^{3} x_i^2")
    assert [*program.variables] == ["x[1]", "x[2]", "x[3]"]
    assert evaluate(program.graph, [program.output], {"x[1]": 1.0, "x[2]": 2.0, "x[3]": 4.0}) == [21.0]


@pytest.mark.parametrize(
    ("text", "names", "said", "hint"),
    [
        (r"y \hat{y}", "y y_hat", "the product of two vectors", r"write y^\top \hat{y} for a number, y \odot \hat{y}"),
        (r"y \times \hat{y}", "y y_hat", r"`\times` of two arrays is not read", r"y \odot \hat{y}"),
        (r"\mathbf{W} y", "W y", r"`\mathbf{W}` is [2, 3], and `y` is [2]", r"write \mathbf{W}^\top y"),
        (r"\sum_{i=1}^{4} x_i", "x", "the index of `x` goes from 1 to 3, and 4 is given", "the last is x[3]"),
        (r"\sum_{i=1}^{3} x_{i-1}", "x", "the index of `x` goes from 1 to 3, and 0 is given", "indices begin at 1"),
        (r"b^\top b", "b", r"`^\top` is no power, but a transpose", "bind arrays: w='[1, 2]'"),
    ],
)  # fmt: skip
def test_what_does_not_fit_has_a_place_and_a_mend(text: str, names: str, said: str, hint: str) -> None:
    with pytest.raises(LanguageError) as found:
        value(text, *names.split())
    assert said in found.value.message
    assert hint in found.value.hint
    assert found.value.span


def test_a_name_that_is_bound_with_its_subscript_stays_that_name() -> None:
    given = {**bound("x"), "x_2": 8.0}
    program = parse(r"x_1 + x_{2}", variables=given)
    assert [*program.variables] == ["x[1]", "x[2]", "x[3]", "x_2"]
