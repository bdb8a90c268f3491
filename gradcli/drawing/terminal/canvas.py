"""Letters and lines on a grid, and the grid as lines of text.

Depends on `cells`. A line knows which way it goes on from a cell, so that corners and forks come out by themselves.
Lines of two sources that cross do not meet: the one from side to side goes under the other.
"""

from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from typing import NamedTuple

from gradcli.drawing.terminal.cells import Line, Piece, Style, cells, clusters

Place = tuple[int, int]
"""Column and row."""
NORTH, EAST, SOUTH, WEST = 1, 2, 4, 8
UPRIGHT = NORTH | SOUTH
LINES = " │─└││┌├─┘─┴┐┤┬┼"
"""A line by the sum of its ways."""
DEAD = {"│": "┆", "─": "┄"}
ASCII = {**dict.fromkeys("└┌┘┐├┤┬┴┼", "+"), "│": "|", "─": "-", "┆": ":", "┄": "."}


class Stroke(NamedTuple):
    """A line in a cell: the ways it goes on, whether all that runs there is dead, its style."""

    ways: int
    dead: bool
    style: Style

    def joined(self, other: "Stroke") -> "Stroke":
        """Both in one cell."""
        return Stroke(self.ways | other.ways, self.dead and other.dead, _both(self, other))


def _both(one: Stroke, other: Stroke) -> Style:
    if one.dead != other.dead:
        return other.style if one.dead else one.style
    return one.style if one.style is other.style else Style.plain


class Canvas:
    """A grid that grows where it is drawn on; `left_out` has the arrows whose factors have no room on it."""

    def __init__(self, *, ascii: bool) -> None:  # noqa: A002 - what the option is called
        self.ascii = ascii
        self.letters: dict[Place, tuple[str, Style]] = {}
        self.strokes: dict[Place, dict[str, Stroke]] = {}
        self.left_out: list[int] = []

    def write(self, column: int, row: int, line: Sequence[Piece]) -> None:
        """A line of text, from a cell on."""
        for text, style in line:
            for cluster in clusters(text):
                self.letters[column, row] = (cluster, style)
                for more in range(1, cells(cluster)):
                    self.letters[column + more, row] = ("", style)
                column += cells(cluster)

    def draw(self, net: str, points: Sequence[Place], *, dead: bool = False, style: Style = Style.plain) -> None:
        """A line through some points, each below or beside the one before; lines of one net join where they meet."""
        for here, there in pairwise(_cells_through(points)):
            way, back = _way(here, there), _way(there, here)
            self._stroke(net, here, Stroke(way, dead, style))
            self._stroke(net, there, Stroke(back, dead, style))

    def _stroke(self, net: str, place: Place, stroke: Stroke) -> None:
        mine = self.strokes.setdefault(place, {})
        mine[net] = mine[net].joined(stroke) if net in mine else stroke

    def box(self, column: int, row: int, width: int, height: int, *, dead: bool = False) -> None:
        """A frame."""
        side, top = ("┆", "┄") if dead else ("│", "─")
        style = Style.faint if dead else Style.plain
        self._put(column, row, f"┌{top * (width - 2)}┐", style)
        self._put(column, row + height - 1, f"└{top * (width - 2)}┘", style)
        for at in range(row + 1, row + height - 1):
            self._put(column, at, side, style)
            self._put(column + width - 1, at, side, style)

    def _put(self, column: int, row: int, text: str, style: Style) -> None:
        for at, letter in enumerate(text):
            self.letters[column + at, row] = (self.sign(letter), style)

    def mark(self, place: Place, sign: str, style: Style) -> None:
        """One sign in a cell, over whatever is there."""
        self.letters[place] = (self.sign(sign), style)

    def leave(self, place: Place, sign: str) -> None:
        """Open a frame where a line leaves it."""
        self.mark(place, sign, self.letters[place][1])

    def sign(self, letter: str) -> str:
        """A letter of a drawing, as there are letters."""
        return ASCII.get(letter, letter) if self.ascii else letter

    def free(self, column: int, row: int, width: int) -> bool:
        """Whether nothing is in so many cells, nor beside them."""
        places = [(at, row) for at in range(column, column + width + 1)]
        return not any(place in self.letters or place in self.strokes for place in places)

    @property
    def crossed(self) -> bool:
        """Whether lines cross."""
        return any(len(here) > 1 for here in self.strokes.values())

    def lines(self) -> Iterator[Line]:
        """The rows, without blanks at their ends."""
        shown = {place: self._shown(here) for place, here in self.strokes.items()} | self.letters
        for row in range(max((row for _, row in shown), default=-1) + 1):
            ends = [column for column, at in shown if at == row]
            letters = [shown.get((column, row), (" ", Style.plain)) for column in range(max(ends, default=-1) + 1)]
            yield tuple(
                Piece("".join(text for text, _ in same), style) for style, same in groupby(letters, lambda it: it[1])
            )

    def _shown(self, here: dict[str, Stroke]) -> tuple[str, Style]:
        """The line of a cell; of two that cross the one that stands upright."""
        stroke = next((one for one in here.values() if one.ways == UPRIGHT), next(iter(here.values())))
        letter = LINES[stroke.ways]
        return self.sign(DEAD.get(letter, letter) if stroke.dead else letter), stroke.style


def _cells_through(points: Sequence[Place]) -> Iterator[Place]:
    yield points[0]
    for (column, row), (to_column, to_row) in pairwise(points):
        for step in range(1, abs(to_column - column) + 1):
            yield column + (step if to_column > column else -step), row
        for step in range(1, abs(to_row - row) + 1):
            yield to_column, row + (step if to_row > row else -step)


def _way(here: Place, there: Place) -> int:
    if here[0] == there[0]:
        return SOUTH if there[1] > here[1] else NORTH
    return EAST if there[0] > here[0] else WEST
