"""NumPy on whole columns, simplified by hand: what one writes who knows the derivatives and values short code."""

from collections.abc import Callable, Mapping, Sequence
from math import pi, sqrt
from typing import Any

import numpy as np
from problems import Array, Column, Problem
from scipy.special import ndtr

NAME = "NumPy, whole columns"


def squared_error(w: Any, b: Any, x: Any, y: Any) -> list[Any]:
    d = x * w + b - y
    d_b = 2 * d
    return [d * d, d_b * x, d_b, d_b * w]


def logistic_loss(w: Any, b: Any, x: Any, y: Any) -> list[Any]:
    z = x * w + b
    p = 1 / (1 + np.exp(-z))
    d_b = p - y
    return [(1 - y) * z - np.log(p), d_b * x, d_b]


def black_scholes(spot: Any, strike: Any, vol: Any, term: Any, rate: Any) -> list[Any]:
    root = np.sqrt(term)
    spread = vol * root
    d1 = (np.log(spot / strike) + rate * term) / spread + spread / 2
    delta = ndtr(d1)
    present = np.exp(-rate * term) * ndtr(d1 - spread)
    owed = strike * present
    vega = spot * root * np.exp(d1 * d1 * -0.5) * (1 / sqrt(2 * pi))
    return [spot * delta - owed, delta, -present, vega, vega * vol / (2 * term) + rate * owed, term * owed]


def sum_squared_errors(w: Any, b: Any, x: Any, y: Any) -> list[Any]:
    d = x * w + b - y
    d_b = 2 * d.sum()
    return [d @ d, 2 * (d @ x), d_b, d_b * w]


def sum_logistic_losses(w: Any, b: Any, x: Any, y: Any) -> list[Any]:
    z = x * w + b
    p = 1 / (1 + np.exp(-z))
    d_b = p - y
    return [(1 - y) @ z - np.log(p).sum(), d_b @ x, d_b.sum()]


def sum_options(*columns: Any) -> list[Any]:
    return [column.sum() for column in black_scholes(*columns)]


ROWS: Mapping[str, Callable[..., Sequence[Array]]] = {"A": squared_error, "B": logistic_loss, "C": black_scholes}
SUMS: Mapping[str, Callable[..., Sequence[float]]] = {
    "A": sum_squared_errors,
    "B": sum_logistic_losses,
    "C": sum_options,
}


def rows(problem: Problem, columns: list[Column], outputs: list[Array]) -> Callable[[], Sequence[Array]]:
    compute = ROWS[problem.key]
    return lambda: compute(*columns)


def sums(problem: Problem, columns: list[Column]) -> Callable[[], Sequence[float]]:
    compute = SUMS[problem.key]
    return lambda: compute(*columns)
