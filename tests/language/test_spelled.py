"""Functions that are written out where they are called, and names of functions that are variables' too."""

import statistics
from itertools import permutations

import numpy as np
import pytest
from conftest import Gradcli
from gradients import gradient

from gradcli.evaluate.scalar import evaluate
from gradcli.language import parse
from gradcli.language.functions import FUNCTIONS, SPELLED, found
from gradcli.language.notation import expression_text
from gradcli.language.spelled import SPELLED as WRITTEN
from gradcli.operators.table import CALLABLE, CONSTANT

POINT = {"x": 1.0, "y": 2.5, "z": -4.0, "w": 0.5}
VALUES = [*POINT.values()]


def number(text: str, **bindings: float) -> float:
    program = parse(text)
    return evaluate(program.graph, [program.output], bindings)[0]


@pytest.mark.parametrize(
    ("text", "truth"),
    [
        ("sum(x, y, z, w)", sum(VALUES)), ("prod(x, y, z, w)", np.prod(VALUES)), ("mean(x, y, z, w)", np.mean(VALUES)),
        ("var(x, y, z, w)", np.var(VALUES)), ("std(x, y, z, w)", np.std(VALUES)), ("std(x)", 0),
        ("median(x, y, z, w)", np.median(VALUES)), ("norm(x, y, z, w)", np.linalg.norm(VALUES)),
        ("logsumexp(x, y, z, w)", np.log(np.sum(np.exp(VALUES)))), ("logsumexp(x)", 1), ("lg(x*1000)", 3),
        ("log_10(x)", 0), ("lb(x*8)", 3), ("log_2(x*8)", 3),
    ],
)  # fmt: skip
def test_they_are_what_numpy_makes_of_them(text: str, truth: float) -> None:
    used = {name: POINT[name] for name in parse(text).variables}
    assert number(text, **used) == pytest.approx(truth, rel=1e-14)


def test_they_are_written_out() -> None:
    program = parse("mean(x, y, z)^2")
    assert expression_text(program.graph, program.output) == "((x + y + z)/3)^2"


@pytest.mark.parametrize("count", [1, 2, 3, 4, 5, 8, 13])
def test_a_median_is_that_of_any_order(count: int) -> None:
    program = parse(f"median({', '.join(f'x{at}' for at in range(count))})")
    for order in [*permutations(range(min(count, 5)))]:
        numbers = [*order, *range(count - 1, len(order) - 1, -1)]
        bindings = {f"x{at}": float(each) for at, each in enumerate(numbers)}
        assert evaluate(program.graph, [program.output], bindings) == [statistics.median(numbers)]


def test_the_gradient_of_a_median_is_shared_at_a_tie() -> None:
    assert gradient("median(x, y, z)", {"x": 1, "y": 2, "z": 3}) == [0, 1, 0]
    assert gradient("median(x, y, z, w)", {"x": 1, "y": 2, "z": 3, "w": 9}) == [0, 0.5, 0.5, 0]
    assert sum(gradient("median(x, y, z)", {"x": 2, "y": 2, "z": 2})) == 1


def test_each_is_told_of_and_written_out_and_named_once() -> None:
    assert {row.name for row in SPELLED.values()} == {*WRITTEN}
    assert not {*SPELLED} & {*CALLABLE, *CONSTANT}
    assert all(1 < len(row.backward) <= 100 and len(row.doc) < 100 for row in SPELLED.values())


def test_their_conventions_are_found() -> None:
    assert {"huber", "smooth_l1"} <= {row.name for row in found("loss")}
    assert [row.name for row in found("n - 1 NumPy")] == ["var", "std"]


# -- names


@pytest.mark.parametrize("name", ["mean", "sec", "logit", "norm", "lg", "factorial", "heaviside"])
def test_a_name_without_a_parenthesis_is_a_variable(name: str) -> None:
    assert name in FUNCTIONS
    assert number(f"{name}^2 + {name}*x", **{name: 3.0, "x": 2.0}) == 15
    assert number(f"`{name}` + {name}", **{name: 3.0}) == 6
    assert number(f"{name} = x + 1; {name}*x", x=2) == 6
    assert number(f"f({name}) = {name}^2; f(x)", x=2) == 4
    assert number(f"{name} if {name} > 2 else 0", **{name: 3.0}) == 3
    program = parse(f"2*{name}")
    assert expression_text(program.graph, program.output) == f"2*{name}"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("mean = x + 1; mean(x)", "`mean` is a variable here, and a function of gradcli's too"),
        ("mean*x + mean(3)", "`mean` is a variable here, and a function of gradcli's too"),
        ("y = mean(x); mean = 3; y*mean", "`mean` is used before its definition"),
        ("y = norm(x); norm(x) = x^2; y", "`norm` is used before its definition"),
        ("logit x", "`logit` is a function and needs its argument in parentheses"),
        ("sec^2(x)", "`sec` is a function and has no power of its own"),
        ("mean()", "`mean` takes one or more arguments, and 0 are given"),
        ("median(" + ",".join(["x"] * 1001) + ")", "`median` takes 1,000 arguments at most, and 1,001 are given"),
    ],
)  # fmt: skip
def test_what_may_mean_two_things_is_refused(gradcli: Gradcli, text: str, says: str) -> None:
    assert gradcli("graph", text).err.startswith(f"error: {says}\n")


def test_a_program_may_have_a_function_of_that_name(gradcli: Gradcli) -> None:
    answer = gradcli("eval", "norm(x) = x^2; norm(x + 1)", "x=2")
    assert answer.out == "f\t9\n"
    assert "`norm(…)` is this program's own function here" in answer.err


def test_a_logarithm_that_some_read_otherwise_gets_a_note(gradcli: Gradcli) -> None:
    assert "some" not in gradcli("eval", "log_10(x)", "x=100").err
    assert "base 2 is meant" in gradcli("eval", "lg(x)", "x=100").err


def test_a_column_may_have_such_a_name(gradcli: Gradcli) -> None:
    assert gradcli("map", "mean*std", "--only", stdin="mean,std\n2,3\n").out.splitlines()[1] == "6.0,3.0,2.0"
