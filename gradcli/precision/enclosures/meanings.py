"""Operator → what it makes of enclosures: the image of the operands, whatever they are within their bounds.

Depends on the operator table and on python-flint's `arb`. What `arb` has not is put together from the row's definition.
Nothing is decided that is not certain: where a ball straddles a switch, the result holds both sides, or is UNKNOWN.
The working precision is that of flint's context.
"""

import operator as op
from collections.abc import Callable, Sequence
from functools import reduce
from itertools import zip_longest
from math import prod
from typing import Any

from flint import acb, arb, fmpq

from gradcli.evaluate import scalar
from gradcli.graph.template import Template
from gradcli.language.program import parse_template
from gradcli.operators.row import Operator
from gradcli.operators.table import OPERATORS
from gradcli.precision.enclosures.balls import (
    HUGE,
    INF,
    LONGEST,
    NAN,
    NEAR,
    NEGATIVE_HUGE,
    NEGATIVE_INF,
    ONE,
    UNKNOWN,
    ZERO,
    Enclosure,
    as_ball,
    exactly,
    hull,
    is_finite,
    is_huge,
    is_moderate,
    kept,
    sign,
    truth,
)

Meaning = Callable[..., Enclosure]
Native = Callable[..., arb]

GROWING = frozenset({"exp", "expm1", "sinh", "cosh", "gamma"})
"""What grows as an exponential does, at least."""
FARTHEST = arb((1, 4200))
"""Where these are beyond what is followed."""
HALF = fmpq(1, 2)
MOST_ROOTS = 64
"""Higher roots of rationals are not looked for."""
HIGHEST_ORDER, HIGHEST_REFLECTED = 10**7, 1000


class _Meanings(dict[str, Meaning]):
    """What `OWN` has not is found when first asked for: arb's function of that name, or the row's definition."""

    def __missing__(self, operator: str) -> Meaning:
        row = OPERATORS[operator]
        native = NATIVE.get(operator)
        self[operator] = meaning = _composite(row) if native is None else _function(row, native)
        return meaning


def run_template(template: Template, operands: Sequence[Enclosure]) -> Enclosure:
    """What a template whose holes are filled with enclosures comes to."""
    return template.run(operands, MEANINGS, exactly)


def _composite(row: Operator) -> Meaning:
    definition = parse_template(row.definition, row.operands)
    return lambda *operands: run_template(definition, operands)


def _function(row: Operator, native: Native) -> Meaning:
    """A function of one operand, or a constant; what is outside the domain is NaN where that is certain."""
    if not row.signature:
        return lambda: kept(native())
    kernel, grows = scalar.MEANINGS[row.name], row.name in GROWING

    def image(x: Enclosure) -> Enclosure:
        if x is UNKNOWN or x is NAN:
            return x
        if is_huge(x):
            return HUGE if grows and x is HUGE else arb(0, NEAR) if row.name == "exp" else UNKNOWN
        if not is_finite(x):
            limit = exactly(kernel(float(x)))  # doubles have it exactly where it is whole, infinite or none
            return kept(native(x)) if is_finite(limit) and limit.q != 1 else limit
        found = native(as_ball(x))
        if found.is_finite():
            return kept(found)
        return HUGE if grows and x > FARTHEST else _outside(row, x)

    return image


def _outside(row: Operator, *operands: Enclosure) -> Enclosure:
    """What a function is where arb gives no number: a pole, NaN beyond the domain, or not known."""
    first = operands[0]
    if type(first) is fmpq:
        for pole, value in row.poles.items():
            if first == exactly(pole):
                return exactly(value)
    condition = parse_template(row.domain, row.operands) if row.domain else None
    return NAN if condition and truth(run_template(condition, operands)) is False else UNKNOWN


def _strict(meaning: Meaning) -> Meaning:
    """What is NaN with any operand, and not known where one is not, or is too large to be followed."""

    def image(*operands: Enclosure) -> Enclosure:
        for lost in (NAN, UNKNOWN):
            if any(x is lost for x in operands):
                return lost
        return UNKNOWN if any(map(is_huge, operands)) else meaning(*operands)

    return image


# -- arithmetic


def _add(x: Enclosure, y: Enclosure) -> Enclosure:
    found = x + y
    if is_finite(found):
        return kept(found)
    if is_huge(x) or is_huge(y):
        large, other = (x, y) if is_huge(x) else (y, x)
        return large if other is large or is_moderate(other) else UNKNOWN
    return _sum_of_infinities(x, y)


@_strict
def _sum_of_infinities(x: Enclosure, y: Enclosure) -> Enclosure:
    if is_finite(x):
        return UNKNOWN if is_finite(y) else y
    return x if is_finite(y) or x is y else NAN


def _neg(x: Enclosure) -> Enclosure:
    if is_finite(x):
        return -x
    if is_huge(x):
        return NEGATIVE_HUGE if x is HUGE else HUGE
    return NEGATIVE_INF if x is INF else INF if x is NEGATIVE_INF else x


def _sub(x: Enclosure, y: Enclosure) -> Enclosure:
    if x is y and is_finite(x):  # the same number, however little is known of it
        return ZERO
    return _add(x, _neg(y))


def _mul(x: Enclosure, y: Enclosure) -> Enclosure:
    found = x * y
    if is_finite(found):
        return kept(found)
    if is_huge(x) or is_huge(y):
        return _huge_product(*((x, y) if is_huge(x) else (y, x)))
    return _infinite_product(x, y)


def _huge_product(large: Enclosure, other: Enclosure) -> Enclosure:
    """A huge number times another that is not as far from 0, or huge too."""
    if type(other) is fmpq and other == 0:
        return ZERO
    side = sign(other)
    if not side or not (is_huge(other) or (is_moderate(other) and abs(as_ball(other)) > NEAR)):
        return UNKNOWN
    return large if side > 0 else _neg(large)


@_strict
def _infinite_product(x: Enclosure, y: Enclosure) -> Enclosure:
    return UNKNOWN if is_finite(x) and is_finite(y) else _infinite(x, y)


def _infinite(*factors: Enclosure) -> Enclosure:
    """The infinity with the sign of a product; NaN where a factor is 0."""
    signs = [sign(x) for x in factors]
    if None in signs:
        return UNKNOWN
    direction = prod(side for side in signs if side is not None)
    return INF if direction > 0 else NEGATIVE_INF if direction < 0 else NAN


def _div(x: Enclosure, y: Enclosure) -> Enclosure:
    if is_huge(y) and is_moderate(x):
        return ZERO if type(x) is fmpq and x == 0 else arb(0, NEAR)
    if is_huge(x) and is_moderate(y) and sign(y):
        return x if y > 0 else _neg(x)
    return _ratio(x, y)


@_strict
def _ratio(x: Enclosure, y: Enclosure) -> Enclosure:
    if not is_finite(y):
        return ZERO if is_finite(x) else NAN
    if type(y) is fmpq and y == 0:
        return _infinite(x)
    return kept(x / y) if is_finite(x) else _infinite(x, y)


def _mod(x: Enclosure, y: Enclosure) -> Enclosure:
    """The remainder with the sign of y, within the hull where it is not clear how often y is taken away."""
    if (type(y) is fmpq and y == 0) or not is_finite(x):
        return NAN
    if not is_finite(y):
        same = sign(x) == 0 or sign(x) == sign(y)
        return UNKNOWN if sign(x) is None else x if same else y
    return _sub(x, _mul(y, _floor(_div(x, y))))


def _pow(x: Enclosure, y: Enclosure) -> Enclosure:
    """As C99's pow (Annex F.9.4.4), but for the sign of zero."""
    is_one = (type(y) is fmpq and y == 0) or (type(x) is fmpq and x == 1)
    return ONE if is_one else _power(x, y)


@_strict
def _power(x: Enclosure, y: Enclosure) -> Enclosure:
    if not (is_finite(x) and is_finite(y)):
        return _pow_at_infinity(x, y)
    if type(x) is fmpq and x == 0:
        return UNKNOWN if sign(y) is None else ZERO if y > 0 else INF
    if type(x) is fmpq and type(y) is fmpq and (exact := _exact_power(x, y)) is not None:
        return exact
    if type(y) is fmpq and y.q == 1:
        found = kept(as_ball(x) ** arb(y.p)) if _fits(y) else _long_power(x, y)
        return _by_logarithm(as_ball(x), as_ball(y)) if found is UNKNOWN and x > 0 else found
    if x < 0:
        return NAN if type(y) is fmpq or not as_ball(y).contains_integer() else UNKNOWN
    return _by_logarithm(as_ball(x), as_ball(y))


def _by_logarithm(x: arb, y: arb) -> Enclosure:
    found = x**y
    return kept(found) if found.is_finite() or not x.log() * y > FARTHEST else HUGE


def _fits(y: fmpq) -> bool:
    """Whether a whole exponent is exact at the working precision."""
    return bool(arb(y.p).is_exact())


def _long_power(x: Enclosure, y: fmpq) -> Enclosure:
    """The power of a magnitude, with its sign: arb would round the exponent, and not know whether it is even."""
    grown = as_ball(abs(x)) ** arb(y.p)
    return kept(grown if int(y.p) % 2 == 0 else grown * (sign(x) or arb(0, 1)))


def _exact_power(x: fmpq, y: fmpq) -> fmpq | None:
    """A rational power that is rational, and not too long."""
    root, power = int(y.q), int(y.p)
    if root > MOST_ROOTS or x.height_bits() * abs(power) > LONGEST * root:
        return None
    if root > 1:
        if x < 0:
            return None
        parts = x.p.root(root), x.q.root(root)
        x, whole = fmpq(*parts), x
        if x**root != whole:
            return None
    return x**power


def _pow_at_infinity(x: Enclosure, y: Enclosure) -> Enclosure:
    """Where one of both is infinite: only the sign of x, its size beside 1, and whether y is odd matter."""
    if is_finite(x):
        size, side = abs(x), y is INF
        if size > 1 or size < 1:
            return INF if (size > 1) == side else ZERO
        return ONE if type(size) is fmpq else UNKNOWN
    if not is_finite(y):
        return INF if y is INF else ZERO
    if sign(y) is None or (x is NEGATIVE_INF and type(y) is not fmpq):
        return UNKNOWN
    odd = y.q == 1 and int(y.p) % 2 == 1 if type(y) is fmpq else False
    return ZERO if y < 0 else NEGATIVE_INF if x is NEGATIVE_INF and odd else INF


# -- decisions


def _compare(x: Enclosure, y: Enclosure) -> bool:
    """Whether balls tell which is larger, if one is beyond all that is followed."""
    return not (is_huge(x) or is_huge(y)) or is_moderate(x) or is_moderate(y)


def _comparison(holds: Callable[[Any, Any], bool], fails: Callable[[Any, Any], bool]) -> Meaning:
    """1 or 0; UNKNOWN where the balls overlap. A number is equal to itself, however little is known of it."""
    same, unlike = exactly(float(holds(0, 0))), exactly(float(holds(0, float("nan"))))

    def compared(x: Enclosure, y: Enclosure) -> Enclosure:
        if x is NAN or y is NAN:
            return unlike
        if x is UNKNOWN or y is UNKNOWN or not _compare(x, y):
            return UNKNOWN
        if x is y:
            return same
        return ONE if holds(x, y) else ZERO if fails(x, y) else UNKNOWN

    return compared


def _connective(deciding: bool) -> Meaning:
    """`and`, `or`: one operand may decide alone."""

    def connected(x: Enclosure, y: Enclosure) -> Enclosure:
        sides = truth(x), truth(y)
        if deciding in sides:
            return exactly(float(deciding))
        return UNKNOWN if None in sides else exactly(float(not deciding))

    return connected


def _not(x: Enclosure) -> Enclosure:
    holds = truth(x)
    return UNKNOWN if holds is None else ZERO if holds else ONE


def _where(c: Enclosure, x: Enclosure, y: Enclosure) -> Enclosure:
    holds = truth(c)
    return hull(x, y) if holds is None else x if holds else y


def _best(less: Callable[[Any, Any], bool], native: str) -> Meaning:
    """max, min: the very operand where it wins for certain, so that a rule finds it again; else what holds both."""

    def best(x: Enclosure, y: Enclosure) -> Enclosure:
        if x is NAN or y is NAN:
            return NAN
        if x is UNKNOWN or y is UNKNOWN or not _compare(x, y):
            return UNKNOWN
        if less(y, x):
            return y
        if x is y or less(x, y) or x == y:
            return x
        return kept(getattr(as_ball(x), native)(as_ball(y)))

    return lambda *operands: reduce(best, operands)


def _sign(x: Enclosure) -> Enclosure:
    side = sign(x)
    return arb(0, 1) if side is None else fmpq(side)


def _abs(x: Enclosure) -> Enclosure:
    if x is INF or is_huge(x):
        return HUGE if is_huge(x) else x
    return INF if x is NEGATIVE_INF else x if sign(x) == 1 else abs(x)


def _floor(x: Enclosure) -> Enclosure:
    return kept(fmpq(x.floor()) if type(x) is fmpq else x.floor()) if is_finite(x) else x


def _round(x: Enclosure) -> Enclosure:
    """The nearest whole number; halves go to the even one. Both where a ball holds a half."""
    if not is_finite(x):
        return x
    up = _floor(x + HALF)
    if type(x) is fmpq:
        return up - 1 if up - x == HALF and int(up.p) % 2 else up
    return hull(up, up - 1) if as_ball(x + HALF).contains_integer() else up


# -- functions


def _cbrt(x: Enclosure) -> Enclosure:
    if not is_finite(x):
        return x
    if type(x) is fmpq and (exact := _exact_power(abs(x), fmpq(1, 3))) is not None:
        return exact if x >= 0 else -exact
    ball = as_ball(x)
    if sign(x) is not None:
        return kept(ball.root(3) if x > 0 else -(-ball).root(3))
    reach = ball.abs_upper().root(3).abs_upper()
    return kept(arb(0, reach))


def _hypot(*operands: Enclosure) -> Enclosure:
    if not all(map(is_finite, operands)):
        return INF
    squares = [kept(x**2) for x in operands]
    return _abs(operands[0]) if len(operands) == 1 else MEANINGS["sqrt"](reduce(_add, squares))


def _atan2(y: Enclosure, x: Enclosure) -> Enclosure:
    if is_finite(x) and is_finite(y):
        return kept(arb.atan2(as_ball(y), as_ball(x)))
    if not is_finite(y):
        quarters = (HALF if is_finite(x) else fmpq(1, 4) if x is INF else fmpq(3, 4)) * (1 if y is INF else -1)
        return kept(arb.pi() * quarters)
    if x is INF:
        return ZERO
    return UNKNOWN if sign(y) is None else kept(arb.pi() if y >= 0 else -arb.pi())


def _lgamma(x: Enclosure) -> Enclosure:
    if not is_finite(x):
        return INF
    if x > 0:
        return kept(as_ball(x).lgamma())
    return MEANINGS["log"](_abs(MEANINGS["gamma"](x)))


def _by_order(meaning: Callable[[int, Enclosure], Enclosure]) -> Meaning:
    """A function of a whole order and a number; NaN where the order is none."""

    def image(n: Enclosure, x: Enclosure) -> Enclosure:
        if type(n) is not fmpq:
            return UNKNOWN if is_finite(n) else NAN
        is_order = n.q == 1 and n >= 0
        return meaning(int(n.p), x) if is_order and n <= HIGHEST_ORDER else UNKNOWN if is_order else NAN

    return _strict(image)


def _polygamma(order: int, x: Enclosure) -> Enclosure:
    if order == 0:
        return MEANINGS["digamma"](x)
    if not is_finite(x):
        return ZERO if x is INF else NAN
    if type(x) is fmpq and x.q == 1 and x <= 0:
        return INF if order % 2 else NAN
    return kept(acb(as_ball(x)).polygamma(arb(order)).real if x > 0 else _reflected(order, as_ball(x)))


def _reflected(order: int, x: arb) -> Enclosure:
    """(-1)^n ψ_n(1 - x) - π cot^(n)(πx) (DLMF 5.15.6), for arb would add up as many terms as x is long.

    A derivative of the cotangent c is a polynomial of it, by c' = -(1 + c^2).
    """
    cotangent = x.cot_pi()
    if order > HIGHEST_REFLECTED or not cotangent.is_finite():
        return UNKNOWN
    terms = [0, 1]
    for _ in range(order):
        slopes = [power * factor for power, factor in enumerate(terms)][1:]
        terms = [-(low + high) for low, high in zip_longest(slopes, [0, 0, *slopes], fillvalue=0)]
    derivative = arb.pi() ** (order + 1) * reduce(lambda total, term: total * cotangent + term, reversed(terms), arb(0))
    return (-1) ** order * acb(1 - x).polygamma(arb(order)).real - derivative


def _sinc_n(order: int, x: Enclosure) -> Enclosure:
    """j_n(x)/x^n as 0F1(; n + 3/2; -x^2/4)/(2n + 1)!! (DLMF 10.47.3 with 10.16.9)."""
    if not is_finite(x):
        return ZERO
    half = order + arb(3) / 2
    odd = half.gamma() * arb(2) ** (order + 1) / arb.pi().sqrt()  # (2n + 1)!! = 2^(n + 1) Γ(n + 3/2)/√π
    return kept((as_ball(x) ** 2 / -4).hypgeom_0f1(half) / odd)


NATIVE: dict[str, Native] = {
    "pi": arb.pi,
    **{name: getattr(arb, name) for name in ("exp", "expm1", "log", "log1p", "sqrt", "sin", "cos", "tan", "asin")},
    **{name: getattr(arb, name) for name in ("acos", "atan", "sinh", "cosh", "tanh", "asinh", "acosh", "atanh")},
    **{name: getattr(arb, name) for name in ("erf", "erfc", "gamma", "digamma", "sinc")},
}
"""Operators that are arb's own, by the same name."""

OWN: dict[str, Meaning] = {
    "add": _add,
    "sub": _sub,
    "mul": _mul,
    "neg": _neg,
    "div": _div,
    "mod": _strict(_mod),
    "pow": _pow,
    "lt": _comparison(op.lt, op.ge),
    "le": _comparison(op.le, op.gt),
    "gt": _comparison(op.gt, op.le),
    "ge": _comparison(op.ge, op.lt),
    "eq": _comparison(op.eq, op.ne),
    "ne": _comparison(op.ne, op.eq),
    "and": _connective(deciding=False),
    "or": _connective(deciding=True),
    "not": _not,
    "where": _where,
    "min": _best(op.lt, "min"),
    "max": _best(op.gt, "max"),
    "sign": _strict(_sign),
    "abs": lambda x: x if x is NAN or x is UNKNOWN else _abs(x),
    "floor": _floor,
    "ceil": lambda x: _neg(_floor(_neg(x))),
    "round": _round,
    "cbrt": _cbrt,
    "hypot": _strict(_hypot),
    "atan2": _strict(_atan2),
    "lgamma": _strict(_lgamma),
    "polygamma": _by_order(_polygamma),
    "sinc_n": _by_order(_sinc_n),
}
"""What arb has not, or gives for complex numbers, and all that is exact for rationals."""

MEANINGS = _Meanings(OWN)
