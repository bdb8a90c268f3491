"""The tails of the normal distribution are as right as their rows say, at all magnitudes; mpmath is the judge."""

import math
import random
from collections.abc import Iterator

import pytest
from mpmath import mp

from gradcli.evaluate.scalar import MEANINGS
from gradcli.kernels.erfc import NARROW, STANDARD, Cell, beyond, new_cell
from gradcli.operators.table import OPERATORS

TRUTHS = {
    "erfc": mp.erfc,
    "normal_cdf": mp.ncdf,
    "gelu": lambda x: x * mp.ncdf(x),
    "gelu_slope": lambda x: mp.ncdf(x) + x * mp.npdf(x),
}
WEIGHTS = {"erfc": 2, "normal_cdf": 1}
END = 38.7
"""Beyond this all of them are 0, or what they are at infinity."""


def points(count: int) -> Iterator[float]:
    """Numbers of all magnitudes, in the middle, and half way between two cells and beside."""
    source = random.Random(1)
    for _ in range(count):
        yield source.uniform(-END, END)
        yield source.uniform(-2, 2)
        yield source.choice((-1, 1)) * 10 ** source.uniform(-323, 1.5)
        half = source.randrange(-int(END) * 256, int(END) * 256) / 256 + 1 / 512
        yield source.choice((half, math.nextafter(half, 0.0), math.nextafter(half, math.copysign(END, half))))


@pytest.fixture(autouse=True)
def _digits() -> Iterator[None]:
    """The truth has 60 digits."""
    with mp.workdps(60):
        yield


@pytest.mark.one_in(4)
@pytest.mark.parametrize("name", TRUTHS)
def test_a_tail_is_as_right_as_its_row_says(name: str) -> None:
    kernel, bound = MEANINGS[name], OPERATORS[name].ulps
    for x in points(500):
        truth = TRUTHS[name](mp.mpf(x))
        assert abs(kernel(x) - truth) <= bound * math.ulp(float(truth)), x


@pytest.mark.parametrize("name", WEIGHTS)
def test_cells_have_twice_the_digits(name: str) -> None:
    sign = -1 if name == "normal_cdf" else 1
    for near in (-8.5, -1.0, -1 / 256, 0.0, 0.5, 255 / 256, 1.0, 257 / 256, 2.75, 11.0, 25.0):
        unit, high, low, *_ = new_cell({}, WEIGHTS[name], near)
        truth = TRUTHS[name](mp.mpf(sign * near))
        assert abs(unit * (mp.mpf(high) + low) / truth - 1) < mp.mpf(2) ** -66, near


def test_a_cell_is_made_where_it_is_first_needed() -> None:
    cells: dict[float, Cell] = {}
    assert beyond(cells, 1, 3.3) == MEANINGS["normal_cdf"](-3.3)
    assert list(cells) == [845 / 256]


@pytest.mark.parametrize("name", TRUTHS)
def test_beyond_its_end_a_tail_makes_no_cells(name: str) -> None:
    before = len(STANDARD), len(NARROW)
    for x in (-math.inf, -1e308, -39.0, 39.0, 1e308, math.inf, math.nan):
        MEANINGS[name](x)
    assert (len(STANDARD), len(NARROW)) == before
