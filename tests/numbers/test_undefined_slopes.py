"""Where an operator has no number it has no slope, wherever that flows; what does not depend on it is no worse for it."""

import json
from itertools import product
from math import inf, isfinite, isnan, nan

import pytest
from conftest import Gradcli
from rows import ROWS, names, runner, text

import gradcli
from gradcli.operators.row import Operator

NUMBERS = (nan, -inf, -3.0, -1.0, 0.0, 0.5, 2.0, inf)
UNTOUCHED = {
    *["lt", "le", "gt", "ge", "eq", "ne", "and", "or", "not", "where"],
    "pow",
    "xlogy",
    "heaviside",
    "leaky_relu",
    "elu",
}
"""What has a number though an operand is NaN: what compares or chooses, and NaN^0, 1^NaN, 0*log(NaN)."""


def slopes(row: Operator, point: tuple[float, ...], precision: str = "auto") -> tuple[float, dict[str, float]]:
    answer = gradcli.answer(text(row), dict(zip(names(row), point, strict=True)), precision=precision)
    return answer.value, answer.gradient


def without(row: Operator, point: tuple[float, ...]) -> set[str]:
    """The operands that the result does not depend on: the condition of a choice, and what it does not take."""
    return {"c", "y" if point[0] else "x"} if row.name == "where" else set()


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_no_operator_has_a_slope_where_it_has_no_number(row: Operator) -> None:
    few = NUMBERS if len(names(row)) < 4 else (-1.0, 0.0, 2.0, nan)
    for point in product(few, repeat=len(names(row))):
        value, gradient = slopes(row, point)
        if isnan(value):
            known = {name for name, slope in gradient.items() if not isnan(slope)}
            assert known == without(row, point), point


@pytest.mark.parametrize("row", [row for row in ROWS if row.name not in UNTOUCHED], ids=lambda row: row.name)
def test_an_operand_that_is_nan_leaves_nothing(row: Operator) -> None:
    for at, _ in enumerate(names(row)):
        point = tuple(nan if position == at else 2.0 for position, _ in enumerate(names(row)))
        value, gradient = slopes(row, point)
        assert isnan(value)
        assert all(map(isnan, gradient.values()))


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ("x < y", [0, 0]),
        ("x != y", [0, 0]),
        ("x and y", [0, 0]),
        ("where(x, y, 3)", [0, 1]),
        ("where(y, 3, x)", [0, 0]),
        ("x^0 + y", [0, 1]),
        ("1^x + y", [0, 1]),
        ("xlogy(0, x) + y", [0, 1]),
        ("leaky_relu(y, x)", [0, 1]),
        ("elu(y, x)", [0, 1]),
    ],
)
def test_what_does_not_depend_on_a_nan_has_its_slopes(formula: str, expected: list[float]) -> None:
    answer = gradcli.answer(formula, x=nan, y=2)
    assert isfinite(answer.value)
    assert [answer.gradient["x"], answer.gradient["y"]] == expected


@pytest.mark.parametrize("precision", ["exact", "30"])
@pytest.mark.parametrize("row", [row for row in ROWS if row.domain], ids=lambda row: row.name)
def test_digits_change_nothing_of_it(row: Operator, precision: str) -> None:
    for point in product((-3.0, -0.5, 1.5), repeat=len(names(row))):
        value, gradient = slopes(row, point, precision)
        assert isnan(value) == isnan(slopes(row, point)[0]), point
        assert not isnan(value) or all(map(isnan, gradient.values())), point


@pytest.mark.parametrize("row", [row for row in ROWS if row.name not in UNTOUCHED], ids=lambda row: row.name)
def test_plain_doubles_keep_what_the_rule_gives(row: Operator) -> None:
    run = runner(row)
    for point in product((nan, -3.0, 0.5), repeat=len(names(row))):
        value, gradient = slopes(row, point, "double")
        if isnan(value):
            assert [*gradient.values()] == pytest.approx(run(point)[1:], rel=0, abs=0, nan_ok=True), point


@pytest.mark.parametrize(
    ("formula", "point", "known"),
    [
        ("max(x, 1)", {"x": nan}, {}),
        ("log(x) + x^2*y", {"x": -3, "y": 2}, {}),
        ("log2(x)*0", {"x": -3}, {}),
        ("relu(log1p(x))", {"x": -3}, {}),
        ("floor(atanh(x))", {"x": -3}, {}),
        ("log(y) + relu(x)", {"x": -1, "y": -3}, {"x": 0}),
        ("where(x > 0, log(x), x)", {"x": -3}, {"x": 1}),
        ("where(x < 0, log(x), y)", {"x": -3, "y": 2}, {"y": 0}),
        ("where(y > 0, y, 2)*where(y > 0, 1, log(x))", {"x": -3, "y": 2}, {"x": 0, "y": 1}),
        ("log(x)^0 + x", {"x": -3}, {"x": 1}),
        ("(x - x)/(x - x) + y", {"x": 2, "y": 1}, {}),
        ("x^a*log(x)", {"x": 0, "a": 2}, {}),
        ("x^y/x^y", {"x": 0, "y": 2}, {}),
        ("xlogy(x, y)*log(x)", {"x": 0, "y": 2}, {}),
    ],
)
def test_it_flows(formula: str, point: dict[str, float], known: dict[str, float]) -> None:
    for precision in ("auto", "exact", "20"):
        gradient = gradcli.answer(formula, point, precision=precision).gradient
        assert {name: slope for name, slope in gradient.items() if not isnan(slope)} == known


def test_every_front_end_says_so(gradcli: Gradcli) -> None:
    at = ("log(x)+max(x,1)", "--x=-3")
    assert gradcli("grad", *at).out == "f\tnan\ndf/dx\tnan\n"
    record = json.loads(gradcli("grad", *at, "--json").out)
    nodes = {node["text"]: node for node in record["nodes"]}
    assert record["gradient"] == {"x": "NaN"}
    assert nodes["x"]["adjoint"] == nodes["log(x)"]["adjoint"] == nodes["max(x, 1)"]["adjoint"] == "NaN"
    assert nodes["log(x)"]["partials"] == ["NaN"]
    assert "df/dx = nan" in gradcli("explain", *at).out
    assert "∂f/∂x = nan" in gradcli("graph", *at).out
    checked = gradcli("check", *at).out
    assert checked.count("unchecked") == 3
    assert gradcli("check", *at, "--claim", "df/dx = 1/x").out.split("\t")[1] == "unchecked"


def test_one_notice_tells_of_value_and_slopes(gradcli: Gradcli) -> None:
    told = gradcli("grad", "log(x)+y*z", "--x=-3", "--y", "2", "--z", "1").err
    assert told.count("note:") == 1
    assert "`log(x)` is nan at x = -3" in told


def test_a_descent_does_not_go_on_from_nowhere(gradcli: Gradcli) -> None:
    ran = gradcli("grad", "log(x)+x^2", "--x=-3", "--lr", "0.1")
    assert (ran.code, "x_new\tnan" in ran.out) == (3, True)
