"""At zeros and infinities many digits give what doubles give, but for the sign of a zero, which they have not."""

import math
from itertools import product

import pytest
from flint import ctx
from rows import names, orders, text

import gradcli
from gradcli.evaluate.scalar import MEANINGS as IN_DOUBLES
from gradcli.operators.row import Operator
from gradcli.operators.table import OPERATORS
from gradcli.precision.enclosures.balls import exactly
from gradcli.precision.enclosures.conversions import middle
from gradcli.precision.enclosures.meanings import MEANINGS as ENCLOSED
from gradcli.precision.multiprecision_kernels import MEANINGS, MP

NUMBERS = (0.0, 1.0, -1.0, 0.5, -0.5, 2.0, -2.0, 3.0, -3.0, math.inf, -math.inf)
ROWS = [row for row in OPERATORS.values() if row.signature and not orders(row)]


def alike(double: float, number: float) -> bool:
    """The same; where many digits give no number, the double stands."""
    return number != number or double == number or math.isclose(double, number, rel_tol=1e-12, abs_tol=1e-300)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_many_digits_agree_with_doubles(row: Operator) -> None:
    with MP.workdps(50):
        for operands in product(NUMBERS, repeat=2 if row.variadic else len(row.operands)):
            number = float(MEANINGS[row.name](*map(MP.mpf, operands)))
            assert alike(IN_DOUBLES[row.name](*operands), number), operands


@pytest.mark.parametrize("row", [row for row in OPERATORS.values() if row.signature], ids=lambda row: row.name)
def test_enclosures_agree_with_doubles(row: Operator) -> None:
    with ctx.workprec(128):
        for operands in product(NUMBERS, repeat=2 if row.variadic else len(row.operands)):
            double, number = IN_DOUBLES[row.name](*operands), middle(ENCLOSED[row.name](*map(exactly, operands)))
            assert double == number or math.isclose(double, number, rel_tol=1e-12) or isnan(double, number), operands


def told(formula: str, point: dict[str, float], precision: str) -> list[float]:
    """Value and slopes, from their decimals where there are some; there is one zero, and one NaN."""
    answer = gradcli.answer(formula, point, precision=precision)
    known = answer.decimals or answer
    return [float(it) + 0.0 for it in (known.value, *known.gradient.values())]


def are_alike(formula: str, point: dict[str, float]) -> bool:
    """Whether all precisions tell the same."""
    one, *others = (told(formula, point, precision) for precision in ("auto", "exact", "30"))
    return all(other == pytest.approx(one, rel=1e-14, abs=0, nan_ok=True) for other in others)


@pytest.mark.parametrize("row", [row for row in OPERATORS.values() if row.signature], ids=lambda row: row.name)
def test_every_precision_tells_the_same_at_the_ends(row: Operator) -> None:
    numbers = (math.inf, -math.inf, -0.0, math.nan) if len(names(row)) < 3 else (-math.inf, -0.0, math.nan)
    for operands in product(numbers, repeat=len(names(row))):
        assert are_alike(text(row), dict(zip(names(row), operands, strict=True))), operands


@pytest.mark.parametrize(
    ("formula", "point", "expected"),
    [
        ("step(0*x)", {"x": math.inf}, [math.nan, math.nan]),
        ("hypot(x, y)", {"x": math.inf, "y": math.nan}, [math.nan] * 3),
        ("hypot(x, 0*x)", {"x": -math.inf}, [math.nan] * 2),
        ("atan2(0/x, -1/2)", {"x": -3}, [math.pi, 0]),
        ("atan2(y, x)", {"y": 0, "x": -1}, [math.pi, -1, 0]),
        ("atan2(-y^2, x)", {"y": 0, "x": -3}, [math.pi, 0, 0]),
        ("atan2(-y, -x)", {"y": 0, "x": 0}, [0, math.nan, math.nan]),
        ("1/(0/x)", {"x": -3}, [-math.inf, math.nan]),  # a pole is where doubles have it
        ("1/x", {"x": -0.0}, [-math.inf, -math.inf]),
        ("softsign(x)*gelu(-x)", {"x": math.inf}, [0, 0]),
    ],
)
def test_a_zero_has_no_sign_but_at_poles_and_a_nan_leaves_nothing(
    formula: str, point: dict[str, float], expected: list[float]
) -> None:
    assert are_alike(formula, point)
    assert told(formula, point, "auto") == pytest.approx(expected, rel=1e-15, abs=0, nan_ok=True)


def isnan(*numbers: float) -> bool:
    return all(map(math.isnan, numbers))


def test_a_condition_is_decided_by_the_same_number_that_is_shown() -> None:
    assert gradcli.value("log(x)^0.5", x=0) == math.inf
    assert gradcli.value("where(0 <= log(x)^0.5, 1, 2)", x=0) == 1.0


@pytest.mark.parametrize(
    "formula",
    ["elu(x*1e-200*1e-200*1e300*1e100, x)", "leaky_relu((x + 1e16) - 1e16, x)", "abs((x + 1e16) - 1e16)"],
)
def test_a_kink_is_none_where_only_doubles_stand_on_it(formula: str) -> None:
    answer = gradcli.answer(formula, x=0.5)
    assert answer.gradient == {"x": 1.0}
    assert not answer.kinks
    assert not [notice for notice in answer.notices if notice.kind == "kink"]
