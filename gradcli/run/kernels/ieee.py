"""Elementary functions of `math` that need more than a guard.

Depends on `basic.py`. 
"""

import math
from collections.abc import Callable

from gradcli.run.kernels.basic import INF, NAN


def exp(x: float) -> float:
    """e to the power x, infinite where it overflows."""
    try:
        return math.exp(x)
    except OverflowError:
        return INF


def log(x: float) -> float:
    """The natural logarithm; -inf at 0, NaN below."""
    try:
        return math.log(x)
    except ValueError:
        return -INF if x == 0 else NAN


def sinh(x: float) -> float:
    """The hyperbolic sine, infinite with the sign of x where it overflows."""
    try:
        return math.sinh(x)
    except OverflowError:
        return math.copysign(INF, x)


def logb(x: float, b: float) -> float:
    """The logarithm of x to base b, exact for powers of 2 and of 10."""
    if b == 2 and x > 0:
        return math.log2(x)
    if b == 10 and x > 0:
        return math.log10(x)
    top, bottom = log(x), log(b)
    return top / bottom if bottom else NAN if top == 0 or top != top else math.copysign(INF, top)


def sinc(x: float) -> float:
    """sin(x)/x, and 1 at 0."""
    if math.isinf(x):
        return 0.0
    return math.sin(x) / x if x else 1.0


def xlogy(x: float, y: float) -> float:
    """x*log(y), and 0 where x is 0 and y is a number."""
    return 0.0 if x == 0 and y == y else x * log(y)


IEEE: dict[str, Callable[..., float]] = {
    "exp": exp,
    "log": log,
    "sinh": sinh,
    "logb": logb,
    "sinc": sinc,
    "xlogy": xlogy,
}
