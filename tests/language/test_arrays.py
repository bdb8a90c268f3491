"""Arrays in the language: what they come to, held against NumPy, and what is said of those that do not fit."""

import re
from typing import Any

import numpy as np
import pytest

from gradcli.errors import BindingError, LanguageError, LimitError
from gradcli.evaluate.gradient import Gradient
from gradcli.evaluate.scalar import evaluate
from gradcli.language.notation import program_text
from gradcli.language.program import Program, parse
from gradcli.shapes import Array, flattened

GIVEN: dict[str, Any] = {
    "W": [[1.0, 2.0, -1.0], [0.5, -0.25, 3.0]], "A": [[2.0, 1.0], [-1.0, 3.0]], "x": [1.0, -2.0, 0.5],
    "y": [0.75, 2.0, -1.5], "b": [0.1, -0.2], "p": [0.2, 0.3, 0.5], "s": 1.5, "n": 3.0,
}  # fmt: skip
W, A, x, y, b, p, s, n = (np.array(value) for value in GIVEN.values())


def soft(z: Any, axis: int | None = None) -> Any:
    e = np.exp(z - np.max(z, axis=axis, keepdims=True))
    return e / np.sum(e, axis=axis, keepdims=True)


def bound(given: dict[str, Any]) -> dict[str, float]:
    """The bindings by the names of entries."""
    arrays = {name: flattened(value) for name, value in given.items() if isinstance(value, list)}
    entries = {name: it for array, found in arrays.items() if found for name, it in found.named(array).items()}
    return entries | {name: value for name, value in given.items() if not isinstance(value, list)}


def parsed(text: str, given: dict[str, Any] = GIVEN) -> Program:
    used = {name: value for name, value in given.items() if re.search(rf"(?<![^\W\d_]){name}(?![a-z])", text)}
    return parse(text, variables=bound(used), takes_arrays=True)


def value(text: str) -> Any:
    program = parsed(text)
    numbers = evaluate(program.graph, program.entries or [program.output], bound(GIVEN))
    return np.reshape(numbers, program.arrays[program.name]) if program.entries else numbers[0]


VALUES = [
    ("W @ x", W @ x), ("W' @ b", W.T @ b), ("W.T @ b", W.T @ b), ("Wᵀ @ b", W.T @ b), ("x @ y", x @ y),
    ("b @ W", b @ W), ("A @ A", A @ A), ("A*A", A * A), ("A^2", A**2), ("2A - 1", 2 * A - 1), ("x/y", x / y),
    ("-x^2", -(x**2)), ("tanh(W @ x + b)", np.tanh(W @ x + b)), ("max(0, x)", np.maximum(0, x)),
    ("if x > 0 then x else s*x", np.where(x > 0, x, s * x)), ("outer(b, x)", np.outer(b, x)), ("dot(x, y)", x @ y),
    ("transpose(W)[3, 1]", W[0, 2]), ("(W @ x)[2]", (W @ x)[1]), ("W[1, :]", W[0]), ("W[:, 2]", W[:, 1]),
    ("W[2, 2..3]", W[1, 1:]), ("W[2, ..2]", W[1, :2]), ("x[2..]", x[1:]), ("x[n]", x[2]), ("x[n - 1]", x[1]),
    ("sum(W)", W.sum()), ("sum(W, axis 1)", W.sum(0)), ("mean(W, axis 2)", W.mean(1)), ("prod(x)", x.prod()),
    ("var(x)", x.var()), ("std(W, axis 2)", W.std(1)), ("median(x)", np.median(x)), ("norm(W)", np.sqrt((W**2).sum())),
    ("‖x‖", np.sqrt(x @ x)), ("min(x) + max(W)", x.min() + W.max()), ("logsumexp(x)", np.log(np.exp(x).sum())),
    ("softmax(x)", soft(x)), ("softmax(W, axis 2)", soft(W, 1)), ("softmax(W, axis 1)", soft(W, 0)),
    ("log_softmax(x)[2]", np.log(soft(x)[1])), ("softmax([1, 2, s])[1]", soft(np.array([1, 2, 1.5]))[0]),
    ("[1, 2, 3] @ x", np.array([1, 2, 3]) @ x), ("[x, y]", np.array([x, y])), ("[x, y]' @ b[1..2]", np.array([x, y]).T @ b),
    ("sum(x[i]*y[i] for i in 1..3)", x @ y), ("[x[i]^i for i in 1..n]", x ** np.arange(1, 4)),
    ("[[i*10 + j for j in 1..2] for i in 1..3]", np.array([[11, 12], [21, 22], [31, 32]])),
    ("sum(W[i, j]*i*j for i in 1..2 for j in 1..3)", sum(W[i - 1, j - 1] * i * j for i in (1, 2) for j in (1, 2, 3))),
    ("sum(x[i]*x[j] for i in 1..3 for j in 1..i-1)", x[1] * x[0] + x[2] * x[0] + x[2] * x[1]),
    ("prod(s for i in 1..0) + sum(s for i in 2..1 + 0)", 1.0), ("max(x[i] for i in 1..3)", 1.0),
    ("sum([2*p, p], axis 1)", 3 * p), ("-sum(xlogy(p, p))", -(p * np.log(p)).sum()),
    ("h[1] = s; h[t] = tanh(h[t-1] + t) for t in 2..3; h", [1.5, t2 := np.tanh(3.5), np.tanh(t2 + 3)]),
    ("h[1] = b; h[t] = A @ h[t-1] for t in 2..4; h[4]", A @ A @ A @ b), ("f[1]=1;f[2]=1;f[k]=f[k-1]+f[k-2] for k in 3..9;f[9]", 34),
    ("a[i, j] = i^j for i in 1..2 for j in 1..2; a", [[1, 1], [2, 4]]), ("h[1] = b; h[2] = 2*b; h[2, 1]", 0.2),
    ("h[t] = (if t == 1 then s else s*h[t-1]) for t in 1..4; h[4]", s**4),
    ("f(v) = sum(v[i]^2 for i in 1..2); sum(f([i, 2]) for i in 1..3)", 14 + 12), ("g(u, v) = u @ v; g(x, y)*g(x, x)", (x @ y) * (x @ x)),
    ("W: [2, m]; sum(W)/m", W.sum() / 3), ("mean(x) + s*0", x.mean()),
    ("np.dot(x, y) + torch.sum(x)", x @ y + x.sum()),
]  # fmt: skip


@pytest.mark.parametrize(("text", "truth"), VALUES)
def test_arrays_come_to_what_numpy_says(text: str, truth: Any) -> None:
    found = value(text)
    assert np.shape(found) == np.shape(truth)
    np.testing.assert_allclose(found, truth, rtol=1e-14, atol=1e-15)


ERRORS = [
    ("W @ y[1..2]", "`W` is [2, 3] as bound, and `y[1..2]` is [2]", "W @ y[1..2]", "W' @ y[1..2]"),
    ("W*x", "`W` is [2, 3] as bound, and `x` is [3] as bound", "W*x", "W @ x"), ("x + b", "is [3] as bound", "x + b", "outer"),
    ("W @ 2", "`2` is a number", "W @ 2", "W*2"), ("[[1, 2], [3]]", "the first is [2], entry 2 is [1]", "[[1, 2], [3]]", "every row"),
    ("x[0]", "goes from 1 to 3, and 0", "x[0]", "x[1]"), ("x[-1]", "and -1 is given", "x[-1]", "the last is x[3]"),
    ("x[4]", "goes from 1 to 3", "x[4]", "the last is x[3]"), ("W[1, 4]", "the second index of `W`", "W[1, 4]", "W[1, 3]"),
    ("W[1]", "has 2 indices", "W[1]", "W[1, :]"), ("x[1.5]", "a whole number", "x[1.5]", "floor"), ("x[s]", "bound to 1.5", "x[s]", "s=3"),
    ("x[1:3]", "both of its ends", "1:3", "write 1..3 or 2..3"), ("x[k]", "none that is known", "x[k]", "k=3"),
    ("x[2..1]", "is empty", "x[2..1]", "lower end first"), ("x'", "has no transpose", "x'", "dot(x, b) or outer(x, b)"),
    ("|x|", "two ways", "|x|", "abs(x)"), ("sum(x, 2)", "one array, or several numbers", "sum(x, 2)", "sum([x, 2])"),
    ("sum(W, axis 3)", "no axis 3", "axis 3", "axis 1"), ("sum(W, axis=1)", "from 0 in Python", "axis=1", "axis 1 or axis 2"),
    ("softmax(W)", "one of its axes", "softmax(W)", "axis 2"), ("sum(x[i] for x in 1..2)", "cannot count", "x", "i, j, k"),
    ("i = 2; sum(x[i] for i in 1..2)", "cannot count", "i", "i, j, k"), ("i + sum(x[i] for i in 1..2)", "no number outside", "i", "another"),
    ("sum(sum(x[i] for i in 1..2) for i in 1..2)", "around this one already", "i", "another letter"),
    ("sum(s*i for i in 1..10^9)", "1,000,000,000 steps", "1..10^9", "smaller"), ("u: [10^5, 10^5]; sum(u)", "10,000,000,000", "u", "smaller"),
    ("sum(i*j for i in 1..10^4 for j in 1..i)", "more than 4,000,000 steps", "i*j for i in 1..10^4 for j in 1..i", "smaller"),
    ("sum(sum(i*j for j in 1..10^4) for i in 1..10^4)", "more than 4,000,000 steps", "i*j for j in 1..10^4", "smaller"),
    ("v @ w", "`v` has no shape", "v @ w", "declare its shape"), ("dot(x, b)", "`dot` multiplies entry by entry", "dot(x, b)", "as many"),
    ("x[1:]", "both of its ends", "1:", "write 1.. or 2.."), ("x[::2]", "every number", "::", "x[2*i]"), ("x[1..-1]", "is empty", "x[1..-1]", "1.. for all"),
    ("u: [200, 200]; sum(u @ u)", "unfold to more than", "u @ u", "smaller"), ("x for i in 1..3", "in a call, in brackets", "for", "sum("),
    ("h[t] = h[t-1] for t in 2..3; h[3]", "`h[1]` is not defined yet", "h[t-1]", "h[1] = "), ("h[1] = s; h[2] = h[3]; h[1]", "`h[3]` is not defined yet", "h[3]", "before"),
    ("h[1] = s; h[3] = s; sum(h)", "a gap: `h[2]`", "h", "from 1 on"), ("h[1] = s; h[1] = 2; h[1]", "defined twice", "h[1]", "leave one"),
    ("h[1] = s; m = max(h); h[2] = m; h[2]", "after `h` was used as a whole", "h[2]", "move it up"),
    ("h[1] = b; h[2] = s; h[2]", "`h[2]` is a number, and `h[1]` is [2]", "h[2]", "one shape"),
    ("sin(x[1])[2]", "is a number", "sin(x[1])[2]", "index away"), ("q[1] + 1", "has no shape", "q[1]", "q: [3]"),
    ("[1 2 3]", "commas part", "2", "[1, 2, 3]"), ("[1, 2; 3, 4]", "rows of a matrix are lists", ";", "[[1, 2], [3, 4]]"),
    ("x: [2]; sum(x)", "bound with the shape [3]", "x: [2]", "that shape"), ("u: [k]; sum(u)", "size `k` of `u` is not known", "k", "k=3"),
    ("wᵀz", "no operator", "z", "wᵀ @ z"), ("f'(s)*x[1]", "takes the derivative itself", "f'(", "f(x)"), ("dot(x, W)", "`W` is [2, 3]", "W", "A @ B"),
    ("sum([x, y][i] for i in 1..2)", "has 2 indices", "[x, y][i]", ":]"), ("sum(W[i, :] for i in 1..2)", "two ways", "sum(W[i, :] for i in 1..2)", "axis 1"),
    ("1..3", "in an index", "1..3", "for i in"), ("x[", "is missing", "[", "]"), ("sum(x[i] for i in 3..1)", "is empty", "3..1", "1..3"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "message", "place", "hint"), ERRORS)
def test_what_does_not_fit_is_told_with_a_mend(text: str, message: str, place: str, hint: str) -> None:
    with pytest.raises((LanguageError, BindingError, LimitError)) as caught:
        parsed(text)
    error = caught.value
    assert message in error.message
    assert error.span
    assert text[slice(*error.span)] == place
    assert hint in error.hint


def test_an_array_is_no_output_of_a_gradient() -> None:
    with pytest.raises(LanguageError, match=re.escape("an array of the shape [3]")) as caught:
        parse("h = 2*x", variables=bound({"x": [1.0, 2.0, 3.0]}))
    assert caught.value.hint == "end with sum(h), or with one entry: h[3]"


def test_gradients_are_those_by_hand() -> None:
    program = parsed("h = tanh(W @ x + b); L = mean((h - 1)^2)")
    found = Gradient(program).at(bound(GIVEN)).gradient
    h = np.tanh(W @ x + b)
    delta = (h - 1) * (1 - h**2)
    for name, truth in {"W": np.outer(delta, x), "x": W.T @ delta, "b": delta}.items():
        entries = Array(truth.shape, truth.ravel().tolist()).named(name)
        assert {each: found[each] for each in entries} == pytest.approx(entries, rel=1e-14)
    assert program.arrays == {"W": (2, 3), "x": (3,), "b": (2,), "h": (2,)}


def test_all_entries_of_an_array_that_is_used_are_variables() -> None:
    program = parsed("x[1]^2")
    assert [*program.variables] == ["x[1]", "x[2]", "x[3]"]
    assert Gradient(program).at(bound(GIVEN)).gradient == {"x[1]": 2.0, "x[2]": 0.0, "x[3]": 0.0}


def test_what_is_printed_reads_back() -> None:
    program = parsed("h[1] = s; h[t] = tanh(h[t-1]*x[t]) for t in 2..3; sum(h)")
    text = program_text(program)
    assert text == "h[2] = tanh(s*x[2]); h[3] = tanh(h[2]*x[3]); s + h[2] + h[3]"
    again = parse(text, variables=bound(GIVEN))
    assert Gradient(again).at(bound(GIVEN)).value == Gradient(program).at(bound(GIVEN)).value


def test_names_of_functions_and_words_stay_usable() -> None:
    program = parse("mean = 2*in; for = mean^2; beta*for")
    assert [*program.variables] == ["in", "beta"]
    assert parsed("sum(beta) + sum(mean)", {"beta": [1.0, 2.0], "mean": [3.0]}).arrays == {"beta": (2,), "mean": (1,)}


def test_places_point_at_the_text() -> None:
    text = "sum(log(p[i]) for i in 1..3)"
    program = parsed(text)
    logs = [at for at, operator in enumerate(program.graph.operators) if operator == "log"]
    assert [text[slice(*(program.graph.span(at) or (0, 0)))] for at in logs] == ["log(p[i])"] * 3
    assert [program.counted[at] for at in logs] == ["i = 1", "i = 2", "i = 3"]


def test_recurrences_take_linear_time() -> None:
    program = parse("h[1] = x; h[t] = tanh(w*h[t-1]) for t in 2..1000; h[1000]")
    point = Gradient(program).at({"x": 0.5, "w": 1.01})
    assert program.written == 2 * 999 + 2
    assert point.value == pytest.approx(0.17166177944, rel=1e-9)
