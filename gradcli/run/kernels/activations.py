"""Activation functions on floats.

Depends on `logistic.py` and `normal.py` beside it.
"""

import math
from collections.abc import Callable

from gradcli.run.kernels.logistic import sigmoid, softplus
from gradcli.run.kernels.normal import gelu

FAR = -700.0
"""Below this exp(x) nears the subnormal numbers, whose missing digits a factor x would lay bare."""


def x_exp(x: float) -> float:
    """x*exp(x), rounded to a subnormal only once."""
    root = math.exp(0.5 * x)
    return x * root * root if root else -0.0


def silu(x: float) -> float:
    """x*sigmoid(x)."""
    return x * sigmoid(x) if x > FAR else x_exp(x) if x <= FAR else x


def mish(x: float) -> float:
    """x*tanh(softplus(x)), where tanh(log(1 + u)) is w/(w + 2) with w = u*(u + 2)."""
    if not FAR < x < 20.0:
        return x_exp(x) if x <= FAR else x
    u = math.exp(x)
    w = u * (u + 2.0)
    return x * (w / (w + 2.0))


def softsign(x: float) -> float:
    """x/(1 + |x|), and its limits at the infinities."""
    return x / (1.0 + abs(x)) if not math.isinf(x) else math.copysign(1.0, x)


def step(x: float) -> float:
    """1 from 0 up, 0 below; NaN stays NaN."""
    return 1.0 if x >= 0 else 0.0 if x < 0 else x


ACTIVATIONS: dict[str, Callable[..., float]] = {
    "sigmoid": sigmoid,
    "relu": lambda x: 0.0 if x <= 0 else x,
    "leaky_relu": lambda x, a: x if x > 0 else a * x,
    "elu": lambda x, a: x if x > 0 else a * math.expm1(x),
    "selu": lambda x: 1.0507009873554805 * x if x > 0 else 1.7580993408473766 * math.expm1(x),
    "gelu": gelu,
    "silu": silu,
    "softplus": softplus,
    "softsign": softsign,
    "mish": mish,
    "hard_tanh": lambda x: -1.0 if x < -1 else 1.0 if x > 1 else x,
    "step": step,
}
