"""A large drawing on a page: a sheet of tiles, each of which is a drawing of its own.

Depends on `forms` and `geometry`. To paint one number of a drawing anew a browser walks through all of it; it passes
over tiles of which nothing has changed, and over those that are out of sight.
"""

from collections.abc import Iterator, Sequence
from math import ceil, floor
from typing import NamedTuple

from gradcli.drawing.forms import number
from gradcli.drawing.geometry import Place, Point, around
from gradcli.drawing.lettering import FAMILY

LARGE = 150
"""Boxes of a drawing that is set in tiles."""
LAYERS = ("arrows", "boxes", "chips")
WIDE, TALL = 1200.0, 900.0
"""The cells of a sheet in pixels: what has its middle in the same one is in the same tile."""
MARGIN = 16.0
"""What borders, badges and shadows take around a shape."""


class Layer(NamedTuple):
    """The shapes of one kind, and the room that each takes."""

    drawn: Sequence[str]
    rooms: Sequence[Place]


EMPTY = [Layer((), ())] * len(LAYERS)


def sheet(named: str, ground: str, layers: Sequence[Layer], corner: Point, size: Point) -> Iterator[str]:
    """A drawing without its shapes, and these in tiles on it; their places are told from `corner` on."""
    style = f"--w:{number(size.x)};--h:{number(size.y)};font-family:{FAMILY}"
    yield f'<div class="sheet" {named} style="{style}">{ground}'
    for kind, (drawn, rooms) in zip(LAYERS, layers, strict=True):
        for indices in cells(rooms):
            shapes = "".join(drawn[at] for at in indices)
            group = f'<g class="g-{kind}" data-of="{" ".join(map(str, indices))}">{shapes}</g>'
            yield _tile(group, [rooms[at] for at in indices], corner, size)
    yield "</div>\n"


def cells(rooms: Sequence[Place]) -> list[list[int]]:
    """The indices of the rooms that have their middles in the same cell.

    >>> cells([Place(0, 0, 10, 10), Place(1800, 0, 10, 10), Place(500, 600, 10, 10)])
    [[0, 2], [1]]
    """
    found: dict[tuple[int, int], list[int]] = {}
    for index, (x, y, width, height) in enumerate(rooms):
        found.setdefault((floor((x + width / 2) / WIDE), floor((y + height / 2) / TALL)), []).append(index)
    return [*found.values()]


def _tile(drawn: str, rooms: Sequence[Place], corner: Point, size: Point) -> str:
    """A drawing of what is in those rooms; its ends are whole pixels, so that it is not moved to such."""
    x, y, wide, tall = around([point for room in rooms for point in (Point(room.x, room.y), _end(room))])
    left, top = floor(x + corner.x - MARGIN), floor(y + corner.y - MARGIN)
    across, down = ceil(x + wide + corner.x + MARGIN) - left, ceil(y + tall + corner.y + MARGIN) - top
    view = " ".join(map(number, (left - corner.x, top - corner.y, across, down)))
    shares = {"left": left / size.x, "top": top / size.y, "width": across / size.x, "height": down / size.y}
    style = ";".join(f"{name}:{100 * share:.4f}%" for name, share in shares.items())
    return f'<div class="tile" style="{style}"><svg viewBox="{view}">{drawn}</svg></div>\n'


def _end(room: Place) -> Point:
    return Point(room.x + room.width, room.y + room.height)
