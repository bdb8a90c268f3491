"""Value and slopes of every operator at every double: right in every way of asking. mpmath at 90 digits is the judge."""

import math
from typing import Any

import pytest
from doubles import doubles
from examples import examples
from hypothesis import assume, given
from hypothesis import strategies as st
from measure import condition, ulps
from mpmath import mp
from rows import ROWS, Point, names, orders, runner, text
from truth import TRUTHS

from gradcli.answers import answered
from gradcli.language import parse
from gradcli.operators.row import Operator

DIGITS = 17
ALLOWED = {"auto": 16.0, "exact": 0.5 + 1e-9}
ROUNDED = {"selu": 1.0}
"""Rows with constants that doubles hold only roughly: half a unit more."""
SMALLEST = mp.mpf(2) ** -1000
"""Below it the truths are cut off somewhere; so they are beyond 2^1100."""
LARGEST = mp.mpf(2) ** 1100


@st.composite
def points(draw: st.DrawFn) -> tuple[Operator, Point]:
    """An operator and a point of its domain, no kink, all coordinates finite."""
    row = draw(st.sampled_from(ROWS))
    point = tuple(draw(doubles().filter(math.isfinite)) for _ in names(row))
    point = (*(float(draw(st.integers(0, 4))) for _ in range(orders(row))), *point[orders(row) :])
    assume(condition(row, row.domain or "1")(point, 0.0) and not is_kink(row, point))
    return row, point


def is_kink(row: Operator, point: Point) -> bool:
    """Whether conventions decide there."""
    if row.tie:
        return len(set(point)) < len(point)
    return condition(row, row.kink or "0")(point, runner(row)(point)[0])


def truths(row: Operator, point: Point) -> list[Any]:
    """Value and slopes; None at a pole."""
    found: list[Any] = []
    for function in (TRUTHS[row.name].value, *TRUTHS[row.name].partials):
        try:
            found.append(function(*map(mp.mpf, point)))
        except (ZeroDivisionError, ValueError):
            found.append(None)
    return found


@pytest.mark.parametrize("precision", [*ALLOWED, str(DIGITS)])
@examples(200)
@given(it=points())
def test_any_operator_at_any_double(precision: str, it: tuple[Operator, Point]) -> None:
    row, point = it
    program = parse(text(row), variables=names(row))
    bindings = dict(zip(names(row), point, strict=True))
    with mp.workdps(90):
        answer = answered(program, bindings, dict(program.variables), precision)
        if answer.decimals:
            told = zip([answer.decimals.value, *answer.decimals.gradient.values()], truths(row, point), strict=True)
            assert all(right(number, truth) for number, truth in told), (answer, truths(row, point))
        else:
            numbers = zip([answer.point.value, *answer.point.gradient.values()], truths(row, point), strict=True)
            off = [ulps(number, truth) for number, truth in numbers if truth is not None]
            assert max(off) <= max(ALLOWED[precision], ROUNDED.get(row.name, 0.0)), (answer, off)


def right(number: str, truth: Any) -> bool:
    """Whether a number in decimals is the truth in every digit, where the truth is not cut off."""
    if truth is None or not SMALLEST < abs(truth) < LARGEST:
        return True
    return bool(abs(mp.mpf(number) - truth) <= abs(truth) * mp.mpf(10) ** (1 - DIGITS))
