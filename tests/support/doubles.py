"""Every double a test can draw: exponents uniform, both zeros, subnormals, infinities, NaN, and the edges of operators.

An edge is where the value or a slope of an operator becomes infinite, subnormal, 0 or NaN: the last double before and
the first after it, found from the operator table by bisection over all doubles.
"""

import math
import random
import struct
from collections.abc import Callable, Iterator
from functools import cache
from itertools import pairwise
from typing import Any

from hypothesis import strategies as st
from rows import ROWS, Point, names, orders, runner

from gradcli.operators.row import Operator
from gradcli.operators.table import OPERATORS

SPECIAL = (
    0.0, -0.0, math.inf, -math.inf, math.nan, 5e-324, -5e-324, 2.2250738585072009e-308, 2.2250738585072014e-308,
    1.7976931348623157e308, -1.7976931348623157e308, 1.0, -1.0, 1 + 2**-52, 1 - 2**-53, 2.0**53, 2.0**53 + 2, 0.1, -0.5,
    3.0, math.pi, 1e16, 1e22, 2.0**63, -(2.0**31),
)  # fmt: skip
"""Where numbers change their kind, whatever is computed."""
ANCHORS = (2.0, -0.5, 1e200)
"""What the other operands are while one is moved."""
COARSE = 2**52 * 32
"""The steps of the search, in doubles: 32 powers of 2."""
LAST = struct.unpack("<q", struct.pack("<d", math.inf))[0]
"""The number of the infinite double; that of 0 is 0."""
EXPONENTS, SIGNIFICANDS = 2046, 2**52 - 1


def numbered(number: int) -> float:
    """The double of a number: doubles in order, 0 at 0, the negative ones below."""
    (double,) = struct.unpack("<d", struct.pack("<q", abs(number)))
    return math.copysign(double, number)


def of_parts(negative: bool, exponent: int, significand: int) -> float:
    """A double of its parts, finite or not."""
    return numbered((exponent << 52) + significand) * (-1.0 if negative else 1.0)


def kind(number: float) -> str:
    """What kind of a number it is: what an operator may change at an edge."""
    if math.isnan(number):
        return "nan"
    if not math.isfinite(number) or number == 0:
        return str(number + 0.0)
    return "subnormal" if abs(number) < 2.2250738585072014e-308 else "normal"


def edges(row: Operator) -> tuple[Point, ...]:
    """The points beside every edge of an operator, as far as one operand is moved at a time."""
    return _edges(row.name)


def _composed(run: Callable[[Point], Any], line: Callable[[float], Point]) -> Callable[[float], Any]:
    return lambda x: run(line(x))


@cache
def _edges(name: str) -> tuple[Point, ...]:
    row = OPERATORS[name]
    run, arity = runner(row), len(names(row))
    anchors = (1.0,) if orders(row) else ANCHORS
    found = []
    for moved in range(orders(row), arity):
        for anchor in anchors if arity > 1 else (0.0,):
            line = _line(moved, anchor, row)
            found += [line(double) for double in _edges_on(_composed(run, line))]
    return tuple(dict.fromkeys(found))


def _line(moved: int, anchor: float, row: Operator) -> Callable[[float], Point]:
    """A double → the point where one operand is that, and all others stay; of more orders than one all are 0."""
    stay = [0.0 if at < orders(row) > 1 else anchor for at in range(len(names(row)))]
    return lambda x: (*stay[:moved], x, *stay[moved + 1 :])


def _edges_on(run: Callable[[float], list[float]]) -> Iterator[float]:
    """The doubles beside each change of kind."""

    def kinds(number: int) -> tuple[str, ...]:
        return tuple(map(kind, run(numbered(number))))

    steps = [*range(-LAST + 1, 0, COARSE), -1, 0, 1, *range(COARSE, LAST, COARSE), LAST - 1]
    known = {number: kinds(number) for number in steps}
    for low, high in pairwise(steps):
        if known[low] != known[high]:
            yield from map(numbered, _halved(kinds, low, high))


def _halved(kinds: Callable[[int], tuple[str, ...]], low: int, high: int) -> tuple[int, int]:
    """The last double of one kind and the first of another."""
    first = kinds(low)
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if kinds(middle) == first else (low, middle)
    return low, high


@cache
def all_edges() -> tuple[float, ...]:
    """The coordinates of all edges of all operators, each once."""
    return tuple(dict.fromkeys(number for row in ROWS for point in edges(row) for number in point))


def doubles() -> st.SearchStrategy[float]:
    """Any double: of any exponent, of any edge, of everyday size."""
    spread = st.builds(of_parts, st.booleans(), st.integers(0, EXPONENTS), st.integers(0, SIGNIFICANDS))
    everyday = st.integers(-20, 20).map(float) | st.floats(-20, 20)
    return st.one_of(spread, st.sampled_from(SPECIAL), st.deferred(lambda: st.sampled_from(all_edges())), everyday)


def any_double(source: random.Random) -> float:
    """The same without hypothesis, for tests that draw by themselves."""
    drawn = source.randrange(4)
    if drawn < 2:
        return source.choice(SPECIAL if drawn else all_edges())
    return of_parts(bool(source.getrandbits(1)), source.randrange(EXPONENTS + 1), source.getrandbits(52))
