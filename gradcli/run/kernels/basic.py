"""Arithmetic, logic and choice on floats, as C99 has them: the operators that most graphs are made of.

Depends on the standard library only. What cannot raise is the bare C function.
"""

import math
import operator
from collections.abc import Callable

INF = math.inf
NAN = math.nan
HALF_EVEN = 6755399441055744.0
"""1.5 * 2^52: adding and taking it away rounds a smaller number to a whole one, halves to even."""


def div(x: float, y: float) -> float:
    """x/y, with the infinities and NaN of IEEE 754 at y = 0."""
    try:
        return x / y
    except ZeroDivisionError:
        return NAN if x == 0 or x != x else math.copysign(INF, x) * math.copysign(1.0, y)


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


def rounded(x: float) -> float:
    """The nearest whole number, halves to even."""
    if abs(x) < 2251799813685248.0:
        return math.copysign(abs(x) + HALF_EVEN - HALF_EVEN, x)
    return x


def sign(x: float) -> float:
    """-1, 0 or 1; NaN stays NaN."""
    return 1.0 if x > 0 else -1.0 if x < 0 else x


def least(x: float, *rest: float) -> float:
    """The least operand, or NaN if any is NaN."""
    for y in rest:
        if y < x or y != y:
            x = y
    return x


def greatest(x: float, *rest: float) -> float:
    """The greatest operand, or NaN if any is NaN."""
    for y in rest:
        if y > x or y != y:
            x = y
    return x


def clip(x: float, lo: float, hi: float) -> float:
    """min(max(x, lo), hi)."""
    return least(greatest(x, lo), hi)


BASIC: dict[str, Callable[..., float]] = {
    "pi": lambda: math.pi,
    "tau": lambda: math.tau,
    "e": lambda: math.e,
    "inf": lambda: INF,
    "nan": lambda: NAN,
    "add": operator.add,
    "sub": operator.sub,
    "mul": operator.mul,
    "div": div,
    "mod": mod,
    "pow": power,
    "neg": operator.neg,
    "lt": lambda x, y: 1.0 if x < y else 0.0,
    "le": lambda x, y: 1.0 if x <= y else 0.0,
    "gt": lambda x, y: 1.0 if x > y else 0.0,
    "ge": lambda x, y: 1.0 if x >= y else 0.0,
    "eq": lambda x, y: 1.0 if x == y else 0.0,
    "ne": lambda x, y: 1.0 if x != y else 0.0,
    "and": lambda x, y: 1.0 if x and y else 0.0,
    "or": lambda x, y: 1.0 if x or y else 0.0,
    "not": lambda x: 0.0 if x else 1.0,
    "where": lambda c, x, y: x if c else y,
    "abs": math.fabs,
    "sign": sign,
    "min": least,
    "max": greatest,
    "clip": clip,
    "floor": floor,
    "ceil": ceil,
    "round": rounded,
    "hypot": math.hypot,
    "atan": math.atan,
    "atan2": math.atan2,
    "tanh": math.tanh,
    "asinh": math.asinh,
    "erf": math.erf,
    "erfc": math.erfc,
}
