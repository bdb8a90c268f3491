"""How far an engine may be from the scalar interpreter, and the numbers on which the two are compared."""

import random
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import product

import numpy as np
from numpy.typing import NDArray

from gradcli.compiler.columns import Compiled
from gradcli.errors import Source
from gradcli.evaluate.scalar import MEANINGS
from gradcli.graph.graph import Graph
from gradcli.kernels import LATE
from gradcli.language.program import Program
from gradcli.operators.row import Operator
from gradcli.operators.table import OPERATORS

Column = NDArray[np.float64]

SPECIAL = (
    0.0, -0.0, 1.0, -1.0, 0.5, -0.5, 1.5, 2.0, -2.0, 2.5, -2.5, 3.0, 10.0, 5e-324, -5e-324, 1e-320, 2.2250738585072014e-308,
    1e-160, 1e-20, -1e-8, 1 - 2**-53, 1 + 2**-52, -1 + 2**-53, 20.5, -20.5, 26.6, 37.9, -37.9, 38.5, -38.5, 171.7, 360.0,
    700.3, -700.3, 708.9, -708.9, 709.79, -744.5, -745.2, -1023.5, 1024.0, 1e16 + 2, 2**52 + 1.0, 1e22, 1e154, -1e160, 1e308,
    -1e308, float("inf"), float("-inf"), float("nan"),
)  # fmt: skip
"""What engines get wrong, if they get anything wrong."""
FEW = (0.0, -0.0, 1.0, -2.5, 1e-320, 700.3, 1e308, float("inf"), float("-inf"), float("nan"))
SPANS = (1.0, 5.0, 40.0, 800.0)
RARE_KERNELS = frozenset(name for names in LATE.values() for name in names)
"""Operators that take the scalar interpreter tens of microseconds."""

ROWS = list(OPERATORS.values())


def names(row: Operator) -> tuple[str, ...]:
    """The variables a row is tried on; a variadic one on two."""
    return ("x", "y") if row.variadic else row.operands


def program(row: Operator) -> Program:
    """The operator on its variables."""
    graph = Graph()
    variables = {name: graph.variable(name) for name in names(row)}
    output = graph.node(row.name, tuple(variables.values()))
    return Program(Source(row.name), graph, output, "f", {}, variables, (), len(graph))


def points(row: Operator) -> dict[str, Column]:
    """Columns of special numbers in every combination, of numbers near and far, and of random bits."""
    return _points(row.name)


@cache
def _points(name: str) -> dict[str, Column]:
    row = OPERATORS[name]
    arity, source = len(names(row)), random.Random(row.name)
    few = 250 if row.name in RARE_KERNELS else 4000
    table = [*product((SPECIAL, SPECIAL, FEW, FEW)[max(0, arity - 1)], repeat=arity)]
    if row.name in RARE_KERNELS:
        table = table[:: max(1, len(table) // 300)]
    table += [drawn for _ in range(few) for drawn in _drawn(row, arity, source)]
    return {name: np.array([point[at] for point in table]) for at, name in enumerate(names(row))}


def reference(row: Operator) -> Column:
    """What the scalar interpreter gives at the points of a row: what every engine is measured by."""
    return _reference(row.name)


@cache
def _reference(name: str) -> Column:
    return interpreted(name, list(_points(name).values()))


def interpreted(name: str, operands: Sequence[Column]) -> Column:
    """What the scalar interpreter gives of an operator in every row of its operands."""
    table = zip(*map(np.ndarray.tolist, operands), strict=True) if operands else [()]
    return np.array([MEANINGS[name](*point) for point in table])


def _drawn(row: Operator, arity: int, source: random.Random) -> Iterator[tuple[float, ...]]:
    span = source.choice(SPANS)
    yield tuple(source.uniform(-span, span) for _ in range(arity))
    yield tuple(source.uniform(*interval) for interval in row.sample * (arity if row.variadic else 1))
    yield tuple(source.choice((-1, 1)) * 10 ** source.uniform(-300, 300) for _ in range(arity))
    yield tuple(np.frombuffer(source.randbytes(8 * arity)).tolist())


def ulps(got: Column, wanted: Column) -> Column:
    """The distances in units in the last place; infinite where a NaN, an infinity or the sign of a zero differs."""
    with np.errstate(all="ignore"):
        distance = np.abs(got - wanted) / np.spacing(np.abs(wanted))
    same = (got == wanted) & (np.signbit(got) == np.signbit(wanted)) | np.isnan(got) & np.isnan(wanted)
    finite = np.isfinite(got) & np.isfinite(wanted) & (got != wanted)
    return np.where(same, 0.0, np.where(finite, distance, np.inf))


def worst(row: Operator, engine: str, uniform: Sequence[str] = ()) -> tuple[float, dict[str, float]]:
    """How far an engine is from the scalar interpreter at the worst of a row's points, and that point."""
    columns = points(row)
    length = len(next(iter(columns.values()), "1"))
    given = {name: float(column[7]) if name in uniform else column for name, column in columns.items()}
    got = Compiled(program(row), {}, engine=engine).rows(given, length)["f"]
    operands = [np.broadcast_to(given[name], length) for name in names(row)]
    distance = ulps(got, interpreted(row.name, operands) if uniform else reference(row))
    at = int(np.argmax(distance))
    return float(distance[at]), {name: float(column[at]) for name, column in zip(names(row), operands, strict=True)}
