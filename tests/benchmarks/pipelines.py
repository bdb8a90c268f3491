"""Whole processes that read a table and write it with value and gradient of `(x*w + b - y)^2` in every row.

Run it with the Python that has gradcli and its extra `data`: python tests/benchmarks/pipelines.py [ROWS]
CSV to CSV, NDJSON to NDJSON, Parquet to Parquet; three columns become seven. The other tools compute derivatives that
were made by hand; who is not installed is left out. Start-up counts. All run in turn on one core, or on more with
`--cores`. Below them the floor: the same bytes read and written.
"""

import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path

import numpy as np
import polars as pl
from contest import compared, race, restrict, table
from heading import GRADCLI, asked, heading

TOLERANCE = 2
"""In units in the last place: all should compute the same sums."""

POLARS = """
import sys
import polars as pl
x, y = pl.col("x"), pl.col("y")
d = x * 3.0 + 0.5 - y
pl.scan_{kind}(sys.argv[1]).with_columns(f=d * d, d_w=2 * d * x, d_b=2 * d, d_x=6 * d).sink_{kind}(sys.argv[2])
"""

DUCKDB = """
import os, sys
import duckdb
duckdb.connect(config={{"threads": int(os.environ["CONTEST_CORES"])}}).execute(f'''
    COPY (SELECT x, y, z, d*d AS f, 2*d*x AS d_w, 2*d AS d_b, 6*d AS d_x
          FROM (SELECT *, x*3 + 0.5 - y AS d FROM '{{sys.argv[1]}}'))
    TO '{{sys.argv[2]}}' (FORMAT {kind})''')
"""
AWK = """
NR == 1 { print $0 ",f,d_w,d_b,d_x"; next }
{ d = $1*3 + 0.5 - $2; printf "%s,%.17g,%.17g,%.17g,%.17g\\n", $0, d*d, 2*d*$1, 2*d, 6*d }
"""
MILLER = "d = $x*3 + 0.5 - $y; $f = d*d; $d_w = 2*d*$x; $d_b = 2*d; $d_x = 6*d"
BYTES = 'cat "$0" > /dev/null; cat "$1"'
OURS, COPYING = "gradcli map", "the same bytes"
MEASURED = """
import resource, subprocess, sys
status = subprocess.run(sys.argv[1:]).returncode
if status:
    sys.exit(status)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss, file=sys.stderr)
"""
"""Runs a command in a small process: what a large one starts begins with the memory of the large one as its peak."""

READ: Mapping[str, Callable[[Path], pl.DataFrame]] = {
    "csv": pl.read_csv,
    "ndjson": pl.read_ndjson,
    "parquet": pl.read_parquet,
}
WRITE: Mapping[str, Callable[[pl.DataFrame, Path], object]] = {
    "csv": pl.DataFrame.write_csv,
    "ndjson": pl.DataFrame.write_ndjson,
    "parquet": pl.DataFrame.write_parquet,
}


def commands(kind: str, source: str, target: str, answer: str) -> Iterator[tuple[str, list[str]]]:
    """Who takes part, and how to call it; what writes no file of that name writes to the standard output."""
    python = [sys.executable, "-c"]
    yield OURS, [GRADCLI, "map", "(x*w + b - y)^2", "--w", "3", "--b", "0.5", "--wrt", "w,b,x", source]
    yield "polars", [*python, POLARS.format(kind=kind), source, target]
    yield "DuckDB", [*python, DUCKDB.format(kind=kind.removeprefix("nd")), source, target]
    if kind != "parquet":
        form = {"csv": "--csv", "ndjson": "--jsonl"}[kind]
        yield "Miller", ["mlr", form, "put", MILLER, source]
    if kind == "csv":
        yield "awk", ["awk", "-F,", AWK, source]
    yield COPYING, ["sh", "-c", BYTES, source, answer]


def run(command: list[str], target: Path) -> str:
    """One process; what it says on standard error. Raises CalledProcessError."""
    with target.open("wb") as output:
        return subprocess.run(command, stdout=output, stderr=subprocess.PIPE, check=True, text=True).stderr


def peak(command: list[str], target: Path) -> float:
    """The megabytes that a process has at its peak. Raises CalledProcessError."""
    said = run([sys.executable, "-c", MEASURED, *command], target)
    return int(said.split()[-1]) / (1e6 if sys.platform == "darwin" else 1e3)


def compare(kind: str, rows: int, rounds: int, folder: Path) -> str:
    """A table of the tools for one format."""
    source, target, answer = (folder / f"{name}.{kind}" for name in ("source", "target", "answer"))
    expected = numbers(rows)
    WRITE[kind](expected[:, :3], source)
    WRITE[kind](expected, answer)
    works, cells = {}, {}
    for name, command in commands(kind, str(source), str(target), str(answer)):
        try:
            memory = peak(command, target)
        except subprocess.CalledProcessError as error:
            reason = error.stderr.strip().rpartition("\n")[2]
            if name == OURS:
                raise SystemExit(f"{name}: {reason}") from None
            print(f"without {name}: {reason}", file=sys.stderr)
            continue
        works[name] = partial(run, command, target)
        cells[name] = f"{memory:.0f}", "" if name == COPYING else f"{worst(name, READ[kind](target), expected):.1f}"
    lines = ((name, *figures, *cells[name]) for name, *figures in compared(race(works, rounds), OURS))
    return table(f"{kind} → {kind}", "s", f"÷ {OURS}", "peak, MB", "worst error, ulp", rows=lines)


def numbers(rows: int) -> pl.DataFrame:
    """Three columns, always the same, and what is to become of them."""
    draw = np.random.default_rng(1)
    table = pl.DataFrame({name: draw.normal(size=rows) for name in "xyz"})
    x, d = table["x"], table["x"] * 3 + 0.5 - table["y"]
    return table.with_columns(f=d * d, d_w=2 * d * x, d_b=2 * d, d_x=6 * d)


def worst(name: str, found: pl.DataFrame, expected: pl.DataFrame) -> float:
    """The largest error in units in the last place. Ends where the table is another one."""
    if found.shape != expected.shape or found.columns != expected.columns:
        raise SystemExit(f"{name}: wrote {found.shape} entries in {found.columns}")
    ulps = np.abs(found.to_numpy() - expected.to_numpy()) / np.spacing(np.abs(expected.to_numpy()))
    if not ulps.max() <= TOLERANCE:
        raise SystemExit(f"{name}: off by {ulps.max()} ulp")
    return float(ulps.max())


def main() -> None:
    """Print a table for each format."""
    arguments = asked(__doc__, rows=1_000_000, cores=1, rounds=7)
    restrict(arguments.cores)
    print(heading("numpy", "polars", "duckdb", "miller", "awk"))
    print(f"{arguments.rows:,} rows, the median of {arguments.rounds} rounds, --cores {arguments.cores}\n", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        for kind in READ:
            print(compare(kind, arguments.rows, arguments.rounds, Path(folder)), flush=True)


if __name__ == "__main__":
    main()
