"""How long gradcli takes to answer, against a Typer program of one command that prints a line. Whole processes, in turn.

Run it with the Python that has gradcli: python tests/benchmarks/startup.py
The floor runs on the same Typer; the ratio is taken pair by pair, so that it holds when the machine's speed drifts.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

FLOOR = """import typer
app = typer.Typer()
@app.command()
def main(name: str = "world"):
    print("hello", name)
app()
"""
QUESTION = ("grad", "(x*w-2)**2", "--x", "2", "--w", "3")
FORMS = {"--json": ("--json",), "plain": (), "table": ("--format", "table")}


def seconds(command: Sequence[str]) -> float:
    """The wall time of one process."""
    before = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env={**os.environ, "COLUMNS": "80"})
    return time.perf_counter() - before


def compare(command: Sequence[str], floor: Sequence[str], runs: int) -> tuple[float, float, float]:
    """Median seconds of both, and the median of their ratios."""
    seconds(command), seconds(floor)
    pairs = [(seconds(command), seconds(floor)) for _ in range(runs)]
    ours, theirs = (statistics.median(column) for column in zip(*pairs, strict=True))
    return ours, theirs, statistics.median(a / b for a, b in pairs)


def main() -> None:
    """Print a line for each form of the answer."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=31)
    runs = parser.parse_args().runs
    program = str(Path(sys.executable).parent / "gradcli")
    with tempfile.TemporaryDirectory() as folder:
        script = Path(folder) / "floor.py"
        script.write_text(FLOOR)
        for name, options in FORMS.items():
            ours, theirs, ratio = compare([program, *QUESTION, *options], [sys.executable, str(script)], runs)
            print(f"{name:>7}: gradcli {ours * 1e3:4.0f} ms, typer {theirs * 1e3:4.0f} ms, ratio {ratio:.2f}")


if __name__ == "__main__":
    main()
