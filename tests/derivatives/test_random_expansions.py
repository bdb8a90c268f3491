"""Expansions of random formulas to both sides of a point, held against their numbers at three small steps.

No digits prove a limit, but a wrong one would be seen: at steps of 1e-40, 1e-60 and 1e-80 the numbers must be as near to
it as to be told apart from no other, or come nearer, and a side that is undefined has no numbers.
"""

import random
from collections.abc import Callable
from itertools import pairwise
from math import isinf, isnan
from time import monotonic
from typing import Any

import pytest

from gradcli.graph.walk import reachable
from gradcli.language import parse
from gradcli.precision.enclosures.certainty import double
from gradcli.precision.expansions.beside import Side, Surroundings
from gradcli.precision.multiprecision import values_at
from gradcli.precision.multiprecision_kernels import MP
from gradcli.proof.exact_values import proves as algebra  # SymPy is loaded before any clock runs

ONE = [
    "abs({})",
    "sqrt({})",
    "relu({})",
    "sin({})",
    "cos({})",
    "exp({})",
    "log({})",
    "floor({})",
    "sign({})",
    "cbrt({})",
    "({})^2",
    "({})^3",
    "tanh({})",
    "atan({})",
    "asin({})",
    "acos({})",
    "1/({})",
    "({})^1.5",
    "step({})",
    "softplus({})",
    "hard_tanh({})",
    "log1p({})",
    "expm1({})",
    "sinc({})",
    "erf({})",
    "-({})",
    "gelu({})",
    "round({})",
    "ceil({})",
    "abs({})^0.3",
    "asinh({})",
    "acosh({})",
    "atanh({})",
    "sinh({})",
    "sigmoid({})",
    "tan({})",
    "erfc({})",
    "gamma({}+0.5)",
]
TWO = [
    "({})+({})",
    "({})-({})",
    "({})*({})",
    "({})/({})",
    "max({},{})",
    "min({},{})",
    "hypot({},{})",
    "atan2({},{})",
    "where(({})>({}),x,2*x)",
    "where(x==0,({}),({}))",
    "({})^({})",
    "({})%({})",
    "logaddexp({},{})",
]
LEAVES = ["x", "x", "x", "1", "2", "0.5", "3", "(x-1)"]
POINTS = [0.0, 0.0, 1.0, -1.0, 2.0, 0.5]
FORMULAS = 60
STEPS = (40, 60, 80)


def grown(source: random.Random, depth: int) -> str:
    if depth == 0 or source.random() < 0.12:
        return source.choice(LEAVES)
    if source.random() < 0.55:
        return source.choice(ONE).format(grown(source, depth - 1))
    return source.choice(TWO).format(grown(source, depth - 1), grown(source, depth - 1))


@pytest.mark.parametrize("seed", range(4))
def test_no_side_of_a_random_formula_is_wrong(seed: int) -> None:
    source, decided = random.Random(seed), 0
    for _ in range(FORMULAS):
        text, x = grown(source, source.randint(2, 4)), source.choice(POINTS)
        program = parse(text, variables=["x"])
        if "x" not in program.variables:
            continue
        node, needed = program.variables["x"], reachable(program.graph, [program.output])
        there = Surroundings(program.graph, program.output, {"x": x}, monotonic() + 10, algebra)

        def at(step: Any) -> Any:
            return values_at(program.graph, needed, {"x": x + step}, 700)[program.output]  # noqa: B023

        for way in (-1, 1):
            side = there.beside({node: way}).side()
            with MP.workdps(700):
                decided += borne_out(side, way, at, f"{text} beside {x} to {way}")
    assert decided > FORMULAS // 2


def borne_out(side: Side, way: int, at: Callable[[Any], Any], said: str) -> int:
    """Whether a side tells its limit and its slope; fails where the numbers do not bear them out."""
    steps = [way * MP.mpf(10) ** -power * MP.mpf("0.7312") for power in STEPS]
    values, here = [at(step) for step in steps], at(MP.zero)
    if not side.defined:
        assert not any(map(MP.isfinite, values)), said
        return 1
    if side.value is not None and not isnan(limit := double(side.value)):
        assert all(value == limit or value * limit > 1 for value in values) if isinf(limit) else near(values, limit), (
            said
        )
    slope = way * double(side.slope)
    if isnan(slope) or (side.value is None and not MP.isfinite(here)):
        return 0
    if side.value is None:  # the value at the point is the limit
        steps, values = [*steps[1:], MP.zero], [*values[1:], here]
    pairs = pairwise(zip(values, steps, strict=True))
    quotients = [(value - after) / (step - nearer) for (value, step), (after, nearer) in pairs]
    if isinf(slope):
        assert quotients[1] * slope > 0, said
        assert abs(quotients[1]) > abs(quotients[0]), said
    else:
        assert near(quotients, slope), said
    return 1


def near(numbers: list[Any], limit: float) -> bool:
    """Whether numbers are a limit, to the digits of a double, or come nearer to it."""
    before, last = (abs(number - limit) for number in numbers[-2:])
    return bool(last <= abs(limit) * 1e-15 + 1e-15 or last < 0.9 * before)
