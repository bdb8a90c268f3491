"""NumExpr, derived by hand; it cuts columns to the cache by itself. It has no normal distribution: that is SciPy's."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numexpr
import numpy as np
from problems import Array, Column, Problem, length_of
from scipy.special import ndtr

NAME = "NumExpr"


def squared_error(w: Any, b: Any, x: Any, y: Any, f: Array, d_w: Array, d_b: Array, d_x: Array) -> None:
    numexpr.evaluate("2*(x*w + b - y)", out=d_b)
    numexpr.evaluate("d_b*d_b*0.25", out=f)
    numexpr.evaluate("d_b*x", out=d_w)
    numexpr.evaluate("d_b*w", out=d_x)


def logistic_loss(w: Any, b: Any, x: Any, y: Any, f: Array, d_w: Array, d_b: Array) -> None:
    numexpr.evaluate("1/(1 + exp(-(x*w + b)))", out=d_w)
    numexpr.evaluate("(1 - y)*(x*w + b) - log(d_w)", out=f)
    numexpr.evaluate("d_w - y", out=d_b)
    numexpr.evaluate("d_b*x", out=d_w)


def black_scholes(
    spot: Any, strike: Any, vol: Any, term: Any, rate: Any,
    f: Array, d_spot: Array, d_strike: Array, d_vol: Array, d_term: Array, d_rate: Array,
) -> None:  # fmt: skip
    d1 = numexpr.evaluate("(log(spot/strike) + (rate + vol*vol*0.5)*term)/(vol*sqrt(term))", out=d_vol)
    d2 = numexpr.evaluate("d1 - vol*sqrt(term)", out=d_term)
    ndtr(d1, d_spot)
    ndtr(d2, d_strike)
    numexpr.evaluate("spot*sqrt(term)*exp(d1*d1*-0.5)*0.3989422804014327", out=d_vol)
    numexpr.evaluate("-exp(-rate*term)*d_strike", out=d_strike)
    numexpr.evaluate("spot*d_spot + strike*d_strike", out=f)
    numexpr.evaluate("-term*strike*d_strike", out=d_rate)
    numexpr.evaluate("d_vol*vol/(2*term) - rate*strike*d_strike", out=d_term)


ROWS: Mapping[str, Callable[..., object]] = {"A": squared_error, "B": logistic_loss, "C": black_scholes}


def rows(problem: Problem, columns: list[Column], outputs: list[Array]) -> Callable[[], Sequence[Array]]:
    compute = ROWS[problem.key]

    def run() -> list[Array]:
        compute(*columns, *outputs)
        return outputs

    return run


def sums(problem: Problem, columns: list[Column]) -> Callable[[], Sequence[float]]:
    length = length_of(columns)
    run = rows(problem, columns, [np.empty(length) for _ in range(1 + len(problem.wrt))])
    return lambda: [column.sum() for column in run()]
