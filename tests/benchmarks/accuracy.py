"""How far every operator's value and local derivatives are from mpmath's 90 digits, in units in the last place.

Run it with the Python that has gradcli and its test extra: python tests/benchmarks/accuracy.py
The points are drawn inside each operator's sample interval, over all scales of doubles, and on a grid of extremes.
"""

import statistics
import sys
from pathlib import Path

from heading import asked, heading
from mpmath import mp

sys.path.insert(0, str(Path(__file__).parents[1] / "support"))
from measure import draws, errors, extremes, inside, scales
from rows import ROWS, runner

from gradcli.operators.row import Operator


def worst(row: Operator, count: int) -> tuple[float, float]:
    """The largest error of the value, and of the derivatives."""
    run = runner(row)
    value = slope = 0.0
    for point in inside(row, [*draws(row, count), *scales(row, count), *extremes(row)]):
        off = errors(row, point, run(point))
        value, slope = max(value, off[0]), max(slope, *off[1:])
    return value, slope


def main() -> None:
    """Print a line for each operator, then the worst and the median of all."""
    count = asked(__doc__, points=300).points
    print(heading("mpmath"))
    found = []
    with mp.workdps(90):
        for row in ROWS:
            value, slope = worst(row, count)
            found += [value, slope]
            print(f"{row.name:>12}  value {value:4.2f}  derivatives {slope:4.2f}")
    print(f"worst {max(found):.2f} ulp, median {statistics.median(found):.2f} ulp, {len(ROWS)} operators")


if __name__ == "__main__":
    main()
