"""How far gradients are from the truth under `--precision double`, `auto` and `exact`, and what `auto` costs.

And how many answers need more than doubles where numbers are the decimals that are typed, and where they are doubles.

Run it with the Python that has gradcli and its test extra: python tests/benchmarks/precision.py
The truth is mpmath's, by difference quotients of 1,000 digits: see formulas.py.
"""

import gc
import math
import resource
import statistics
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any

from contest import Times, race, ratio
from formulas import FORMULAS, Formula, points, truth
from heading import asked, heading
from mpmath import mp
from texts import bindings, long_sum

import gradcli
from gradcli.errors import Source
from gradcli.evaluate.constant import constant
from gradcli.evaluate.gradient import Gradient
from gradcli.language import parse
from gradcli.precision.error_bounds import Bounds
from gradcli.precision.settle import filter_of, settle

PRECISIONS = ("double", "auto", "exact")
EDGES = (0.5, 1.0, 4.0, 16.0, 1000.0, 1e6, math.inf)


def errors(it: Formula, count: int) -> dict[str, list[float]]:
    """The errors in ulp of every value and every gradient entry at so many points, by precision."""
    program = parse(it.text, variables=it.ranges)
    gradient = Gradient(program, {name: program.variables[name] for name in it.ranges})
    found: dict[str, list[float]] = {precision: [] for precision in PRECISIONS}
    for point in points(it, count):
        exact = truth(it, point)
        for precision in PRECISIONS:
            got = settle(gradient, point, precision).point
            found[precision] += map(ulps, (got.value, *got.gradient.values()), exact)
    return found


def in_need(it: Formula, count: int) -> Counter[str]:
    """How many of the answers at so many points need more than doubles, as numbers of six digits are taken."""
    found: Counter[str] = Counter(answers=0, doubles=0, decimals=0, both=0)
    for point in points(it, count):
        texts = {name: f"{number:.6g}" for name, number in point.items()}
        as_doubles = _lost(it, {name: float(text) for name, text in texts.items()}, literals=False)
        as_decimals = _lost(it, {name: constant(Source(text, name)) for name, text in texts.items()}, literals=True)
        found.update(answers=1, doubles=as_doubles, decimals=as_decimals, both=as_doubles and as_decimals)
    return found


def _lost(it: Formula, bindings: Mapping[str, float], *, literals: bool) -> bool:
    """Whether the bound of a double is too wide for the promise; without `literals` they are doubles, as bindings."""
    program = parse(it.text, variables=it.ranges)
    gradient = Gradient(program, {name: program.variables[name] for name in it.ranges})
    numbers = {} if literals else {at: leaf for at, leaf in program.graph.leaves.items() if isinstance(leaf, float)}
    program.graph.leaves |= {at: f"#{at}" for at in numbers}  # variables, which are bound to doubles
    bounds = Bounds(
        program.graph, gradient.needed, {**bindings, **{f"#{at}": number for at, number in numbers.items()}}
    )
    return any(bounds.settled(node) is None for node in gradient.outputs)


def ulps(got: float, exact: Any) -> float:
    """The distance in units in the last place of the truth; infinite for a number that is none."""
    near = float(exact)
    if not math.isfinite(got) or not math.isfinite(near):
        return 0.0 if got == near else math.inf
    with mp.workdps(60):
        return float(abs(mp.mpf(got) - exact) / mp.mpf(math.ulp(near)))


def cost(operations: int, runs: int) -> Times:
    """Seconds of `double` and of `auto`: differentiate and evaluate a long text, side by side."""
    text, numbers = long_sum(operations), bindings()
    times: dict[str, list[float]] = {"double": [], "auto": []}
    for _ in range(runs):
        for precision, taken in times.items():
            program = parse(text)
            gc.collect()
            before = time.process_time()
            settle(Gradient(program), numbers, precision)
            taken.append(time.process_time() - before)
    return times


def again(it: Formula, runs: int) -> Times | None:
    """Seconds of `double` and of `auto` for a formula that is parsed once and asked often; None where `auto` asks more."""
    program, point = gradcli.parse(it.text, variables=it.ranges), next(iter(points(it, 1)))
    gradient = Gradient(program, {name: program.variables[name] for name in it.ranges})
    if not all(map(filter_of(gradient).at(point).is_right, gradient.outputs)):
        return None

    def asking(precision: str) -> Callable[[], object]:
        return lambda: [gradcli.gradient(program, point, precision=precision) for _ in range(50)]

    return race({precision: asking(precision) for precision in ("double", "auto")}, runs, time.process_time)


def start(runs: int) -> Times:
    """Seconds of a whole process that answers README's first question, by precision."""
    times: dict[str, list[float]] = {"double": [], "auto": []}
    for _ in range(runs):
        for precision, taken in times.items():
            command = ["gradcli", "grad", "(x*w-2)**2", "--x", "2", "--w", "3", "--precision", precision]
            before = resource.getrusage(resource.RUSAGE_CHILDREN)
            subprocess.run([sys.executable, "-m", *command], check=True, capture_output=True)
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
            taken.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return times


def main() -> None:
    """Print the distribution of errors for each precision, the worst formulas, and the cost."""
    arguments = asked(__doc__, points=10, operations=80_000, runs=3)
    print(heading("mpmath"))
    found = {it.text: errors(it, arguments.points) for it in FORMULAS}
    for precision in PRECISIONS:
        _distribution(precision, [error for each in found.values() for error in each[precision]])
    for text, each in found.items():
        if max(each["auto"]) > 16 or max(each["exact"]) > 0.5:
            print(f"broken: {text}: auto {max(each['auto'])}, exact {max(each['exact'])}")
    need = sum((in_need(it, arguments.points) for it in FORMULAS), Counter[str]())
    print(
        f"more than doubles: {need['doubles']} of {need['answers']} answers where numbers are doubles, "
        f"{need['decimals']} where they are typed ({need['both']} of them the same)"
    )
    for operations in (50, 5_000, arguments.operations):
        _ratio(f"{operations:,} operations", cost(operations, arguments.runs))
    asked_again = [times for it in FORMULAS if (times := again(it, 3 * arguments.runs))]
    ratios = sorted(ratio(times, "auto", "double") for times in asked_again)
    print(f"{len(ratios)} formulas asked again: ratio {statistics.median(ratios):.2f}, at most {ratios[-1]:.2f}")
    _ratio("a process", start(10 * arguments.runs))


def _ratio(what: str, times: Times) -> None:
    double, auto = map(statistics.median, times.values())
    print(f"{what}: double {double:.3g} s, auto {auto:.3g} s, ratio {ratio(times, 'auto', 'double'):.2f}")


def _distribution(precision: str, found: list[float]) -> None:
    counts = Counter(next(edge for edge in EDGES if error <= edge) for error in found)
    shares = ", ".join(f"≤ {edge:g}: {counts[edge]}" for edge in EDGES)
    print(
        f"{precision:>6}  {len(found)} numbers, median {statistics.median(found):.2f}, worst {max(found):.4g} ulp;  {shares}"
    )


if __name__ == "__main__":
    main()
