"""CasADi: a symbolic function with its reverse gradient, over a block of rows as vectors, mapped over the blocks.

A map over single rows takes fifty times as long: the virtual machine's calls cost more than the arithmetic.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from math import sqrt
from types import SimpleNamespace
from typing import Any

import casadi
import numpy as np
from problems import Array, Column, Problem, length_of

NAME = "CasADi"
BLOCK = 4096
MATHEMATICS = SimpleNamespace(
    exp=casadi.exp,
    log=casadi.log,
    sqrt=casadi.sqrt,
    sigmoid=lambda x: 1 / (1 + casadi.exp(-x)),
    normal_cdf=lambda x: (1 + casadi.erf(x * sqrt(0.5))) / 2,
)

Bound = tuple[Any, Callable[[], None]]


def rows(problem: Problem, columns: list[Column], outputs: list[Array]) -> Callable[[], Sequence[Array]]:
    bounds = []
    for start, size, count in _pieces(len(outputs[0])):
        vectors = [np.full(size, column) if isinstance(column, float) else column[start:] for column in columns]
        mapped = _gradient(problem, [size] * len(columns)).map("rows", "serial", count, _uniform(columns), [])
        bounds.append(_bound(mapped, vectors, [column[start:] for column in outputs]))

    def run() -> list[Array]:
        _run(bounds)
        return outputs

    return run


def sums(problem: Problem, columns: list[Column]) -> Callable[[], Sequence[float]]:
    bounds, totals = [], []
    for start, size, count in _pieces(length_of(columns)):
        given = [np.array([column]) if isinstance(column, float) else column[start:] for column in columns]
        sizes = [1 if isinstance(column, float) else size for column in columns]
        totals.append([np.zeros(1) for _ in range(1 + len(problem.wrt))])
        mapped = _gradient(problem, sizes, casadi.sum1)
        every = list(range(len(totals[-1])))
        bounds.append(_bound(mapped.map("sums", "serial", count, _uniform(columns), every), given, totals[-1]))

    def run() -> list[float]:
        _run(bounds)
        return [sum(part.item() for part in parts) for parts in zip(*totals, strict=True)]

    return run


def _pieces(length: int) -> Iterator[tuple[int, int, int]]:
    """Where the whole blocks and the rest start, the rows of a block, and how many blocks."""
    count, rest = divmod(length, BLOCK)
    if count:
        yield 0, BLOCK, count
    if rest:
        yield length - rest, rest, 1


def _gradient(
    problem: Problem, sizes: list[int], end: Callable[[casadi.MX], casadi.MX] = lambda vector: vector
) -> casadi.Function:
    """The value and the derivatives over vectors of these sizes; `end` is what is done to them at last."""
    symbols = [casadi.MX.sym(name, size) for name, size in zip(problem.variables, sizes, strict=True)]
    value = problem.function(MATHEMATICS, *symbols)
    slopes = [casadi.gradient(casadi.sum1(value), symbols[place]) for place in problem.places]
    return casadi.Function("block", symbols, [end(vector) for vector in (value, *slopes)])


def _uniform(columns: list[Column]) -> list[int]:
    return [place for place, column in enumerate(columns) if isinstance(column, float)]


def _bound(function: casadi.Function, given: list[Array], outputs: list[Array]) -> Bound:
    """The call that reads and writes this memory, after all that it needs and does not keep."""
    buffer, call = function.buffer()
    for place, column in enumerate(given):
        buffer.set_arg(place, column.data)
    for place, column in enumerate(outputs):
        buffer.set_res(place, column.data)
    return (buffer, given, outputs), call


def _run(bounds: Iterable[Bound]) -> None:
    for _, call in bounds:
        call()
