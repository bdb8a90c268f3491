"""Every row of the operator table is as right as it says: one test for each row and each property.

The truth is mpmath's (`truth.py`); the points are those of `measure.py`.
"""

from collections.abc import Iterable

import pytest
from doubles import edges
from measure import beside_zeros, draws, errors, extremes, inside, scales
from mpmath import mp
from rows import ROWS, Point, names, orders, runner, text
from truth import TRUTHS

from gradcli.derivatives import differentiate
from gradcli.derivatives.rules import rules
from gradcli.evaluate.scalar import evaluate
from gradcli.language import parse
from gradcli.operators.row import Operator
from gradcli.precision.multiprecision_kernels import MEANINGS, MP, run_template

ULPS = 4.0
"""The bar for values and first derivatives."""
HIGHER = 1e-13
"""The bar for second and third derivatives, relative to the greatest of the orders up to theirs."""

every_row = pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)


def measured(row: Operator, points: Iterable[Point]) -> list[tuple[Point, list[float]]]:
    """The points where an error is over the bar."""
    run = runner(row)
    found = [(point, errors(row, point, run(point))) for point in inside(row, points)]
    return [(point, off) for point, off in found if max(off) > ULPS]


@pytest.fixture(autouse=True)
def _digits() -> Iterable[None]:
    """The truth has 90 digits."""
    with mp.workdps(90):
        yield


def test_every_row_has_a_truth() -> None:
    assert {row.name for row in ROWS} == set(TRUTHS)


@pytest.mark.one_in(9)
@every_row
def test_value_and_derivatives_within_4_ulp(row: Operator) -> None:
    assert measured(row, draws(row, 150)) == []


@pytest.mark.one_in(30)
@every_row
def test_value_and_derivatives_at_extremes(row: Operator) -> None:
    assert measured(row, extremes(row)) == []


@pytest.mark.one_in(10)
@every_row
def test_value_and_derivatives_at_all_scales(row: Operator) -> None:
    assert measured(row, scales(row, 150)) == []


@every_row
def test_value_and_derivatives_at_the_edges_of_the_doubles(row: Operator) -> None:
    assert measured(row, edges(row)) == []


@pytest.mark.one_in(6)
@pytest.mark.parametrize("row", [row for row in ROWS if len(names(row)) - orders(row) == 1], ids=lambda row: row.name)
def test_value_and_derivatives_beside_their_zeros(row: Operator) -> None:
    assert measured(row, beside_zeros(row)) == []


@pytest.mark.parametrize(
    ("operator", "point"),
    [
        ("atan", (1e3,)), ("atan", (1e12,)), ("sinc", (3.0,)), ("sinc", (1e101,)), ("sinc_n", (1.0, 3.0)),
        ("sinc_n", (0.0, 1e150)), ("sinc_n", (7.0, 1e40)), ("mish", (-800.0,)), ("mish", (-3.0,)), ("mish", (2.0,)),
        ("silu", (-800.0,)), ("silu", (-3.0,)), ("silu_factor", (800.0,)), ("silu_factor", (2.0,)),
        ("gelu_slope", (-3.0,)), ("gelu_slope", (-38.0,)), ("elu", (-800.0, 1e300)), ("exp2", (1024.2,)),
        ("gauss", (3.0, 100.0)), ("gauss", (3.0, 0.5)), ("gauss", (1e3, -7.2e-4)), ("gamma", (-172.3,)),
        ("pow", (1e-40, 10.0)), ("pow", (3.0, 1.7)), ("pow", (1e-300, 1.1)), ("pow", (1.5, 1800.0)),
        ("pow", (-1e-40, 10.0)), ("pow", (-1e-40, 9.0)), ("div", (1e-310, 0.5)), ("div", (3.0, 7.0)),
        ("atan2", (3.0, 4.0)), ("atan2", (1e-200, 2e-200)), ("atan2", (1e200, 1e201)),
    ],
)  # fmt: skip
def test_a_rule_is_exact_in_all_its_branches(operator: str, point: Point) -> None:
    with MP.workdps(90):
        operands = tuple(map(MP.mpf, point))
        slots = (*operands, MEANINGS[operator](*operands))
        for rule, truth in zip(rules(operator), TRUTHS[operator].partials, strict=True):
            if rule and (rule.active is None or run_template(rule.active, slots)):
                expected = MP.mpf(truth(*map(mp.mpf, point)))
                assert expected != expected or MP.almosteq(run_template(rule.partial, slots), expected, 1e-70, 0)


@every_row
def test_nan_stays_nan(row: Operator) -> None:
    choosing = {"lt", "le", "gt", "ge", "eq", "ne", "and", "or", "not", "where"}
    one_or_zero = len(names(row)) * (float("nan"),)
    assert row.name in choosing or runner(row)(one_or_zero)[0] != runner(row)(one_or_zero)[0]


@pytest.mark.one_in(9)
@every_row
def test_second_and_third_derivatives(row: Operator) -> None:
    program, variables = parse(text(row), variables=names(row)), range(len(names(row)))
    graph, nodes = program.graph, [program.variables[name] for name in names(row)]
    first = differentiate(graph, program.output, nodes).gradient
    second = [differentiate(graph, slope, nodes).gradient for slope in first]
    third = [differentiate(graph, second[i][i], nodes).gradient[i] for i in variables]
    orders: dict[tuple[int, ...], int] = {
        **{(i, j): second[i][j] for i in variables for j in variables},
        **{(i, i, i): third[i] for i in variables},
    }
    for point in inside(row, draws(row, 8 if len(names(row)) < 4 else 2)):
        bindings = dict(zip(names(row), point, strict=True))
        scale = max(1e-300, *map(abs, evaluate(graph, [program.output, *first], bindings)))
        for order, node in orders.items():
            got, truth = evaluate(graph, [node], bindings)[0], higher(row, point, order)
            assert abs(got - truth) <= HIGHER * max(abs(truth), scale), (point, order, got, truth)


def higher(row: Operator, point: Point, order: tuple[int, ...]) -> float:
    """A derivative of higher order by mpmath, as (0, 0, 1) is twice by the first operand and once by the second."""
    if any(row.partials[0 if row.variadic else i] == "0" for i in order):
        return 0.0
    counts = tuple(order.count(i) for i in range(len(point)))
    return float(mp.diff(TRUTHS[row.name].value, tuple(map(mp.mpf, point)), counts))


@every_row
def test_definition_is_the_same_function(row: Operator) -> None:
    if not row.definition:
        pytest.skip("nothing to compare")
    defined = parse(row.definition, variables=("x", "y") if row.variadic else row.operands)
    run = runner(row)
    for point in inside(row, draws(row, 40)):
        got = evaluate(defined.graph, [defined.output], dict(zip(names(row), point, strict=True)))[0]
        assert got == pytest.approx(run(point)[0], rel=1e-12, abs=1e-15), point
