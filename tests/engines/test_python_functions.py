"""A formula as a Python function: the numbers of the interpreter to the last bit, and no text of the formula in it."""

import ast
import random
from collections.abc import Callable
from math import inf, isfinite, isnan, nan, ulp
from types import FunctionType
from typing import Any

import pytest
from doubles import doubles
from examples import examples
from hypothesis import given
from hypothesis import strategies as st

from gradcli.compiler.python.codegen import Writer
from gradcli.compiler.python.function import MOST, answering, inlined
from gradcli.derivatives import differentiate
from gradcli.evaluate.scalar import MEANINGS, evaluate
from gradcli.graph.graph import Graph
from gradcli.kernels import LATE
from gradcli.language import parse
from gradcli.operators.row import Operator
from gradcli.operators.table import OPERATORS
from gradcli.rewriting.formula import Formula, formula, with_variables

SLOW = frozenset(name for names in LATE.values() for name in names)
ARGUMENTS = (0.0, 1e-300, 1e-8, 0.3, 0.9, 1.0, 2.5, 7.0, 30.0, 40.0, 705.0, 745.0, 1e5, 1e160, inf, nan)
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


@given(formulas(), doubles(), doubles())
@examples(600)
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
def test_a_long_formula_is_interpreted(function: Callable[[Formula], Any]) -> None:
    text = "+".join(f"sin({n}*x)" for n in range(MOST))
    program = parse(text)
    made = function(formula(program, {}))
    assert made(0.5)[0] == evaluate(program.graph, [program.output], {"x": 0.5})[0]
    assert made.__name__ == "interpreted"


def test_no_name_and_no_number_of_the_formula_is_code() -> None:
    program = parse("`__import__('os')` + 1e300*`if` + lambda^2")
    made = inlined(formula(program, program.variables))
    assert isinstance(made, FunctionType)
    assert made.__code__.co_varnames[:3] == tuple(f".{node}" for node in program.variables.values())
    assert all(name.startswith(".") for name in (*made.__code__.co_names, *made.__code__.co_varnames))
    assert made(1.0, 0.0, 3.0)[0] == 10.0


@pytest.mark.one_in(5)
@pytest.mark.parametrize("row", [row for row in OPERATORS.values() if row.signature], ids=lambda row: row.name)
def test_every_operator_is_that_of_the_interpreter_to_4_ulp(row: Operator) -> None:
    graph = Graph()
    names = ("x", "y") if row.variadic else row.operands
    output = graph.node(row.name, tuple(graph.variable(name) for name in names))
    f = answering(with_variables(graph, {"f": output}), ())
    source = random.Random(row.name)
    for _ in range(200):
        point = [near(source.choice((-1, 1)) * source.choice(ARGUMENTS), source) for _ in names]
        wanted = MEANINGS[row.name](*point)
        assert is_near(f(*point)[0], wanted), (point, wanted)


def near(x: float, source: random.Random) -> float:
    """A number of the size of x, or x itself."""
    return x if source.random() < 0.3 else x * source.uniform(0.5, 1.5)


def is_near(got: float, wanted: float) -> bool:
    """Whether two numbers are 4 ulp apart at the most; infinities, NaN and signed zeros must be the same."""
    if not isfinite(wanted) or wanted == 0:
        return repr(got) == repr(wanted)
    return abs(got - wanted) <= 4 * ulp(wanted)


def test_a_slope_keeps_its_digits() -> None:
    program = parse("sigmoid(x)")
    slope = answering(formula(program, program.variables), ("x",))
    for x in (-800.0, -709.5, -700.0, -352.0, -349.0, -40.3, -1.25, 0.0, 0.7, 36.9, 352.0, 709.5, 745.5, inf, nan):
        wanted = evaluate(program.graph, [*differentiate(program.graph, program.output, (0,)).gradient], {"x": x})[0]
        assert is_near(slope(x)[1]["x"], wanted), x


def test_a_rare_branch_costs_a_comparison() -> None:
    program = parse("where(x > 0, lgamma(x)^2 + lgamma(x), x)")
    source = ast.unparse(ast.fix_missing_locations(ast.Module([*Writer(formula(program, {}), {"x": "x"}).lines()], [])))
    assert source.splitlines()[0] == "if x > 0.0:"
    assert source.count("lgamma") == 1


def test_parameters_have_the_names_of_the_variables() -> None:
    program = parse("`unit price`*type + float")
    made = answering(formula(program, program.variables), tuple(program.variables))
    value, gradient = made(2.0, float=0.5, type=3.0)
    assert (value, gradient) == (6.5, {"unit price": 3.0, "type": 2.0, "float": 1.0})


def test_branches_within_branches_are_no_deeper_than_python_allows() -> None:
    text = "x"
    for n in range(60):
        text = f"where(x > {n}, sin({text})*{n}, x)"
    program = parse(text)
    made = inlined(formula(program, program.variables))
    assert made.__name__ == "f"
    outputs = [program.output, *differentiate(program.graph, program.output, (program.variables["x"],)).gradient]
    for x in (-1.0, 7.5, 58.5, 1000.0):
        assert made(x) == tuple(evaluate(program.graph, outputs, {"x": x}))


def test_nan_is_nan() -> None:
    program = parse("max(x, 1) + min(x, 2)")
    assert all(isnan(number) or number == 0 for number in inlined(formula(program, program.variables))(nan))
