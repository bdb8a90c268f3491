"""Arrays that NumPy wrote, as .npy: no pickles, for a pickle is a program.

Depends on NumPy, which is loaded here.
"""

from gradcli.errors import DATA_EXTRA, FileProblem, UsageError
from gradcli.shapes import Array

MOST = 4_000_000
"""Entries of a file that are read."""


def read_numpy(path: str) -> Array[float]:
    """The doubles in a file; one row or one column is a vector. Raises FileProblem, and UsageError without NumPy."""
    try:
        import numpy
    except ImportError:
        raise UsageError("a .npy file needs NumPy", hint=DATA_EXTRA) from None
    try:
        found = numpy.load(path, mmap_mode="r", allow_pickle=False)
    except (OSError, ValueError, EOFError) as problem:
        reason = getattr(problem, "strerror", None) or "it is no array that NumPy wrote"
        raise FileProblem(f"cannot read {path}: {reason}", hint="give @ the path of a .npy file") from None
    if not isinstance(found, numpy.ndarray) or found.dtype.kind not in "fiub" or not found.size:
        raise FileProblem(f"{path} holds no array of real numbers", hint="save one with numpy.save")
    if found.size > MOST:
        raise FileProblem(f"{path} has {found.size:,} entries; gradcli takes up to {MOST:,}", hint="take a part of it")
    array = numpy.asarray(found, dtype=float)
    shape = (array.size,) if array.ndim < 2 or (array.ndim == 2 and 1 in array.shape) else array.shape
    return Array(tuple(map(int, shape)), array.ravel().tolist())
