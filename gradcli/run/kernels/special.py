"""Special functions on floats (first form)."""

import math
from collections.abc import Callable


def gauss(x: float, a: float) -> float:
    """exp(-a*x^2)."""
    return math.exp(-a * x * x)


def normal_cdf(x: float) -> float:
    """The normal distribution function."""
    return 0.5 * math.erfc(-x / math.sqrt(2.0))


def softmax2(x: float, y: float) -> float:
    """exp(x)/(exp(x) + exp(y))."""
    d = y - x
    return 1.0 / (1.0 + math.exp(d)) if d < 700 else math.exp(-d)


def logaddexp(x: float, y: float) -> float:
    """log(exp(x) + exp(y))."""
    return max(x, y) + math.log1p(math.exp(-abs(x - y))) if x != y else x + math.log(2.0)


SPECIAL: dict[str, Callable[..., float]] = {
    "gauss": gauss,
    "normal_cdf": normal_cdf,
    "softmax2": softmax2,
    "logaddexp": logaddexp,
}
