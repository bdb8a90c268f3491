"""What a gradient costs against a value, on a long formula in the scalar interpreter; parsing is timed apart.

Run it with the Python that has gradcli: python tests/benchmarks/gradient_cost.py
"""

import gc
import time
from statistics import median

from contest import race, ratio
from heading import asked, heading
from texts import bindings, long_sum

from gradcli.evaluate.gradient import Gradient
from gradcli.evaluate.scalar import evaluate_all
from gradcli.graph.walk import reachable
from gradcli.language import parse


def main() -> None:
    """Print the times of parsing, differentiating, value and gradient, and their ratio from one run."""
    arguments = asked(__doc__, operations=1_000_000, runs=7)
    print(heading())
    gc.disable()
    text, numbers = long_sum(arguments.operations), bindings()
    before = time.process_time()
    program = parse(text)
    parsed = time.process_time()
    needed = reachable(program.graph, [program.output])
    gradient = Gradient(program)
    derived = time.process_time()
    contestants = {
        "both": lambda: gradient.at(numbers),
        "value": lambda: evaluate_all(program.graph, needed, numbers),
    }
    times = race(contestants, arguments.runs, time.process_time)
    both, value = map(median, times.values())
    print(f"parse {parsed - before:.2f} s, differentiate {derived - parsed:.2f} s")
    print(f"value {value:.3f} s, value and gradient {both:.3f} s, ratio {ratio(times, 'both', 'value'):.2f}")


if __name__ == "__main__":
    main()
