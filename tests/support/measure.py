"""How a row is measured: the points at which it is tried, and errors counted in ulp."""

import math
import random
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import product
from typing import Any

from mpmath import mp
from rows import Point, names, orders, runner
from truth import TRUTHS

from gradcli.evaluate.scalar import evaluate
from gradcli.language import parse
from gradcli.operators.row import Operator

MAGNITUDES = (
    5e-324, 1e-310, 1e-300, 1e-200, 1e-160, 1e-100, 1e-20, 1e-8, 1e-3, 0.1, 0.5, 1 - 2**-53, 1.0, 1 + 2**-52, 1.5, 2.0, 3.0,
    5.5, 6.5, 10.0, 20.0, 26.5, 30.0, 37.0, 37.4, 37.6, 38.0, 38.4, 38.6, 40.0, 100.0, 171.5, 174 - 2**-45, 177.5, 180 + 2**-40, 360.0, 700.0, 705.0, 709.5, 709.9, 712.0, 720.0, 744.5, 750.0, 1000.0, 1024.25, 1e8, 1e15,
    1e16 + 2, 1e20, 1e100, 1e155, 1e200, 1e300, 1.7e308,
)  # fmt: skip
FEW = (
    5e-324,
    1e-322,
    1.3e-315,
    2e-308,
    1e-300,
    1e-200,
    1e-20,
    1e-8,
    0.1,
    0.5,
    1.0,
    1 + 2**-52,
    2.0,
    3.7,
    10.0,
    100.0,
    700.3,
    1000.0,
    1024.25,
    1e8,
    1e155,
    1e200,
    1e300,
    1.7e308,
)
THREE = (5e-324, 1e-300, 1e-8, 0.5, 1.0, 2.0, 1000.0, 1e200, 1.7e308)
ORDERS, FEW_ORDERS = (0.0, 1.0, 2.0, 3.0, 7.0), (0.0, 1.0)
"""The first operand of operators that take an order there, and the first two of those that take two."""
AWAY = [side * n for n in (0, 1, 2, 3, 10, 1000, 10**6, 10**9, 10**12, 10**14) for side in (-1, 1)]
"""How many doubles away from a zero."""
AFTER_LARGEST = mp.mpf(2) ** 1024
STEPS = 101
"""How many places of a sample are looked at for a change of sign."""


def condition(row: Operator, rule: str) -> Callable[[Point, float], bool]:
    """A condition of a row over its operands and its result."""
    operands = (*names(row), "result")
    program = parse(rule, variables=operands)

    def holds(point: Point, result: float) -> bool:
        return bool(evaluate(program.graph, [program.output], dict(zip(operands, (*point, result), strict=True)))[0])

    return holds


def extremes(row: Operator) -> Iterator[Point]:
    """Zero, subnormals, overflows, the neighbourhoods of 1, and all their combinations."""
    before, arity = orders(row), len(names(row))
    magnitudes = (MAGNITUDES, FEW, THREE, THREE[::2])[arity - 1 if arity - before > 1 else 0]
    return product(*[ORDERS if before == 1 else FEW_ORDERS] * before, *[axis(magnitudes)] * (arity - before))


def _along(run: Callable[[Point], Sequence[float]], order: Point, number: int) -> Callable[[float], float]:
    """One of the numbers of an operator over its last operand."""
    return lambda x: run((*order, x))[number]


def beside_zeros(row: Operator) -> Iterator[Point]:
    """The doubles beside each zero of the value and of the slope by the last operand, and some farther off."""
    run = runner(row)
    for order in product(ORDERS[:4] if orders(row) == 1 else FEW_ORDERS, repeat=orders(row)):
        for number in (0, -1):
            for zero in sign_changes(row, _along(run, order, number)):
                yield from ((*order, zero + n * math.ulp(zero)) for n in AWAY)


def sign_changes(row: Operator, function: Callable[[float], float]) -> Iterator[float]:
    """Where a function changes its sign inside the last interval of a row's sample: found in steps, then by halving."""
    low, high = row.sample[-1]
    steps = [low + (high - low) * i / STEPS for i in range(STEPS + 1)]
    negative = [function(x) < 0 for x in steps]
    return (halved(function, *steps[i : i + 2]) for i in range(STEPS) if negative[i] != negative[i + 1])


def halved(function: Callable[[float], float], left: float, right: float) -> float:
    """The last double before a change of sign."""
    negative = function(left) < 0
    while left < (middle := (left + right) / 2) < right:
        left, right = (middle, right) if (function(middle) < 0) == negative else (left, middle)
    return left


def axis(magnitudes: tuple[float, ...]) -> list[float]:
    """Magnitudes with both signs, and zero. Negative zero is left out: mpmath has none."""
    return [0.0, *magnitudes, *(-x for x in magnitudes)]


def draws(row: Operator, count: int) -> Iterator[Point]:
    """Points from the row's sample, always the same ones."""
    source = random.Random(row.name)
    sample = row.sample * (2 if row.variadic else 1)
    for _ in range(count):
        point = tuple(source.uniform(*interval) for interval in sample)
        yield (*map(float, map(round, point[: orders(row)])), *point[orders(row) :])


def scales(row: Operator, count: int) -> Iterator[Point]:
    """Points of all magnitudes and signs, always the same ones."""
    source = random.Random(row.name)
    for _ in range(count):
        span = source.choice((1, 3, 12, 300))
        point = tuple(source.choice((-1, 1)) * 10 ** source.uniform(-span, span) for _ in names(row))
        yield (
            *(float(source.randint(0, 4 if orders(row) == 1 else 1)) for _ in range(orders(row))),
            *point[orders(row) :],
        )


def inside(row: Operator, points: Iterable[Point]) -> list[Point]:
    """The points at which the operator is defined."""
    defined = condition(row, row.domain or "1")
    return [point for point in points if defined(point, 0.0)]


def ulps(got: float, truth: Any) -> float:
    """The distance in units in the last place of the truth, the smallest subnormal at the least.

    An infinity that stands for a number too large is as far away as the power of 2 after the largest double.
    """
    near = float(truth)
    if math.isinf(got) and math.isfinite(near):
        return float((AFTER_LARGEST - mp.sign(got) * truth) / mp.mpf(math.ulp(near)))
    if not (math.isfinite(got) and math.isfinite(near)):
        return 0.0 if got == near or (math.isnan(got) and math.isnan(near)) else math.inf
    return float(abs(mp.mpf(got) - truth) / mp.mpf(math.ulp(near)))


def error(function: Callable[..., Any], point: Point, got: float) -> float:
    """The error of a number; where the truth is a pole, anything that is not finite is right."""
    try:
        return ulps(got, function(*map(mp.mpf, point)))
    except ZeroDivisionError:
        return math.inf if math.isfinite(got) else 0.0


def errors(row: Operator, point: Point, got: list[float]) -> list[float]:
    """The errors of the value and of each derivative at a point."""
    truth = TRUTHS[row.name]
    return [
        error(function, point, number) for number, function in zip(got, (truth.value, *truth.partials), strict=True)
    ]
