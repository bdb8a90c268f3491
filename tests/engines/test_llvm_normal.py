"""In machine code the normal distribution stays within a few units of the scalar kernels, whatever the point."""

import numpy as np
import pytest
from agreement import program, ulps

from gradcli.compiler.llvm import llvm_engine
from gradcli.evaluate.scalar import MEANINGS
from gradcli.language import parse
from gradcli.operators.table import OPERATORS
from gradcli.rewriting.formula import Formula, formula

BOUNDS = {"normal_cdf": 3, "erfc": 3, "gelu": 4, "gelu_slope": 4}
"""Units in the last place; 10^7 points of each were measured."""
SPANS = [(-1, 0), (0, 1), (-6, -1), (1, 6), (-37, -6), (-39, -37), (6, 39)]
COUNT = 30_000


def computed(made: Formula, x: np.ndarray) -> np.ndarray:
    """The only output at the points of the only variable."""
    output = np.empty(len(x))
    llvm_engine(made, frozenset()).rows([x], [output])
    return output


@pytest.mark.one_in(3)
@pytest.mark.parametrize("span", SPANS, ids=str)
@pytest.mark.parametrize("name", BOUNDS)
def test_at_random_points(name: str, span: tuple[float, float]) -> None:
    x = np.random.default_rng(8).uniform(*span, COUNT)
    got = computed(formula(program(OPERATORS[name]), {}), x)
    distance = ulps(got, np.array([*map(MEANINGS[name], x.tolist())]))
    assert distance.max() <= BOUNDS[name], x[distance.argmax()]


@pytest.mark.parametrize("a", [0.5, 1.0])
def test_a_bell_of_a_literal_width(a: float) -> None:
    x = np.concatenate([np.random.default_rng(9).uniform(-39, 39, COUNT), [-np.inf, np.inf, np.nan, 1e300, -0.0]])
    got = computed(formula(parse(f"gauss(x, {a})"), {}), x)
    wanted = np.array([MEANINGS["gauss"](each, a) for each in x.tolist()])
    assert ulps(got, wanted).max() <= 3
