"""Contestants run in turn, round after round, on so many cores; their times, and tables of them in Markdown.

Depends on nothing but the system. Ratios are taken round by round, so that they hold when the machine's speed drifts.
"""

import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from statistics import median

Clock = Callable[[], float]
Times = Mapping[str, Sequence[float]]

THREADS = (
    "OMP_NUM_THREADS",
    "OPENBLAS_NUM_THREADS",
    "MKL_NUM_THREADS",
    "NUMEXPR_NUM_THREADS",
    "NUMBA_NUM_THREADS",
    "POLARS_MAX_THREADS",
    "GOMAXPROCS",
)
"""Where libraries and languages look for how many threads they may start."""
KEEP_MEMORY = {
    "MALLOC_MMAP_MAX_": "0",
    "MALLOC_TRIM_THRESHOLD_": "100000000000",
    "MALLOC_TOP_PAD_": "268435456",
    "GLIBC_TUNABLES": "glibc.malloc.hugetlb=1",
}
"""What tells the GNU allocator to keep what is freed, in large pages: who allocates in every call need not wait."""
MARK = "CONTEST_CORES"


def restrict(cores: int, **settings: str) -> None:
    """Start this program again on so many cores in such an environment: libraries look at both when they load."""
    if os.environ.get(MARK) != str(cores):
        environment = {**os.environ, **dict.fromkeys((*THREADS, MARK), str(cores)), **settings}
        pin(cores)
        os.execve(sys.executable, [sys.executable, *sys.argv], environment)


def pin(cores: int) -> None:
    """Keep this thread, and what it starts from now on, on so many cores; where the system can."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, range(cores))


def race(contestants: Mapping[str, Callable[[], object]], rounds: int, clock: Clock = time.perf_counter) -> Times:
    """The seconds of every contestant in every round. Each should have run once before."""
    times: dict[str, list[float]] = {name: [] for name in contestants}
    for _ in range(rounds):
        for name, work in contestants.items():
            times[name].append(seconds(work, clock))
    return times


def seconds(work: Callable[[], object], clock: Clock = time.perf_counter) -> float:
    """The time on the clock of one call."""
    before = clock()
    work()
    return clock() - before


def ratio(times: Times, name: str, reference: str) -> float:
    """How many times as long `name` takes as `reference`."""
    return median(a / b for a, b in zip(times[name], times[reference], strict=True))


def compared(times: Times, reference: str, scale: float = 1.0) -> Iterator[tuple[str, str, str]]:
    """For every contestant its name, its time in a unit of which a second has so many, and its ratio to another's."""
    for name in times:
        yield name, f"{median(times[name]) * scale:.2f}", f"{ratio(times, name, reference):.2f}"


def table(*header: str, rows: Iterable[Sequence[str]]) -> str:
    """A table in Markdown: words in the first column, numbers in the others."""
    rule = ["---", *["---:"] * (len(header) - 1)]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in (header, rule, *rows)) + "\n"
