"""How long gradcli takes to answer, against a Typer program of one command that prints a line. Whole processes, in turn.

Run it with the Python that has gradcli: python tests/benchmarks/startup.py
The floor runs on the same Typer; the ratio is taken pair by pair, so that it holds when the machine's speed drifts.
"""

import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from statistics import median

from contest import Times, race, ratio
from heading import GRADCLI, asked, heading

FLOOR = """import typer
app = typer.Typer()
@app.command()
def main(name: str = "world"):
    print("hello", name)
app()
"""
QUESTION = ("grad", "(x*w-2)**2", "--x", "2", "--w", "3")
FORMS = {"--json": ("--json",), "plain": (), "table": ("--format", "table")}


def compare(commands: Mapping[str, Sequence[str]], runs: int) -> Times:
    """The times of whole processes, in turn; each has run once before."""
    settings = {**os.environ, "COLUMNS": "80"}
    works = {
        name: partial(subprocess.run, command, check=True, stdout=subprocess.DEVNULL, env=settings)
        for name, command in commands.items()
    }
    race(works, 1)
    return race(works, runs)


def main() -> None:
    """Print a line for each form of the answer."""
    runs = asked(__doc__, runs=31).runs
    print(heading("typer"))
    with tempfile.TemporaryDirectory() as folder:
        script = Path(folder) / "floor.py"
        script.write_text(FLOOR)
        for form, options in FORMS.items():
            commands = {"gradcli": (GRADCLI, *QUESTION, *options), "typer": (sys.executable, str(script))}
            times = compare(commands, runs)
            figures = (
                f"{name} {median(times[name]) * 1e3:4.0f} ms, {ratio(times, name, other):.2f} times {other}"
                for name, other in (("gradcli", "typer"), ("typer", "gradcli"))
            )
            print(f"{form:>7}: {'; '.join(figures)}")


if __name__ == "__main__":
    main()
