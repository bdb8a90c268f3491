"""What a gradient costs against a value, on a long formula in the scalar interpreter; parsing is timed apart.

Run it with the Python that has gradcli: python tests/benchmarks/gradient_cost.py
"""

import argparse
import gc
import statistics
import time
from collections.abc import Callable

from texts import bindings, long_sum

from gradcli.evaluate.gradient import Gradient
from gradcli.evaluate.scalar import evaluate_all
from gradcli.graph.walk import reachable
from gradcli.language import parse


def seconds(work: Callable[[], object]) -> float:
    """Processor time of one call."""
    before = time.process_time()
    work()
    return time.process_time() - before


def main() -> None:
    """Print the times of parsing, differentiating, value and gradient, and their ratio from one run."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--operations", type=int, default=1_000_000)
    parser.add_argument("--runs", type=int, default=7)
    arguments = parser.parse_args()
    gc.disable()
    text, numbers = long_sum(arguments.operations), bindings()
    before = time.process_time()
    program = parse(text)
    parsed = time.process_time()
    needed = reachable(program.graph, [program.output])
    gradient = Gradient(program)
    derived = time.process_time()
    pairs = [
        (seconds(lambda: gradient.at(numbers)), seconds(lambda: evaluate_all(program.graph, needed, numbers)))
        for _ in range(arguments.runs)
    ]
    both, value = (statistics.median(column) for column in zip(*pairs, strict=True))
    ratio = statistics.median(a / b for a, b in pairs)
    print(f"parse {parsed - before:.2f} s, differentiate {derived - parsed:.2f} s")
    print(f"value {value:.3f} s, value and gradient {both:.3f} s, ratio {ratio:.2f}")


if __name__ == "__main__":
    main()
