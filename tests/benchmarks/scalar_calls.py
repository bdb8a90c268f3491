"""What a call of a compiled formula costs, against functions that a good programmer writes with `math` by hand.

Run it with the Python that has gradcli: python tests/benchmarks/scalar_calls.py
The functions by hand are the forward pass and the chain rule, with what is common computed once; they check nothing.
Contestants are called in turn, with the same floats, round after round.
"""

import timeit
from collections.abc import Callable, Mapping
from math import erfc, exp, isclose, log, pi, sqrt
from statistics import median
from typing import Any, NamedTuple

from contest import pin, race, ratio, table
from heading import asked, heading

import gradcli

CALLS = 5_000
ROOT_HALF, BELL = sqrt(0.5), 1 / sqrt(2 * pi)

Answer = tuple[float, dict[str, float]]


def square(x: float, w: float, b: float, y: float) -> Answer:
    """The squared error of a line."""
    rest = x * w + b - y
    slope = 2 * rest
    return rest * rest, {"w": slope * x, "b": slope, "x": slope * w}


def entropy(y: float, w: float, x: float, b: float) -> Answer:
    """The cross-entropy of a logistic neuron, whose slope by its input is p - y."""
    p = 1 / (1 + exp(-(w * x + b)))
    slope = p - y
    return -(y * log(p) + (1 - y) * log(1 - p)), {"w": slope * x, "b": slope}


def call_option(s: float, k: float, r: float, v: float, t: float) -> Answer:
    """The price of a call after Black and Scholes: every line of the formula, then back through the lines."""
    root = sqrt(t)
    spread = v * root
    top = log(s / k) + (r + v * v / 2) * t
    d1 = top / spread
    d2 = d1 - spread
    above, below = 0.5 * erfc(-d1 * ROOT_HALF), 0.5 * erfc(-d2 * ROOT_HALF)
    discount = exp(-r * t)
    by_d2 = -k * discount * BELL * exp(-d2 * d2 / 2)
    by_d1 = s * BELL * exp(-d1 * d1 / 2) + by_d2
    by_top = by_d1 / spread
    by_spread = -by_d2 - by_top * d1
    by_exponent = -k * below * discount
    gradient = {
        "s": above + by_top / s,
        "k": -discount * below - by_top / k,
        "v": by_spread * root + by_top * v * t,
        "t": by_top * (r + v * v / 2) + by_spread * v / (2 * root) - by_exponent * r,
        "r": by_top * t - by_exponent * t,
    }
    return s * above - k * discount * below, gradient


def greeks(s: float, k: float, r: float, v: float, t: float) -> Answer:
    """The same with the Greeks of a textbook, in which all but one of the bells have cancelled."""
    root = sqrt(t)
    spread = v * root
    d1 = (log(s / k) + (r + v * v / 2) * t) / spread
    above, below = 0.5 * erfc(-d1 * ROOT_HALF), 0.5 * erfc((spread - d1) * ROOT_HALF)
    discount = exp(-r * t)
    strike = k * discount * below
    bell = s * BELL * exp(-d1 * d1 / 2)
    gradient = {
        "s": above,
        "k": -discount * below,
        "v": bell * root,
        "t": bell * v / (2 * root) + r * strike,
        "r": t * strike,
    }
    return s * above - strike, gradient


class Case(NamedTuple):
    """A formula, the variables of its gradient, the function by hand, and a point."""

    text: str
    wrt: str
    by_hand: Callable[..., Answer]
    point: tuple[float, ...]


OPTION = """
d1 = (log(s/k) + (r + v^2/2)*t)/(v*sqrt(t))
d2 = d1 - v*sqrt(t)
s*normal_cdf(d1) - k*exp(-r*t)*normal_cdf(d2)
"""
CASES: Mapping[str, Case] = {
    "squared error": Case("(x*w + b - y)^2", "w, b, x", square, (1.2, 1.5, 0.25, 0.3)),
    "cross-entropy": Case(
        "-(y*log(sigmoid(w*x + b)) + (1 - y)*log(1 - sigmoid(w*x + b)))", "w, b", entropy, (0.3, 1.5, 1.2, 0.25)
    ),
    "Black-Scholes": Case(OPTION, "s, k, v, t, r", call_option, (100.0, 95.0, 0.03, 0.2, 1.5)),
    "its Greeks": Case(OPTION, "s, k, v, t, r", greeks, (100.0, 95.0, 0.03, 0.2, 1.5)),
}


def repeated(function: Callable[..., Any], point: tuple[float, ...]) -> Callable[[], float]:
    """Many calls with the same arguments, written out as a program has them."""
    numbers = {f"x{i}": x for i, x in enumerate(point)}
    timer = timeit.Timer(f"f({', '.join(numbers)})", globals={"f": function, **numbers})
    return lambda: timer.timeit(CALLS)


def agree(one: Answer, other: Any) -> bool:
    """Whether two answers are the same numbers, but for rounding."""
    (value, gradient), (other_value, other_gradient) = one, other
    pairs = [(value, other_value), *((gradient[name], other_gradient[name]) for name in other_gradient)]
    return gradient.keys() == other_gradient.keys() and all(isclose(a, b, rel_tol=1e-12) for a, b in pairs)


def row(name: str, case: Case, rounds: int) -> list[str]:
    """The line of a formula: nanoseconds by hand, against gradcli's fastest, and gradcli's against those by hand."""
    f = gradcli.compile(case.text, wrt=case.wrt)
    contestants: dict[str, Callable[..., Any]] = {"f": f, "f.__call__": f.__call__, "f.scalar": f.scalar}
    for function in contestants.values():
        assert agree(case.by_hand(*case.point), function(*case.point)), name
    works = {title: repeated(function, case.point) for title, function in contestants.items()}
    times = race({"by hand": repeated(case.by_hand, case.point), **works}, rounds)
    nanoseconds = median(times["by hand"]) / CALLS * 1e9
    pairs = [("by hand", "f.scalar"), *((title, "by hand") for title in contestants)]
    return [name, f"{nanoseconds:.0f} ns", *(f"{ratio(times, *pair):.2f}" for pair in pairs)]


def main() -> None:
    """Print a table."""
    rounds = asked(__doc__, rounds=101).rounds
    pin(1)
    print(heading())
    rows = [row(name, case, rounds) for name, case in CASES.items()]
    ours = (f"{title} ÷ by hand" for title in ("f(…)", "f.__call__(…)", "f.scalar(…)"))
    print(table("formula", "by hand", "÷ f.scalar(…)", *ours, rows=rows))


if __name__ == "__main__":
    main()
