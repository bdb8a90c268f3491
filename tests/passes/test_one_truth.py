"""The passes that are shown lead to the answer that is shown: in the JSON, in the trace, whatever settles the numbers."""

import json
import math
from typing import Any

import pytest
from conftest import Gradcli

import gradcli
from gradcli.evaluate.trace import Trace, Zero
from gradcli.precision.beyond import Beyond
from gradcli.precision.multiprecision_kernels import MP

FORMULAS: list[tuple[str, dict[str, float]]] = [
    ("relu(x) - relu(-x)", {"x": 0.0}),
    ("log(1 + exp(x))", {"x": 1000.0}),
    ("q = sqrt(b^2 - 4*a*c); r = (-b + q)/(2*a)", {"a": 1.0, "b": 1e9, "c": 1.0}),
    ("(x*w - 2)^2", {"x": 2.0, "w": 3.0}),
    ("x*x*x + x", {"x": 1.1}),
    ("where(x > 0, x, sin(x))", {"x": 0.0}),
    ("where(x >= 0, x, -x)*y + max(x - y, y - x)*0", {"x": 0.0, "y": 0.0}),
    ("max(x, 0) - max(-x, 0)", {"x": 0.0}),
    ("abs(x)*abs(x)", {"x": 0.0}),
    ("elu(x) + elu(-x)", {"x": 0.0}),
    ("clip(x, 0, 1) + clip(x, 1, 2)", {"x": 1.0}),
    ("leaky_relu(x, 0.1) - leaky_relu(-x, 0.1)", {"x": 0.0}),
    ("min(x, y) + max(x, y)", {"x": 2.0, "y": 2.0}),
    ("sqrt(x^4)", {"x": 0.0}),
    ("hypot(x, y)^2", {"x": 0.0, "y": 0.0}),
    ("(exp(x) - exp(-x))/(2*x)", {"x": 1e-9}),
    ("x^1e5/x^99999", {"x": 3.0}),
    ("exp(-x^2)/exp(-x^2 + 1)", {"x": 40.0}),
    ("x - x", {"x": 2.0}),
    ("x + 1e16 - 1e16", {"x": 1.0}),
    ("gamma(x)/gamma(x - 1)", {"x": 300.0}),
    ("where(x > 0, log(x), x^2)", {"x": -3.0}),
]


def traced(formula: str, bindings: dict[str, float]) -> Trace:
    return gradcli.trace(formula, bindings)


@pytest.mark.parametrize(("formula", "bindings"), FORMULAS)
def test_the_json_ends_where_the_answer_is(gradcli: Gradcli, formula: str, bindings: dict[str, float]) -> None:
    given = [f"{name}={value!r}" for name, value in bindings.items()]
    record = json.loads(gradcli("grad", formula, *given, "--json").out)
    variables = {node["name"]: node for node in record["nodes"] if node["operator"] == "variable"}
    assert record["nodes"][-1]["value"] == record["value"]
    assert {name: node["adjoint"] for name, node in variables.items()} == record["gradient"]


@pytest.mark.parametrize(("formula", "bindings"), FORMULAS)
def test_contributions_are_products_and_add_up(formula: str, bindings: dict[str, float]) -> None:
    found = traced(formula, bindings)
    for node, entries in found.incoming().items():
        with MP.workdps(60):
            exact = MP.fsum(_decimal(entry.contribution) for entry in entries)
            size = MP.fsum(abs(_decimal(entry.contribution)) for entry in entries)
            told = _decimal(found.ruled.get(node, found.adjoints[node]))
            assert told == exact or (told != told and exact != exact) or abs(exact - told) <= 1e-14 * size
            for entry in entries:
                assert _is_product(entry.upstream, entry.partial, entry.contribution, taken=entry.taken)


def _decimal(value: float) -> Any:
    return MP.mpf(str(value.decimal)) if isinstance(value, Beyond) else MP.mpf(value)


def _is_product(upstream: float, partial: float, contribution: float, *, taken: bool) -> bool:
    if not taken:
        return contribution == 0.0
    exact = _decimal(upstream) * _decimal(partial)
    told = _decimal(contribution)
    return bool(exact == told or (exact != exact and told != told)) or abs(exact - told) <= 1e-14 * abs(exact)


def test_what_doubles_lose_stands_beside_the_numbers_that_lead_to_the_answer() -> None:
    found = traced("q = sqrt(b^2 - 4*a*c); r = (-b + q)/(2*a)", {"a": 1.0, "b": 1e9, "c": 1.0})
    lost = {node.text: (node.value, node.double.value) for node in found.records() if node.double}
    assert lost["-b + q"] == (-2e-9, 0.0)
    assert lost["(-b + q)/(2*a)"] == (-1e-9, 0.0)
    (b,) = (node for node in found.records() if node.name == "b")
    assert b.adjoint == 1e-18


def test_a_number_that_no_double_holds_tells_its_digits() -> None:
    node = {node.text: node for node in traced("log(1 + exp(x))", {"x": 1000.0}).records()}["exp(x)"]
    assert math.isinf(node.value)
    assert f"{node.value:.10g}" == "1.970071114e+434"
    assert node.double is not None
    assert node.double.value == math.inf


def test_plain_doubles_are_shown_where_they_are_asked_for() -> None:
    found = gradcli.trace("log(1 + exp(x))", {"x": 1000.0}, precision="double")
    assert [node.value for node in found.records()][-1] == math.inf
    assert not found.doubles


def test_the_side_that_leads_to_the_answer_is_told() -> None:
    found = traced("relu(x) - relu(-x)", {"x": 0.0})
    sides = {entry.node: (entry.partial, entry.side) for entry in found.contributions if entry.side}
    assert sorted(sides.values()) == [(0.0, 1), (1.0, 1)]
    assert not found.ruled


def test_where_no_side_leads_to_the_answer_the_rules_are_told_beside_it() -> None:
    found = traced("sqrt(x^4)", {"x": 0.0})
    (x,) = found.program.variables.values()
    assert found.adjoints[x] == 0.0
    assert math.isnan(found.ruled[x])


ZEROS: list[tuple[str, dict[str, float], str, Zero]] = [
    ("where(x > 0, x, y)", {"x": 1.0, "y": 2.0}, "y", Zero.NOT_TAKEN),
    ("max(x, y)", {"x": 1.0, "y": 2.0}, "x", Zero.NOT_TAKEN),
    ("relu(x)", {"x": -1.0}, "x", Zero.FLAT),
    ("x^2", {"x": 0.0}, "x", Zero.FLAT),
    ("x*y", {"x": 1.0, "y": 0.0}, "x", Zero.FLAT),
    ("abs(x)", {"x": 0.0}, "x", Zero.CONVENTION),
    ("relu(x)", {"x": 0.0}, "x", Zero.CONVENTION),
    ("0*sin(x)", {"x": 1.0}, "x", Zero.UPSTREAM),
    ("where(x > 0, 1, y)*z", {"x": 1.0, "y": 2.0, "z": 3.0}, "y", Zero.NOT_TAKEN),
    ("x - x", {"x": 1.0}, "x", Zero.CANCEL),
    ("where(x > 0, y, 2)", {"x": 1.0, "y": 1.0}, "x", Zero.INDEPENDENT),
    ("floor(x)*y", {"x": 1.5, "y": 1.0}, "x", Zero.INDEPENDENT),
    ("exp(x)", {"x": -800.0}, "x", Zero.UNDERFLOW),
]


@pytest.mark.parametrize(("formula", "bindings", "name", "cause"), ZEROS)
def test_a_zero_says_why_it_is_one(formula: str, bindings: dict[str, float], name: str, cause: Zero) -> None:
    found = traced(formula, bindings)
    assert found.adjoints[found.program.variables[name]] == 0.0
    assert found.zeros[found.program.variables[name]] is cause


@pytest.mark.parametrize("formula", ["x*y", "relu(x) + y", "where(x > 0, x, y) + x*y"])
def test_what_is_not_zero_has_no_cause(formula: str) -> None:
    assert not traced(formula, {"x": 2.0, "y": 3.0}).zeros or "where" in formula


def test_a_branch_that_is_not_taken_passes_nothing_on_even_where_nothing_comes() -> None:
    found = traced("z*max(x, y)", {"x": 1.0, "y": 2.0, "z": 0.0})
    partials = {entry.operand: entry.partial for entry in found.contributions}
    assert (partials[found.program.variables["x"]], partials[found.program.variables["y"]]) == (0.0, 1.0)
