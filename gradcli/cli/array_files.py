"""Arrays out of files: --W @w.csv and @w.npy hold values alone, no formulas and no names.

Depends on `gradcli.cli.source` for texts, and on `gradcli.data` for what NumPy wrote.
"""

import csv
from pathlib import Path

from gradcli.cli.source import read_text
from gradcli.errors import FileProblem
from gradcli.shapes import Array


def file_array(path: str) -> Array[float]:
    """The doubles in a file, one row or one column of which is a vector. Raises FileProblem."""
    if Path(path).suffix.lower() == ".npy":
        from gradcli.data.numpy_files import read_numpy  # NumPy takes time to load

        return read_numpy(path)
    return _vector(_table(read_text(path, "@"), path))


def _table(text: str, path: str) -> Array[float]:
    """The numbers of a CSV without a header."""
    rows = [row for row in csv.reader(text.splitlines()) if any(cell.strip() for cell in row)]
    if not rows:
        raise FileProblem(f"{path} holds no numbers", hint="write a row of the array on each line: 1,2,3")
    width = len(rows[0])
    for number, row in enumerate(rows, 1):
        if len(row) != width:
            message = f"in {path}, row {number} has {len(row)} numbers, and the first has {width}"
            raise FileProblem(message, hint="give every row as many")
    return Array((len(rows), width), [_number(cell, path, at) for at, row in enumerate(rows, 1) for cell in row])


def _number(cell: str, path: str, row: int) -> float:
    try:
        return float(cell)
    except ValueError:
        hint = "an array's file holds numbers alone, and no header"
        raise FileProblem(f"in {path}, row {row}: `{cell.strip()[:40]}` is no number", hint=hint) from None


def _vector(array: Array[float]) -> Array[float]:
    """An array of one row or one column as a vector."""
    return Array((len(array.entries),), array.entries) if 1 in array.shape else array
