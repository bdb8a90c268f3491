"""An array as a person reads it: a block with the indices at its edges, or if it is large what is to be said of it.

Depends on `gradcli.shapes`, and on `gradcli.passes.arithmetic` for rounded numbers.
"""

from collections.abc import Iterator, Sequence
from math import hypot, isfinite

from gradcli.passes.arithmetic import rounded
from gradcli.shapes import Array, entry_name, indices, nested, shape_text

MOST_ENTRIES = 100
"""An array of more entries is summarised."""
FEW_ENTRIES, SOME_ENTRIES = 12, 32
"""So many stand in a line among others, and in one of their own."""
GAP = 2

Number = float | str
"""One to be rounded, or in the digits that were asked for."""


def block(array: Array[str], room: int) -> list[str]:
    """The lines of an array, no wider than a room if a column fits into it: heads of columns, then rows behind theirs.

    A vector is one row. Columns that have no room follow below; an array of more indices is told matrix by matrix.

    >>> block(Array((2, 2), ["1", "-20", "3", "4"]), 80)
    ['      [,1]  [,2]', '[1,]     1   -20', '[2,]     3     4']
    >>> block(Array((3,), ["1", "-20", "3"]), 10)
    ['[1]  [2]', '  1  -20', '[3]', '  3']
    """
    if len(array.shape) > 2:
        return [*_matrices(array, room)]
    if len(array.shape) == 1:
        columns = [[f"[{at}]", entry] for at, entry in enumerate(array.entries, 1)]
        return [line for part in _fitting(columns, room) for line in _lines(part)]
    rows = [*array.rows()]
    edge = ["", *(f"[{at},]" for at in range(1, len(rows) + 1))]
    columns = [[f"[,{at + 1}]", *(row.entries[at] for row in rows)] for at in range(array.shape[1])]
    return [line for part in _fitting(columns, room - _width(edge) - GAP) for line in _lines([edge, *part])]


def _matrices(array: Array[str], room: int) -> Iterator[str]:
    """Each matrix of an array of three or more indices, behind its first one."""
    for number, part in enumerate(array.rows(), 1):
        yield f"[{number}{', :' * (len(array.shape) - 1)}]"
        yield from (f"{'':{GAP}}{line}" for line in block(part, room - GAP))


def _fitting(columns: Sequence[Sequence[str]], room: int) -> Iterator[Sequence[Sequence[str]]]:
    """The columns in parts that fit; of several parts all columns are of one width."""
    if sum(_width(column) + GAP for column in columns) - GAP <= room:
        yield columns
        return
    wide = max(map(_width, columns))
    most = max(1, (room + GAP) // (wide + GAP))
    for at in range(0, len(columns), most):
        yield [[f"{cell:>{wide}}" for cell in column] for column in columns[at : at + most]]


def _lines(columns: Sequence[Sequence[str]]) -> Iterator[str]:
    padded = ([f"{cell:>{_width(column)}}" for cell in column] for column in columns)
    yield from ((" " * GAP).join(cells) for cells in zip(*padded, strict=True))


def _width(cells: Sequence[str]) -> int:
    return max(map(len, cells))


def norm(array: Array[float]) -> float:
    """The root of the sum of the squares."""
    return hypot(*array.entries)


def summary(array: Array[Number], digits: int) -> str:
    """What is to be said of a large array: its shape, its least and greatest number and where they are, its norm."""
    entries, places = [*map(float, array.entries)], [*indices(array.shape)]
    numbers = [number for number in entries if isfinite(number)]

    def told(word: str, number: float) -> str:
        return f"{word} {rounded(number, digits)} at {entry_name('', places[entries.index(number)])}"

    lost = len(entries) - len(numbers)
    ends = [told("least", min(numbers)), told("greatest", max(numbers))] if numbers else []
    last = f"{lost:,} not finite" if lost else f"norm {rounded(hypot(*entries), digits)}"
    return ", ".join((shape_text(array.shape), *ends, last))


def drawn(array: Array[Number], digits: int, room: int) -> str:
    """An array as a block, or where it is large as its summary; a number as it is rounded."""
    if array.shape and len(array.entries) > MOST_ENTRIES:
        return summary(array, digits)
    texts = _rounded(array, digits)
    return "\n".join(block(texts, room)) if array.shape else texts.entries[0]


def in_a_line(array: Array[Number], digits: int, most: int = FEW_ENTRIES) -> str:
    """A small array as it is typed, any other as its summary; a number as it is rounded."""
    if array.shape and len(array.entries) > most:
        return summary(array, digits)
    texts = _rounded(array, digits)
    return str(nested(texts)).replace("'", "") if array.shape else texts.entries[0]


def _rounded(array: Array[Number], digits: int) -> Array[str]:
    texts = [number if isinstance(number, str) else rounded(number, digits) for number in array.entries]
    return Array(array.shape, texts)
