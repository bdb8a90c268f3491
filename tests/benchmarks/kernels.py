"""Value and gradient of a formula in every row of a table: gradcli's engines beside other ways, on one core.

Run it with the Python that has gradcli and its extra `data`: python tests/benchmarks/kernels.py [ROWS]
NumExpr, Numba, JAX, PyTorch and CasADi take part where they are installed. Every way has its columns in memory, fills
memory that was there before if its library can, and has run once; then all run in turn. Errors are against mpmath in
some rows, in units in the last place; where a formula cancels, no way in double precision is exact.
"""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence

import numpy as np
from contest import KEEP_MEMORY, Times, compared, race, restrict, table
from heading import asked, heading
from kernel_costs import compile_times, gradient_costs, thread_times
from peers import Peer, available
from peers.ours import LLVM
from precision import ulps
from problems import PROBLEMS, Array, Problem, sample

TOLERANCE = 1e-10
"""How far a column may be from gradcli's, as a part of its largest entry; sums likewise."""
SAMPLES = 100


def rows(problem: Problem, peers: Sequence[Peer], length: int, rounds: int) -> str:
    """A table of the ways to fill columns."""
    columns, outputs = problem.columns(length), problem.outputs(length)
    works = {peer.NAME: peer.rows(problem, columns, outputs) for peer in peers}
    exact = {row: problem.exact(columns, row) for row in sample(length, SAMPLES)}
    expected = [column.copy() for column in works[LLVM.NAME]()]
    errors = {}
    for name, work in works.items():
        for column in outputs:
            column.fill(math.nan)
        found = list(map(np.asarray, work()))
        _agree(f"{problem.name}: {name}", map(_distance, found, expected))
        errors[name] = max(
            ulps(float(column[row]), truth) for row in exact for column, truth in zip(found, exact[row], strict=True)
        )
    return _table(problem.title, race(works, rounds), length, errors)


def sums(problem: Problem, peers: Sequence[Peer], length: int, rounds: int) -> str:
    """A table of the ways to add up over all rows; errors are against the exact sums of gradcli's rows."""
    columns, outputs = problem.columns(length), problem.outputs(length)
    exact = [math.fsum(column) for column in LLVM.rows(problem, columns, outputs)()]
    del outputs
    works = {peer.NAME: peer.sums(problem, columns) for peer in peers}
    errors = {}
    for name, work in works.items():
        found = list(map(float, work()))
        _agree(f"{problem.name}: sums: {name}", (abs(a / b - 1) for a, b in zip(found, exact, strict=True)))
        errors[name] = max(abs(a - b) / math.ulp(b) for a, b in zip(found, exact, strict=True))
    return _table(f"Sums: {problem.title}", race(works, rounds), length, errors)


def _distance(found: Array, expected: Array) -> float:
    return float(np.abs(found - expected).max() / np.abs(expected).max())


def _agree(what: str, distances: Iterable[float]) -> None:
    """End where some distance is too large or no number."""
    worst = max(distances, key=lambda distance: (math.isnan(distance), distance))
    if not worst <= TOLERANCE:
        raise SystemExit(f"{what} is off by {worst:.1e}")


def _table(title: str, times: Times, length: int, errors: Mapping[str, float]) -> str:
    lines = ((name, *figures, f"{errors[name]:.1f}") for name, *figures in compared(times, LLVM.NAME, 1e9 / length))
    return table(title, "ns/row", f"÷ {LLVM.NAME}", "worst error, ulp", rows=lines)


def tables(length: int, rounds: int) -> Iterator[str]:
    """All tables, one after the other."""
    peers = available()
    yield heading("numpy", "scipy", "llvmlite", "numexpr", "numba", "jax", "torch", "casadi", "mpmath")
    yield f"{length:,} rows, the median of {rounds} rounds\n"
    for problem in PROBLEMS:
        yield rows(problem, peers, length, rounds)
    for problem in PROBLEMS:
        yield sums(problem, peers, length, rounds)
    yield gradient_costs(length, rounds)
    yield compile_times(rounds)
    yield thread_times(length, rounds)


def main() -> None:
    """Print the tables."""
    arguments = asked(__doc__, rows=10_000_000, rounds=5)
    restrict(1, **KEEP_MEMORY)
    for each in tables(arguments.rows, arguments.rounds):
        print(each, flush=True)


if __name__ == "__main__":
    main()
