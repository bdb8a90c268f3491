"""How wide the columns of a table are: as wide as their cells, or narrowed to the screen if they can be read then.

Depends on `gradcli.show.wrapping` for what can be read.
"""

from collections.abc import Iterator, Sequence

from gradcli.show.table import Column
from gradcli.show.wrapping import narrowest, natural

Row = Sequence[str]
NOTED = 1
"""The column that says how many rows are hidden."""


def widths(columns: Sequence[Column], rows: Sequence[Row], note: str, room: int) -> list[int]:
    """The width of each column, the widest narrowed until all fit into the room; none if one could not be read then."""
    most, least = zip(*_measured(columns, rows, note), strict=True)
    if sum(least) > room:
        return []
    found = list(most)
    for _ in range(sum(found) - room):
        widest = max((at for at, width in enumerate(found) if width > least[at]), key=found.__getitem__)
        found[widest] -= 1
    return found


def _measured(columns: Sequence[Column], rows: Sequence[Row], note: str) -> Iterator[tuple[int, int]]:
    """Of each column the width that it fills, and the least at which it can be read."""
    for at, column in enumerate(columns):
        texts = [column.title, *(row[at] for row in rows)]
        most = max(map(natural, texts))
        least = most if column.numeric else max(map(narrowest, texts))
        yield _with(note, most, least) if at == NOTED else (most, least)


def _with(note: str, most: int, least: int) -> tuple[int, int]:
    """The widths of a column that has the note too, which may be broken at any space."""
    return max(most, natural(note)), max(least, *map(natural, note.split(" ")))
