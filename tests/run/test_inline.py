"""A formula as a Python function: the numbers of the interpreter to the last bit, and no text of the formula in it."""

from math import inf, isnan, nan
from types import FunctionType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gradcli.graph.graph import Graph
from gradcli.language import parse
from gradcli.operators.table import OPERATORS
from gradcli.run.arrays.formula import Formula, formula, with_variables
from gradcli.run.inline import MOST, answering, inlined
from gradcli.run.scalar import evaluate

SLOW = frozenset({"gamma", "lgamma", "digamma", "polygamma", "sinc_n"})
OPERATIONS = [name for name in OPERATORS if name not in SLOW]


@st.composite
def formulas(draw: st.DrawFn) -> Formula:
    """Up to 12 operations on two variables, and two outputs."""
    graph = Graph()
    nodes = [graph.variable("x"), graph.variable("y"), graph.constant(0.0), graph.constant(2.0)]
    for _ in range(draw(st.integers(0, 12))):
        operator = draw(st.sampled_from(OPERATIONS))
        row = OPERATORS[operator]
        arity = draw(st.integers(1, 3)) if row.variadic else len(row.operands)
        nodes.append(graph.node(operator, tuple(draw(st.sampled_from(nodes)) for _ in range(arity))))
    return with_variables(graph, {"f": nodes[-1], "g": draw(st.sampled_from(nodes))})


@given(formulas(), st.floats(), st.floats())
@settings(max_examples=600, deadline=None)
def test_the_numbers_are_those_of_the_interpreter(formula: Formula, x: float, y: float) -> None:
    bindings = {name: {"x": x, "y": y}[name] for name in formula.variables}
    wanted = evaluate(formula.graph, list(formula.outputs.values()), bindings)
    got = inlined(formula)(*bindings.values())
    assert list(map(repr, got)) == list(map(repr, wanted))
    assert {type(number) for number in got} == {float}


@pytest.mark.parametrize(
    ("text", "x", "value", "slope"),
    [
        ("1/x", 0.0, inf, -inf),
        ("log(x)", -1.0, nan, -1.0),
        ("exp(x)", 1e3, inf, inf),
        ("x^0.5", -1.0, nan, nan),
        ("sin(x)", inf, nan, nan),
    ],
)
def test_what_python_would_raise_is_interpreted(text: str, x: float, value: float, slope: float) -> None:
    program = parse(text)
    got = inlined(formula(program, program.variables))(x)
    assert list(map(repr, got)) == list(map(repr, (value, slope)))


def test_a_value_and_its_gradient() -> None:
    program = parse("(x*w - 2)^2")
    answer = answering(formula(program, program.variables), ("x", "w"))
    assert answer(2.0, 3.0) == (16.0, {"x": 24.0, "w": 16.0})


@pytest.mark.parametrize("function", [inlined, lambda it: answering(it, ())])
def test_a_long_formula_is_interpreted(function) -> None:
    text = "+".join(f"sin({n}*x)" for n in range(MOST))
    program = parse(text)
    made = function(formula(program, {}))
    assert made(0.5)[0] == evaluate(program.graph, [program.output], {"x": 0.5})[0]
    assert made.__name__ == "interpreted"


def test_no_name_and_no_number_of_the_formula_is_code() -> None:
    program = parse("`__import__('os')` + 1e300*`if` + lambda^2")
    made = inlined(formula(program, program.variables))
    assert isinstance(made, FunctionType)
    names = {*made.__code__.co_names, *made.__code__.co_varnames}
    errors = {"ZeroDivisionError", "OverflowError", "ValueError", "interpreted"}
    assert all(name[0] in "vf" and name[1:].isdigit() for name in names - errors)
    assert made(1.0, 0.0, 3.0)[0] == 10.0


def test_nan_is_nan() -> None:
    program = parse("max(x, 1) + min(x, 2)")
    assert all(isnan(number) or number == 0 for number in inlined(formula(program, program.variables))(nan))
