"""What each row says in words of the gradient is so: bounds hold and are reached, limits are met, signs turn, flat is flat.

The truth is mpmath's (`truth.py`); bounds hold for what gradcli computes at the edges of the doubles too. A phrase is
found by its pattern, so that a new row that uses it is held by it.
"""

import math
import re
from collections.abc import Callable, Iterable, Iterator
from fractions import Fraction
from itertools import pairwise
from typing import Any

import pytest
from gradients import gradient
from measure import draws, extremes, inside
from mpmath import mp
from rows import ROWS, Point, names, runner
from truth import TRUTHS

from gradcli.operators.row import Operator
from gradcli.operators.table import OPERATORS

Says = tuple[Operator, re.Match[str]]
Slopes = list[float]
NUMBER = r"(-?\d(?:[\d./]*\d)?)"
ROUNDING, REACH, FAR = 1e-15, 0.02, 1e6


def one_more(function: Callable[..., Any], k: float, n: float, *point: float) -> Iterator[float]:
    """The derivatives of one order more than k and n, by the one and by the other operand."""
    for orders in ((k + 1, n), (k, n + 1)):
        with mp.workdps(60):
            yield float(mp.diff(function, point, tuple(map(int, orders))))


IN_NUMBERS: dict[str, Callable[..., tuple[float, ...]]] = {
    "neg": lambda _, x: (-1,),
    "abs": lambda _, x: (math.copysign(1, x),),
    "add": lambda _, x, y: (1, 1),
    "sub": lambda _, x, y: (1, -1),
    "mul": lambda _, x, y: (y, x),
    "div": lambda result, _, divisor: (1 / divisor, 1 / divisor * -result),
    "mod": lambda _, x, divisor: (1, -math.floor(x / divisor)),
    "fmod": lambda _, x, divisor: (1, -math.trunc(x / divisor)),
    "pow": lambda result, base, exponent: (exponent * base ** (exponent - 1), result * math.log(base)),
    "fma": lambda _, x, y, added: (y, x, 1),
    "where": lambda _, condition, x, y: (0, condition != 0, condition == 0),
    "min": lambda _, x, y: (x < y, y < x),
    "max": lambda _, x, y: (x > y, y > x),
    "clip": lambda result, x, low, high: (result == x, result == low, result == high),
    "relu": lambda _, x: (x > 0,),
    "relu6": lambda _, x: (0 < x < 6,),
    "hard_sigmoid": lambda _, x: ((-3 < x < 3) / 6,),
    "hard_swish": lambda _, x: (1 if x >= 3 else 0 if x <= -3 else x / 3 + 1 / 2,),
    "huber": lambda _, x, limit: (min(max(x, -limit), limit), max(abs(x) - limit, 0)),
    "smooth_l1": lambda _, x, limit: (min(max(x / limit, -1), 1), -1 / 2 * min(abs(x) / limit, 1) ** 2),
    "hard_tanh": lambda _, x: (-1 <= x <= 1,),
    "leaky_relu": lambda _, x, leak: (1, 0) if x > 0 else (leak, x),
    "elu": lambda _, x, scale: (1, 0) if x > 0 else (scale * math.exp(x), math.expm1(x)),
    "exp": lambda result, x: (result,),
    "expm1": lambda result, x: (result + 1,),
    "exp2": lambda result, x: (result * math.log(2),),
    "log": lambda _, x: (1 / x,),
    "log2": lambda _, x: (math.log2(math.e) / x,),
    "log10": lambda _, x: (math.log10(math.e) / x,),
    "log1p": lambda _, x: (1 / (1 + x),),
    "logb": lambda result, x, base: (1 / (x * math.log(base)), -result / (base * math.log(base))),
    "entr": lambda _, x: (-math.log(x) - 1,),
    "xlogy": lambda _, first, second: (math.log(second), first / second),
    "logaddexp": lambda _, x, y: tuple(math.exp(z) / (math.exp(x) + math.exp(y)) for z in (x, y)),
    "softmax2": lambda result, x, y: (result * (1 - result), -result * (1 - result)),
    "sqrt": lambda result, x: (1 / (2 * result),),
    "cbrt": lambda result, x: (1 / (3 * result**2),),
    "nthroot": lambda result, x, k: (result / (k * x), -result * math.log(x) / k**2),
    "rsqrt": lambda result, x: (-result / (2 * x),),
    "hypot": lambda result, x, y: (x / result, y / result),
    "sin": lambda _, x: (math.cos(x),),
    "cos": lambda _, x: (-math.sin(x),),
    "tan": lambda result, x: (1 + result**2,),
    "sec": lambda result, x: (result * math.tan(x),),
    "csc": lambda result, x: (-result / math.tan(x),),
    "radians": lambda _, x: (0.017453292519943295,),
    "degrees": lambda _, x: (57.29577951308232,),
    "atan2": lambda _, y, x: (x / math.hypot(x, y) ** 2, -y / math.hypot(x, y) ** 2),
    "sinh": lambda _, x: (math.cosh(x),),
    "cosh": lambda _, x: (math.sinh(x),),
    "sinc_n": lambda _, order, x: (0, -x * float(TRUTHS["sinc_n"].value(order + 1, mp.mpf(x)))),
    "normal_pdf": lambda result, x: (-x * result,),
    "log_ndtr": lambda _, x: (float(mp.npdf(x) / mp.ncdf(x)),),
    "erfcx_slope": lambda _, order, x: (0, float(TRUTHS["erfcx_slope"].value(order + 1, mp.mpf(x)))),
    "erfinv_slope": lambda result, x: (2 * float(mp.erfinv(x)) * result**2,),
    "probit_slope": lambda result, x: (float(mp.sqrt(2) * mp.erfinv(2 * mp.mpf(x) - 1)) * result**2,),
    "lambertw": lambda result, x: (math.exp(-result) / (1 + result),),
    "lambertw_slope": lambda result, x: (-(result**2) * float((2 + mp.lambertw(x).real) / (1 + mp.lambertw(x).real)),),
    "bessel_j": lambda _, n, x: (0, float(mp.besselj(n - 1, x) - mp.besselj(n + 1, x)) / 2),
    "bessel_j_slope": lambda _, k, n, x: (0, 0, float(mp.besselj(n, x, int(k) + 1))),
    "bessel_i": lambda _, n, x: (0, float(mp.re(mp.besseli(n - 1, x) + mp.besseli(n + 1, x))) / 2),
    "beta": lambda it, a, b: tuple(it * float(mp.psi(0, of) - mp.psi(0, mp.mpf(a) + b)) for of in (a, b)),
    "beta_slope": lambda _, k, n, a, b: (0, 0, *one_more(mp.beta, k, n, a, b)),
    "lbeta": lambda _, a, b: tuple(float(mp.psi(0, of) - mp.psi(0, mp.mpf(a) + b)) for of in (a, b)),
    "lbeta_slope": lambda _, k, n, a, b: (0, 0, *one_more(lambda x, y: mp.log(mp.beta(x, y)), k, n, a, b)),
    "exprel": lambda _, x: (float(mp.quad(lambda t: t * mp.exp(t * x), [0, 1])),),
    "exprel_slope": lambda _, order, x: (0, float(TRUTHS["exprel_slope"].value(order + 1, mp.mpf(x)))),
    "gamma": lambda result, x: (result * float(mp.digamma(x)),),
    "factorial": lambda result, x: (result * float(mp.digamma(x + 1)),),
    "lgamma": lambda _, x: (float(mp.digamma(x)),),
    "digamma": lambda _, x: (float(mp.psi(1, x)),),
    "polygamma": lambda _, order, x: (0, float(mp.psi(int(order) + 1, x))),
    "gauss": lambda result, first, second: (-2 * first * second * result, -(first**2) * result),
}
"""The words of a row as the factors of each operand's gradient, over the result and the operands."""


def saying(pattern: str) -> pytest.MarkDecorator:
    """A case for each row and each place where it says so; a pattern that no row has is a mistake."""
    said = [(row, match) for row in ROWS for match in re.finditer(pattern, row.backward)]
    assert said, pattern
    return pytest.mark.parametrize("says", said, ids=[f"{row.name}: {match[0]}" for row, match in said])


def numbers(match: re.Match[str]) -> list[float]:
    """The numbers of a phrase: 1/4 is 0.25."""
    return [float(Fraction(text)) for text in match.groups() if text and re.fullmatch(NUMBER, text)]


def slopes(row: Operator, points: Iterable[Point]) -> Slopes:
    """The true local derivatives at those points that are in the domain."""
    defined, partials = inside(row, points), TRUTHS[row.name].partials
    return [float(partial(*map(mp.mpf, point))) for point in defined for partial in partials]


def all_slopes(row: Operator) -> Slopes:
    """The true ones at points of the sample, and those that gradcli computes at 0, subnormals and overflows, but NaN."""
    run = runner(row)
    computed = [slope for point in inside(row, extremes(row)) for slope in run(point)[1:] if slope == slope]
    return slopes(row, draws(row, 1000)) + computed


def sizes(found: Slopes) -> Slopes:
    """How much a gradient is scaled, whatever the sign."""
    return [abs(slope) for slope in found]


@saying(f"by a factor from {NUMBER} to {NUMBER}")
def test_scales_by_this_to_that(says: Says) -> None:
    (low, high), found = numbers(says[1]), all_slopes(says[0])
    assert low - ROUNDING <= min(found) < low + REACH
    assert high - REACH < max(found) <= high + ROUNDING


@saying(f"by at most {NUMBER}")
def test_scales_by_at_most(says: Says) -> None:
    (most,), found = numbers(says[1]), sizes(all_slopes(says[0]))
    assert most - REACH < max(found) <= most + ROUNDING


@saying(f"by at least {NUMBER}")
def test_scales_by_at_least(says: Says) -> None:
    (least,), found = numbers(says[1]), sizes(all_slopes(says[0]))
    assert least - ROUNDING <= min(found) < least + REACH


@saying(f"nearly {NUMBER} far (from 0|above 0|below 0|apart)")
def test_scales_by_nearly_this_far_out(says: Says) -> None:
    row, match = says
    sides = {"above 0": (1,), "below 0": (-1,)}.get(match[2], (1, -1))
    points = inside(row, [tuple(FAR * side * (-1) ** place for place in range(len(names(row)))) for side in sides])
    assert points
    assert slopes(row, points) == pytest.approx(numbers(match) * len(row.partials) * len(points), abs=1e-3)


@saying(f"beyond all bounds near {NUMBER}(?: and {NUMBER})?")
def test_scales_beyond_all_bounds_near(says: Says) -> None:
    row, match = says
    for pole in numbers(match):
        near, nearer = (max(sizes(slopes(row, [(pole - gap,), (pole + gap,)]))) for gap in (2.0**-20, 2.0**-50))
        assert 100 < near < nearer / 100


@saying("(?:passes (?:the gradient|it)|scales by (1.05)) (?:for an|where the) operand (?:is )?above 0")
def test_above_0_is_a_straight_line(says: Says) -> None:
    row, match = says
    slope = float(match[1] or 1)
    assert [runner(row)((x, *row.defaults))[1] for x in (5e-324, 1.0, 1e308)] == pytest.approx([slope] * 3, abs=5e-3)


@saying("stops it at 0|stops it where all operands are 0")
def test_stops_it_at_0(says: Says) -> None:
    row, _ = says
    assert runner(row)((0.0,) * len(names(row)))[1:] == [0.0] * len(names(row))


@saying("turns (?:the|its) sign (below 0|of the gradient)")
def test_turns_the_sign(says: Says) -> None:
    row, match = says
    turned = [-2.0, -0.9, -1e-3] + [1e-3, 0.9, 2.0] * (match[1] != "below 0")
    assert max(slopes(row, [(x,) for x in turned])) < 0


@saying("always positive")
def test_is_always_positive(says: Says) -> None:
    assert min(all_slopes(says[0]) + slopes(says[0], [(-0.5,), (-7.3,)])) > 0


@saying("ever more above 0")
def test_is_ever_more_above_0(says: Says) -> None:
    found = slopes(says[0], [(x / 10,) for x in range(300)])
    assert all(less < more for less, more in pairwise(found))


@pytest.mark.parametrize("name", IN_NUMBERS)
def test_the_words_in_numbers(name: str) -> None:
    row, factors = OPERATORS[name], IN_NUMBERS[name]
    run, value = runner(row), TRUTHS[name].value
    for point in inside(row, draws(row, 50)):
        told = factors(float(value(*map(mp.mpf, point))), *point)
        assert run(point)[1:] == pytest.approx([float(factor) for factor in told], rel=1e-9), point


@pytest.mark.parametrize("name", ["min", "max"])
def test_a_tie_is_shared_evenly_and_a_literal_0_wins_it(name: str) -> None:
    assert gradient(f"{name}(x, y)", {"x": 3, "y": 3}) == [0.5, 0.5]
    assert gradient(f"{name}(x, y, 0)", {"x": 0, "y": 0}) == [0, 0]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_what_stops_a_gradient_is_flat_and_what_is_flat_says_so(row: Operator) -> None:
    assert row.backward.startswith("stops the gradient") is (set(row.partials) == {"0"})
    assert ("0" in row.partials) is bool(re.search("stops the gradient|stops it for the order|gets none", row.backward))
