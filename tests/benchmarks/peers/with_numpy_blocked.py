"""NumPy on blocks of rows that stay in cache, simplified by hand, every operation writing to given memory.

Sums of blocks are taken as those of whole columns.
"""

from collections.abc import Callable, Sequence
from math import pi, sqrt

import numpy as np
from problems import Array, Column, Problem, length_of
from scipy.special import ndtr

from peers.with_numpy_whole import SUMS

NAME = "NumPy, blocked in cache"
BLOCK = 16_384


def squared_error(columns: list[Column], outputs: list[Array], scratch: list[Array]) -> None:
    (w, b, x, y), (f, d_w, d_b, d_x), (d, *_) = columns, outputs, scratch
    np.multiply(x, w, d)
    np.add(d, b, d)
    np.subtract(d, y, d)
    np.multiply(d, d, f)
    np.add(d, d, d_b)
    np.multiply(d_b, x, d_w)
    np.multiply(d_b, w, d_x)


def logistic_loss(columns: list[Column], outputs: list[Array], scratch: list[Array]) -> None:
    (w, b, x, y), (f, d_w, d_b), (z, p, *_) = columns, outputs, scratch
    np.multiply(x, w, z)
    np.add(z, b, z)
    np.negative(z, p)
    np.exp(p, p)
    np.add(p, 1, p)
    np.reciprocal(p, p)
    np.subtract(p, y, d_b)
    np.multiply(d_b, x, d_w)
    np.log(p, p)
    np.subtract(1, y, f)
    np.multiply(f, z, f)
    np.subtract(f, p, f)


def black_scholes(columns: list[Column], outputs: list[Array], scratch: list[Array]) -> None:
    spot, strike, vol, term, rate = columns
    f, d_spot, d_strike, d_vol, d_term, d_rate = outputs
    root, spread, d, t = scratch
    np.sqrt(term, root)
    np.multiply(vol, root, spread)
    np.divide(spot, strike, d)
    np.log(d, d)
    np.multiply(rate, term, t)
    np.add(d, t, d)
    np.divide(d, spread, d)
    np.multiply(spread, 0.5, d_vol)
    np.add(d, d_vol, d)
    ndtr(d, d_spot)
    np.negative(t, t)
    np.exp(t, t)
    np.subtract(d, spread, spread)
    ndtr(spread, d_strike)
    np.multiply(d_strike, t, d_strike)
    np.multiply(d_strike, strike, t)
    np.negative(d_strike, d_strike)
    np.multiply(spot, d_spot, f)
    np.subtract(f, t, f)
    np.multiply(term, t, d_rate)
    np.multiply(d, d, d)
    np.multiply(d, -0.5, d)
    np.exp(d, d)
    np.multiply(d, 1 / sqrt(2 * pi), d)
    np.multiply(d, spot, d)
    np.multiply(d, root, d_vol)
    np.divide(d, root, d)
    np.multiply(d, vol, d)
    np.multiply(d, 0.5, d)
    np.multiply(rate, t, d_term)
    np.add(d_term, d, d_term)


ROWS = {"A": squared_error, "B": logistic_loss, "C": black_scholes}


def rows(problem: Problem, columns: list[Column], outputs: list[Array]) -> Callable[[], Sequence[Array]]:
    compute, scratch = ROWS[problem.key], [np.empty(BLOCK) for _ in range(4)]

    def run() -> list[Array]:
        for start in range(0, len(outputs[0]), BLOCK):
            here = [column[start : start + BLOCK] for column in outputs]
            compute(cut(columns, start), here, [column[: len(here[0])] for column in scratch])
        return outputs

    return run


def sums(problem: Problem, columns: list[Column]) -> Callable[[], Sequence[float]]:
    compute, starts = SUMS[problem.key], range(0, length_of(columns), BLOCK)
    return lambda: list(np.sum([compute(*cut(columns, start)) for start in starts], axis=0))


def cut(columns: list[Column], start: int) -> list[Column]:
    """A block of the columns."""
    return [column if isinstance(column, float) else column[start : start + BLOCK] for column in columns]
