"""Numba, derived by hand: one loop that reads each number once, in IEEE arithmetic (no fastmath)."""

from collections.abc import Callable, Sequence
from math import erfc, exp, log, pi, sqrt
from typing import Any

from numba import njit
from problems import Array, Column, Problem

NAME = "Numba"
compiled = njit(fastmath=False, error_model="numpy")


@compiled
def squared_error(w: float, b: float, x: float, y: float) -> Any:
    d = x * w + b - y
    d_b = 2 * d
    return d * d, d_b * x, d_b, d_b * w


@compiled
def logistic_loss(w: float, b: float, x: float, y: float) -> Any:
    z = x * w + b
    p = 1 / (1 + exp(-z))
    d_b = p - y
    return (1 - y) * z - log(p), d_b * x, d_b


@compiled
def normal_cdf(x: float) -> float:
    return 0.5 * erfc(x * -sqrt(0.5))


@compiled
def black_scholes(spot: float, strike: float, vol: float, term: float, rate: float) -> Any:
    root = sqrt(term)
    spread = vol * root
    d1 = (log(spot / strike) + rate * term) / spread + spread / 2
    delta = normal_cdf(d1)
    present = exp(-rate * term) * normal_cdf(d1 - spread)
    owed = strike * present
    density = spot * exp(-0.5 * d1 * d1) * (1 / sqrt(2 * pi))
    return spot * delta - owed, delta, -present, density * root, density * vol / (2 * root) + rate * owed, term * owed


@compiled
def squared_errors(w: float, b: float, x: Array, y: Array, f: Array, d_w: Array, d_b: Array, d_x: Array) -> None:
    for i in range(len(f)):
        f[i], d_w[i], d_b[i], d_x[i] = squared_error(w, b, x[i], y[i])


@compiled
def logistic_losses(w: float, b: float, x: Array, y: Array, f: Array, d_w: Array, d_b: Array) -> None:
    for i in range(len(f)):
        f[i], d_w[i], d_b[i] = logistic_loss(w, b, x[i], y[i])


@compiled
def options(
    spot: Array, strike: Array, vol: Array, term: Array, rate: Array,
    f: Array, d_spot: Array, d_strike: Array, d_vol: Array, d_term: Array, d_rate: Array,
) -> None:  # fmt: skip
    for i in range(len(f)):
        f[i], d_spot[i], d_strike[i], d_vol[i], d_term[i], d_rate[i] = black_scholes(
            spot[i], strike[i], vol[i], term[i], rate[i]
        )


@compiled
def sum_squared_errors(w: float, b: float, x: Array, y: Array) -> Any:
    f = d_w = d_b = d_x = 0.0
    for i in range(len(x)):
        here = squared_error(w, b, x[i], y[i])
        f, d_w, d_b, d_x = f + here[0], d_w + here[1], d_b + here[2], d_x + here[3]
    return f, d_w, d_b, d_x


@compiled
def sum_logistic_losses(w: float, b: float, x: Array, y: Array) -> Any:
    f = d_w = d_b = 0.0
    for i in range(len(x)):
        here = logistic_loss(w, b, x[i], y[i])
        f, d_w, d_b = f + here[0], d_w + here[1], d_b + here[2]
    return f, d_w, d_b


@compiled
def sum_options(spot: Array, strike: Array, vol: Array, term: Array, rate: Array) -> Any:
    f = d_spot = d_strike = d_vol = d_term = d_rate = 0.0
    for i in range(len(spot)):
        here = black_scholes(spot[i], strike[i], vol[i], term[i], rate[i])
        f, d_spot, d_strike = f + here[0], d_spot + here[1], d_strike + here[2]
        d_vol, d_term, d_rate = d_vol + here[3], d_term + here[4], d_rate + here[5]
    return f, d_spot, d_strike, d_vol, d_term, d_rate


ROWS = {"A": squared_errors, "B": logistic_losses, "C": options}
SUMS = {"A": sum_squared_errors, "B": sum_logistic_losses, "C": sum_options}


def rows(problem: Problem, columns: list[Column], outputs: list[Array]) -> Callable[[], Sequence[Array]]:
    compute = ROWS[problem.key]

    def run() -> list[Array]:
        compute(*columns, *outputs)
        return outputs

    return run


def sums(problem: Problem, columns: list[Column]) -> Callable[[], Sequence[float]]:
    compute = SUMS[problem.key]
    return lambda: compute(*columns)
