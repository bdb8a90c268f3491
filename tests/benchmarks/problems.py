"""The formulas of the kernel benchmark, their columns of numbers, and their truth in mpmath.

Depends on `formulas` for the truth.
"""

import random
from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
from formulas import Formula, Real, truth

Array = np.ndarray[Any, np.dtype[np.float64]]
Column = float | Array


class Problem(NamedTuple):
    """A formula and what is asked about it.

    text      the formula in gradcli's language
    wrt       the variables to differentiate by
    uniform   the variables that are the same in every row
    ranges    the variables that are columns, and the interval to draw from
    function  the formula in Python for the libraries that differentiate, over the mathematics of a library
    """

    key: str
    name: str
    text: str
    wrt: tuple[str, ...]
    uniform: dict[str, float]
    ranges: dict[str, tuple[float, float]]
    function: Callable[..., Any]

    @property
    def title(self) -> str:
        """The name with what is asked for."""
        return f"{self.name} by {', '.join(self.wrt)}"

    @property
    def variables(self) -> list[str]:
        """The order of the arguments in every peer."""
        return [*self.uniform, *self.ranges]

    @property
    def places(self) -> tuple[int, ...]:
        """Where the variables of `wrt` are among them."""
        return tuple(map(self.variables.index, self.wrt))

    def columns(self, rows: int) -> list[Column]:
        """An argument for each variable; always the same numbers."""
        draw = np.random.default_rng(1)
        return [*self.uniform.values(), *(draw.uniform(*interval, rows) for interval in self.ranges.values())]

    def outputs(self, rows: int) -> list[Array]:
        """Memory for the value and each derivative, touched once."""
        return [np.ones(rows) for _ in range(1 + len(self.wrt))]

    def exact(self, columns: list[Column], row: int) -> list[Real]:
        """The value and the derivatives in one row, to hundreds of digits."""
        numbers = (column if isinstance(column, float) else float(column[row]) for column in columns)
        point = dict(zip(self.variables, numbers, strict=True))
        return truth(Formula(self.text, dict.fromkeys(self.wrt, (0, 0))), point)


def squared_error(_: Any, w: Any, b: Any, x: Any, y: Any) -> Any:
    return (x * w + b - y) ** 2


def logistic_loss(m: Any, w: Any, b: Any, x: Any, y: Any) -> Any:
    p = m.sigmoid(w * x + b)
    return -(y * m.log(p) + (1 - y) * m.log(1 - p))


def black_scholes(m: Any, spot: Any, strike: Any, vol: Any, term: Any, rate: Any) -> Any:
    spread = vol * m.sqrt(term)
    d1 = (m.log(spot / strike) + (rate + vol**2 / 2) * term) / spread
    return spot * m.normal_cdf(d1) - strike * m.exp(-rate * term) * m.normal_cdf(d1 - spread)


LINE = {"w": 3.0, "b": 0.5}
D1 = "((log(S/K) + (r + v^2/2)*T)/(v*sqrt(T)))"

PROBLEMS = (
    Problem(
        "A",
        "(A) squared error",
        "(x*w + b - y)^2",
        ("w", "b", "x"),
        LINE,
        {"x": (-3, 3), "y": (-3, 3)},
        squared_error,
    ),
    Problem(
        "B",
        "(B) logistic loss",
        "-(y*log(sigmoid(w*x + b)) + (1 - y)*log(1 - sigmoid(w*x + b)))",
        ("w", "b"),
        LINE,
        {"x": (-3, 3), "y": (0, 1)},
        logistic_loss,
    ),
    Problem(
        "C",
        "(C) Black-Scholes call",
        f"S*normal_cdf({D1}) - K*exp(-r*T)*normal_cdf({D1} - v*sqrt(T))",
        ("S", "K", "v", "T", "r"),
        {},
        {"S": (80, 120), "K": (80, 120), "v": (0.1, 0.6), "T": (0.1, 2), "r": (0, 0.1)},
        black_scholes,
    ),
)


def sample(rows: int, count: int) -> list[int]:
    """Rows to compare with the truth, always the same ones."""
    return random.Random(1).sample(range(rows), min(count, rows))


def length_of(columns: list[Column]) -> int:
    """How many rows these columns have."""
    return next(len(column) for column in columns if not isinstance(column, float))
