"""Machine code gives the numbers of the scalar interpreter: row by row of the operator table, and formula by formula."""

import math
import random
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from agreement import SPECIAL, Column, names, points, program, reference, ulps
from llvmlite import binding

from gradcli.compiler.engine import REDUCTION, Engine
from gradcli.compiler.llvm import llvm_engine
from gradcli.compiler.llvm.engine import serves
from gradcli.compiler.llvm.fallback import WithFallback
from gradcli.compiler.llvm.libm import SCALAR_WIDTH, VARIANTS, Library
from gradcli.evaluate.scalar import MEANINGS, evaluate
from gradcli.language.program import parse
from gradcli.operators.row import Operator
from gradcli.operators.table import OPERATORS
from gradcli.rewriting.formula import Formula, formula
from gradcli.rewriting.lowering import UnsupportedOperator

UNSERVED = ["polygamma", "sinc_n", "erfcx", "erfinv"]
"""Operators without a function in C or a form in the language that would be right to the last digits."""
LIBRARIES = [
    Library(SCALAR_WIDTH),
    *[Library(width, letter) for feature, letter, width in VARIANTS if binding.get_host_cpu_features().get(feature)],
]
BOUND = 4.0
"""Units in the last place that an operator may be from the scalar interpreter."""
ROWS = [row for row in OPERATORS.values() if serves(row.name)]


def library_name(library: Library) -> str:
    return f"{library.width}{library.letter}"


def run(made: Formula, columns: Sequence[Column | float], library: Library | None = None) -> list[Column]:
    length = max((len(column) for column in columns if not isinstance(column, float)), default=1)
    outputs = [np.full(length, 12345.0) for _ in made.outputs]
    uniform = frozenset(name for name, column in zip(made.variables, columns, strict=True) if isinstance(column, float))
    llvm_engine(made, uniform, library).rows(columns, outputs)
    return outputs


def made(text: str, wrt: str = "") -> Formula:
    read = parse(text)
    return formula(read, {name: read.variables[name] for name in wrt.split()})


@pytest.mark.one_in(80)
@pytest.mark.parametrize("library", LIBRARIES, ids=library_name)
@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_operator_is_that_of_the_scalar_interpreter(row: Operator, library: Library) -> None:
    columns = points(row) or {"unused": np.zeros(1)}
    operands = [columns[name] for name in names(row)]
    (got,) = run(formula(program(row), {}), operands, library)
    distance = ulps(got, reference(row))
    at = int(np.argmax(distance))
    assert distance[at] <= BOUND, [column[at] for column in operands]


@pytest.mark.one_in(24)
@pytest.mark.parametrize("row", [row for row in ROWS if row.signature], ids=lambda row: row.name)
def test_a_row_has_the_same_bits_wherever_it_stands(row: Operator) -> None:
    columns = [points(row)[name] for name in names(row)]
    (whole,) = run(formula(program(row), {}), columns)
    (moved,) = run(formula(program(row), {}), [column[3:-1].copy() for column in columns])
    np.testing.assert_array_equal(moved.view(np.int64), whole[3:-1].view(np.int64))


@pytest.mark.parametrize("name", UNSERVED)
def test_what_machine_code_cannot_do_right_it_does_not_do(name: str) -> None:
    with pytest.raises(UnsupportedOperator, match=name):
        llvm_engine(formula(program(OPERATORS[name]), {}), frozenset())


FAMILIAR = ["add", "sub", "mul", "div", "min", "max", "pow", "lt", "ge", "and", "where", "exp", "log", "sqrt", "abs"]
USABLE = [row.name for row in ROWS if row.signature] + 4 * FAMILIAR


def random_formula(source: random.Random, size: int, usable: Sequence[str] = USABLE) -> Formula:
    """A graph of so many operators with every node an output; what it computes is of no interest."""
    read = parse("x + y*z")
    graph, nodes = read.graph, list(read.variables.values())
    nodes += [graph.constant(number) for number in (2.0, -0.5, 0.0)]
    for _ in range(size):
        operator = source.choice(usable)
        arity = len(names(OPERATORS[operator]))
        nodes.append(graph.node(operator, tuple(source.choices(nodes[-10:], k=arity))))
    return Formula(graph, dict(read.variables), {str(node): node for node in dict.fromkeys(nodes)})


@pytest.mark.one_in(9)
@pytest.mark.parametrize("seed", range(25))
def test_every_node_of_a_formula_is_right_for_the_operands_it_was_given(seed: int) -> None:
    source = random.Random(seed)
    every = random_formula(source, 30)
    columns = [np.array(source.choices(SPECIAL, k=150) + [source.gauss(0, 3) for _ in range(150)]) for _ in "xyz"]
    values = {int(name): got.tolist() for name, got in zip(every.outputs, run(every, columns), strict=True)}
    for node in values:
        operands = every.graph.operands[node]
        if operands and all(operand in values for operand in operands):
            operator = every.graph.operators[node]
            wanted = [MEANINGS[operator](*point) for point in zip(*[values[i] for i in operands], strict=True)]
            assert ulps(np.array(values[node]), np.array(wanted)).max() <= BOUND, operator


def is_mended(name: str) -> bool:
    return isinstance(llvm_engine(formula(program(OPERATORS[name]), {}), frozenset()), WithFallback)


NEVER_MENDED = [name for name in USABLE if not is_mended(name)]
"""Operators without rows that the scalar interpreter computes again, whole formulas at once: an operator that nobody
asks for would change the bits of all the others there."""


@pytest.mark.one_in(8)
@pytest.mark.parametrize("seed", range(25))
def test_what_is_passed_over_changes_no_bit(seed: int) -> None:
    source = random.Random(seed)
    every = random_formula(source, 60, NEVER_MENDED)
    columns = [np.array([source.gauss(0, 2) for _ in range(97)] + [math.inf, math.nan, 0.0]) for _ in "xyz"]
    together = dict(zip(every.outputs, run(every, columns), strict=True))
    last = [name for name, column in together.items() if len(np.unique(column)) > 10][-1]
    (alone,) = run(Formula(every.graph, every.variables, {last: every.outputs[last]}), columns)
    np.testing.assert_array_equal(alone, together[last])


@pytest.mark.parametrize(
    "text", ["where(x > 0, sqrt(x), 0)", "where(x > 1, log(x - 1), 3)", "max(x, 1e-3)^0.5 + relu(x)*0"]
)
def test_an_untaken_branch_contributes_exactly_0(text: str) -> None:
    column = np.array([-1.0, 0.0, -math.inf, -1e-320, 1.0 - 2**-50] * 5)
    _, slope = run(made(text, "x"), [column])
    assert slope[column <= 0].tolist() == [0.0] * int((column <= 0).sum())


@pytest.mark.parametrize("length", [1, 2, 7, 8, 9, 15, 16, 17, 100])
def test_any_number_of_rows(length: int) -> None:
    column = np.linspace(-3.0, 5.0, length)
    value, slope = run(made("x^2 + exp(a*x)", "x"), [column, 0.5])
    assert value == pytest.approx(column**2 + np.exp(0.5 * column), rel=1e-15)
    assert slope == pytest.approx(2 * column + 0.5 * np.exp(0.5 * column), rel=1e-15)


def test_rows_beside_the_outputs_are_left_alone() -> None:
    wide = np.full(40, 7.0)
    llvm_engine(made("x + 1"), frozenset()).rows([np.arange(21.0)], [wide[9:30]])
    assert wide[:9].tolist() + wide[30:].tolist() == [7.0] * 19
    assert wide[9:30].tolist() == list(np.arange(21.0) + 1)


def test_no_rows() -> None:
    engine = llvm_engine(made("x + 1"), frozenset())
    engine.rows([np.empty(0)], [np.empty(0)])
    assert engine.sums([np.empty(0)], 0) == [[]]


def test_uniform_variables_give_the_same_bits_as_columns() -> None:
    whole = made("where(a > 0, exp(a*x)/a, log(x)) + sin(b)*x", "x a b")
    x, ones = np.linspace(0.1, 9.0, 50), np.ones(50)
    for a in (0.7, -0.7):
        numbers = {"a": a, "b": 0.3}
        as_columns = run(whole, [x if name == "x" else numbers[name] * ones for name in whole.variables])
        as_numbers = run(whole, [x if name == "x" else numbers[name] for name in whole.variables])
        np.testing.assert_array_equal(as_columns, as_numbers)


def test_a_formula_of_uniform_variables_alone() -> None:
    (value,) = run(made("exp(a) + where(a > 0, log(a), 1/a)"), [2.0])
    assert value.tolist() == pytest.approx([math.exp(2) + math.log(2)], rel=1e-15)


LENGTHS = [1, 7, 8, 9, 1001, REDUCTION, REDUCTION + 3, 2 * REDUCTION + 9]


@pytest.mark.parametrize("length", LENGTHS)
def test_sums_are_those_of_the_rows_to_the_last_digit(length: int) -> None:
    source = np.random.default_rng(length)
    whole = made("exp(x)*w - y", "w")
    columns: list[Column | float] = [source.normal(0, 3, length), 1.5, 10 ** source.uniform(-9, 9, length)]
    rows = run(whole, columns)
    for partial, column in zip(engine_of(whole, "w").sums(columns, length), rows, strict=True):
        assert math.fsum(partial) == pytest.approx(math.fsum(column), rel=2**-52)


def engine_of(whole: Formula, *uniform: str) -> Engine:
    return llvm_engine(whole, frozenset(uniform))


def test_sums_keep_what_cancels() -> None:
    column = np.tile([1e16, 1.0, -1e16, 1e-8], 5000)
    (partial,) = engine_of(made("x*1")).sums([column], len(column))
    assert math.fsum(partial) == pytest.approx(5000 * (1.0 + 1e-8), rel=1e-15)


@pytest.mark.parametrize(
    ("bad", "total"), [([math.inf], math.inf), ([math.nan], math.nan), ([math.inf, -math.inf], math.nan)]
)
def test_sums_that_are_not_finite(bad: list[float], total: float) -> None:
    column = np.array([*bad, *[1.0] * 31])
    (partial,) = engine_of(made("x*1")).sums([column], len(column))
    assert repr(sum(partial)) == repr(total)


def test_many_threads_share_an_engine() -> None:
    whole = made("sigmoid(w*x)*exp(-x^2)", "w")
    x = np.linspace(-2.0, 2.0, 50_000)
    engine = engine_of(whole, "w")

    def compute(w: float) -> list[Column]:
        outputs = [np.empty(len(x)) for _ in whole.outputs]
        engine.rows([w if name == "w" else x for name in whole.variables], outputs)
        return outputs

    weights = [0.1 * k for k in range(40)]
    with ThreadPoolExecutor(4) as pool:
        shared = list(pool.map(compute, weights))
    for together, w in zip(shared, weights, strict=True):
        np.testing.assert_array_equal(together, compute(w))


@pytest.mark.slow
def test_a_formula_of_thousands_of_operations_compiles_and_a_greater_one_is_left_to_others() -> None:
    long = made(" + ".join(f"tanh({k}*x)" for k in range(3000)), "x")
    (value, _) = run(long, [np.array([0.25, -1.0])])
    wanted = [evaluate(long.graph, [long.outputs["f"]], {"x": x})[0] for x in (0.25, -1.0)]
    assert value == pytest.approx(wanted, rel=1e-13)
    with pytest.raises(UnsupportedOperator, match="operations"):
        engine_of(made(" + ".join(f"tanh({k}*x)" for k in range(40_000))))


def test_short_tables_side_by_side_keep_their_numbers() -> None:
    engine, x = llvm_engine(made("x*x", "x"), frozenset()), np.array([1.0, 2.0, 3.0])

    def filled(_: int) -> list[list[float]]:
        outputs = [np.empty(3), np.empty(3)]
        engine.rows([x], outputs)
        return [output.tolist() for output in outputs]

    with ThreadPoolExecutor(4) as pool:
        assert all(found == [[1.0, 4.0, 9.0], [2.0, 4.0, 6.0]] for found in pool.map(filled, range(2000)))
