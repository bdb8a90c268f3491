"""Every engine gives what the scalar interpreter gives: each operator to 4 ulp, exact arithmetic to the last bit."""

import sys
from collections.abc import Callable, Mapping
from math import inf, isnan, nan

import numpy as np
import pytest
from agreement import ROWS, SPECIAL, names, program, ulps, worst
from doubles import doubles
from examples import examples
from hypothesis import given
from hypothesis import strategies as st

from gradcli.compiler.columns import Compiled
from gradcli.compiler.engine import Engine
from gradcli.compiler.numpy import engine
from gradcli.compiler.numpy.engine import Blocks, blocks_engine
from gradcli.compiler.python.engine import RowByRow
from gradcli.evaluate.gradient import Gradient
from gradcli.evaluate.scalar import MEANINGS, evaluate
from gradcli.graph.graph import Graph
from gradcli.language import parse
from gradcli.operators.row import Operator
from gradcli.operators.table import OPERATORS
from gradcli.rewriting.formula import Formula, with_variables

ENGINES: Mapping[str, Callable[[Formula, frozenset[str]], Engine]] = {
    "blocks": blocks_engine,
    "python": lambda formula, _: RowByRow(formula),
}
EXACT = [
    "add", "sub", "mul", "div", "neg", "abs", "sign", "min", "max", "floor", "ceil", "sqrt", "mod", "lt", "le", "gt", "ge",
    "eq", "ne", "and", "or", "not", "where", "clip", "relu", "leaky_relu", "hard_tanh", "step",
]  # fmt: skip
"""The operators that IEEE 754 decides to the last bit, and those that only choose."""
FORMULAS = {
    "(x*w + y - 2)^2": 1e-13,
    "-(y*log(sigmoid(w*x)) + (1 - y)*log(1 - sigmoid(w*x)))": 1e-12,
    "S = 90 + x; d = (log(S/100) + (0.03 + w^2/2)*y)/(w*sqrt(y)); S*normal_cdf(d) - 100*normal_cdf(d - w*sqrt(y))": 1e-10,
    "softplus(x) + gelu(w*x) + mish(y - 2) + x^y + hypot(x, y, w)": 1e-12,
    "atan2(y, x)*sinh(w) + erf(x)*erfc(y) - logaddexp(x, w)*softmax2(x, y)": 1e-12,
    "exp(-gauss(x, y)) + digamma(x + 3) + lgamma(w) + sinc(y)": 1e-12,
}


@pytest.mark.one_in(26)
@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_blocks_have_every_operator_right(row: Operator) -> None:
    distance, point = worst(row, "blocks")
    assert distance <= 4, point


@pytest.mark.one_in(16)
@pytest.mark.parametrize("row", [row for row in ROWS if len(names(row)) > 1], ids=lambda row: row.name)
def test_an_operand_may_be_the_same_in_every_row(row: Operator) -> None:
    for uniform in names(row):
        distance, point = worst(row, "blocks", [uniform])
        assert distance <= 4, point


@pytest.mark.one_in(39)
@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_python_has_the_very_numbers_of_the_interpreter(row: Operator) -> None:
    assert worst(row, "python")[0] == 0


@pytest.mark.one_in(3)
@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(("text", "tolerance"), FORMULAS.items())
def test_value_and_gradient(text: str, tolerance: float, engine: str) -> None:
    parsed = parse(text)
    source = np.random.default_rng(7)
    columns = {name: source.uniform(0.1, 3, 300) for name in parsed.variables} | {"w": 0.7}
    got = Compiled(parsed, parsed.variables, engine=engine).rows(columns, 300)
    gradient = Gradient(parsed)
    for row in range(300):
        bindings = {name: float(np.broadcast_to(column, 300)[row]) for name, column in columns.items()}
        point = gradient.at(bindings)
        assert [column[row] for column in got.values()] == pytest.approx(
            [point.value, *point.gradient.values()], rel=tolerance, abs=tolerance
        )


@st.composite
def exact_formulas(draw: st.DrawFn) -> Formula:
    """Up to 12 operations of exact arithmetic on three variables, and up to four outputs."""
    graph = Graph()
    nodes = [graph.variable(name) for name in "xyz"] + [graph.constant(number) for number in (0.0, -0.0, 2.0, 1e308)]
    nodes.append(graph.constant(nan))
    for _ in range(draw(st.integers(0, 12))):
        operator = draw(st.sampled_from(EXACT))
        row = OPERATORS[operator]
        arity = draw(st.integers(1, 3)) if row.variadic else len(row.operands)
        nodes.append(graph.node(operator, tuple(draw(st.sampled_from(nodes)) for _ in range(arity))))
    chosen = [nodes[-1], *draw(st.lists(st.sampled_from(nodes), max_size=3))]
    return with_variables(graph, {f"f{at}": node for at, node in enumerate(chosen)})


@pytest.mark.slow
@pytest.mark.parametrize("engine", ENGINES)
@given(
    formula=exact_formulas(),
    rows=st.lists(st.tuples(*[doubles() | st.sampled_from(SPECIAL)] * 3), min_size=1, max_size=9),
    uniform=st.frozensets(st.sampled_from("xyz")),
)
@examples(400)
def test_exact_arithmetic_is_the_same_to_the_last_bit(
    engine: str, formula: Formula, rows: list[tuple[float, ...]], uniform: frozenset[str]
) -> None:
    table = [
        tuple(rows[0]["xyz".index(name)] if name in uniform else row["xyz".index(name)] for name in "xyz")
        for row in rows
    ]
    columns = [
        table[0]["xyz".index(name)] if name in uniform else np.array([row["xyz".index(name)] for row in table])
        for name in formula.variables
    ]
    outputs = [np.empty(len(table)) for _ in formula.outputs]
    ENGINES[engine](formula, uniform).rows(columns, outputs)
    wanted = [
        evaluate(formula.graph, list(formula.outputs.values()), dict(zip("xyz", row, strict=True))) for row in table
    ]
    assert not ulps(np.array(outputs), np.array(wanted).T).any()


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    ("text", "x", "slope"),
    [
        ("where(x > 0, sqrt(x), 0)", -1.0, 0.0),
        ("where(x > 0, sqrt(x), 0)", 0.0, 0.0),
        ("max(1, 1/x)", -0.0, 0.0),
        ("relu(log(x))", 0.0, 0.0),
        ("clip(1/x, -1, 1)", 0.0, 0.0),
        ("where(x > 0, where(x > 1, log(x - 1), x), 0)", -2.0, 0.0),
        ("where(x > 0, where(x > 1, log(x - 1), x), 0)", 0.5, 1.0),
        ("sqrt(x)^2", 0.0, nan),
    ],
)
def test_a_branch_not_taken_contributes_exactly_nothing(text: str, x: float, slope: float, engine: str) -> None:
    parsed = parse(text)
    rows = np.array([x, 2.5, x])
    got = Compiled(parsed, parsed.variables, engine=engine).rows({"x": rows}, 3)["d_x"]
    assert repr(got[0]) == repr(got[2]) == repr(np.float64(slope))
    alone = Compiled(parsed, parsed.variables, engine=engine).rows({"x": rows[:1]}, 1)["d_x"]
    assert alone[0] == slope or isnan(slope)


@pytest.mark.parametrize("engine", ENGINES)
def test_outputs_that_are_no_operations(engine: str) -> None:
    parsed = parse("y = x*1; y")
    compiled = Compiled(parsed, {"x": parsed.variables["x"], "y": parsed.node("y")}, engine=engine)
    got = compiled.rows({"x": np.array([5.0, inf])}, 2)
    assert {name: column.tolist() for name, column in got.items()} == {"y": [5, inf], "d_x": [1, 1], "d_y": [1, 1]}


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(("text", "expected"), [("hypot(x)", 2.0), ("max(x)", -2.0), ("min(x)", -2.0)])
def test_one_operand_where_any_number_may_be(text: str, expected: float, engine: str) -> None:
    assert Compiled(parse(text), {}, engine=engine).rows({"x": np.array([-2.0])}, 1)["f"] == expected


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("size", [5e-324, 1e-320, 1.0, 1.7e308])
def test_the_direction_of_a_vector_whose_length_is_no_double(size: float, engine: str) -> None:
    parsed = parse("hypot(x, y)")
    columns = {"x": np.array([size, -size]), "y": np.array([size, 0.0])}
    got = Compiled(parsed, parsed.variables, engine=engine).rows(columns, 2)
    assert got["d_x"] == pytest.approx([0.5**0.5, -1.0], rel=1e-15)
    assert got["d_y"] == pytest.approx([0.5**0.5, 0.0], rel=1e-15)


@pytest.mark.parametrize("text", ["sigmoid(x)*sigmoid(-x)", "sigmoid(-x)*sigmoid(x)", "sigmoid(-(x))*sigmoid(-(-x))"])
def test_the_slope_of_the_logistic_curve(text: str) -> None:
    x = np.array([0.0, -0.0, 1.0, -20.0, 360.0, -708.5, 744.0, -1000.0, inf, -inf, nan])
    got = Compiled(parse(text), {}, engine="blocks").rows({"x": x}, len(x))["f"]
    program = parse("sigmoid(x)*sigmoid(-x)")
    wanted = np.array([evaluate(program.graph, [program.output], {"x": number})[0] for number in x.tolist()])
    assert ulps(got, wanted).max() <= 4


@pytest.mark.parametrize("engine", ENGINES)
def test_a_formula_without_columns(engine: str) -> None:
    parsed = parse("w*2 + pi")
    got = Compiled(parsed, parsed.variables, engine=engine).rows({"w": 1.5}, 3)
    assert got["f"].tolist() == [3 + np.pi] * 3
    assert got["d_w"].tolist() == [2.0] * 3
    constant = parse("1 + 1")
    assert Compiled(constant, {}, engine=engine).rows({}, 2)["f"].tolist() == [2.0, 2.0]


@pytest.mark.one_in(3)
@pytest.mark.parametrize("length", [0, 1, engine.LONGEST - 1, engine.LONGEST, engine.LONGEST + 1, 3 * engine.LONGEST])
def test_any_number_of_rows(length: int) -> None:
    parsed = parse("sigmoid(x)*(x > 0)")
    x = np.linspace(-3, 3, length)
    got = Compiled(parsed, {}, engine="blocks").rows({"x": x}, length)["f"]
    assert got == pytest.approx(1 / (1 + np.exp(-x)) * (x > 0), rel=1e-15)


def test_rows_do_not_depend_on_their_neighbours() -> None:
    parsed = parse("y = sin(x)*exp(x) + tanh(x)/cosh(x); log(abs(y)) + normal_cdf(y)^1.5 + gelu(x)")
    compiled = Compiled(parsed, parsed.variables, engine="blocks")
    x = np.random.default_rng(1).normal(size=1000) * 30
    whole = compiled.rows({"x": x}, 1000)
    pieces = [compiled.rows({"x": np.ascontiguousarray(piece)}, len(piece)) for piece in np.split(x, [1, 4, 11, 500])]
    for name, column in whole.items():
        assert column.tobytes() == np.concatenate([piece[name] for piece in pieces]).tobytes()


def test_a_long_formula_runs_in_few_buffers() -> None:
    parsed = parse("+".join(f"x^{n}" for n in range(5, 60)))
    engine = blocks_engine(Compiled(parsed, {}).formula, frozenset())
    assert isinstance(engine, Blocks)
    assert len(engine.plan.masks) <= 3


def test_a_branch_that_no_row_takes_is_not_computed(monkeypatch: pytest.MonkeyPatch) -> None:
    called: list[float] = []

    def polygamma(_: float, x: float) -> float:
        called.append(x)
        return 0.5

    monkeypatch.setitem(MEANINGS, "polygamma", polygamma)
    compiled = Compiled(parse("where(x > 0, x, polygamma(1, x))"), {}, engine="blocks")
    assert compiled.rows({"x": np.array([1.0, 2.0])}, 2)["f"].tolist() == [1.0, 2.0]
    assert not called
    assert compiled.rows({"x": np.array([1.0, -2.0])}, 2)["f"].tolist() == [1.0, 0.5]
    assert called == [1.0, -2.0]


def test_without_scipy_the_scalar_kernels_serve(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "scipy", None)
    assert worst(OPERATORS["erf"], "blocks")[0] == 0


def test_the_scalar_kernel_mends_what_a_formula_gets_wrong() -> None:
    row = OPERATORS["gelu"]
    x = np.array([1.0, -38.2, float("-inf"), -37.0])
    got = Compiled(program(row), {}, engine="blocks").rows({"x": x}, 4)["f"]
    assert not ulps(
        got[1:], np.array([evaluate(program(row).graph, [1], {"x": number})[0] for number in x[1:].tolist()])
    ).any()
