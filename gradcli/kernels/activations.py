"""Activation functions on floats.

Depends on `activation_slopes`, `erfc` and `logistic`.
"""

import math
from collections.abc import Callable

from gradcli.kernels.activation_slopes import gelu_slope, mish_factor, silu_factor
from gradcli.kernels.erfc import gelu
from gradcli.kernels.logistic import sigmoid, softplus

FAR_LEFT = -700.0
"""Below this exp(x) nears the subnormal numbers, whose missing digits a factor x would lay bare."""
FAR_RIGHT = 20.0
"""Above this mish(x) is x."""
SELU_RIGHT, SELU_LEFT = 1.0507009873554805, 1.7580993408473768
"""lambda, and lambda times alpha, of Klambauer et al. 2017."""


def relu(x: float) -> float:
    """x where it is positive, else 0."""
    return 0.0 if x <= 0 else x


def leaky_relu(x: float, a: float) -> float:
    """x where it is positive, else a*x."""
    return x if x > 0 else a * x


def elu(x: float, a: float) -> float:
    """x where it is positive, else a*(exp(x) - 1)."""
    return x if x > 0 else a * math.expm1(x)


def selu(x: float) -> float:
    """elu with the scales that keep mean and variance."""
    return SELU_RIGHT * x if x > 0 else SELU_LEFT * math.expm1(x)


def hard_tanh(x: float) -> float:
    """x held between -1 and 1."""
    return -1.0 if x < -1 else 1.0 if x > 1 else x


def x_exp(x: float) -> float:
    """x*exp(x), rounded to a subnormal only once."""
    root = math.exp(0.5 * x)
    return x * root * root if root else -0.0


def silu(x: float) -> float:
    """x*sigmoid(x)."""
    return x * sigmoid(x) if x > FAR_LEFT else x_exp(x) if x <= FAR_LEFT else x


def mish(x: float) -> float:
    """x*tanh(softplus(x)), where tanh(log(1 + u)) is w/(w + 2) with w = u*(u + 2)."""
    if not FAR_LEFT < x < FAR_RIGHT:
        return x_exp(x) if x <= FAR_LEFT else x
    u = math.exp(x)
    w = u * (u + 2.0)
    return x * (w / (w + 2.0))


def softsign(x: float) -> float:
    """x/(1 + |x|), and its limits at the infinities."""
    return x / (1.0 + abs(x)) if not math.isinf(x) else math.copysign(1.0, x)


def step(x: float) -> float:
    """1 from 0 up, 0 below; NaN stays NaN."""
    return 1.0 if x >= 0 else 0.0 if x < 0 else x


ACTIVATIONS: tuple[Callable[..., float], ...] = (
    *(sigmoid, softplus, softsign, relu, leaky_relu, elu, selu, hard_tanh, step),
    *(gelu, gelu_slope, silu, silu_factor, mish, mish_factor),
)
"""Each has the name of its operator."""
