"""Arithmetic, rounding and the like on floats, as C99 has them: the operators that most graphs are made of.

Depends on the standard library only. What cannot raise is the bare C function.
"""

import math
import operator
from collections.abc import Callable

INF = math.inf
NAN = math.nan
WHOLE = 2.0**52
"""From here on every number is whole; adding and taking this away rounds a smaller one, halves to even."""


def div(x: float, y: float) -> float:
    """x/y, with the infinities and NaN of IEEE 754 at y = 0."""
    try:
        return x / y
    except ZeroDivisionError:
        return NAN if x == 0 or math.isnan(x) else math.copysign(INF, x) * math.copysign(1.0, y)


def mod(x: float, y: float) -> float:
    """The remainder with the sign of y, which Python's own `%` gives."""
    try:
        return x % y
    except ZeroDivisionError:
        return NAN


def odd(y: float) -> bool:
    """Whether y is an odd whole number."""
    return abs(math.fmod(y, 2.0)) == 1.0


def power(x: float, y: float) -> float:
    """x to the power y, as C99's pow (Annex F.9.4.4); 0^0 is 1."""
    try:
        return math.pow(x, y)
    except OverflowError:
        return -INF if x < 0 and odd(y) else INF
    except ValueError:
        if x != 0:
            return NAN
        return math.copysign(INF, x) if odd(y) else INF


def floor(x: float) -> float:
    """The whole number at or below x."""
    return x // 1.0 if math.isfinite(x) else x


def ceil(x: float) -> float:
    """The whole number at or above x."""
    return -(-x // 1.0) if math.isfinite(x) else x


def trunc(x: float) -> float:
    """The next whole number towards 0."""
    return floor(x) if x > 0 else ceil(x)


def rounded(x: float) -> float:
    """The nearest whole number, halves to even."""
    if abs(x) < WHOLE:
        return math.copysign(abs(x) + WHOLE - WHOLE, x)
    return x


def sign(x: float) -> float:
    """-1, 0 or 1; NaN stays NaN."""
    return 1.0 if x > 0 else -1.0 if x < 0 else x


def least(x: float, *rest: float) -> float:
    """The least operand, or NaN if any is NaN."""
    for y in rest:
        if y < x or math.isnan(y):
            x = y
    return x


def greatest(x: float, *rest: float) -> float:
    """The greatest operand, or NaN if any is NaN."""
    for y in rest:
        if y > x or math.isnan(y):
            x = y
    return x


def clip(x: float, lo: float, hi: float) -> float:
    """min(max(x, lo), hi)."""
    return least(greatest(x, lo), hi)


ARITHMETIC: dict[str, Callable[..., float]] = {
    "add": operator.add,
    "sub": operator.sub,
    "mul": operator.mul,
    "div": div,
    "mod": mod,
    "pow": power,
    "neg": operator.neg,
    "abs": math.fabs,
    "sign": sign,
    "min": least,
    "max": greatest,
    "clip": clip,
    "floor": floor,
    "ceil": ceil,
    "trunc": trunc,
    "round": rounded,
    **{name: getattr(math, name) for name in ("hypot", "atan", "atan2", "tanh", "asinh", "erf")},
}
