"""Machine code's own functions beside mpmath with 60 digits, above all where their digits are hard to keep."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pytest
from agreement import Column
from mpmath import mp

from gradcli.compiler.llvm import llvm_engine
from gradcli.compiler.llvm.libm import SCALAR_WIDTH, Library, host_library
from gradcli.compiler.numerics.digamma import ZERO
from gradcli.language.program import parse
from gradcli.rewriting.formula import formula

Truth = Callable[..., Any]
SOURCE = np.random.default_rng(1)
COUNT = 2000
WITHOUT_VARIANTS = Library(SCALAR_WIDTH)
"""The library in which log and log1p have no vector variants."""


def near(center: float) -> Column:
    """Numbers beside another one, down to the last digit."""
    return center + SOURCE.uniform(-1, 1, COUNT) * 10.0 ** SOURCE.uniform(-17, 0, COUNT)


def magnitudes(low: float, high: float) -> Column:
    """Positive numbers between two powers of ten."""
    return 10.0 ** SOURCE.uniform(low, high, COUNT)


def worst(text: str, truth: Truth, *columns: Column, library: Library) -> float:
    """The greatest error of a formula of x and y, in units in the last place of the truth."""
    it = formula(parse(text), {})
    (got,) = outputs = [np.empty(len(columns[0]))]
    llvm_engine(it, frozenset(), library).rows(columns, outputs)
    with mp.workdps(60):
        points = zip(*(map(mp.mpf, column.tolist()) for column in columns), strict=True)
        return max(map(error, got.tolist(), [truth(*point) for point in points]))


def error(got: float, truth: Any) -> float:
    """The distance in units in the last place."""
    return float(abs(got - truth) / mp.mpf(float(np.spacing(abs(float(truth))))))


@pytest.mark.parametrize("x", [near(1.0), near(0.5**0.5), near(2.0**0.5), magnitudes(-307, 308)])
def test_the_logarithm_is_right_to_the_last_digit(x: Column) -> None:
    assert worst("log(x)", mp.log, abs(x), library=WITHOUT_VARIANTS) < 1.0


@pytest.mark.parametrize(
    "x", [near(0.0), near(0.5**0.5 - 1), near(2**0.5 - 1), magnitudes(-307, 308), -1 + magnitudes(-16, 0)]
)
def test_the_logarithm_beside_1_is_right_to_the_last_digit(x: Column) -> None:
    assert worst("log1p(x)", mp.log1p, np.maximum(x, -1 + 2**-53), library=WITHOUT_VARIANTS) < 1.0


@pytest.mark.one_in(3)
@pytest.mark.parametrize("x", [near(ZERO), near(1.0), near(3.0), magnitudes(-300, 300), SOURCE.uniform(1, 3, COUNT)])
def test_digamma_keeps_its_digits_beside_its_zero(x: Column) -> None:
    assert worst("digamma(x)", mp.digamma, abs(x), library=host_library()) < 3.0


@pytest.mark.parametrize("x", [magnitudes(-290, 300), -magnitudes(-5, 5)])
def test_the_cube_root_is_right_to_the_last_digit(x: Column) -> None:
    assert worst("cbrt(x)", lambda x: mp.sign(x) * mp.cbrt(abs(x)), x, library=host_library()) < 1.0


def cancelling() -> Sequence[Column]:
    """Logarithms of numbers that add up to 1, and their neighbours far and near."""
    x = -magnitudes(-12, 0.1)
    return x, np.log(-np.expm1(x)) * (1 + SOURCE.choice([-1, 1], COUNT) * magnitudes(-17, 0))


@pytest.mark.parametrize("columns", [cancelling(), cancelling()[::-1], SOURCE.uniform(-3, 3, (2, COUNT))])
def test_logaddexp_keeps_its_digits_where_its_terms_cancel(columns: Sequence[Column]) -> None:
    def truth(x: Any, y: Any) -> Any:
        return mp.log(mp.exp(x) + mp.exp(y))

    assert worst("logaddexp(x, y)", truth, *columns, library=host_library()) < 3.0
