"""Operator → the slope of its result where operands move: Taylor arithmetic of the first order, a rule an operator.

Depends on `gradcli.precision.enclosures.meanings` for values, and on flint's power series; what that has not is written
from the textbooks, and owes nothing to the rules of the operator table.
"""

from collections.abc import Callable
from functools import partial

from flint import arb, arb_series, ctx, fmpq

from gradcli.operators.row import Trait
from gradcli.operators.table import having
from gradcli.precision.enclosures.balls import (
    ONE,
    UNKNOWN,
    ZERO,
    Enclosure,
    as_ball,
    is_finite,
    kept,
    sign,
)
from gradcli.precision.enclosures.family_lifts import FAMILIES
from gradcli.precision.enclosures.meanings import MEANINGS
from gradcli.precision.enclosures.moving import STILL, Lift, Tangent, is_still, plus, times

CHOOSING = having(Trait.ROUTES)
"""What may leave out an operand whose slope is not known."""
STEPS = having(Trait.WHOLE) - having(Trait.TRUTH)


def chain(operator: str, x: Tangent) -> Enclosure:
    """A function of one operand: its Taylor coefficient times the operand's speed."""
    at = as_ball(x.value)
    slope = SLOPES[operator](at) if operator in SLOPES else _coefficient(operator, at)
    return times(kept(slope), x.slope)


def _coefficient(operator: str, at: arb) -> Enclosure:
    """The first Taylor coefficient, by flint's power series."""
    before, ctx.cap = ctx.cap, 2
    try:
        return getattr(arb_series([at, 1]), operator)()[1]
    finally:
        ctx.cap = before


# -- arithmetic


def _mul(_: Enclosure, x: Tangent, y: Tangent) -> Enclosure:
    return plus(times(x.slope, y.value), times(x.value, y.slope))


def _div(value: Enclosure, x: Tangent, y: Tangent) -> Enclosure:
    return MEANINGS["div"](MEANINGS["sub"](x.slope, times(value, y.slope)), y.value)


def _pow(value: Enclosure, x: Tangent, y: Tangent) -> Enclosure:
    by_base = by_exponent = ZERO
    is_whole = type(y.value) is fmpq and y.value.q == 1 and is_still(y)
    if not (is_whole or is_still(x) or x.value > 0):
        return UNKNOWN  # beside 0 it is defined on one side, and at negative numbers nowhere
    if not is_still(x) and not (type(y.value) is fmpq and y.value == 0 and is_still(y)):
        by_base = times(y.value, MEANINGS["pow"](x.value, MEANINGS["sub"](y.value, ONE)), x.slope)
    if not is_still(y):
        by_exponent = times(value, MEANINGS["log"](x.value), y.slope)
    return plus(by_base, by_exponent)


def _hypot(value: Enclosure, *operands: Tangent) -> Enclosure:
    products = plus(*[times(x.value, x.slope) for x in operands])
    return UNKNOWN if sign(value) != 1 else MEANINGS["div"](products, value)


def _atan2(_: Enclosure, y: Tangent, x: Tangent) -> Enclosure:
    if sign(y.value) in (0, None) and sign(x.value) != 1:
        return UNKNOWN  # on the cut
    across = MEANINGS["sub"](times(x.value, y.slope), times(y.value, x.slope))
    return MEANINGS["div"](across, plus(times(x.value, x.value), times(y.value, y.value)))


def _cbrt(value: Enclosure, x: Tangent) -> Enclosure:
    return MEANINGS["div"](x.slope, times(fmpq(3), value, value))


def _lgamma(_: Enclosure, x: Tangent) -> Enclosure:
    at = as_ball(x.value)
    slope = _coefficient("lgamma", at) if at > 0 else _coefficient("gamma", at) / at.gamma()
    return times(kept(slope), x.slope)


def _xlogy(_: Enclosure, x: Tangent, y: Tangent) -> Enclosure:
    by_second = ZERO if is_still(y) else MEANINGS["div"](times(x.value, y.slope), y.value)
    return plus(times(x.slope, MEANINGS["log"](y.value)), by_second)


def _logaddexp(_: Enclosure, x: Tangent, y: Tangent) -> Enclosure:
    """The slopes by the share of each exponential in the sum."""
    share = MEANINGS["sigmoid"](MEANINGS["sub"](x.value, y.value))
    other = MEANINGS["sigmoid"](MEANINGS["sub"](y.value, x.value))
    return plus(times(share, x.slope), times(other, y.slope))


def _softplus(_: Enclosure, x: Tangent) -> Enclosure:
    return times(MEANINGS["sigmoid"](x.value), x.slope)


# -- decisions


def _comparison(_: Enclosure, x: Tangent, y: Tangent) -> Enclosure:
    """Flat, but where both sides may meet."""
    return STILL if x.value < y.value or x.value > y.value else UNKNOWN


def _condition(_: Enclosure, *operands: Tangent) -> Enclosure:
    """and, or, not: flat where no operand comes from 0 or goes through it."""
    return STILL if all(is_still(x) or sign(x.value) in (-1, 1) for x in operands) else UNKNOWN


def _where(_: Enclosure, c: Tangent, x: Tangent, y: Tangent) -> Enclosure:
    taken = sign(c.value)
    if taken is None or not is_finite(c.slope) or not (is_still(c) or taken):
        return UNKNOWN
    return x.slope if taken else y.slope


def _best(value: Enclosure, *operands: Tangent) -> Enclosure:
    """max, min: the slope of the operand that wins for certain."""
    taken = [x for x in operands if x.value is value]
    others = [x for x in operands if x.value is not value]
    clear = len(taken) == 1 and all(x.value < value or x.value > value for x in others)
    return taken[0].slope if clear else UNKNOWN


def _abs(_: Enclosure, x: Tangent) -> Enclosure:
    side = sign(x.value)
    return UNKNOWN if side in (0, None) else x.slope if side == 1 else MEANINGS["neg"](x.slope)


def _step(operator: str, value: Enclosure, x: Tangent) -> Enclosure:
    """A staircase: flat where the operand is strictly between two jumps."""
    if type(value) is not fmpq:
        return UNKNOWN
    if operator in ("sign", "step"):
        return UNKNOWN if sign(x.value) in (0, None) else STILL
    at = as_ball(x.value)
    return UNKNOWN if (at + fmpq(1, 2) if operator == "round" else at).contains_integer() else STILL


def _mod(_: Enclosure, x: Tangent, y: Tangent) -> Enclosure:
    quotient = MEANINGS["div"](x.value, y.value)
    whole = MEANINGS["floor"](quotient)
    if type(whole) is not fmpq or as_ball(quotient).contains_integer():
        return UNKNOWN
    return MEANINGS["sub"](x.slope, times(whole, y.slope))


SERIES = frozenset(
    {"exp", "log", "sin", "cos", "tan", "asin", "acos", "atan", "gamma", "erf", "erfc", "sqrt", "lambertw"}
)
"""What flint has as power series."""

SLOPES: dict[str, Callable[[arb], arb]] = {
    "expm1": lambda x: x.exp(),
    "log1p": lambda x: 1 / (1 + x),
    "sinh": lambda x: (x.exp() + (-x).exp()) / 2,
    "cosh": lambda x: x.sinh(),
    "tanh": lambda x: x.sech() ** 2,
    "asinh": lambda x: (x**2 + 1).rsqrt(),
    "acosh": lambda x: (x - 1).rsqrt() * (x + 1).rsqrt(),
    "atanh": lambda x: 1 / (1 - x**2),
    "digamma": lambda x: as_ball(MEANINGS["polygamma"](ONE, x)),
    "erfinv": lambda x: (x.erfinv() ** 2).exp() * arb.pi().sqrt() / 2,
    "exprel": lambda x: as_ball(MEANINGS["exprel_slope"](ONE, x)),
    "sinc": lambda x: (x**2 / -4).hypgeom_0f1(arb(5) / 2) * x / -3,
}
"""The slopes that it has not, from the textbooks."""

OWN: dict[str, Lift] = {
    "add": lambda _, x, y: plus(x.slope, y.slope),
    "sub": lambda _, x, y: MEANINGS["sub"](x.slope, y.slope),
    "neg": lambda _, x: MEANINGS["neg"](x.slope),
    "mul": _mul,
    "div": _div,
    "pow": _pow,
    "hypot": _hypot,
    "atan2": _atan2,
    "cbrt": _cbrt,
    **FAMILIES,
    "lgamma": _lgamma,
    "xlogy": _xlogy,
    "logaddexp": _logaddexp,
    "softplus": _softplus,
    "where": _where,
    "min": _best,
    "max": _best,
    "abs": _abs,
    "mod": _mod,
    "and": _condition,
    "or": _condition,
    "not": _condition,
    **dict.fromkeys(having(Trait.COMPARISON), _comparison),
    **{name: partial(_step, name) for name in STEPS},
}
"""Arithmetic, functions of several operands, and what chooses."""
