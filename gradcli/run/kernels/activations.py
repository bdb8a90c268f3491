"""Activation functions on floats.

Depends on `ieee.py` and `special.py`.
"""

import math
from collections.abc import Callable

from gradcli.run.kernels.ieee import exp
from gradcli.run.kernels.special import normal_cdf


def sigmoid(x: float) -> float:
    """1/(1 + exp(-x)), from the side that cannot overflow."""
    if x >= 0:
        return 1.0 / (1.0 + math.exp(-x))
    small = math.exp(x)
    return small / (1.0 + small)


def softplus(x: float) -> float:
    """log(1 + exp(x))."""
    return x + math.log1p(math.exp(-x)) if x > 0 else math.log1p(math.exp(x))


def silu(x: float) -> float:
    """x*sigmoid(x)."""
    return x * sigmoid(x) if x > -math.inf else -0.0


def gelu(x: float) -> float:
    """x*normal_cdf(x)."""
    return x * normal_cdf(x) if x > -math.inf else -0.0


def mish(x: float) -> float:
    """x*tanh(softplus(x)), where tanh(log(1 + u)) is w/(w + 2) with w = u*(u + 2)."""
    if x > 20:
        return x
    u = math.exp(x)
    w = u * (u + 2.0)
    return x * (w / (w + 2.0)) if x > -math.inf else -0.0


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
