"""How time and memory grow with the length of a formula: text → value and gradient, as whole processes.

Run it with the Python that has gradcli: python tests/benchmarks/size.py
"""

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from texts import bindings, long_sum

SHAPES = {
    "100,000 nested parentheses": ("(" * 100_000 + "x" + ")" * 100_000, "1"),
    "a flat sum of 200,000 terms": (" + ".join(["x"] * 200_000), "200000"),
    "sin(sin(…)) 100,000 deep": ("sin(" * 100_000 + "x" + ")" * 100_000, None),
}


def run(text: str, numbers: dict[str, float], folder: Path) -> tuple[float, float, str]:
    """Seconds, peak memory in MB and the output of one gradcli process on a text."""
    (folder / "text").write_text(text)
    (folder / "bindings.json").write_text(json.dumps(numbers))
    command = [
        str(Path(sys.executable).parent / "gradcli"),
        "grad",
        f"@{folder / 'text'}",
        "--bind",
        str(folder / "bindings.json"),
    ]
    before = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.PIPE)  # noqa: S603
    output = process.stdout.read().decode() if process.stdout else ""
    _, status, usage = __import__("os").wait4(process.pid, 0)
    if status:
        raise SystemExit(f"gradcli failed with status {status}")
    return time.perf_counter() - before, usage.ru_maxrss / (1 if sys.platform == "darwin" else 1024), output


def main() -> None:
    """Print a line for each size, then one for each shape."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--operations", type=int, nargs="*", default=[125_000, 250_000, 500_000, 1_000_000])
    sizes = parser.parse_args().operations
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _, floor, _ = run("x", {"x": 1.0}, folder)
        for operations in sizes:
            text = long_sum(operations)
            seconds, peak, _ = run(text, bindings(), folder)
            each = (peak - floor) * 1e6 / operations
            print(
                f"{operations:>9,} operations, {len(text) / 1e6:.1f} MB: {seconds:5.2f} s, {peak:4.0f} MB, {each:3.0f} bytes an operation"
            )
        for shape, (text, expected) in SHAPES.items():
            seconds, peak, output = run(text, {"x": 1.0}, folder)
            value, gradient = (line.split("\t")[1] for line in output.splitlines()[:2])
            print(f"{shape}: value {value}, gradient {gradient}, {seconds:.2f} s, {peak:.0f} MB")
            if expected and gradient != expected:
                raise SystemExit(f"the gradient should be {expected}")


if __name__ == "__main__":
    main()
