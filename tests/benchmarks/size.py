"""How time and memory grow with the length of a formula: text → value and gradient, as whole processes.

Run it with the Python that has gradcli: python tests/benchmarks/size.py
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

from heading import GRADCLI, heading
from texts import bindings, long_sum

SHAPES = {
    "100,000 nested parentheses": ("(" * 100_000 + "x" + ")" * 100_000, "1"),
    "a flat sum of 200,000 terms": (" + ".join(["x"] * 200_000), "200000"),
    "sin(sin(…)) 100,000 deep": ("sin(" * 100_000 + "x" + ")" * 100_000, None),
}


class Process(NamedTuple):
    """What one process took: wall and processor seconds, peak memory in MB, and what it printed."""

    wall: float
    processor: float
    peak: float
    output: str


def run(text: str, numbers: dict[str, float], folder: Path) -> Process:
    """One gradcli process on a text: value and gradient in plain lines."""
    (folder / "text").write_text(text)
    (folder / "bindings.json").write_text(json.dumps(numbers))
    before = time.perf_counter()
    process = subprocess.Popen(
        [GRADCLI, "grad", f"@{folder / 'text'}", "--bind", str(folder / "bindings.json")], stdout=subprocess.PIPE
    )
    output = process.stdout.read().decode() if process.stdout else ""
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"gradcli ended with {process.returncode}")
    kilobytes = usage.ru_maxrss / (1000 if sys.platform == "darwin" else 1)
    return Process(time.perf_counter() - before, usage.ru_utime + usage.ru_stime, kilobytes * 1.024 / 1000, output)


def main() -> None:
    """Print a line for each size, then one for each shape."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--operations", type=int, nargs="*", default=[125_000, 250_000, 500_000, 1_000_000])
    sizes = parser.parse_args().operations
    print(heading())
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        floor = run("x", {"x": 1.0}, folder).peak
        for operations in sizes:
            text = long_sum(operations)
            took = run(text, bindings(), folder)
            each = (took.peak - floor) * 1e6 / operations
            print(
                f"{operations:>9,} operations, {len(text) / 1e6:.1f} MB: {_figures(took)}, {each:3.0f} bytes an operation"
            )
        for shape, (text, expected) in SHAPES.items():
            took = run(text, {"x": 1.0}, folder)
            value, gradient = (line.split("\t")[1] for line in took.output.splitlines()[:2])
            print(f"{shape}: value {value}, gradient {gradient}, {_figures(took)}")
            if expected and gradient != expected:
                raise SystemExit(f"the gradient should be {expected}")


def _figures(took: Process) -> str:
    return f"{took.wall:.2f} s ({took.processor:.2f} s of processor time), {took.peak:.0f} MB"


if __name__ == "__main__":
    main()
