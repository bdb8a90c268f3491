"""Arrays through the Python face: they come as lists or as NumPy's, and their gradients go back in the same form."""

import pickle
from decimal import Decimal
from typing import Any

import numpy as np
import polars
import pytest

import gradcli

W, X, Y = [[1.0, 2.0], [3.0, 4.0]], [1.0, 2.0], [1.0, 1.0]
LOSS = "h = W @ x; L = sum((h - y)^2)"
RESIDUE = 2 * (np.array(W) @ X - Y)
"""dL/dh, by hand; dL/dW is its outer product with x, dL/dx is W' of it."""


def test_lists_come_back_as_lists_and_arrays_as_arrays() -> None:
    found = gradcli.gradient(LOSS, {"W": np.array(W), "x": tuple(X), "unused": [[1], 2]}, y=Y, wrt="W, x, y, W[1, 2]")
    assert isinstance(found["W"], np.ndarray)
    np.testing.assert_array_equal(found["W"], np.outer(RESIDUE, X))
    assert found["x"] == (np.array(W).T @ RESIDUE).tolist()
    assert found["y"] == (-RESIDUE).tolist()
    assert gradcli.gradient(LOSS, W=W, x=X, y=Y, wrt=["h", "W[1,2]"]) == {"h": RESIDUE.tolist(), "W[1,2]": 16.0}


def test_entries_are_what_they_say() -> None:
    answer = gradcli.answer("sum(x)^2", x=["0.1", Decimal("0.2"), 3, "1/3"], precision=20)
    assert answer.decimals
    assert answer.decimals.gradient["x[1]"] == "7.2666666666666666667"  # 2*(3.3 + 1/3)
    assert answer.gradient["x"] == [7.266666666666667] * 4
    assert answer.point.gradient["x[4]"] == 7.266666666666667


def test_a_value_may_be_an_array() -> None:
    assert gradcli.value("h = W @ x; h", W=W, x=X) == [5.0, 11.0]
    product = gradcli.value(gradcli.parse("A @ A'", shapes={"A": (2, 2)}), A=np.array(W))
    np.testing.assert_array_equal(product, np.array(W) @ np.array(W).T)
    with pytest.raises(gradcli.LanguageError, match="a gradient is of one number"):
        gradcli.gradient("W @ x", W=W, x=X)


@pytest.mark.parametrize(
    ("formula", "given", "problem"),
    [
        ("sum(x)", {"x": [[1], [1, 2]]}, "its lists have 1 and 2 entries"),
        ("sum(x)", {"x": []}, "a list is empty"),
        ("sum(x)", {"x": [1, object()]}, r"`x\[2\]` is no number: it is of the type object"),
        ("sum(x)", {"x": np.array([1j])}, "its type is complex128"),
        ("W: [2, 3]; sum(W)", {"W": W}, r"bound with the shape \[2, 2\], and declared as"),
        ("W: [2, 3]; sum(W)", {"W": 1.0}, r"`W` is one number, and has the shape \[2, 3\]"),
        ("W: [2, 3]; sum(W)", {}, "no value for W"),
        ("sum(x)", {"x": X, "y": Y}, "the formula has no variable `y`"),
    ],
)
def test_what_is_no_array_is_an_error(formula: str, given: dict[str, Any], problem: str) -> None:
    with pytest.raises(gradcli.BindingError, match=problem):
        gradcli.gradient(formula, **given)


@pytest.mark.parametrize("engine", ["auto", "blocks", "llvm", "python"])
def test_a_compiled_formula_takes_arrays_with_rows_before_their_shape(engine: str) -> None:
    rows = np.random.default_rng(7).normal(size=(5, 2))
    f = gradcli.compile(LOSS, shapes={"W": (2, 2), "x": 2, "y": (2,)}, engine=engine)
    residues = 2 * (rows @ np.array(W).T - Y)
    for g in (f, pickle.loads(pickle.dumps(f))):
        value, gradient = g(W, x=rows, y=Y)
        np.testing.assert_allclose(value, (residues**2).sum(1) / 4, rtol=1e-13)
        np.testing.assert_allclose(gradient["W"], residues[:, :, None] * rows[:, None, :], rtol=1e-13)
        np.testing.assert_allclose(gradient["x"], residues @ np.array(W), rtol=1e-13)
    one = f(W, X, Y)
    assert one.value == 116.0
    np.testing.assert_array_equal(one.gradient["W"], np.outer(RESIDUE, X))
    with pytest.raises(gradcli.BindingError, match=r"`x` has the shape \(3,\), and the formula takes \(2,\)"):
        f(W, [1, 2, 3], Y)


def test_a_compiled_formula_takes_tables_with_lists_or_a_column_for_each_entry() -> None:
    f = gradcli.compile("x: [2]; L = sum(x^2)*c")
    of_lists = f(polars.DataFrame({"x": [[1, 2], None], "c": [1.0, 2.0]}))
    assert of_lists.rows() == [(5.0, [2.0, 4.0], 5.0), (None, None, None)]
    by_entry = f(polars.DataFrame({"x[1]": [1], "x[2]": [2]}), c=[3])
    assert by_entry.to_dicts() == [{"L": 15.0, "d_x[1]": 6.0, "d_x[2]": 12.0, "d_c": 5.0}]
    with pytest.raises(gradcli.BindingError, match="not of the shape"):
        f(polars.DataFrame({"x": [[1, 2], [3]], "c": [1.0, 2.0]}))
